"""Slack's JSON for people, channels, messages, files and views."""

from datetime import datetime
from typing import Any

from sandbox.slack.channels import Channel
from sandbox.slack.messages import Message
from sandbox.slack.people import User
from sandbox.slack.uploads import File
from sandbox.slack.views import View
from sandbox.slack.workspace import Workspace

Json = dict[str, Any]


def user_object(
    user: User, workspace: Workspace, now: datetime, *, with_locale: bool, with_email: bool
) -> Json:
    """Return a user as `users.info` does; the e-mail needs its own scope."""
    profile = {
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.name,
        "display_name_normalized": user.name,
        "team": user.team_id or workspace.identity.team_id,
    }
    if with_email and user.email:
        profile["email"] = user.email
    described: Json = {
        "id": user.id,
        "team_id": user.team_id or workspace.identity.team_id,
        "name": user.name,
        "deleted": user.deleted,
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": user.tz.replace("_", " "),
        "tz_offset": user.utc_offset(now),
        "profile": profile,
        "is_admin": user.is_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": 0,
    }
    enterprise_id = user.enterprise_id if user.is_external else workspace.identity.enterprise_id
    if enterprise_id:
        described["enterprise_user"] = {"id": f"W{user.id[1:]}", "enterprise_id": enterprise_id}
    if user.is_external:
        described["is_stranger"] = workspace.is_stranger(user)
    elif with_locale:  # Slack tells no language of people of others
        described["locale"] = user.locale
    return described


def channel_object(channel: Channel, workspace: Workspace) -> Json:
    """Return a conversation as `conversations.info` does."""
    described: Json = {
        "id": channel.id,
        "created": 0,
        "is_archived": channel.is_archived,
        "is_im": channel.is_im,
        "is_org_shared": channel.is_org_shared,
        "context_team_id": workspace.identity.team_id,
    }
    if channel.is_im:  # Slack says less of these
        return {**described, "user": channel.user, "is_user_deleted": False}
    return {
        **described,
        **_sharing(channel, workspace),
        "is_channel": not channel.is_private,
        "is_group": channel.is_private,
        "is_mpim": False,
        "is_private": channel.is_private,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_general": channel.name == "general",
        "is_member": workspace.identity.bot_user_id in channel.members,
        "creator": "UADA",
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": channel.purpose, "creator": "UADA", "last_set": 0},
        **_properties(channel, workspace),
    }


def _properties(channel: Channel, workspace: Workspace) -> Json:
    """Return the canvases of a channel, its own by itself too."""
    tabs = [{"id": each.id, "type": "canvas"} for each in workspace.canvases.tabs(channel.id)]
    own = workspace.canvases.of(channel.id)
    if own is None:
        return {"properties": {"tabs": tabs}} if tabs else {}
    shown = {"file_id": own.id, "is_empty": not own.parts, "quip_thread_id": f"Q{own.id}"}
    return {"properties": {"canvas": shown, "tabs": tabs}}


def _sharing(channel: Channel, workspace: Workspace) -> Json:
    own = workspace.identity.team_id
    described: Json = {
        "is_shared": channel.is_ext_shared or channel.is_org_shared,
        "is_ext_shared": channel.is_ext_shared,
        "is_pending_ext_shared": bool(channel.invited),
        "pending_shared": list(channel.invited),
        "pending_connected_team_ids": list(channel.invited),
    }
    if channel.connected:
        described |= {
            "conversation_host_id": own,
            "shared_team_ids": [own, *channel.connected],
            "connected_team_ids": list(channel.connected),
        }
    if channel.is_frozen:
        described |= {"is_frozen": True, "frozen_reason": "connection_severed"}
    return described


def file_object(file: File, base_url: str) -> Json:
    """Return a file as `files.info` does."""
    address = f"{base_url}/files/{file.id}/{file.name}"
    extension = file.name.rpartition(".")[2] if "." in file.name else "txt"
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mime,
        "filetype": extension,
        "pretty_type": extension.upper(),
        "user": file.user,
        "size": file.size,
        "mode": "hosted",
        "is_external": False,
        "is_public": False,
        "alt_txt": file.alt_text,
        "url_private": address,
        "url_private_download": address,
        "permalink": address,
        "channels": [file.channel] if file.channel else [],
    }


def message_object(
    message: Message, workspace: Workspace, *, base_url: str, with_metadata: bool = True
) -> Json:
    """Return a message as histories and payloads carry it."""
    described: Json = {
        "type": "message",
        "user": message.user,
        "ts": message.ts,
        "text": message.text,
        "team": workspace.identity.team_id,
    }
    if message.bot_id:
        described |= {"bot_id": message.bot_id, "app_id": workspace.identity.app_id}
    if message.blocks:
        described["blocks"] = list(message.blocks)
    if message.attachments:
        described["attachments"] = list(message.attachments)
    if message.files:
        described["files"] = [file_object(one, base_url) for one in message.files]
        described["upload"] = True
    if message.edited_ts:
        described["edited"] = {"user": message.user, "ts": message.edited_ts}
    if message.reactions:
        described["reactions"] = _reactions(message)
    if message.metadata is not None and with_metadata:
        described["metadata"] = message.metadata
    return described | _thread(message, workspace)


def _thread(message: Message, workspace: Workspace) -> Json:
    if message.is_reply:
        broadcast = {"subtype": "thread_broadcast"} if message.is_broadcast else {}
        return {"thread_ts": message.thread_ts, **broadcast}
    replies = workspace.replies(message.channel, message.ts)
    if not replies:
        return {}
    people = list(dict.fromkeys(one.user for one in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(people),
        "reply_users": people,
        "latest_reply": replies[-1].ts,
        "is_locked": False,
        "subscribed": False,
    }


def _reactions(message: Message) -> list[Json]:
    by_name: dict[str, list[str]] = {}
    for name, user in message.reactions:
        by_name.setdefault(name, []).append(user)
    return [{"name": name, "users": users, "count": len(users)} for name, users in by_name.items()]


def view_object(view: View, workspace: Workspace) -> Json:
    """Return a view as payloads and `views.*` answers carry it."""
    identity, raw = workspace.identity, view.raw
    described: Json = {
        "id": view.id,
        "team_id": identity.team_id,
        "type": view.type,
        "blocks": list(view.blocks),
        "private_metadata": view.private_metadata,
        "callback_id": view.callback_id,
        "external_id": raw.get("external_id") or "",
        "state": {"values": view.values},
        "hash": view.hash,
        "title": raw.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": bool(raw.get("clear_on_close")),
        "notify_on_close": bool(raw.get("notify_on_close")),
        "close": raw.get("close"),
        "submit": raw.get("submit"),
        "previous_view_id": view.previous_view_id or None,
        "root_view_id": view.root_view_id,
        "app_id": identity.app_id,
        "app_installed_team_id": workspace.app_at,
        "bot_id": identity.bot_id,
    }
    return described
