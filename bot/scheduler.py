"""The few fixed clock jobs. People's schedules are rows that `tick` asks for, not jobs here."""

from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

TICK_SECONDS = 5
POLL_SECONDS = 1
"""How often is asked whether it is time; the polls are paced by what there is to see."""
TIDY_HOURS = 6
GRACE_SECONDS = 3600
"""By default APScheduler skips in silence what is more than one second late."""


def build_scheduler(
    *,
    tick: Callable[[], Awaitable[object]],
    poll: Callable[[], Awaitable[object]],
    tidy: Callable[[], Awaitable[object]],
) -> AsyncIOScheduler:
    """Return the scheduler, not yet started."""
    scheduler = AsyncIOScheduler(
        timezone="UTC",
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": GRACE_SECONDS},
    )
    scheduler.add_job(tick, "interval", seconds=TICK_SECONDS, id="tick")
    scheduler.add_job(poll, "interval", seconds=POLL_SECONDS, id="poll")
    scheduler.add_job(tidy, "interval", hours=TIDY_HOURS, id="tidy")
    return scheduler
