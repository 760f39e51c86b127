"""How a workspace leaves: its tokens go at once, the rest after thirty days or when it is told to.

Nothing is sent to a workspace that left and nothing of it is planned, as nobody speaks for it; so
what its people stopped stays stopped when it comes back, and all else goes on.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot import log
from bot.clock import Clock
from bot.errors import SlackError, SlackUnreachableError
from bot.store.database import Database
from bot.workspaces.client import LOST, OAuthClient
from bot.workspaces.installations import Installations
from bot.workspaces.renewing import EXPIRED
from bot.workspaces.store.farewell import delete_workspace, end_workspace


class Departures:
    """Carries out what is to be done when Flowbot was removed from a workspace."""

    def __init__(
        self,
        database: Database,
        installations: Installations,
        client: OAuthClient,
        clock: Clock,
        *,
        changed: Callable[[str], None] = lambda _workspace: None,
    ) -> None:
        """Ask by `client` whether a token is good; `changed` is told of each that left."""
        self._database = database
        self._installations = installations
        self._client = client
        self._clock = clock
        self._changed = changed

    async def heard(self, workspace: str, *, surely: bool) -> bool:
        """Let a workspace leave after Slack said that it did; tell whether it has.

        Slack's events come late, twice and in any order, perhaps after Flowbot is installed again;
        and one of several tokens that ended is no farewell. So Slack is asked whether the token is
        good. Of one that has expired, or that no key opens, that cannot be told: then an event
        counts that `surely` means nothing else. Raises SlackError and SlackUnreachableError.
        """
        token = await self._token(workspace)
        if token is None:
            return False
        try:
            gone = not await self._client.is_alive(token) if token else surely
        except SlackError as error:
            if error.code != EXPIRED:
                raise
            gone = surely
        return gone and await self._leave(workspace)

    async def after_refusal(self, workspace: str, code: str) -> bool:
        """Let a workspace leave after a call was refused with `code`, if auth.test agrees."""
        if code not in LOST:
            return False
        try:
            return await self.heard(workspace, surely=False)
        except (SlackError, SlackUnreachableError):
            return False  # the next call tells

    async def forget(self, workspace: str) -> bool:
        """Delete all that is kept of a workspace; tell whether anything was."""
        known = await self._installations.store.get(workspace)
        if known is None:
            return False
        await delete_workspace(self._database, workspace)
        await self._database.scrub()
        self._told(workspace)
        log.get().info("workspace_forgotten", workspace=workspace, name=known.name)
        return True

    async def tidy(self) -> int:
        """Forget those that left more than thirty days ago; return how many."""
        gone = await self._installations.store.long_gone()
        return sum([await self.forget(each) for each in gone])

    async def _token(self, workspace: str) -> str | None:
        """Return the token kept last; '' where it cannot be read, None of one that has left."""
        own = self._installations.own
        if own and own.workspace == workspace and own.tokens:
            return own.tokens.access
        known = await self._installations.store.get(workspace)
        if known is None or known.gone_at is not None:
            return None
        return known.tokens.access if known.tokens else ""

    async def _leave(self, workspace: str) -> bool:
        now = self._clock.now()
        left = await self._database.transaction(lambda tx: end_workspace(tx, workspace, now=now))
        if left:
            await self._database.scrub()
            self._told(workspace)
            log.get().warning("workspace_left", workspace=workspace)
        return left

    def _told(self, workspace: str) -> None:
        self._installations.left(workspace)
        self._changed(workspace)


@dataclass(frozen=True, slots=True)
class Departure:
    """What handlers of one workspace may say of its leaving."""

    workspace: str
    departures: Departures

    async def heard(self, *, surely: bool) -> bool:
        """Hear that Flowbot was removed, as `Departures.heard`."""
        return await self.departures.heard(self.workspace, surely=surely)
