"""What `/flow doctor` says of the conversation: whether it works, and for whom it is closed."""

from typing import Final

from bot.agent.ratings import COUNTED, counted
from bot.agent.statuses import Statuses
from bot.agent.store import RatingStore
from bot.clock import Clock
from bot.doctor.findings import Finding, passed, warned

AGENT: Final = "agent"
LABEL: Final = "agent view"
GUESTS: Final = "It is closed to guests."
NO_SESSIONS: Final = (
    "Slack shows no agent view here: the app's manifest has none, or the workspace is on the free "
    "plan. Direct messages are answered all the same."
)
MEND: Final = (
    "Print the manifest with `flowbot manifest --with agent`, put it into the app and install it "
    "again; or take `agent` out of SURFACES."
)


class AgentLook:
    """Looks at it, by what Slack said lately."""

    def __init__(self, statuses: Statuses, ratings: RatingStore, clock: Clock) -> None:
        """Ask these."""
        self._statuses = statuses
        self._ratings = ratings
        self._clock = clock

    async def look(self) -> Finding:
        """Look whether Slack shows sessions, and how answers were rated."""
        if self._statuses.is_older:
            return warned(AGENT, NO_SESSIONS, MEND)
        good, bad = await self._ratings.counts(since=self._clock.now() - COUNTED)
        rated = f" {counted(good, bad)}." if good or bad else ""
        return passed(AGENT, f"Messages with Flowbot are its agent view. {GUESTS}{rated}")
