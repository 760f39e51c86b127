"""What a very large export costs: from the vendor through the bot into Slack, streamed.

`python -m benchmarks.upload` prints one JSON line. The local giosg makes a CSV of 1 GB, which a
person asks for with `/flow-export`; the local Slack takes it. Both run here, `flowbot run` is a
process of its own. A plain copy takes turns with it: one curl reads from the vendor into another
that writes to an upload address of the same Slack.

- `megabytes_a_second` of the bot is from its request for the file until Slack was told that it is
  complete; of the copy it is from the start of both programs to the end of the last;
- `peak_megabytes_above_idle` is the bot's resident memory, idle being before the first export;
- `longest_stall_ms` is by how much the bot's event loop was late at most, `lag_p99_ms` at most in
  99 of 100 ticks, while a file was on its way.
"""

import asyncio
import json
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks import probed
from benchmarks.machine import facts, percentile
from benchmarks.outside import variables_for
from benchmarks.processes import PROBED, Running, program
from bot.slack.client import Slack
from sandbox.clock import SandboxClock
from sandbox.slack.calls import Call
from sandbox.vendors.giosg import GiosgVendor
from sandbox.vendors.giosg.events import PLANS
from sandbox.world import World

MEGABYTES = 1_000
ROUNDS = 3
IDLE_SECONDS = 4.0
LONGEST_SECONDS = 180.0
PLAN = PLANS[0]
STEP = 2
QUESTION = f'/flow-export "{PLAN.name}" step {STEP} last-7d csv'
DOWNLOAD = f"/step/{STEP}/download/"
COMPLETE = "files.completeUploadExternal"
CHANNEL = "CTRAIN"


@dataclass(frozen=True, slots=True)
class Turn:
    """One file through the bot: bytes and seconds, and the monotonic moments of it."""

    size: int
    seconds: float
    since: float
    until: float


def main() -> None:
    if shutil.which("curl") is None:
        raise SystemExit("This benchmark compares with curl, which is not installed here.")
    with tempfile.TemporaryDirectory(prefix="flowbot-upload-", dir=".") as name:
        folder = Path(name)
        result = asyncio.run(_measured(folder))
        print(json.dumps({"benchmark": "upload", "machine": facts(folder), **result}))


async def _measured(folder: Path) -> dict[str, Any]:
    async with World(clock=SandboxClock(running=True)) as world:
        world.vendors.of(GiosgVendor).set_switch("export_megabytes", MEGABYTES)
        lag_file = folder / "lag"
        launched = program(PROBED, folder, _environment(world, lag_file))
        bot = await asyncio.to_thread(launched.__enter__)
        try:
            return await _figures(world, bot, lag_file)
        finally:
            launched.__exit__(None, None, None)


async def _figures(world: World, bot: Running, lag_file: Path) -> dict[str, Any]:
    world.slack.connect(f"http://127.0.0.1:{bot.port}/slack/events")
    await asyncio.sleep(IDLE_SECONDS)
    idle = bot.resident_megabytes
    bot.forget_peak()
    copies, turns = [], []
    for _ in range(ROUNDS):
        copies.append(await _copied(world))
        turns.append(await _through_the_bot(world))
    await asyncio.sleep(1.0)  # the probe writes now and then
    late = [1000 * lag for turn in turns for lag in _lags(lag_file, turn)]
    ours = statistics.median(turn.size / turn.seconds / 1e6 for turn in turns)
    plain = statistics.median(size / seconds / 1e6 for size, seconds in copies)
    return {
        "megabytes": round(turns[0].size / 1e6),
        "idle_megabytes": round(idle, 1),
        "peak_megabytes_above_idle": round(bot.peak_megabytes - idle, 1),
        "megabytes_a_second": {"curl": round(plain), "flowbot": round(ours)},
        "share_of_curl": round(ours / plain, 2),
        "longest_stall_ms": round(max(late), 1),
        "lag_p99_ms": round(percentile(late, 0.99), 1),
    }


async def _through_the_bot(world: World) -> Turn:
    """Ask for the file as a person does, and wait until it is in the thread."""
    slack, before = world.slack, len(world.slack.files)
    since = time.monotonic()
    await slack.command(QUESTION, user="UADA", channel=CHANNEL)
    await slack.until(lambda: len(slack.files) > before, timeout=LONGEST_SECONDS)
    until = time.monotonic()
    began = next(
        call for call in reversed(world.vendors.of(GiosgVendor).calls) if _is_file(call.path)
    ).at
    done = next(call for call in reversed(list(slack.calls)) if _is_complete(call)).at
    return Turn(slack.files[-1].size, (done - began).total_seconds(), since, until)


async def _copied(world: World) -> tuple[int, float]:
    """Return the bytes and the seconds of a plain copy from the vendor to an upload address."""
    giosg = world.vendors.of(GiosgVendor)
    address = f"{giosg.url}/api/reporting/workflow/v1/orgs/{giosg.organization_id}"
    now = datetime.now(UTC)
    asked = {
        "filters": [],
        "interval": {"start": (now - timedelta(days=7)).isoformat(), "end": now.isoformat()},
    }
    reading = (
        "curl", "--silent", "--fail",
        "--header", f"Authorization: Token {giosg.api_token}",
        "--header", "Content-Type: application/json",
        "--data", json.dumps(asked),
        f"{address}/workflows/{PLAN.id}{DOWNLOAD}",
    )  # fmt: skip
    size = await _length(reading)
    async with Slack(token=world.slack.bot_token, api_url=world.slack.api_url) as slack:
        grant = await slack.call("files.getUploadURLExternal", filename="copy.csv", length=size)
    writing = (
        "curl", "--silent", "--fail", "--output", os.devnull,
        "--request", "POST", "--upload-file", "-",
        "--header", "Transfer-Encoding:", "--header", f"Content-Length: {size}",
        grant["upload_url"],
    )  # fmt: skip
    return size, await _piped(reading, writing)


async def _length(reading: tuple[str, ...]) -> int:
    """Return how long the vendor's file is, without reading it."""
    head = (*reading, "--dump-header", "-", "--output", os.devnull, "--max-filesize", "1")
    asked = await asyncio.create_subprocess_exec(*head, stdout=asyncio.subprocess.PIPE)
    printed, _ = await asked.communicate()
    return int(printed.decode().lower().partition("content-length:")[2].split()[0])


async def _piped(reading: tuple[str, ...], writing: tuple[str, ...]) -> float:
    """Run one program into the other; return the seconds from the first start to the last end."""
    into, out_of = os.pipe()
    began = time.monotonic()
    reader = await asyncio.create_subprocess_exec(*reading, stdout=out_of)
    writer = await asyncio.create_subprocess_exec(*writing, stdin=into)
    os.close(into)
    os.close(out_of)
    codes = await asyncio.gather(reader.wait(), writer.wait())
    if any(codes):
        raise RuntimeError(f"the plain copy failed: {codes}")
    return time.monotonic() - began


def _environment(world: World, lag_file: Path) -> Mapping[str, str]:
    # The stand-in repeats whole rows, so its file has some bytes more than was set.
    return variables_for(world) | {
        probed.VARIABLE: str(lag_file),
        "LARGEST_FILE_MB": f"{MEGABYTES + 1}",
    }


def _lags(path: Path, turn: Turn) -> list[float]:
    return probed.lags(path, since=turn.since, until=turn.until)


def _is_file(path: str) -> bool:
    return path.endswith(DOWNLOAD)


def _is_complete(call: Call) -> bool:
    return call.method == COMPLETE and not call.error


if __name__ == "__main__":
    main()
