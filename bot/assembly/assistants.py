"""Assistants of all workspaces: for whom they speak, and where tools are called for them."""

from collections.abc import Callable
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Final

from bot.assembly.features import Features
from bot.config import Settings
from bot.errors import DeniedError, UserError
from bot.mcp.callers import NO_WORKSPACE, Caller, SlackIdentity
from bot.mcp.desk import ToolDesk
from bot.mcp.server import McpServer
from bot.mcp.tokens.looks import TokenLooks
from bot.mcp.tokens.store import find_token
from bot.mcp.tool import Tool, ToolAnswer
from bot.mcp.tools.catalog import catalog
from bot.workspaces.installations import NOT_INSTALLED

if TYPE_CHECKING:
    from bot.assembly.process import Process

MOST_AT_ONCE: Final = 20
"""So many calls of a process are waited for; the rest of its connections is Slack's."""
NOBODYS: Final = "Nobody has this token. Make one in Flowbot's Home tab in Slack."
BUSY: Final = "I'm answering too many questions at the moment. Try again in a minute."


class Assistants:
    """Calls tools in the workspaces of those who call."""

    def __init__(self, process: "Process", *, connections: int) -> None:
        """Call them in this process, which may have so many `connections` open."""
        self._process = process
        self._most = min(MOST_AT_ONCE, connections // 4)
        self._waiting = 0
        features = _listed(process.resources.settings, process.resources.features)
        self.server = McpServer(catalog(features), [each.vendor.title for each in features])

    async def by_slack(
        self,
        tool: Tool,
        arguments: Any,
        who: SlackIdentity,
        *,
        once: str,
        is_there: Callable[[], bool],
    ) -> ToolAnswer:
        """Return what a tool answers to whom Slack names. Raises UserError."""
        installations = self._process.installs.installations
        # In a Grid the team may be missing: then the organization's own installation serves it.
        one = await installations.of(who.enterprise, who.team, is_org_wide=not who.team)
        if one is None:
            raise UserError(NOT_INSTALLED if who.team else NO_WORKSPACE)
        caller = Caller(one.workspace, who.user, once, who.team, is_there=is_there)
        return await self.call(tool, arguments, caller)

    async def holder(self, token: str) -> Caller:
        """Return who asks with a token. Raises DeniedError with words for whoever has it."""
        found = await find_token(self._process.resources.database, token)
        if found is None:
            raise DeniedError(NOBODYS)
        try:
            async with self._process.bots.using(found.workspace) as bot:
                await bot.services.of(TokenLooks).look(found.token)
        except LookupError:  # Flowbot was removed from there
            raise DeniedError(NOBODYS) from None
        return Caller(found.workspace, found.token.user, token_hex(16), through="token")

    async def call(self, tool: Tool, arguments: Any, caller: Caller) -> ToolAnswer:
        """Return what a tool answers to somebody. Raises UserError."""
        if self._waiting >= self._most:
            raise UserError(BUSY)
        self._waiting += 1
        try:
            async with self._process.bots.using(caller.workspace) as bot:
                return await bot.services.of(ToolDesk).call(tool, arguments, caller)
        except LookupError:  # it has left a moment ago
            raise UserError(NOT_INSTALLED) from None
        finally:
            self._waiting -= 1


def _listed(settings: Settings, features: Features) -> Features:
    """Return the features whose tools are listed: all where workspaces connect services themselves.

    Else those that are on; all again where none is, so that somebody sees what there could be.
    """
    on = tuple(each for each in features if settings.of(each.settings).has_credential)
    return features if settings.slack.installs else on or features
