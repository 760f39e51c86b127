"""What a large table costs, and what it does to everybody else meanwhile.

`python -m benchmarks.tables` prints one JSON line. The local Slack and the local giosg run here;
`flowbot run` is a process of its own, and so are the people beside (benchmarks.beside). Somebody
asks for the events of 300 days, 200,000 rows of 10 columns (moments, dates, numbers, texts), which
giosg answers in two parts and Flowbot joins: as a workbook, and as CSV. Beside that 20 signed
commands come a second, each of them a report that the same bot makes. For each form:

- `seconds` from the parent message to the file in its thread: fetched, made and uploaded;
- `megabytes_above_idle` is the most that the bot and its children held at one time, less what the
  bot held when it had answered one report and come to rest; `of_children` is the most that these
  held;
- `lag_ms` is the response time of /healthz, 100 times a second: the event loop's lag and one HTTP
  exchange, seen from outside of an unchanged bot (see benchmarks.beside);
- `ack_ms` is from a command being sent to its acknowledgement.

`acks_alone` is the same bot with the same commands and no table. The CSV is there so soon that it
is asked for several times, one after the other, while the people type.
"""

import asyncio
import json
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.beside import COMMANDS_PER_SECOND
from benchmarks.machine import facts
from benchmarks.memory import Peak
from benchmarks.outside import variables_for
from benchmarks.people import Beside, milliseconds, people
from benchmarks.processes import RUN, Running, program
from sandbox.clock import SandboxClock
from sandbox.slack import File, SlackSandbox
from sandbox.vendors.giosg import GiosgVendor
from sandbox.world import World

ROWS = 200_000
DAYS = 300
PARTS = 2
"""So many questions giosg is asked for so many days."""
CHANNEL, REST = "CFIELD", "CGENERAL"
"""Not where the commands are typed, whose messages would come first; and where all begins."""
TIMES = {"xlsx": 1, "csv": 5}
SETTLE_SECONDS = 4.0
ALONE_SECONDS = 15.0
LONGEST_SECONDS = 300.0
LOOK_EVERY = 0.05


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="flowbot-tables-", dir=".") as name:
        folder = Path(name)
        measured = {
            "acks_alone": asyncio.run(_measured(folder, "")),
            **{form: asyncio.run(_measured(folder, form)) for form in ("xlsx", "csv")},
        }
        result = {"rows": ROWS, "columns": 10, "commands_per_second": COMMANDS_PER_SECOND}
        machine = facts(folder)
        print(json.dumps({"benchmark": "tables", "machine": machine, **result, **measured}))


async def _measured(folder: Path, form: str) -> dict[str, Any]:
    """Return the figures of one form, or without a table those of the commands alone."""
    async with World(clock=SandboxClock(running=True), strict_rates=False) as world:
        launched = program(RUN, folder, variables_for(world))
        bot = await asyncio.to_thread(launched.__enter__)
        try:
            await _warmed(world, bot)
            idle = bot.resident_megabytes
            with Peak(bot.pid) as peak:
                figures = await _table(world, bot, form) if form else await _alone(world, bot)
            held = {
                "idle_megabytes": round(idle, 1),
                "megabytes_above_idle": round(peak.megabytes - idle, 1),
                "of_children": round(peak.of_children, 1),
            }
            return figures | held
        finally:
            launched.__exit__(None, None, None)


async def _warmed(world: World, bot: Running) -> None:
    """Let the bot answer once and come to rest."""
    world.slack.connect(f"http://127.0.0.1:{bot.port}/slack/events")
    await world.slack.command("/flow-report flow_onb001", user="UADA", channel=REST)
    await _until(lambda: world.slack.messages(REST))
    await asyncio.sleep(SETTLE_SECONDS)


async def _alone(world: World, bot: Running) -> dict[str, Any]:
    beside = Beside([], [])
    async with people(world, bot.port, beside):
        await asyncio.sleep(ALONE_SECONDS)
    return _figures(beside)


async def _table(world: World, bot: Running, form: str) -> dict[str, Any]:
    giosg, slack = world.vendors.of(GiosgVendor), world.slack
    giosg.set_switch("export_rows", ROWS // PARTS)
    giosg.set_switch("csv_columns", "two more")
    last = world.clock.now().date()
    asked = f'"Spring campaign" step 1 {last - timedelta(days=DAYS)}..{last} {form}'
    for _ in range(TIMES[form]):
        await slack.command(f"/flow-export {asked}", user="UADA", channel=CHANNEL)
    await _until(lambda: slack.messages(CHANNEL))
    began = time.perf_counter()
    beside = Beside([], [])
    async with people(world, bot.port, beside):
        await _until(lambda: _arrived(slack))
        took = time.perf_counter() - began
        await _until(lambda: len(_arrived(slack)) == TIMES[form])
    file = slack.files[0]
    size = round(file.size / 1e6, 1)
    return {"seconds": round(took, 2), "megabytes": size, **_figures(beside)}


def _arrived(slack: SlackSandbox) -> list[File]:
    """Return the files that are there, each told to have all rows."""
    told = [each.text for each in slack.messages(CHANNEL) if f" {ROWS:,} rows, " in each.text]
    return [file for file in slack.files if file.thread_ts][: len(told)]


async def _until(look: Any) -> None:
    async with asyncio.timeout(LONGEST_SECONDS):
        while not look():  # noqa: ASYNC110 - the local Slack tells nobody
            await asyncio.sleep(LOOK_EVERY)


def _figures(beside: Beside) -> dict[str, Any]:
    return {"lag_ms": milliseconds(beside.lag), "ack_ms": milliseconds(beside.acks)}


if __name__ == "__main__":
    main()
