"""Letting Flowbot into a workspace: strangers are turned away, and nothing of them is kept."""

from collections.abc import Callable

from bot import log
from bot.workspaces.client import OAuthClient
from bot.workspaces.installations import Installations
from bot.workspaces.model import Installation, is_welcome


class StrangerError(Exception):
    """WORKSPACES does not name this workspace, so nothing of it was kept."""


class Arrivals:
    """What happens between Slack's page and the one that says that all is well."""

    def __init__(
        self,
        client: OAuthClient,
        installations: Installations,
        *,
        allowed: str = "",
        changed: Callable[[str], None] = lambda _workspace: None,
    ) -> None:
        """Let in those that are `allowed` (WORKSPACES); `changed` is told of each workspace."""
        self._client = client
        self._installations = installations
        self._allowed = allowed
        self._changed = changed

    async def exchange(self, code: str, *, redirect_uri: str) -> Installation:
        """Return what a code stands for. Raises SlackError and SlackUnreachableError."""
        return await self._client.exchange(code, redirect_uri=redirect_uri)

    async def keep(self, one: Installation) -> None:
        """Keep an installation in place of an earlier one. Raises StrangerError.

        What its people ordered before it left goes on, if that is not longer ago than all of it
        is kept.
        """
        if not is_welcome(self._allowed, one.workspace, one.enterprise_id):
            await self._turn_away(one)
            raise StrangerError(one.workspace)
        before = await self._installations.store.get(one.workspace)
        await self._installations.store.put(one)
        self._installations.forget(one.workspace)
        self._changed(one.workspace)
        log.get().info(
            "installed",
            workspace=one.workspace,
            name=one.name,
            by=one.installer,
            again=before is not None,
        )

    async def _turn_away(self, one: Installation) -> None:
        """Give a stranger's token back, but not one that serves an installation of ours.

        Slack may have given out the token that is kept already; WORKSPACES may be wrong.
        """
        log.get().warning("stranger_turned_away", workspace=one.workspace, name=one.name)
        kept = await self._installations.store.get(one.workspace)
        if one.tokens and (kept is None or kept.gone_at is not None):
            await self._client.turn_away(one.tokens)
