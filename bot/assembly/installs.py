"""How workspaces install Flowbot and leave it, put together for one process."""

from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext

from bot import log
from bot.assembly.surfaces import surfaces_of, with_surfaces
from bot.assembly.tenancy import Resources, Tenant
from bot.config import Settings
from bot.scheduler import Round
from bot.slack.client import Slack
from bot.slack.manifest import REDIRECT_PATH, declared
from bot.slack_app import Authorize, Identity
from bot.workspaces.arrivals import Arrivals
from bot.workspaces.client import OAuthClient
from bot.workspaces.departures import Departures
from bot.workspaces.installations import Installations
from bot.workspaces.model import BotTokens, Installation
from bot.workspaces.renewing import EXPIRED, TokenRenewals
from bot.workspaces.store.installations import InstallationStore
from bot.workspaces.store.states import StateStore

if TYPE_CHECKING:
    from bot.workspaces.flow import InstallFlow

AUTHORIZE: Final = "/oauth/v2/authorize"
OnChange = Callable[[str], None]
"""Told of each workspace whose installation or token is another one now."""


@dataclass(frozen=True, slots=True)
class Installs:
    """Everything about installations that a process needs."""

    settings: Settings
    slack: Slack
    installations: Installations
    arrivals: Arrivals
    departures: Departures
    renewals: TokenRenewals
    states: StateStore

    def flow(self) -> "InstallFlow | None":
        """Return what answers the install pages; None where nobody can install by himself."""
        settings, slack = self.settings, self.settings.slack
        if not (slack.client_id and slack.client_secret):
            return None
        # Some milliseconds of a start, only for whoever lets workspaces install.
        from bot.workspaces.flow import INSTALL_PATH, InstallFlow  # noqa: PLC0415
        from bot.workspaces.pages import InstallPages  # noqa: PLC0415

        root = settings.general.public_url
        manifest = with_surfaces(declared(), surfaces_of(settings), root)
        return InstallFlow(
            self.arrivals,
            self.states,
            InstallPages(INSTALL_PATH),
            client_id=slack.client_id,
            client_secret=slack.client_secret.get_secret_value(),
            scopes=manifest["oauth_config"]["scopes"]["bot"],
            redirect_uri=f"{root}{REDIRECT_PATH}" if root else "",
            authorization_url=slack.api_url.removesuffix("/api") + AUTHORIZE,
        )

    async def refused(self, workspace: str, used: str, code: str) -> str:
        """Return the token to try once more with after Slack refused one with `code`, or ''."""
        if code == EXPIRED:
            return await self.renewals.after_refusal(workspace, used)
        await self.departures.after_refusal(workspace, code)
        return ""

    def rounds(self, speaking: Callable[[], Collection[str]]) -> tuple[Round, ...]:
        """Return what comes again while a process works; `speaking` says for whom it speaks."""
        return (
            Round("tokens", lambda: self.renewals.renew_due(speaking()), every=60.0, after=2.0),
            Round("long_gone", self.departures.tidy, every=6 * 3600.0, after=90.0),
        )

    async def tell(self) -> None:
        """Say how many workspaces there are, which cannot be read, and who may install."""
        alive = await self.installations.alive()
        log.get().info("workspaces", served=len(alive))
        slack, general = self.settings.slack, self.settings.general
        if slack.installs and not general.workspaces:
            log.get().warning("anyone_may_install", mend="set WORKSPACES to those who may")


@asynccontextmanager
async def open_installs(
    resources: Resources, own: Tenant | None, *, changed: OnChange
) -> AsyncIterator[Installs]:
    """Yield what a process needs of installations; `own` is the workspace of SLACK_BOT_TOKEN.

    A command line without a token has one that is nobody's.
    """
    settings, clock, database = resources.settings, resources.clock, resources.database
    general, slack, turn = settings.general, settings.slack, resources.leases.turn
    store = InstallationStore(database, resources.keys, clock)
    mine = _own(own, resources) if own else None
    if own and mine and own.slack.token:
        await store.put_own(replace(mine, tokens=None))
    installations = Installations(
        store,
        clock,
        allowed=general.workspaces,
        own=mine,
        is_alone=not slack.installs,
        changed=changed,
    )
    if slack.installs:
        await installations.begin()
    async with Slack(token="", api_url=slack.api_url) as anonymous:
        secret = slack.client_secret.get_secret_value() if slack.client_secret else ""
        client = OAuthClient(anonymous, clock, slack.client_id or "", secret)
        installs = Installs(
            settings,
            anonymous,
            installations,
            Arrivals(client, installations, allowed=general.workspaces, changed=changed),
            Departures(database, installations, client, clock, changed=changed),
            TokenRenewals(installations, client, clock, turn=turn, renewed=changed),
            StateStore(database, clock),
        )
        if own:
            own.slack.refused = partial(installs.refused, own.workspace)
        yield installs


async def of_context(
    installations: Installations, context: AsyncBoltContext
) -> Installation | None:
    """Return the installation that a request came through, by what Bolt read of it, or None."""
    return await installations.of(
        context.enterprise_id, context.team_id, is_org_wide=bool(context.is_enterprise_install)
    )


def authorizing(installations: Installations) -> Authorize:
    """Return what says to Bolt by which token it works for a request; nobody is asked.

    None, for a workspace without an installation, has Bolt answer with a kind word.
    """

    async def authorize(context: AsyncBoltContext) -> AuthorizeResult | None:
        one = await of_context(installations, context)
        if one is None or one.tokens is None:
            return None
        return AuthorizeResult(
            enterprise_id=one.enterprise_id or None,
            team_id=one.team_id or None,
            bot_user_id=one.bot_user_id,
            bot_id=one.bot_id,
            bot_token=one.tokens.access,
        )

    return authorize


def identity_of(one: Installation) -> Identity:
    """Return who the bot is in a workspace, as it was told when it was installed."""
    return Identity(
        team_id=one.team_id,
        user_id=one.bot_user_id,
        bot_id=one.bot_id,
        name="flowbot",
        team=one.name,
        url="",
        enterprise_id=one.enterprise_id,
        is_enterprise_install=one.is_org_wide,
        scopes=one.scopes,
    )


def _own(tenant: Tenant, resources: Resources) -> Installation:
    known = tenant.identity
    return Installation(
        workspace=tenant.workspace,
        team_id=known.team_id,
        enterprise_id=known.enterprise_id,
        name=known.team,
        bot_user_id=known.user_id,
        bot_id=known.bot_id,
        scopes=known.scopes,
        installer="",
        installed_at=resources.clock.now(),
        tokens=BotTokens(tenant.slack.token),
    )
