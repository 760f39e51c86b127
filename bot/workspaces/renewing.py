"""Rotating tokens: renewed two hours early by whoever speaks for the workspace, one at a time.

A refresh token is good once. So the next pair is on disk before it is used, and two processes never
renew the same: the second waits its turn, and finds what the first has kept.
"""

from collections.abc import Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Final

from bot import log
from bot.clock import Clock
from bot.errors import SlackError, SlackUnreachableError
from bot.workspaces.client import OAuthClient
from bot.workspaces.installations import Installations
from bot.workspaces.model import BotTokens, Installation

EARLY: Final = timedelta(hours=2)
EVERY_SECONDS: Final = 60.0
EXPIRED: Final = "token_expired"

Turn = Callable[[str], AbstractAsyncContextManager[bool]]
"""`Leases.turn`: to be the only one in a role for a while."""
Leave = Callable[[str], Awaitable[None]]


class TokenRenewals:
    """Keeps the tokens of installations alive."""

    def __init__(
        self,
        installations: Installations,
        client: OAuthClient,
        clock: Clock,
        *,
        turn: Turn,
        renewed: Callable[[str], None] = lambda _workspace: None,
    ) -> None:
        """Renew by `client`; `renewed` is told of each workspace that has new tokens."""
        self._installations = installations
        self._client = client
        self._clock = clock
        self._turn = turn
        self._renewed = renewed

    async def renew_due(self, workspaces: Iterable[str]) -> int:
        """Renew what ends within two hours of those this process speaks for; return how many."""
        before, renewed = self._clock.now() + EARLY, 0
        for workspace in await self._installations.store.due(before, workspaces):
            renewed += await self._renew(workspace, lambda one: _ends_by(one, before)) is not None
        return renewed

    async def after_refusal(self, workspace: str, used: str) -> str:
        """Return the token to try once more with, after Slack said `token_expired`; else ''.

        Most often it has been renewed long ago and need only be read again. Where it was not, as
        nobody speaks for the workspace, it is renewed here: people wait for what was to be called.
        """
        self._installations.forget(workspace)
        found = await self._installations.get(workspace)
        if found is None or found.tokens is None:
            return ""
        if found.tokens.access != used:
            return found.tokens.access
        tokens = await self._renew(workspace, lambda one: _has(one, used))
        return tokens.access if tokens else ""

    async def _renew(
        self, workspace: str, is_needed: Callable[[Installation], bool]
    ) -> BotTokens | None:
        """Return the tokens that are good now; None where there are none to be had."""
        async with self._turn(f"token-{workspace}") as mine:
            one = await self._installations.store.get(workspace)
            if not mine or one is None or one.tokens is None:
                return None
            if not is_needed(one) or not one.tokens.refresh:
                return one.tokens
            try:
                tokens = await self._client.refresh(one.tokens.refresh)
            except (SlackError, SlackUnreachableError) as error:
                _tell(workspace, error)
                return None
            await self._installations.store.put_tokens(workspace, tokens)
        self._installations.forget(workspace)
        self._renewed(workspace)
        log.get().info("token_renewed", workspace=workspace)
        return tokens


def _tell(workspace: str, error: SlackError | SlackUnreachableError) -> None:
    """Say that a token was not renewed, and where that does not pass by itself."""
    is_lost = isinstance(error, SlackError) and error.code == "invalid_refresh_token"
    mend = {"mend": "an admin of it has to install Flowbot again"} if is_lost else {}
    log.get().warning("token_not_renewed", workspace=workspace, error=str(error), **mend)


def _ends_by(one: Installation, moment: datetime) -> bool:
    until = one.tokens.expires_at if one.tokens else None
    return until is not None and until <= moment


def _has(one: Installation, used: str) -> bool:
    return one.tokens is not None and one.tokens.access == used
