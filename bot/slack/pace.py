"""Methods of Slack that may be called again, called no more often than Slack allows."""

from collections import deque
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from bot import log
from bot.clock import Clock
from bot.errors import SlackError, SlackUnreachableError
from bot.slack.client import Slack

MINUTE = timedelta(minutes=1)
AFTER_TROUBLE = timedelta(seconds=5)
LONGEST_REST: Final = timedelta(minutes=5)

A_MINUTE: Final = {
    "users.info": 90,
    "conversations.info": 40,
    "users.conversations": 10,
    "conversations.members": 80,
    "users.list": 10,
    "users.lookupByEmail": 40,
    "usergroups.list": 10,
    "usergroups.users.list": 15,
}
"""Calls of each method: some less than Slack allows, as another process may ask as well.

https://docs.slack.dev/apis/web-api/rate-limits
"""

NO_SUCH_PERSON = frozenset({"user_not_found", "user_not_visible", "users_not_found"})
NOT_TOLD = frozenset(
    {
        "channel_not_found",
        "channel_is_limited_access",
        "method_not_supported_for_channel_type",
        "missing_scope",
        "no_permission",
        "no_such_subteam",
        "plan_upgrade_required",
    }
)
"""What Slack says where it will not tell of a place or a group next time either."""


class BusyError(Exception):
    """Slack does not answer this now; it may be asked again at a moment."""

    def __init__(self, again_at: datetime, trouble: str = "") -> None:
        """Remember the moment, and Slack's word for why."""
        super().__init__(again_at.isoformat())
        self.again_at = again_at
        self.trouble = trouble


class PacedMethod:
    """A method of Slack that is called at its pace; over it, or where Slack rests: BusyError."""

    def __init__(
        self,
        name: str,
        slack: Slack,
        clock: Clock,
        *,
        most: int = 0,
        final: frozenset[str] = NO_SUCH_PERSON | NOT_TOLD,
    ) -> None:
        """Call the method `name` at most so often a minute, or as A_MINUTE says.

        What is `final` is not asked again.
        """
        self._name = name
        self._slack = slack
        self._clock = clock
        self._most = most or A_MINUTE[name]
        self._final = final
        self._calls: deque[datetime] = deque()
        self._rest_until = clock.now()

    def recent(self) -> int:
        """Return how often it was called in the last minute."""
        now = self._clock.now()
        while self._calls and not timedelta(0) <= now - self._calls[0] < MINUTE:
            self._calls.popleft()
        return len(self._calls)

    async def call(self, **arguments: Any) -> Mapping[str, Any]:
        """Return Slack's answer. Raises SlackError for what is final, else BusyError."""
        now = self._clock.now()
        if is_ahead(self._rest_until, now):
            raise BusyError(self._rest_until)
        if self.recent() >= self._most:
            raise BusyError(self._calls[0] + MINUTE)
        self._calls.append(now)
        try:
            return await self._slack.call(self._name, **arguments)
        except SlackUnreachableError:
            raise BusyError(self._clock.now() + AFTER_TROUBLE) from None
        except SlackError as error:
            if error.code in self._final:
                raise
            log.get().info("not_told_by_slack", error=str(error))
            raise BusyError(self._after(error), error.code) from None

    def _after(self, error: SlackError) -> datetime:
        """Return when to ask again; a rest that Slack asks for holds for everybody."""
        now = self._clock.now()
        if error.retry_after is None:
            return now + AFTER_TROUBLE
        seconds = min(error.retry_after, LONGEST_REST.total_seconds())
        self._rest_until = now + timedelta(seconds=seconds)
        return self._rest_until


def is_ahead(moment: datetime, now: datetime) -> bool:
    """Return whether a moment to wait for is still to come; after a clock was set back, none is."""
    return timedelta(0) < moment - now <= LONGEST_REST
