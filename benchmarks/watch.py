"""What it costs to watch a Smart Flows project, and how soon an end is told.

`python -m benchmarks.watch` prints one JSON line. The local Slack (with its rate limits) and the
local Smart Flows run here; `flowbot run` is a process of its own. A channel watches all flows, 50
cards are alive, and of 1,000 and then 10,000 running executions some end every second:

- `requests_per_second` is what Smart Flows was asked, cards and polls and ends together;
- `cpu_percent` is of one core, `resident_megabytes` at the end;
- `delay_seconds` is from an execution's end to the message that tells of it.
"""

import asyncio
import json
import os
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.machine import facts, percentile
from benchmarks.outside import variables_for
from benchmarks.processes import RUN, Running, program
from sandbox.clock import SandboxClock
from sandbox.slack import Message
from sandbox.vendors.smartflows import SmartFlowsVendor
from sandbox.vendors.smartflows.courses import Course
from sandbox.vendors.smartflows.flows import FLOWS, PEOPLE
from sandbox.vendors.smartflows.runs import Run
from sandbox.world import World

SIZES = (1_000, 10_000)
CARDS = 50
CHANNELS = ("CGENERAL", "CTRAIN", "CFIELD")
WATCHING = "CFIELD"
ENDS_PER_SECOND = 4
WARM_SECONDS = 40.0
"""Cards are posted at most one a second a channel, and each is edited once at the beginning."""
SECONDS = 60.0
GRACE_SECONDS = 15.0
LONG = 100_000.0
FLOW = FLOWS[-1]


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="flowbot-watch-", dir=".") as name:
        folder = Path(name)
        figures = {size: asyncio.run(_measured(folder, size)) for size in SIZES}
        requests = [figures[size]["requests_per_second"] for size in SIZES]
        growth = round(requests[-1] / requests[0], 2)
        print(
            json.dumps(
                {
                    "benchmark": "watch",
                    "machine": facts(folder),
                    "by_running": figures,
                    "growth_in_requests": growth,
                }
            )
        )


async def _measured(folder: Path, size: int) -> dict[str, Any]:
    async with World(clock=SandboxClock(running=True)) as world:
        runs = _launched(world, size)
        launched = program(RUN, folder, variables_for(world))
        bot = await asyncio.to_thread(launched.__enter__)
        try:
            await _watched(world, bot.port)
            return await _figures(world, bot, runs)
        finally:
            launched.__exit__(None, None, None)


async def _figures(world: World, bot: Running, runs: list[Run]) -> dict[str, Any]:
    await asyncio.sleep(WARM_SECONDS)
    vendor, began = world.vendors.of(SmartFlowsVendor), world.clock.now()
    calls: list[None] = []
    vendor.on_change(lambda: calls.append(None))
    cpu = _cpu_seconds(bot.pid)
    await asyncio.sleep(SECONDS)
    asked, used, until = len(calls), _cpu_seconds(bot.pid) - cpu, world.clock.now()
    await asyncio.sleep(GRACE_SECONDS)
    delays = _delays(world, runs, began, until)
    return {
        "requests_per_second": round(asked / SECONDS, 2),
        "cpu_percent": round(100 * used / SECONDS, 1),
        "resident_megabytes": round(bot.resident_megabytes),
        "ends": len(delays),
        "delay_seconds": {
            "p50": round(percentile(delays, 0.50), 2),
            "p95": round(percentile(delays, 0.95), 2),
        },
    }


def _launched(world: World, size: int) -> list[Run]:
    """Start executions; some end in every second of what is measured, the others much later."""
    vendor = world.vendors.of(SmartFlowsVendor)
    vendor.set_switch("others_every", 0)
    vendor.set_switch("next_pause", "none")
    vendor.set_switch("run_seconds", LONG)
    first, count = WARM_SECONDS, int(SECONDS * ENDS_PER_SECOND)
    endings = [first + number / ENDS_PER_SECOND for number in range(count)]
    times = endings + [LONG] * (size - count)
    return [
        vendor.engine.launch(FLOW, user=PEOPLE[0], course=Course(working=seconds))
        for seconds in times
    ]


async def _watched(world: World, port: int) -> None:
    """Let people begin to watch, and start what has cards."""
    world.slack.connect(f"http://127.0.0.1:{port}/slack/events")
    await world.slack.command("/flow-run watch all", user="UADA", channel=WATCHING)
    for number in range(CARDS):
        channel = CHANNELS[number % len(CHANNELS)]
        await world.slack.command(f'/flow-run "{FLOW.name}"', user="UADA", channel=channel)


def _delays(world: World, runs: list[Run], began: datetime, until: datetime) -> list[float]:
    """Return the seconds from each end to its message; an end that was not told is an error."""
    told = _told(world.slack.messages(WATCHING))
    ended = [run for run in runs if run.ended and began <= run.changed_at < until]
    return [told[run.id[:8]] - run.changed_at.timestamp() for run in ended]


def _told(messages: list[Message]) -> dict[str, float]:
    """Return when each short id was first seen in a message."""
    found: dict[str, float] = {}
    for message in messages:
        for word in json.dumps([message.text, list(message.blocks)]).replace('"', " ").split():
            found.setdefault(word, float(message.ts))
    return found


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
