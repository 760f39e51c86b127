"""Slack's side of installing: codes and refresh tokens for tokens, and how to give them back."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from bot.clock import Clock
from bot.errors import SlackError, SlackUnreachableError
from bot.slack.client import Slack
from bot.workspaces.model import BotTokens, Installation, workspace_of

ACCESS = "oauth.v2.access"


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """Speaks as the app itself, not as its bot in a workspace.

    Every method raises SlackError and SlackUnreachableError. `slack` has no token of its own.
    """

    slack: Slack
    clock: Clock
    client_id: str
    client_secret: str = field(repr=False)

    async def exchange(self, code: str, *, redirect_uri: str) -> Installation:
        """Return the installation that a code stands for; its bot's id is asked for beside."""
        answer = await self._access(code=code, redirect_uri=redirect_uri)
        team, enterprise = answer.get("team") or {}, answer.get("enterprise") or {}
        team_id, enterprise_id = str(team.get("id") or ""), str(enterprise.get("id") or "")
        is_org_wide = bool(answer.get("is_enterprise_install"))
        workspace = workspace_of(enterprise_id, team_id, is_org_wide=is_org_wide)
        tokens = self._tokens(answer)
        if not workspace or not tokens.access:
            raise SlackError(ACCESS, "no_bot")
        found = Installation(
            workspace=workspace,
            team_id="" if is_org_wide else team_id,
            enterprise_id=enterprise_id,
            name=str((enterprise if is_org_wide else team).get("name") or workspace),
            bot_user_id=str(answer.get("bot_user_id") or ""),
            bot_id="",
            scopes=frozenset(filter(None, str(answer.get("scope") or "").split(","))),
            installer=str((answer.get("authed_user") or {}).get("id") or ""),
            installed_at=self.clock.now(),
            tokens=tokens,
            app_id=str(answer.get("app_id") or ""),
        )
        told = await self.slack.call("auth.test", token=tokens.access)
        return replace(found, bot_id=str(told.get("bot_id") or ""))

    async def refresh(self, refresh_token: str) -> BotTokens:
        """Return the next pair; the refresh token is good no more after that."""
        answer = await self._access(grant_type="refresh_token", refresh_token=refresh_token)
        return self._tokens(answer)

    async def is_alive(self, token: str) -> bool:
        """Tell whether Slack still takes a bot token."""
        try:
            await self.slack.call("auth.test", token=token)
        except SlackError as error:
            if error.code in LOST:
                return False
            raise
        return True

    async def turn_away(self, tokens: BotTokens) -> None:
        """Let Flowbot be removed from where these tokens are of; what fails is left.

        Where tokens rotate, to revoke one ends only that one and not the installation.
        """
        if tokens.refresh:
            await self._quietly("apps.uninstall", tokens.access, **self._client)
        await self._quietly("auth.revoke", tokens.access)

    async def _quietly(self, method: str, token: str, **arguments: Any) -> None:
        try:
            await self.slack.call(method, token=token, **arguments)
        except (SlackError, SlackUnreachableError):
            return

    @property
    def _client(self) -> dict[str, str]:
        return {"client_id": self.client_id, "client_secret": self.client_secret}

    async def _access(self, **arguments: Any) -> Mapping[str, Any]:
        return await self.slack.call(ACCESS, **self._client, **arguments)

    def _tokens(self, answer: Mapping[str, Any]) -> BotTokens:
        seconds = answer.get("expires_in")
        until = self.clock.now() + timedelta(seconds=int(seconds)) if seconds else None
        access, refresh = answer.get("access_token") or "", answer.get("refresh_token") or ""
        return BotTokens(str(access), str(refresh), until)


LOST = frozenset({"account_inactive", "token_revoked", "invalid_auth"})
"""What Slack says of a token that is good no more and does not come back."""
