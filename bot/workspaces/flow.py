"""Bolt's install flow over our rows: its pages' addresses, cookie and state, and our own words.

The exchange of the code is ours: Bolt's would write the code into the log, and its client is not
the bounded one that all other calls go through.
"""

import logging
import re
from collections.abc import Sequence
from logging import Logger
from typing import TYPE_CHECKING, Any, Final

from slack_bolt.error import BoltError
from slack_bolt.oauth.async_callback_options import (
    AsyncCallbackOptions,
    AsyncFailureArgs,
    AsyncSuccessArgs,
)
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store import Installation as BoltInstallation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from bot import log
from bot.errors import BotError, SlackError, SlackUnreachableError
from bot.slack.manifest import REDIRECT_PATH
from bot.workspaces.arrivals import Arrivals, StrangerError
from bot.workspaces.pages import InstallPages
from bot.workspaces.store.states import STATE_AGE, StateStore, TooManyStatesError

if TYPE_CHECKING:
    from bot.workspaces.model import Installation

INSTALL_PATH: Final = "/slack/install"
_TEAM = re.compile(r"[TE][A-Z0-9]{1,20}")
_OURS: Final = "installation"
"""Under this name our own value travels in Bolt's, so that nothing is translated to and fro."""


class _KeptError(BoltError):
    """Why an installation was not kept, for Bolt to hand to the page."""


class BoltInstallations(AsyncInstallationStore):
    """Keeps what Bolt's flow brings; what is asked of installations is asked of `Installations`."""

    def __init__(self, arrivals: Arrivals) -> None:
        """Keep by this."""
        self._arrivals = arrivals

    @property
    def logger(self) -> Logger:
        """Bolt's own, which tells of nothing below a warning."""
        return logging.getLogger("bolt.oauth")

    async def async_save(self, installation: BoltInstallation) -> None:
        """Keep an installation. Raises BoltError with the reason as its cause."""
        ours: Installation = installation.custom_values[_OURS]
        try:
            await self._arrivals.keep(ours)
        except (StrangerError, BotError) as error:
            raise _KeptError from error


class BoltStates(AsyncOAuthStateStore):
    """Hands states out and takes them back, in whichever process."""

    def __init__(self, states: StateStore) -> None:
        """Keep them here."""
        self._states = states

    @property
    def logger(self) -> Logger:
        """Bolt's own, which tells of nothing below a warning."""
        return logging.getLogger("bolt.oauth")

    async def async_issue(self, *_: Any, **__: Any) -> str:
        """Return a new state. Raises TooManyStatesError."""
        return await self._states.issue()

    async def async_consume(self, state: str) -> bool:
        """Tell whether a state is good, once."""
        return await self._states.consume(state)


class InstallFlow(AsyncOAuthFlow):
    """The two addresses of installing; both return a page whatever happens."""

    def __init__(
        self,
        arrivals: Arrivals,
        states: StateStore,
        pages: InstallPages,
        *,
        client_id: str,
        client_secret: str,
        scopes: Sequence[str],
        redirect_uri: str = "",
        authorization_url: str = "",
    ) -> None:
        """Ask for these scopes; without a `redirect_uri` Slack goes to the only registered one."""
        self._arrivals = arrivals
        self._pages = pages
        settings = AsyncOAuthSettings(
            client_id=client_id,
            client_secret=client_secret,
            scopes=list(scopes),
            user_scopes=[],
            redirect_uri=redirect_uri or None,
            install_path=INSTALL_PATH,
            redirect_uri_path=REDIRECT_PATH,
            callback_options=AsyncCallbackOptions(success=self._installed, failure=self._failed),
            authorization_url=authorization_url or None,
            installation_store=BoltInstallations(arrivals),
            state_store=BoltStates(states),
            state_expiration_seconds=int(STATE_AGE.total_seconds()),
        )
        super().__init__(settings=settings, logger=logging.getLogger("bolt.oauth"))

    async def begin(self, request: AsyncBoltRequest) -> BoltResponse:
        """Answer the page that people are sent to when they want Flowbot."""
        try:
            return await self.handle_installation(request)
        except TooManyStatesError:
            return self._pages.failed("too_many", status=503)
        except BotError:
            return self._pages.failed("not_kept", status=503)

    async def end(self, request: AsyncBoltRequest) -> BoltResponse:
        """Answer the address to which Slack sends them back."""
        try:
            return await self.handle_callback(request)
        except BotError:
            return self._pages.failed("not_kept", status=503)

    async def build_authorize_url(self, state: str, request: AsyncBoltRequest) -> str:
        """Return Slack's page, for a workspace of the link's choice; nothing else gets into it."""
        team = request.query.get("team", [""])[0]
        known = team if _TEAM.fullmatch(team) else None
        return self.settings.authorize_url_generator.generate(state=state, team=known)

    async def build_install_page_html(self, url: str, request: AsyncBoltRequest) -> str:
        """Return the page with the button that leads to Slack's own."""
        del request
        return self._pages.install(url)

    async def run_installation(self, code: str) -> BoltInstallation | None:
        """Exchange a code; None where Slack does not take it."""
        try:
            ours = await self._arrivals.exchange(
                code, redirect_uri=self.settings.redirect_uri or ""
            )
        except (SlackError, SlackUnreachableError) as error:
            log.get().warning("code_not_exchanged", error=str(error))
            return None
        return BoltInstallation(user_id=ours.installer, custom_values={_OURS: ours})

    async def _installed(self, args: AsyncSuccessArgs) -> BoltResponse:
        ours: Installation = args.installation.custom_values[_OURS]
        return self._done(self._pages.installed(ours))

    async def _failed(self, args: AsyncFailureArgs) -> BoltResponse:
        why, status = args.reason, args.suggested_status_code
        cause = args.error.__cause__ if args.error else None
        if isinstance(cause, StrangerError):
            why, status = "stranger", 403
        elif isinstance(cause, BotError):
            why, status = "not_kept", 503
        return self._done(self._pages.failed(why, status=status))

    def _done(self, page: BoltResponse) -> BoltResponse:
        """Return a page that ends an attempt: the browser's cookie goes with it."""
        gone = self.settings.state_utils.build_set_cookie_for_deletion()
        page.headers["set-cookie"] = [gone]
        return page
