"""Which workspaces a process may work for, and what makes each of them different."""

from contextlib import AsyncExitStack
from functools import partial

from bot.assembly.installs import Installs, identity_of
from bot.assembly.tenancy import Resources, Tenant
from bot.config import Settings, of_workspace
from bot.slack.client import Slack
from bot.workspaces.model import Installation
from bot.workspaces.store.connections import ConnectionStore


class Tenants:
    """The workspace of SLACK_BOT_TOKEN, and those that installed Flowbot themselves."""

    def __init__(self, resources: Resources, installs: Installs, own: Tenant | None) -> None:
        """`own` is None where no token is set."""
        self._resources = resources
        self._installs = installs
        self._own = own

    @property
    def own(self) -> Tenant:
        """The workspace of SLACK_BOT_TOKEN. Raises LookupError where there is none."""
        if self._own is None:
            raise LookupError("no workspace of our own")
        return self._own

    async def all(self) -> tuple[str, ...]:
        """Return the workspaces that can be worked for now."""
        if not self._resources.settings.slack.installs:
            return (self.own.workspace,)
        return tuple(await self._installs.installations.served())

    async def of(self, workspace: str, stack: AsyncExitStack) -> Tenant:
        """Return a workspace, its client closed with the stack.

        The keys of vendors in the environment are for our own alone: whoever installed Flowbot
        himself must not read with them. Raises LookupError where Flowbot is not installed.
        """
        installations = self._installs.installations
        one = await installations.get(workspace)
        if self._own and self._own.workspace == workspace and one in (None, installations.own):
            return self._own  # or it has left meanwhile, and installed Flowbot anew
        if one is None or one.tokens is None:
            raise LookupError(workspace)
        resources, installs = self._resources, self._installs
        slack = Slack(
            token=one.tokens.access,
            api_url=resources.settings.slack.api_url,
            refused=partial(installs.refused, workspace),
        )
        await stack.enter_async_context(slack)
        is_ours = self._own is not None and self._own.workspace == workspace
        settings = resources.settings if is_ours else await self._settings(one)
        return Tenant(workspace, identity_of(one), slack, settings, is_own=is_ours)

    async def _settings(self, one: Installation) -> Settings:
        """Return the settings of a workspace that installed Flowbot, with what it connected."""
        resources = self._resources
        store = ConnectionStore(resources.database.of(one.workspace), resources.keys)
        vendors = {name: each.values or {} for name, each in (await store.all()).items()}
        return of_workspace(resources.settings, vendors, owner=one.installer)
