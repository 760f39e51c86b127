"""Looking at a token each time that it is used: whether it is good, and noting that it was used."""

from typing import Final

from bot.clock import Clock
from bot.errors import DeniedError
from bot.jobs.access import Right
from bot.jobs.audit import AuditRow
from bot.jobs.outcome import CameTo
from bot.jobs.policy import Thing
from bot.jobs.trail.store import AuditTrail
from bot.mcp.tokens.model import AssistantToken
from bot.mcp.tokens.store import TokenStore

USES: Final = "Ask with an assistant's token"
REVOKED: Final = "This token was revoked. Make another in Flowbot's Home tab in Slack."
EXPIRED: Final = "This token has expired. Make another in Flowbot's Home tab in Slack."


class TokenLooks:
    """Looks at tokens of one workspace."""

    def __init__(self, store: TokenStore, trail: AuditTrail, clock: Clock) -> None:
        """Note in the `trail` who is refused."""
        self._store = store
        self._trail = trail
        self._clock = clock

    async def look(self, token: AssistantToken) -> None:
        """Note that a token is used. Raises DeniedError for one that is not good any more."""
        now = self._clock.now()
        if token.is_good(now):
            await self._store.used(token.id, now=now)
            return
        why = REVOKED if token.revoked_at else EXPIRED
        row = AuditRow(
            at=now,
            user=token.user,
            user_name="",
            action=USES,
            right=Right.ASK,
            came_to=CameTo.DENIED,
            thing=Thing(token.name, token.name),
            reason=why,
        )
        await self._trail.add(row)
        raise DeniedError(why)
