"""People who ask, digests that fall due, and a Slack that falters, while processes are killed."""

import asyncio
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bot.digests.core.recurrence import slot_key
from bot.store.database import stamp
from sandbox.slack.faults import Arguments
from sandbox.vendors.smartflows import SmartFlowsVendor
from sandbox.vendors.smartflows.flows import FLOWS
from sandbox.world import World

CHANNELS = ("CTRAIN", "CFIELD", "CGENERAL")
SUBSCRIPTIONS = 6
ZONE = "Europe/Berlin"
PAUSE = 0.5
"""Seconds between two acts, so that Slack's pace of a channel is never the news."""
RUN_SECONDS = 4
FLOW = FLOWS[-1]
METHODS = ("chat.postMessage", "chat.update", "chat.postEphemeral", "files.completeUploadExternal")
LONGEST = 60.0
FOR_EVER = 10**9
EVERY_DROPPED = 7


@dataclass(frozen=True, slots=True)
class Promise:
    """What must come: the key of its message, and whether a file or a run comes with it."""

    key: str
    file: bool = False
    run: bool = False


@dataclass(slots=True)
class Crowd:
    """Acts on a world and remembers what was promised."""

    world: World
    database: Path
    chance: random.Random
    drops: bool
    promises: list[Promise] = field(default_factory=list)
    _posts: int = 0
    _planned: int = 0

    def __post_init__(self) -> None:
        """Prepare the vendors and Slack."""
        runs = self.world.vendors.of(SmartFlowsVendor)
        runs.set_switch("others_every", 0)
        runs.set_switch("next_pause", "none")
        runs.set_switch("run_seconds", RUN_SECONDS)
        self._fall()

    async def subscribe(self) -> None:
        """Order digests that fall due when we say so."""
        for number in range(SUBSCRIPTIONS):
            await self.world.slack.command(
                f"/flow subscribe report flow_onb001 last-{number + 5}d daily 09:00 {ZONE}",
                channel=CHANNELS[number % len(CHANNELS)],
            )
        async with asyncio.timeout(LONGEST):
            while self._count("SELECT COUNT(*) FROM subscriptions") < SUBSCRIPTIONS:  # noqa: ASYNC110
                await asyncio.sleep(0.1)

    async def work(self) -> None:
        """Ask and let digests fall due, until cancelled."""
        acts = (self._ask, self._ask, self._export, self._run, self._fall_due, self._fall_due)
        while True:
            await self.chance.choice(acts)()
            await asyncio.sleep(self.chance.uniform(0.2, 2 * PAUSE))

    async def rest(self, patience: float) -> None:
        """Wait until nothing is under way, for some seconds at most."""
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self._quiet()
                await asyncio.sleep(RUN_SECONDS + 6)  # so that the last run has ended and was told
                await self._quiet()

    async def _quiet(self) -> None:
        while self.open_rows():  # noqa: ASYNC110  # nothing of another process tells of it
            await asyncio.sleep(0.5)

    def open_rows(self) -> int:
        """Return how many jobs and messages have not come to an end."""
        return self._count("SELECT COUNT(*) FROM jobs WHERE finished_at IS NULL") + self._count(
            "SELECT COUNT(*) FROM ledger WHERE state IN ('queued', 'sending', 'retry')"
        )

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the database's lock."""
        with closing(sqlite3.connect(self.database, timeout=5, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")

    @contextmanager
    def revoked(self) -> Iterator[None]:
        """Let Slack know no token."""
        for method in METHODS:
            self.world.slack.refuse(method, error="token_revoked", times=FOR_EVER)
        try:
            yield
        finally:
            self.world.slack.mend()
            self._fall()

    def _fall(self) -> None:
        """Let every seventh message be taken without an answer, where that is wanted."""
        if self.drops:
            self.world.slack.disturb(
                "chat.postMessage", kind="drop_after", times=FOR_EVER, when=self._is_dropped
            )

    def _is_dropped(self, _: Arguments) -> bool:
        self._posts += 1
        return self._posts % EVERY_DROPPED == 0

    async def _ask(self) -> None:
        await self._command(f"/flow-report flow_onb001 last-{self.chance.randint(3, 300)}d")

    async def _export(self) -> None:
        days = self.chance.randint(3, 300)
        await self._command(f"/flow-report flow_onb001 last-{days}d export csv", file=True)

    async def _run(self) -> None:
        await self._command(f'/flow-run "{FLOW.name}"', run=True)

    async def _command(self, text: str, *, file: bool = False, run: bool = False) -> None:
        outcome = await self.world.slack.command(text, channel=self.chance.choice(CHANNELS))
        if outcome.status == 200 and not outcome.text:
            trigger = self.world.slack.last_trigger
            self.promises.append(Promise(f"answer:command:{trigger}", file=file, run=run))

    async def _fall_due(self) -> None:
        """Put the next run of a digest that waits into the past; each moment once."""
        number = self.chance.randint(1, SUBSCRIPTIONS)
        now = self.world.clock.now()
        planned = now - timedelta(minutes=self._planned + 1)
        moments = {"id": number, "soon": stamp(now + timedelta(hours=1)), "planned": stamp(planned)}
        try:
            with closing(sqlite3.connect(self.database, timeout=0)) as other, other:
                changed = other.execute(
                    """UPDATE subscriptions SET next_run_at = :planned
                    WHERE id = :id AND next_run_at > :soon""",
                    moments,
                ).rowcount
        except sqlite3.OperationalError:
            return  # it is locked just now
        if changed:
            self._planned += 1
            self.promises.append(Promise(slot_key(number, planned, ZONE)))

    def _count(self, sql: str) -> int:
        with closing(sqlite3.connect(self.database, timeout=5)) as other:
            return int(other.execute(sql).fetchone()[0])
