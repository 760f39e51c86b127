"""The workspace as JSON for the page: people, channels, messages, files and views."""

from collections.abc import Iterable
from typing import Any

from sandbox.clock import SandboxClock
from sandbox.slack import SlackSandbox
from sandbox.slack.calls import Call
from sandbox.slack.channels import Channel
from sandbox.slack.messages import Message
from sandbox.slack.people import User
from sandbox.slack.uploads import File
from sandbox.slack.views import View

Json = dict[str, Any]


def person(user: User) -> Json:
    """Return what the page shows of somebody."""
    return {
        "id": user.id,
        "name": user.real_name or user.name,
        "handle": user.name,
        "tz": user.tz,
        "locale": user.locale,
        "is_admin": user.is_admin,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
        "is_external": user.is_external,
        "is_bot": user.is_bot,
        "deleted": user.deleted,
    }


def channel(one: Channel, *, user: str, bot: str, canvas: bool = False) -> Json:
    """Return a channel as that person sees it, and whether it has a canvas."""
    return {
        "id": one.id,
        "name": one.name,
        "is_private": one.is_private,
        "is_im": one.is_im,
        "is_archived": one.is_archived,
        "is_ext_shared": one.is_ext_shared,
        "is_member": user in one.members,
        "has_app": bot in one.members,
        "members": len(one.members),
        "purpose": one.purpose,
        "has_canvas": canvas,
    }


def file(one: File) -> Json:
    """Return a file without its content."""
    return {
        "id": one.id,
        "name": one.name,
        "title": one.title,
        "mime": one.mime,
        "size": one.size,
        "alt_text": one.alt_text,
    }


def view(one: View | None) -> Json | None:
    """Return a view as the app sent it, with the ids that Slack adds."""
    if one is None:
        return None
    added = {"id": one.id, "hash": one.hash, "previous_view_id": one.previous_view_id}
    return {**one.raw, **added, "blocks": list(one.blocks), "entered": one.values}


def messages(slack: SlackSandbox, found: Iterable[Message]) -> list[Json]:
    """Return messages with their authors' names and how many replies each has."""
    replies: dict[tuple[str, str], list[str]] = {}
    shown = list(found)
    for place in {one.channel for one in shown}:
        for other in slack.workspace.messages.get(place, []):
            if other.is_reply:
                replies.setdefault((place, other.thread_ts), []).append(other.ts)
    return [_message(slack, one, replies.get((one.channel, one.ts), [])) for one in shown]


def _message(slack: SlackSandbox, one: Message, replies: list[str]) -> Json:
    author = slack.workspace.users.get(one.user)
    return {
        "ts": one.ts,
        "channel": one.channel,
        "user": one.user,
        "bot": bool(one.bot_id),
        "name": one.username or (person(author)["name"] if author else one.user),
        "text": one.text,
        "blocks": list(one.blocks),
        "attachments": list(one.attachments),
        "files": [file(each) for each in one.files],
        "thread_ts": one.thread_ts,
        "reply_count": len(replies),
        "latest_reply": replies[-1] if replies else None,
        "edited": bool(one.edited_ts),
        "ephemeral": bool(one.ephemeral_to),
        "metadata": one.metadata,
        "reactions": _reactions(one),
    }


def _reactions(one: Message) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, user in one.reactions:
        found.setdefault(name, []).append(user)
    return found


def call(one: Call) -> Json:
    """Return a call of Slack's Web API in the shape of a vendor's call."""
    return {
        "at": one.at.isoformat(),
        "method": "",
        "path": one.method,
        "status": one.status,
        "ms": None,
        "error": one.error,
    }


def time(clock: SandboxClock) -> Json:
    """Return the sandbox's moment and whether its clock is running."""
    return {"now": clock.now().isoformat(), "clock_running": clock.is_running}


def is_connected(slack: SlackSandbox) -> bool:
    """Return whether there is an app to deliver to."""
    return bool(slack.socket.count or slack.sender.address)
