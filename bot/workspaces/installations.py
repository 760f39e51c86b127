"""Whose request it is, and by which token Flowbot works for it: read from rows, asked of nobody."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from bot import log
from bot.clock import Clock
from bot.memory import Memory
from bot.store.database import DatabaseUnavailableError
from bot.workspaces.model import Installation, is_welcome, workspace_of
from bot.workspaces.store.installations import InstallationStore

AGE: Final = timedelta(seconds=60)
MOST: Final = 2_000
LOOK_SECONDS: Final = 1.0
"""Between two looks at what others changed: they write all the time, and mostly something else."""
NOT_INSTALLED: Final = (
    "Flowbot isn't installed in this workspace any more, or not yet. "
    "Ask an admin to install it, then try again."
)
"""What people read who use Flowbot where it has no token."""


class Installations:
    """The installations that Flowbot works for, remembered for a minute or until they change."""

    def __init__(
        self,
        store: InstallationStore,
        clock: Clock,
        *,
        allowed: str = "",
        own: Installation | None,
        is_alone: bool = False,
        changed: Callable[[str], None] = lambda _workspace: None,
    ) -> None:
        """Let in the workspaces that are `allowed` (WORKSPACES), and always the `own` one.

        `own` is that of SLACK_BOT_TOKEN, with that token; None where none is set. Where it
        `is_alone`, as nobody can install Flowbot, every request came through it. `changed` is told
        of each workspace that another process changed.
        """
        self.store = store
        self.own = own
        self._is_alone = is_alone
        self._changed = changed
        self._allowed = allowed
        self._known = Memory[str, Installation](MOST, age=AGE, now=clock.now)
        self._last = Memory[str, Installation](MOST)
        self._marks: dict[str, str] = {}
        self._may_be_changed = False
        self._quiet_until = 0.0

    async def of(
        self, enterprise_id: str | None, team_id: str | None, *, is_org_wide: bool = False
    ) -> Installation | None:
        """Return the installation that a request of these ids came through, or None.

        Where a workspace has none of its own, that of its organisation serves it.
        """
        if self._is_alone:
            return self.own
        first = workspace_of(enterprise_id, team_id, is_org_wide=is_org_wide)
        for workspace in dict.fromkeys((first, enterprise_id or "")):
            if workspace and (found := await self.get(workspace)):
                return found
        return None

    async def get(self, workspace: str) -> Installation | None:
        """Return an installation with its tokens; None of one that is of no use now."""
        if self.own and workspace == self.own.workspace:
            return self.own
        await self.catch_up()
        return self._known.get(workspace) or await self._read(workspace)

    async def alive(self) -> list[Installation]:
        """Return all that Flowbot can speak in, the one of SLACK_BOT_TOKEN first."""
        own = [self.own] if self.own else []
        mine = self.own.workspace if self.own else ""
        found = [each for each in await self.store.all() if each.workspace != mine]
        return [*own, *(each for each in found if self._is_served(each))]

    async def served(self) -> list[str]:
        """Return the workspaces that have a token and are let in, without reading the tokens."""
        mine = [self.own.workspace] if self.own else []
        kept = [
            workspace
            for workspace, enterprise_id in await self.store.with_tokens()
            if is_welcome(self._allowed, workspace, enterprise_id)
        ]
        return list(dict.fromkeys((*mine, *kept)))

    def forget(self, workspace: str) -> None:
        """Read a workspace's row anew when it is needed next."""
        self._known.forget(workspace)
        self._last.forget(workspace)

    def left(self, workspace: str) -> None:
        """Work for a workspace no more."""
        if self.own and self.own.workspace == workspace:
            self.own = None
        self.forget(workspace)

    def others_wrote(self) -> None:
        """Hear that another process wrote something: an installation, perhaps."""
        self._may_be_changed = True

    async def _read(self, workspace: str) -> Installation | None:
        try:
            found = await self.store.get(workspace)
        except DatabaseUnavailableError:
            if last := self._last.get(workspace):
                return last  # who asks is told in words that nothing can be written down
            raise
        if found is None or not self._is_served(found):
            return None
        return self._known.put(workspace, self._last.put(workspace, found))

    def _is_served(self, one: Installation) -> bool:
        welcome = is_welcome(self._allowed, one.workspace, one.enterprise_id)
        return welcome and one.gone_at is None and one.tokens is not None

    async def begin(self) -> None:
        """Note what there is, so that only what others change from now on is news."""
        self._marks = await self.store.changed("")

    async def catch_up(self) -> None:
        """Learn what other processes changed, if they wrote anything since the last time."""
        now = asyncio.get_running_loop().time()
        if not self._may_be_changed or now < self._quiet_until:
            return
        self._may_be_changed, self._quiet_until = False, now + LOOK_SECONDS
        try:
            changed = await self.store.changed(max(self._marks.values(), default=""))
        except DatabaseUnavailableError as trouble:
            self._may_be_changed = True
            log.get().warning("installations_not_read", error=str(trouble))
            return
        news = [each for each, mark in changed.items() if self._marks.get(each) != mark]
        self._marks |= changed
        for workspace in news:
            self.forget(workspace)
            self._changed(workspace)
