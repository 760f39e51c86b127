"""Work that comes again and again, as jobs of APScheduler: soon after a start, then every so often.

They go by the loop's own clock, which only ever grows. So a clock on the wall that jumps by months
neither brings thousands of missed rounds nor a long silence, and what is due by the calendar is for
the work itself to see.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from bot import log
from bot.errors import BotError

DEFAULTS = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
"""What is late is done once, however late; a round never begins before the last has ended."""


@dataclass(frozen=True, slots=True)
class Round:
    """Some work with its name in the log: done `after` seconds and then `every` so many."""

    name: str
    work: Callable[[], Awaitable[object]]
    every: float
    after: float = 0.0

    def only_while(self, condition: Callable[[], bool]) -> "Round":
        """Return the same work, left out while the condition does not hold."""

        async def work() -> None:
            if condition():
                await self.work()

        return replace(self, work=work)

    async def once(self) -> None:
        """Do it; a failure is told and ends none of the rounds to come."""
        try:
            await self.work()
        except BotError as trouble:
            log.get().warning("round_failed", work=self.name, error=str(trouble))
        except Exception:  # noqa: BLE001  # a bug, too
            log.get().exception("round_broke", work=self.name)


class LoopTime(ZoneInfo):
    """A zone in which it is as late as the running loop says: `datetime.now` asks its zone."""

    def fromutc(self, _: datetime) -> datetime:
        """Return the present moment, whatever the clock on the wall says."""
        seconds = asyncio.get_running_loop().time()
        return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=self)


class FromNow(BaseTrigger):  # type: ignore[misc]  # APScheduler has no types
    """Counts from now, where APScheduler's own triggers walk through all that was missed."""

    def __init__(self, one: Round) -> None:
        """Call for this round."""
        self._round = one

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        """Return when the round is due next."""
        wait = self._round.every if previous else self._round.after
        return now + timedelta(seconds=wait)


@asynccontextmanager
async def repeating(*rounds: Round) -> AsyncIterator[None]:
    """Do rounds while this context lasts; at its end those under way are cancelled and awaited."""
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)  # that a round still lasts
    logging.getLogger("apscheduler.executors").setLevel(logging.CRITICAL)  # a round tells of itself
    under_way: set[asyncio.Task[object]] = set()

    async def once(one: Round) -> None:
        task = asyncio.current_task()
        assert task is not None
        under_way.add(task)
        task.add_done_callback(under_way.discard)
        await one.once()

    scheduler = AsyncIOScheduler(timezone=LoopTime("UTC"), job_defaults=DEFAULTS)
    for one in rounds:
        scheduler.add_job(once, FromNow(one), [one], id=one.name)
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown()
        await asyncio.sleep(0)  # it comes with the loop's next turn
        await asyncio.gather(*under_way, return_exceptions=True)
