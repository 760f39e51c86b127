"""What is known of an installation: frozen values, free of Slack's JSON."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

KEPT_AFTER_LEAVING: Final = timedelta(days=30)
"""So long the rest of a workspace stays after it left, its tokens excepted."""


@dataclass(frozen=True, slots=True)
class BotTokens:
    """A bot token, and the refresh token with which it is renewed where tokens rotate."""

    access: str = field(repr=False)
    refresh: str = field(default="", repr=False)
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Installation:
    """Flowbot in one workspace (T...), or in all of an organisation (E...).

    `tokens` is None where the token stands in SLACK_BOT_TOKEN, where the workspace has left, and
    where no key opens what is kept (`is_locked`).
    """

    workspace: str
    team_id: str
    enterprise_id: str
    name: str
    bot_user_id: str
    bot_id: str
    scopes: frozenset[str]
    installer: str
    installed_at: datetime
    tokens: BotTokens | None = None
    gone_at: datetime | None = None
    is_locked: bool = False
    app_id: str = ""
    """Known while it is being installed, for the link on the last page; not kept."""

    @property
    def is_org_wide(self) -> bool:
        """Whether it is an organisation's, for all its workspaces."""
        return bool(self.enterprise_id) and self.workspace == self.enterprise_id


def workspace_of(
    enterprise_id: str | None, team_id: str | None, *, is_org_wide: bool = False
) -> str:
    """Return the workspace under which rows are kept: the organisation's where it installed.

    The ids are those of Bolt's context. Those of a request's body name somebody else's workspace
    where a channel is shared between organisations.
    """
    if is_org_wide and enterprise_id:
        return enterprise_id
    return team_id or enterprise_id or ""


def is_welcome(allowed: str, workspace: str, enterprise_id: str = "") -> bool:
    """Tell whether WORKSPACES lets a workspace in: by its own id, or its organisation's.

    An empty list lets in everybody.
    """
    listed = set(filter(None, allowed.split(",")))
    return not listed or bool(listed & {workspace, enterprise_id})
