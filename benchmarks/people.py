"""The people beside what is measured (benchmarks.beside), and what they found out."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from benchmarks.beside import COMMANDS_PER_SECOND
from benchmarks.machine import percentile
from sandbox.world import World


@dataclass(slots=True)
class Beside:
    """What the people beside found out, in seconds."""

    acks: list[float]
    lag: list[float]


@asynccontextmanager
async def people(
    world: World, port: int, found: Beside, *, rate: int = COMMANDS_PER_SECOND, text: str = ""
) -> AsyncIterator[None]:
    """Let people type so many commands a second until the end of the block.

    `text` is what they type where it is not benchmarks.load's.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.beside", str(port), str(rate), *text.split(" ")),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "SLACK_SIGNING_SECRET": world.slack.signing_secret},
        limit=2**24,
    )
    assert process.stdin
    assert process.stdout
    await process.stdout.readline()
    yield
    process.stdin.close()
    told = json.loads(await process.stdout.readline())
    found.acks, found.lag = told["acks"], told["lag"]
    await process.wait()


def milliseconds(seconds: list[float]) -> dict[str, float]:
    """Return how many there are, and their p50, p99 and greatest in milliseconds."""
    return {
        "n": len(seconds),
        "p50": round(percentile(seconds, 0.50) * 1000, 2),
        "p99": round(percentile(seconds, 0.99) * 1000, 2),
        "most": round(max(seconds) * 1000, 1),
    }
