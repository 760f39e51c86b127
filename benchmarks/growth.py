"""What a database that has grown costs: the same work beside few rows and beside very many.

`python -m benchmarks.growth` prints one JSON line. For each size a database is filled with that
many messages that were sent, half as many rows of the record and a tenth as many finished jobs, all
within what is kept; 300 messages wait for a later time. The bot then works in this process with the
local Slack, on a clock that stands still:

- `tick` looks for what is due and finds nothing; `due` accepts 20 digests;
- `claim` takes a message from the outbox, `told` sends one and notes that;
- `list`, `history` and `home` are asked for by a person, until their answers lie in the outbox;
- `tidy` is one round of letting go that finds nothing old.

Each figure is a median in milliseconds; `growth` is the highest of a row by its lowest size.
"""

import asyncio
import json
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.machine import facts
from bot import log
from bot.assembly.bot import Bot
from bot.assembly.features import load_settings
from bot.cli.with_sandbox import local
from bot.config import with_values
from bot.store.database import stamp
from bot.store.opening import migrate_file
from sandbox.clock import SandboxClock
from sandbox.world import World

SIZES = (1_000, 100_000, 1_000_000)
TIMES = 21
DIGESTS = 20
WAITING = 300
CHANNEL = "CTRAIN"
PERSON = "UADA"
KEPT_DAYS = 80

_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count) "
_MOMENT = "strftime('%Y-%m-%dT%H:%M:%S.000000+00:00', :now, '-' || (i * :days / :count) || ' days')"
_SENT = f"""{_NUMBERS}
INSERT INTO ledger (workspace, key, lane, kind, priority, channel, target, payload,
  subscription_id, state, attempts, next_try_at, created_at, settled_at, posted_channel, ts)
SELECT :workspace, 'old:' || i, 'main', 'message', 1, 'C' || (i % 200),
  json_object('channel', 'C1'),
  json_object('text', printf('%.*c', 400, 'x'), 'blocks', json_array()), i % :digests + 1, 'sent',
  1, {_MOMENT}, {_MOMENT}, {_MOMENT}, 'C' || (i % 200), '16' || i || '.000100' FROM n"""
_RECORD = f"""{_NUMBERS}
INSERT INTO digest_runs (workspace, key, subscription_id, cause, planned_at, state, noted_at,
  told_at, channel, ts)
SELECT :workspace, 'digest:old:' || i, i % :digests + 1, 'planned', {_MOMENT}, 'sent', {_MOMENT},
  {_MOMENT},  :channel, '16' || i || '.000100' FROM n"""
_JOBS = f"""{_NUMBERS}
INSERT INTO jobs (workspace, key, lane, name, arguments, state, attempts, run_at, created_at,
  finished_at)
SELECT :workspace, 'old:' || i, 'main', 'digest', '{{}}', 'done', 1, {_MOMENT}, {_MOMENT}, {_MOMENT}
FROM n"""
_LATER = f"""{_NUMBERS}
INSERT INTO ledger (workspace, key, lane, kind, priority, channel, target, payload, state,
  next_try_at, created_at)
SELECT :workspace, 'later:' || i, 'main', 'message', 1, 'C' || (i % 200),
  json_object('channel', 'C1'),
  json_object('text', 'x', 'blocks', json_array()), 'queued', :later, :now FROM n"""

Work = Callable[[], Awaitable[object]]


def main() -> None:
    log.configure(level="error")
    sizes = tuple(map(int, sys.argv[1:])) or SIZES
    with tempfile.TemporaryDirectory(prefix="flowbot-growth-", dir=".") as name:
        folder = Path(name)
        figures = {size: asyncio.run(_measured(folder, size)) for size in sizes}
        least = figures[min(sizes)]
        growth = {
            work: round(max(figures[size][work] for size in sizes) / least[work], 2)
            for work in least
        }
        found = {"milliseconds": figures, "growth": growth}
        print(json.dumps({"benchmark": "growth", "machine": facts(folder), **found}))


async def _measured(folder: Path, size: int) -> dict[str, float]:
    path = folder / f"{size}.db"
    path.touch()
    migrate_file(str(path))
    settings = with_values(load_settings(), general={"database_url": f"sqlite:///{path}"})
    async with local(settings, SandboxClock()) as (world, bot):
        await _ordered(world, bot)
        await asyncio.to_thread(_fill, path, size, world.clock.now(), bot.identity.workspace)
        figures = await _Grown(world, bot, path).figures()
    path.unlink()
    return figures


