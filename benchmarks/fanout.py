"""Ten thousand digests due in the same minute, beside people who ask.

`python -m benchmarks.fanout [DIGESTS CHANNELS SPEED]` prints one JSON line. The digests are on 50
questions, spread over 1,000 channels. The local Slack keeps its limits; it and the bot, which is a
process of its own, have clocks that run faster than the machine's, so that some 35 minutes of those
limits are over sooner. People type beside: one command a second of the machine, of which the time
to its acknowledgement is measured, and one after the other whose answer is waited for.

- `over_bound` is how long it took from the planned time until the last was there, by what the
  limits allow: 300 messages a minute, for the digests and for the answers to people among them;
- `vendor_calls` is what was asked of MomoFlow for the digests;
- `answer_seconds` is from a person's command to its answer in the channel, on Slack's clock;
- `stall_ms` is how late the bot's loop came to what was due, `acks_ms` and `acks_alone_ms` are
  those of the same commands during and before.
"""

import asyncio
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.machine import facts, percentile
from benchmarks.outside import variables_for
from benchmarks.people import Beside, milliseconds, people
from benchmarks.probed import VARIABLE, lags
from benchmarks.processes import Running, program
from bot import log
from bot.assembly.features import load_settings
from bot.cli.with_sandbox import local
from bot.config import with_values
from bot.store.database import stamp
from bot.store.opening import migrate_file
from sandbox.clock import SandboxClock
from sandbox.slack.channels import Channel
from sandbox.slack.identity import Identity
from sandbox.slack.tiers import WORKSPACE_MESSAGES
from sandbox.vendors.momoflow import MomoFlowVendor
from sandbox.world import World

DIGESTS, CHANNELS, SPEED = 10_000, 1_000, 5.0
FLOWS = ("flow_safe01", "flow_gdpr01")
QUESTIONS = 50
PERSON, ASKING, REST = "UADA", "CGENERAL", "CFIELD"
WARM_SECONDS = 8.0
ALONE_SECONDS = 60.0
COMMANDS_A_SECOND = 1
BETWEEN_QUESTIONS = 3.0
QUESTION = "/flow-events upcoming"
"""Nobody but the digests asks MomoFlow anything."""
LONGEST_SECONDS = 3_000.0

_SPREAD = """
WITH RECURSIVE place(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM place WHERE n < :channels),
asked AS (SELECT *, ROW_NUMBER() OVER (ORDER BY id) - 1 AS nth FROM subscriptions)
INSERT INTO subscriptions (workspace, channel, kind, question, cron, words, zone, creator,
  created_at, next_run_at)
SELECT workspace, printf('CFAN%04d', n), kind, question, cron, words, zone, creator, created_at,
  :due
FROM place JOIN asked ON (nth + :each * n) % :questions < :each"""


def main() -> None:
    log.configure(level="error")
    digests, channels, speed = map(float, sys.argv[1:] or (DIGESTS, CHANNELS, SPEED))
    with tempfile.TemporaryDirectory(prefix="flowbot-fanout-", dir=".") as name:
        folder = Path(name)
        figures = asyncio.run(_measured(folder, int(digests), int(channels), speed))
        print(json.dumps({"benchmark": "fanout", "machine": facts(folder), **figures}))


async def _measured(folder: Path, digests: int, channels: int, speed: float) -> dict[str, Any]:
    database = folder / "fanout.db"
    await _ordered(database)
    start, since = datetime.now().astimezone(), time.monotonic()
    clock = SandboxClock(start, running=True, speed=speed, since=since)
    async with World(clock=clock) as world:
        bot_user = world.slack.bot_user_id
        world.slack.admin.add(
            *(
                Channel(f"CFAN{number:04}", f"fan-{number}", (PERSON, bot_user))
                for number in range(1, channels + 1)
            )
        )
        lag_file = folder / "lag"
        variables = {**variables_for(world), VARIABLE: str(lag_file)}
        module = ("benchmarks.hurried", start.isoformat(), str(since), str(speed))
        launched = program(module, folder, variables, database=database)
        bot = await asyncio.to_thread(launched.__enter__)
        try:
            fan = Fan(world, bot, database, digests, channels, lag_file)
            return {"speed": speed, **await fan.figures()}
        finally:
            launched.__exit__(None, None, None)


