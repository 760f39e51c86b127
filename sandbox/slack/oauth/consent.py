"""`/oauth/v2/authorize`: the page where a person lets the app into a workspace, or does not."""

from html import escape
from typing import Final
from urllib.parse import urlencode, urlsplit

from aiohttp import web

from sandbox.slack.backend import Backend
from sandbox.slack.oauth.tenants import Tenants
from sandbox.slack.refusals import Refusal

PATH: Final = "/oauth/v2/authorize"


class Consent:
    """Shows what the app asks for, and sends the person back with a code or a refusal.

    A form has `team`, the workspace that is allowed; `user`, who allows it; `org` for all of its
    organisation; `deny` for no.
    """

    def __init__(self, tenants: Tenants) -> None:
        """Ask for these workspaces."""
        self._tenants = tenants

    async def show(self, request: web.Request) -> web.Response:
        """Answer GET with the page."""
        try:
            self._check(request)
        except Refusal as refusal:
            return _page(f"Slack: {refusal.code}", status=400)
        teams = "".join(
            f'<option value="{escape(each.identity.team_id)}">'
            f"{escape(each.identity.team_name)}</option>"
            for each in self._tenants
        )
        name = escape(self._tenants.first.manifest.name)
        return _page(
            f"{name} asks to be let into a workspace.<form method=post><select name=team>{teams}"
            "</select><input name=user value=UADA><button>Allow</button>"
            "<button name=deny value=1>Cancel</button></form>"
        )

    async def decide(self, request: web.Request) -> web.Response:
        """Answer the form: back to the app with `code` and `state`, or `error=access_denied`."""
        try:
            redirect_uri, scopes = self._check(request)
        except Refusal as refusal:
            return _page(f"Slack: {refusal.code}", status=400)
        form = {name: str(value) for name, value in (await request.post()).items()}
        tenant = self._tenant(form.get("team", ""))
        if tenant is None or form.get("user") not in tenant.workspace.users:
            return _page("Slack: nobody of a workspace is signed in", status=400)
        state = request.query.get("state", "")
        if form.get("deny"):
            raise web.HTTPFound(_with(redirect_uri, error="access_denied", state=state))
        sent = request.query.get("redirect_uri", "")
        code = self._tenants.grant(
            tenant,
            user=form["user"],
            is_org=bool(form.get("org")) and bool(tenant.identity.enterprise_id),
            scopes=scopes,
            redirect_uri=sent,
        )
        raise web.HTTPFound(_with(redirect_uri, code=code, state=state))

    def _tenant(self, team: str) -> Backend | None:
        return next((each for each in self._tenants if each.identity.team_id == team), None)

    def _check(self, request: web.Request) -> tuple[str, tuple[str, ...]]:
        """Return where to go back to, and the scopes; refuses as Slack's page does."""
        query, own = request.query, self._tenants.first.identity
        if query.get("client_id") != own.client_id:
            raise Refusal("invalid_client_id")
        scopes = tuple(each for each in query.get("scope", "").split(",") if each)
        unknown = set(scopes) - self._tenants.first.manifest.scopes
        if not scopes or unknown:
            raise Refusal("invalid_scope")
        return self._redirect(query.get("redirect_uri", "")), scopes

    def _redirect(self, sent: str) -> str:
        """Return a registered address or one below it; the only one where none was sent."""
        registered = self._tenants.redirect_urls
        if not sent and len(registered) == 1:
            return registered[0]
        parts = urlsplit(sent)
        is_below = any(sent == each or sent.startswith(f"{each}/") for each in registered)
        if parts.scheme != "https" or parts.fragment or not is_below:
            raise Refusal("bad_redirect_uri")
        return sent


def _with(address: str, **query: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"


def _page(text: str, *, status: int = 200) -> web.Response:
    body = f"<!DOCTYPE html><html><title>Slack</title><body>{text}</body></html>"
    return web.Response(text=body, status=status, content_type="text/html")
