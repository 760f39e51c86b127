"""Who calls: the person whom Slack names in a request that it signed, or whose token it is. Pure.

What a request says of a person counts only where Slack signed it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import UserError

NOBODY_NAMED = (
    "Slack doesn't say who asks, so nothing was done. Ask in Slack itself, with /flow help."
)
NO_WORKSPACE = (
    "Slack doesn't say from which workspace you ask, so nothing was done. Ask there with /flow "
    "help, or ask an admin to install Flowbot for the whole organization."
)


@dataclass(frozen=True, slots=True)
class SlackIdentity:
    """Who calls, as Slack says it with each call of a tool; in a Grid the team may be empty.

    https://docs.slack.dev/ai/slackbot-mcp-client
    """

    user: str
    team: str = ""
    enterprise: str = ""


def always() -> bool:
    """Return that somebody still waits."""
    return True


@dataclass(frozen=True, slots=True)
class Caller:
    """A person of one of our workspaces.

    `team` is that of their own workspace as Slack said it, `once` is the same where the same
    request comes a second time, and `through` says for the log whether Slack or a token named them.
    `is_there` says whether they still wait: what nobody reads is not given to anybody.
    """

    workspace: str
    user: str
    once: str
    team: str = ""
    through: str = "slack"
    is_there: Callable[[], bool] = always


def slack_identity(params: Mapping[str, Any]) -> SlackIdentity:
    """Return whom a signed call names. Raises UserError where it is nobody."""
    meta = params.get("_meta")
    said = meta.get("slack") if isinstance(meta, Mapping) else None
    found = said if isinstance(said, Mapping) else {}
    user, team, enterprise = (
        value if isinstance(value := found.get(name), str) else ""
        for name in ("user_id", "team_id", "enterprise_id")
    )
    if not user:
        raise UserError(NOBODY_NAMED)
    if not (team or enterprise):
        raise UserError(NO_WORKSPACE)
    return SlackIdentity(user, team, enterprise)