async def _ordered(database: Path) -> None:
    """Let a person order one digest of each question, in a world of its own."""
    await asyncio.to_thread(migrate_file, str(database))
    settings = with_values(load_settings(), general={"database_url": f"sqlite:///{database}"})
    async with local(settings, SandboxClock(), identity=Identity(mark="before")) as (world, bot):
        for number in range(QUESTIONS):
            flow, days = FLOWS[number % len(FLOWS)], number // len(FLOWS) + 2
            text = f"/flow subscribe report {flow} last-{days}d monthly 1 09:00 Europe/Berlin"
            await world.slack.command(text, user=PERSON, channel=REST)
            await bot.engine.worker.settle()


class Fan:
    """Digests that fall due at once, and what was seen of them."""

    def __init__(
        self, world: World, bot: Running, database: Path, digests: int, channels: int, lags: Path
    ) -> None:
        """Measure this bot, which works on that database."""
        self._world = world
        self._bot = bot
        self._database = database
        self._digests = digests
        self._channels = channels
        self._lags = lags
        self._calls = 0
        self._alone = Beside([], [])
        self._beside = Beside([], [])
        self._answers: list[float] = []

    async def figures(self) -> dict[str, Any]:
        """Let them fall due and return the figures."""
        self._world.slack.connect(f"http://127.0.0.1:{self._bot.port}/slack/events")
        await asyncio.sleep(WARM_SECONDS)
        async with self._people(self._alone):
            await asyncio.sleep(ALONE_SECONDS)
        vendor = self._world.vendors.of(MomoFlowVendor)
        vendor.on_change(self._called)
        asking = asyncio.create_task(self._ask())
        before = self._posted()
        async with self._people(self._beside):
            begun, due = time.monotonic(), self._world.clock.now() + timedelta(seconds=5)
            await asyncio.to_thread(self._fall_due, due)
            await self._until_told()
            ended, told = time.monotonic(), self._world.clock.now()
        if asking.done():
            asking.result()
        asking.cancel()
        posted = self._posted() - before
        bound = posted / WORKSPACE_MESSAGES * 60
        late = lags(self._lags, since=begun, until=ended)
        return {
            "digests": self._digests,
            "messages": posted,
            "seconds": round((told - due).total_seconds(), 1),
            "bound_seconds": round(bound, 1),
            "over_bound": round((told - due).total_seconds() / bound, 3),
            "vendor_calls": self._calls,
            "objections": self._objections(),
            "answer_seconds": {
                "n": len(self._answers),
                "p50": round(percentile(self._answers, 0.50), 1),
                "p95": round(percentile(self._answers, 0.95), 1),
            },
            "stall_ms": milliseconds(late),
            "acks_alone_ms": milliseconds(self._alone.acks),
            "acks_ms": milliseconds(self._beside.acks),
            "resident_megabytes": round(self._bot.resident_megabytes),
        }

    def _people(self, found: Beside) -> Any:
        return people(self._world, self._bot.port, found, rate=COMMANDS_A_SECOND, text="/flow list")

    def _called(self) -> None:
        self._calls += 1

    def _fall_due(self, due: datetime) -> None:
        with self._rows() as database:
            spread = {
                "channels": self._channels,
                "each": self._digests // self._channels,
                "questions": QUESTIONS,
                "due": stamp(due),
            }
            database.execute(_SPREAD, spread)
            database.execute("DELETE FROM subscriptions WHERE channel = ?", [REST])

    async def _until_told(self) -> None:
        async with asyncio.timeout(LONGEST_SECONDS):
            while await asyncio.to_thread(self._told) < self._digests:  # noqa: ASYNC110
                await asyncio.sleep(0.5)

    def _told(self) -> int:
        with self._rows() as database:
            (count,) = database.execute(
                "SELECT COUNT(*) FROM digest_runs WHERE told_at IS NOT NULL"
            ).fetchone()
        return int(count)

    def _objections(self) -> int:
        with self._rows() as database:
            (count,) = database.execute("SELECT COUNT(*) FROM ledger WHERE attempts > 1").fetchone()
        return int(count)

    @contextmanager
    def _rows(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._database, timeout=60)) as database, database:
            yield database

    def _posted(self) -> int:
        slack = self._world.slack
        return sum(len(slack.messages(place)) for place in slack.workspace.channels)

    async def _ask(self) -> None:
        """Ask again and again, each time after the answer before it is there."""
        slack, clock = self._world.slack, self._world.clock
        while True:
            await asyncio.sleep(BETWEEN_QUESTIONS)
            seen, asked = len(slack.messages(ASKING)), clock.now()
            await slack.command(QUESTION, user=PERSON, channel=ASKING)
            while len(slack.messages(ASKING)) <= seen:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
            self._answers.append((clock.now() - asked).total_seconds())


if __name__ == "__main__":
    main()
