"""All workspaces of the local Slack, and whose a token, a file, an answer's address is."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sandbox.slack.backend import Backend
from sandbox.slack.oauth.tokens import Tokens
from sandbox.slack.refusals import Refusal

CODE_SECONDS: Final = 600
_CODES = 500


@dataclass(slots=True)
class Grant:
    """What a person allowed, to be exchanged once by its code."""

    tenant: Backend
    user: str
    scopes: tuple[str, ...]
    redirect_uri: str
    at: datetime
    is_org: bool = False
    is_used: bool = False


class Tenants:
    """The workspaces where the app is or may come. The first is the one the sandbox begins with."""

    def __init__(self, first: Backend) -> None:
        """Begin with one workspace, where the app is installed with its made-up token."""
        self.all: list[Backend] = []
        self.redirect_urls: list[str] = list(first.manifest.redirect_urls)
        """Where people may be sent back to; the manifest's, and those a test adds."""
        self.rotates = False
        """Whether the app has switched token rotation on."""
        self._grants: dict[str, Grant] = {}
        self.add(first)
        first.tokens.keep(first.identity.bot_token)

    @property
    def first(self) -> Backend:
        """The workspace that the sandbox begins with."""
        return self.all[0]

    def add(self, tenant: Backend) -> None:
        """Add a workspace."""
        tenant.tenants = self
        self.all.append(tenant)

    def family(self, tenant: Backend) -> list[Backend]:
        """Return the workspaces of the same organisation; a workspace outside one is alone."""
        enterprise = tenant.identity.enterprise_id
        same = [each for each in self.all if each.identity.enterprise_id == enterprise]
        return same if enterprise else [tenant]

    def of_token(self, token: str, arguments: dict[str, Any]) -> Backend:
        """Return the workspace that a token speaks for, the first one for a token of nobody.

        A token of a whole organisation speaks for the workspace of what the call names.
        """
        holders = [each for each in self.all if each.tokens.knows(token)]
        if len(holders) > 1:
            holders = [each for each in holders if _names(each, arguments)] or holders
        return holders[0] if holders else self.first

    def grant(self, tenant: Backend, *, user: str, is_org: bool, **asked: Any) -> str:
        """Return the code for what a person allowed; it lives for ten minutes."""
        code = f"{tenant.identity.client_id}.{secrets.token_hex(16)}"
        now = tenant.clock.now()
        self._grants[code] = Grant(tenant, user, at=now, is_org=is_org, **asked)
        if len(self._grants) > _CODES:
            del self._grants[next(iter(self._grants))]
        return code

    def redeem(self, code: str, redirect_uri: str) -> Grant:
        """Return what a code stands for, once; refuses what does not fit."""
        found = self._grants.get(code)
        if found is None:
            raise Refusal("invalid_code")
        if found.is_used:
            raise Refusal("code_already_used")
        if self.first.clock.now() - found.at > timedelta(seconds=CODE_SECONDS):
            raise Refusal("invalid_code")
        if redirect_uri != found.redirect_uri:
            raise Refusal("bad_redirect_uri")
        found.is_used = True
        return found

    def install(self, grant: Grant) -> None:
        """Let the app be installed as granted; scopes only ever add up."""
        members = self.family(grant.tenant) if grant.is_org else [grant.tenant]
        own = grant.tenant.tokens
        together = own if grant.tenant.is_org_install else Tokens(grant.tenant.clock)
        for each in members:
            was_there = each.tokens.is_installed
            each.scopes = {*grant.scopes, *(each.scopes if was_there else ())}
            if grant.is_org:
                each.tokens, each.is_org_install = together, True
                each.workspace.app_at = each.identity.enterprise_id

    def holder_of(self, refresh: str) -> Backend | None:
        """Return the workspace whose refresh token this is."""
        return next((each for each in self.all if each.tokens.has_refresh(refresh)), None)

    def __iter__(self) -> Iterator[Backend]:
        return iter(self.all)


def _names(tenant: Backend, arguments: dict[str, Any]) -> bool:
    """Tell whether a call is about something of this workspace."""
    channel = str(arguments.get("channel") or arguments.get("channel_id") or "")
    trigger = str(arguments.get("trigger_id") or "")
    return (
        arguments.get("team_id") == tenant.identity.team_id
        or channel in tenant.workspace.channels
        or tenant.triggers.knows(trigger)
    )
