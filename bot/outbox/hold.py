"""While the workspace refuses everything, nothing is lost: one message now and then asks again."""

from collections.abc import Iterable
from datetime import datetime

from bot.outbox.rules import WORKSPACE_WIDE

PROBE_SECONDS = 30.0


class Hold:
    """Whether the queue stands still. It knows only the seconds it is given, of one clock."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self._reason = ""
        self._since: datetime | None = None
        self._probe_at = 0.0

    @property
    def is_on(self) -> bool:
        """Whether the queue stands still."""
        return self._since is not None

    def begin(self, reason: str, *, since: datetime, now: float) -> None:
        """Stand still from now on; `reason` is what Slack said."""
        self._reason, self._since = reason, since
        self._probe_at = now + PROBE_SECONDS

    def end(self) -> tuple[datetime, str]:
        """Go on; return since when it stood still, and why."""
        since, reason = self._since, self._reason
        assert since is not None
        self._since = None
        return since, reason

    def room(self, free: int, *, now: float) -> int:
        """Return how many of `free` pieces may go out now."""
        if not self.is_on:
            return free
        return 1 if free and now >= self._probe_at else 0

    def wait(self, *, now: float) -> float:
        """Return in how many seconds one message may ask again."""
        return max(0.0, self._probe_at - now)

    def probed(self, *, now: float) -> None:
        """Count a message that went out: the next one has to wait."""
        self._probe_at = now + PROBE_SECONDS


def held_by(refusals: Iterable[str]) -> str:
    """Return the first of some rows' errors that is the whole workspace's, or an empty text."""
    return next((each for each in refusals if each.rpartition(": ")[2] in WORKSPACE_WIDE), "")
