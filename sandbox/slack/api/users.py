"""users.*, reactions.add, bots.info, auth.test, api.test and apps.connections.open."""

import re
from dataclasses import replace

from sandbox.slack import limits
from sandbox.slack.api.calls import Answer, ApiCall
from sandbox.slack.api.paging import page
from sandbox.slack.objects import channel_object, user_object
from sandbox.slack.people import User
from sandbox.slack.refusals import Refusal

_EMOJI = re.compile(r"[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?")
_TYPES = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}


def info(call: ApiCall) -> Answer:
    """users.info."""
    return {"ok": True, "user": _shown(call, call.user())}


def listed(call: ApiCall) -> Answer:
    """users.list: everybody, those who left and bots too; Slack wants pages of large workspaces."""
    found, more = page(call, list(call.workspace.users.values()), default=limits.PAGE)
    return {"ok": True, "members": [_shown(call, one) for one in found], **more}


def lookup_by_email(call: ApiCall) -> Answer:
    """users.lookupByEmail."""
    email = call.text("email").lower()
    for user in call.workspace.users.values():
        if user.email.lower() == email and not user.deleted:
            return {"ok": True, "user": _shown(call, user)}
    raise Refusal("users_not_found")


def conversations(call: ApiCall) -> Answer:
    """users.conversations, of the bot or of a user where the bot sees the channel too."""
    user = call.user() if call.text("user") else None
    member = user.id if user else call.backend.identity.bot_user_id
    kinds = []
    for name in (call.text("types") or "public_channel").split(","):
        if name.strip() not in _TYPES:
            raise Refusal("invalid_types")
        kinds.append(_TYPES[name.strip()])
        call.need_scope(f"{kinds[-1]}:read")
    bot = call.backend.identity.bot_user_id
    listed = [
        channel
        for channel in call.workspace.channels.values()
        if channel.kind in kinds
        and member in channel.members
        and call.workspace.can_see(bot, channel)
        and not (channel.is_archived and call.flag("exclude_archived"))
    ]
    found, more = page(call, listed, default=100)
    return {"ok": True, "channels": [channel_object(one, call.workspace) for one in found], **more}


def add_reaction(call: ApiCall) -> Answer:
    """reactions.add."""
    channel = call.joined_channel()
    name = call.text("name").strip(":")
    if not _EMOJI.fullmatch(name):
        raise Refusal("invalid_name")
    if channel.is_archived:
        raise Refusal("is_archived")
    message = call.workspace.find(channel.id, call.text("timestamp"))
    if message is None or message.ephemeral_to:
        raise Refusal("message_not_found")
    reaction = (name, call.backend.identity.bot_user_id)
    if reaction in message.reactions:
        raise Refusal("already_reacted")
    call.workspace.put(replace(message, reactions=(*message.reactions, reaction)), "reaction")
    return {"ok": True}


def bot_info(call: ApiCall) -> Answer:
    """bots.info."""
    identity = call.backend.identity
    if call.text("bot") != identity.bot_id:
        raise Refusal("bot_not_found")
    described = {
        "id": identity.bot_id,
        "deleted": False,
        "name": call.backend.manifest.name,
        "updated": 0,
        "app_id": identity.app_id,
        "user_id": identity.bot_user_id,
        "icons": {},
    }
    return {"ok": True, "bot": described}


def auth_test(call: ApiCall) -> Answer:
    """auth.test."""
    identity, is_org = call.backend.identity, call.backend.is_org_install
    return {
        "ok": True,
        "url": f"https://{identity.team_domain}.slack.example/",
        "team": identity.team_name,
        "user": call.workspace.users[identity.bot_user_id].name,
        # Whether it names the organisation here is not documented: nothing may rest on it.
        "team_id": identity.enterprise_id if is_org else identity.team_id,
        "user_id": identity.bot_user_id,
        "bot_id": identity.bot_id,
        "is_enterprise_install": is_org,
        **({"enterprise_id": identity.enterprise_id} if identity.enterprise_id else {}),
    }


def api_test(call: ApiCall) -> Answer:
    """api.test: echoes its arguments, or fails with the error it is told."""
    arguments = {name: value for name, value in call.arguments.items() if name != "token"}
    if call.text("error"):
        raise Refusal(call.text("error"), args=arguments)
    return {"ok": True, "args": arguments}


def open_connection(call: ApiCall) -> Answer:
    """apps.connections.open: an address for one Socket Mode websocket."""
    path = call.backend.sockets.ticket()
    return {"ok": True, "url": call.backend.base_url.replace("http://", "ws://") + path}


def _shown(call: ApiCall, user: User) -> Answer:
    return user_object(
        user,
        call.workspace,
        call.backend.clock.now(),
        with_locale=call.flag("include_locale"),
        with_email="users:read.email" in call.backend.scopes,
    )