async def _ordered(world: World, bot: Bot) -> None:
    """Let a person order the digests."""
    for number in range(DIGESTS):
        text = f"/flow subscribe report flow_onb001 last-{number + 5}d daily 09:00 Europe/Berlin"
        await world.slack.command(text, user=PERSON, channel=CHANNEL)
    while await _count(bot, "jobs WHERE finished_at IS NULL") or await _waits(bot):
        await bot.settle()
        world.clock.advance(seconds=1)


def _fill(path: Path, size: int, now: datetime, workspace: str) -> None:
    shared: dict[str, Any] = {"now": now.strftime("%Y-%m-%d %H:%M:%S"), "digests": DIGESTS}
    shared |= {"days": KEPT_DAYS, "channel": CHANNEL, "workspace": workspace}
    with closing(sqlite3.connect(path, timeout=60)) as database:
        database.execute(_SENT, {**shared, "count": size})
        database.execute(_RECORD, {**shared, "count": size // 2})
        database.execute(_JOBS, {**shared, "count": size // 10, "days": 6})
        later = stamp(now + timedelta(days=2))
        database.execute(
            _LATER,
            {"count": WAITING, "later": later, "now": stamp(now), "workspace": workspace},
        )
        database.commit()


@dataclass(frozen=True, slots=True)
class _Grown:
    """A bot beside the rows that were filled in, and what is measured of it."""

    world: World
    bot: Bot
    path: Path

    async def figures(self) -> dict[str, float]:
        """Return the medians; what is due is measured before it is done away with."""
        first = {
            "tick": await _median(self.bot.claims.tick),
            "due": await _median(self.bot.claims.tick, before=self._falls_due),
            "claim": await _median(self._claim, before=self._one_waits),
        }
        self._falls_due()  # and nothing of it is left to do
        return first | {
            "list": await _median(lambda: self._ask("/flow list"), before=self._later),
            "told": await _median(self.bot.delivery.worker.settle, before=self._later),
            "history": await _median(lambda: self._ask("/flow history 3"), before=self._later),
            "home": await _median(self._home, before=self._later),
            "tidy": await _median(self.bot.tidying.tidy),
        }

    async def _claim(self) -> None:
        now, outbox = self.world.clock.now(), self.bot.parts.outbox
        (first,) = await outbox.due(now=now, limit=1)
        await self.bot.delivery.claims.take(first, now=now)

    async def _ask(self, text: str) -> None:
        await self.world.slack.command(text, user=PERSON, channel=CHANNEL)
        await self.bot.engine.worker.settle()

    async def _home(self) -> None:
        await self.world.slack.open_home(user=PERSON)
        await self.bot.engine.worker.settle()

    def _later(self) -> None:
        self.world.clock.advance(seconds=5)

    def _falls_due(self) -> None:
        now = stamp(self.world.clock.now())
        self._change(
            f"UPDATE subscriptions SET next_run_at = '{now}'",  # a moment of ours
            "DELETE FROM jobs WHERE finished_at IS NULL",
            "DELETE FROM digest_runs WHERE told_at IS NULL",
        )
        self.world.clock.advance(seconds=60)

    def _one_waits(self) -> None:
        self._change(
            "UPDATE ledger SET next_try_at = created_at, state = 'queued' WHERE key = 'later:1'"
        )

    def _change(self, *statements: str) -> None:
        with closing(sqlite3.connect(self.path, timeout=60)) as database:
            for each in statements:
                database.execute(each)
            database.commit()


async def _median(work: Work, *, before: Callable[[], None] = lambda: None) -> float:
    took = []
    for _ in range(TIMES):
        before()
        begun = time.perf_counter()
        await work()
        took.append((time.perf_counter() - begun) * 1000)
    return round(statistics.median(took), 3)


async def _waits(bot: Bot) -> int:
    return await _count(bot, "ledger WHERE state IN ('queued', 'retry')")


async def _count(bot: Bot, of: str) -> int:
    row = await bot.database.fetch_one(f"SELECT COUNT(*) AS n FROM {of}")  # ours
    assert row is not None
    return int(row["n"])


if __name__ == "__main__":
    main()
