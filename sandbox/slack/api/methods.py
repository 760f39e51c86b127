"""Every method the sandbox knows: what it needs, and how many calls a minute it takes.

Facts from the method pages of Slack's reference. `takes_json` is false where Slack reads forms and
queries only and ignores a JSON body.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sandbox.slack.agents import api as agents
from sandbox.slack.api import (
    canvases,
    chat,
    conversations,
    files,
    functions,
    groups,
    users,
    views,
)
from sandbox.slack.api.calls import Answer, ApiCall
from sandbox.slack.oauth import exchange
from sandbox.slack.tiers import SPECIAL, TIERS, WORKSPACE_MESSAGES
from sandbox.slack.unfurling import api as unfurling


@dataclass(frozen=True, slots=True)
class Method:
    """One method. Any one of `scopes` is enough; some ask more once they know the channel."""

    run: Callable[[ApiCall], Answer]
    per_minute: int
    required: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    takes_json: bool = True
    token: Literal["bot", "app", "any", "none"] = "bot"


_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
_WRITE = ("chat:write",)
_CANVASES = ("canvases:write",)

METHODS: dict[str, Method] = {
    "agents.sessions.rename": Method(agents.rename, TIERS[3], ("channel_id", "title"), _WRITE),
    "agents.sessions.setStatus": Method(
        agents.set_status, TIERS[3], ("channel_id", "status"), _WRITE
    ),
    "api.test": Method(users.api_test, TIERS[4], token="none"),
    # Without words the status is taken away, so they are not required here.
    "assistant.threads.setStatus": Method(
        agents.think, SPECIAL, ("channel_id", "thread_ts"), _WRITE
    ),
    "assistant.threads.setSuggestedPrompts": Method(
        agents.suggest, TIERS[4], ("channel_id", "prompts"), ("assistant:write",)
    ),
    "auth.revoke": Method(exchange.revoke, TIERS[3], takes_json=False),
    "auth.test": Method(users.auth_test, SPECIAL, token="any"),
    # One page says Tier 1; a reconnecting app would then be shut out for a minute.
    "apps.connections.open": Method(users.open_connection, TIERS[3], token="app"),
    "apps.uninstall": Method(
        exchange.uninstall, TIERS[1], ("client_id", "client_secret"), takes_json=False
    ),
    "bots.info": Method(users.bot_info, TIERS[3], scopes=("users:read",), takes_json=False),
    "canvases.access.delete": Method(canvases.delete_access, TIERS[3], ("canvas_id",), _CANVASES),
    "canvases.access.set": Method(
        canvases.set_access, TIERS[3], ("canvas_id", "access_level"), _CANVASES
    ),
    "canvases.create": Method(canvases.create, TIERS[2], (), _CANVASES),
    "canvases.delete": Method(canvases.delete, TIERS[3], ("canvas_id",), _CANVASES),
    "canvases.edit": Method(canvases.edit, TIERS[3], ("canvas_id", "changes"), _CANVASES),
    "canvases.sections.lookup": Method(
        canvases.lookup, TIERS[3], ("canvas_id", "criteria"), ("canvases:read",)
    ),
    "chat.delete": Method(chat.delete, TIERS[3], ("channel", "ts"), _WRITE),
    "chat.getPermalink": Method(
        chat.get_permalink, SPECIAL, ("channel", "message_ts"), takes_json=False
    ),
    "chat.postEphemeral": Method(chat.post_ephemeral, TIERS[4], ("channel", "user"), _WRITE),
    "chat.postMessage": Method(chat.post_message, WORKSPACE_MESSAGES, ("channel",), _WRITE),
    "chat.unfurl": Method(unfurling.unfurl, TIERS[3], scopes=("links:write",)),
    "chat.update": Method(chat.update, TIERS[3], ("channel", "ts"), _WRITE),
    "conversations.canvases.create": Method(
        canvases.create_in_channel, TIERS[2], ("channel_id",), _CANVASES
    ),
    "entity.presentDetails": Method(unfurling.present_details, TIERS[3], ("trigger_id",)),
    "conversations.history": Method(conversations.history, TIERS[3], ("channel",), _HISTORY),
    "conversations.info": Method(
        conversations.info, TIERS[3], ("channel",), _READ, takes_json=False
    ),
    "conversations.members": Method(
        conversations.members, TIERS[4], ("channel",), _READ, takes_json=False
    ),
    "conversations.open": Method(
        conversations.open_conversation,
        TIERS[3],
        scopes=("im:write", "mpim:write", "groups:write", "channels:manage"),
    ),
    "conversations.replies": Method(
        conversations.replies, TIERS[3], ("channel", "ts"), _HISTORY, takes_json=False
    ),
    "files.completeUploadExternal": Method(
        files.complete_upload, TIERS[4], ("files",), ("files:write",)
    ),
    "files.getUploadURLExternal": Method(
        files.get_upload_url,
        TIERS[4],
        ("filename", "length"),
        ("files:write",),
        takes_json=False,
    ),
    "files.info": Method(files.info, TIERS[4], ("file",), ("files:read",), takes_json=False),
    "functions.completeError": Method(
        functions.complete_error, TIERS[3], ("function_execution_id", "error")
    ),
    "functions.completeSuccess": Method(
        functions.complete_success, TIERS[3], ("function_execution_id", "outputs")
    ),
    "oauth.v2.access": Method(exchange.access, SPECIAL, token="none", takes_json=False),
    "reactions.add": Method(
        users.add_reaction, TIERS[3], ("channel", "name", "timestamp"), ("reactions:write",)
    ),
    "usergroups.list": Method(
        groups.list_groups, TIERS[2], (), ("usergroups:read",), takes_json=False
    ),
    "usergroups.users.list": Method(
        groups.list_users, TIERS[2], ("usergroup",), ("usergroups:read",), takes_json=False
    ),
    "users.conversations": Method(users.conversations, TIERS[2], (), _READ, takes_json=False),
    "users.info": Method(users.info, TIERS[4], ("user",), ("users:read",), takes_json=False),
    "users.list": Method(users.listed, TIERS[2], scopes=("users:read",), takes_json=False),
    "users.lookupByEmail": Method(
        users.lookup_by_email, TIERS[3], ("email",), ("users:read.email",), takes_json=False
    ),
    "views.open": Method(views.open_view, TIERS[4], ("trigger_id", "view")),
    "views.publish": Method(views.publish, TIERS[4], ("user_id", "view")),
    "views.push": Method(views.push, TIERS[4], ("trigger_id", "view")),
    "views.update": Method(views.update, TIERS[4], ("view",)),
}

HISTORIES = frozenset({"conversations.history", "conversations.replies"})
"""What `Switches.few_messages` slows down."""
