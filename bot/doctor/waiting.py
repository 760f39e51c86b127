"""What waits and does not go on: jobs and messages that are long due."""

from datetime import timedelta
from typing import Final

from bot.clock import Clock
from bot.doctor.findings import Finding, failed, passed, warned
from bot.doctor.store import DoctorRows, Overdue
from bot.slack.blocks.wording import counted, span_words

JOBS: Final = "jobs"
OUTBOX: Final = "outbox"
LATE: Final = timedelta(minutes=5)
OLD: Final = timedelta(hours=1)
LATELY: Final = timedelta(days=1)
START_WORKER: Final = (
    "Look whether a worker runs (`flowbot run` or `flowbot worker`), and start one. If one does, "
    "its log says what holds it up."
)


class WaitingLooks:
    """Looks at what waits."""

    def __init__(self, rows: DoctorRows, clock: Clock, *, mend: str = START_WORKER) -> None:
        """Look into these rows; `mend` is told where something does not go on."""
        self._mend = mend
        self._rows = rows
        self._clock = clock

    async def jobs(self) -> Finding:
        """Look for work that is long due and not begun."""
        late = await self._rows.jobs(before=self._clock.now() - LATE)
        return self._held_up(JOBS, late, "job")

    async def outbox(self) -> Finding:
        """Look for messages that are long due and not sent, or not known to be."""
        now = self._clock.now()
        late = await self._rows.messages(before=now - LATE)
        doubted = await self._rows.in_doubt(since=now - LATELY)
        if late.waiting or not doubted:
            return self._held_up(OUTBOX, late, "message")
        about = f"Nobody knows whether Slack took {counted(doubted, 'message')} of the last day."
        mend = "Look in their channels: who asked for one was told of it."
        return warned(OUTBOX, about, mend)

    def _held_up(self, name: str, late: Overdue, noun: str) -> Finding:
        if not late.waiting or late.oldest is None:
            return passed(name, f"No {noun} is late.")
        age = self._clock.now() - late.oldest
        ago = span_words(age.total_seconds())
        about = f"{counted(late.waiting, noun)} should have gone on, the oldest {ago} ago."
        return (failed if age >= OLD else warned)(name, about, self._mend)
