"""What Slack shows of a thread: that it is worked on, or that it rests.

Slack takes some fifty of these a minute from a workspace, so that not every thread is shown as
worked on when many are. A workspace whose Slack has no sessions is told in the older way.
https://docs.slack.dev/ai/agent-sessions
"""

from collections import deque
from datetime import datetime, timedelta
from typing import Final

from bot import log
from bot.clock import Clock
from bot.errors import SlackError, SlackUnreachableError
from bot.slack.client import Slack
from bot.slack.refusals import RefusalKind, kind_of

SET: Final = "agents.sessions.setStatus"
OLDER: Final = "assistant.threads.setStatus"
WORKS: Final = "is working on it …"
LONGEST_TITLE: Final = 200
A_MINUTE: Final = 20
"""So many threads are shown as worked on: each takes two of Slack's fifty calls."""
OLDER_FOR: Final = timedelta(hours=1)
SOON: Final = 5.0
"""Seconds until Slack is asked again that could not be reached."""
NO_SESSIONS: Final = frozenset({"feature_disabled", "unknown_method", "method_deprecated"})
"""Where the app is no agent for Slack, or not yet."""
_LATER: Final = frozenset({RefusalKind.LATER, RefusalKind.UNSURE})


class Statuses:
    """Tells Slack. Nothing here raises: an answer is worth more than what is shown beside it."""

    def __init__(self, slack: Slack, clock: Clock) -> None:
        """Tell this Slack."""
        self._slack = slack
        self._clock = clock
        self._shown: deque[float] = deque(maxlen=A_MINUTE)
        self._older_until: datetime | None = None

    async def works(self, channel: str, thread_ts: str, *, person: str, title: str) -> bool:
        """Show that a thread is worked on for somebody; False where that is left out.

        `title` is what it is called from now on, unless empty.
        """
        if not self._has_room():
            return False
        told = {"initiator_user_id": person, "title": title[:LONGEST_TITLE]}
        if not await self._no_sessions(channel, thread_ts, "processing", **told):
            return True
        await self._tell(OLDER, channel, thread_ts, WORKS)
        return True

    async def rests(self, channel: str, thread_ts: str) -> float | None:
        """Show that a thread rests; return in how many seconds to try again, None if done.

        In the older way that follows from the reply itself, or from two minutes without one.
        """
        if self.is_older:
            return None
        return await self._tell(SET, channel, thread_ts, "active")

    async def _no_sessions(self, channel: str, thread_ts: str, status: str, **told: str) -> bool:
        """Return whether Slack has no sessions here, after it was told if it has."""
        if not self.is_older:
            await self._tell(SET, channel, thread_ts, status, **told)
        return self.is_older

    async def _tell(
        self, method: str, channel: str, thread_ts: str, status: str, **told: str
    ) -> float | None:
        thread = {"channel_id": channel, "thread_ts": thread_ts}
        try:
            await self._slack.call(method, **thread, status=status, **told)
        except SlackUnreachableError:
            return SOON
        except SlackError as error:
            if error.code in NO_SESSIONS:
                self._older_until = self._clock.now() + OLDER_FOR
            log.get().warning("agent_status_refused", status=status, error=str(error))
            return (error.retry_after or SOON) if kind_of(error.code) in _LATER else None
        return None

    @property
    def is_older(self) -> bool:
        """Whether Slack said lately that it has no sessions here."""
        until = self._older_until
        return until is not None and self._clock.now() < until

    def _has_room(self) -> bool:
        """Count one that is shown, and return whether there is room for it in this minute."""
        now = self._clock.monotonic()
        if len(self._shown) == A_MINUTE and now - self._shown[0] < 60:  # noqa: PLR2004  # a minute
            return False
        self._shown.append(now)
        return True
