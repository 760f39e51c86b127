"""canvases.* and conversations.canvases.*: documents, and the channels in which they stand."""

import json
from typing import Any, Final

from sandbox.slack.api.calls import Answer, ApiCall
from sandbox.slack.canvases.canvas import ANY, HEADINGS, Canvas
from sandbox.slack.changes import Change
from sandbox.slack.channels import Channel
from sandbox.slack.refusals import Refusal, explained

_INSERTS: Final = {
    "insert_at_start": "start",
    "insert_at_end": "end",
    "insert_before": "before",
    "insert_after": "after",
}
_AT_ENDS: Final = frozenset({"insert_at_start", "insert_at_end"})
_OPERATIONS: Final = frozenset({*_INSERTS, "replace", "delete"})
_MOST_TYPES: Final = 3
_OK: Final[Answer] = {"ok": True}


def create(call: ApiCall) -> Answer:
    """canvases.create: one that stands alone, or in the tabs of a channel."""
    channel = _writable(call, "channel_id") if call.text("channel_id") else None
    return _created(call, channel, is_channels=False)


def create_in_channel(call: ApiCall) -> Answer:
    """conversations.canvases.create: a channel's own, of which there is one."""
    return _created(call, _writable(call, "channel_id"), is_channels=True)


def edit(call: ApiCall) -> Answer:
    """canvases.edit: one change."""
    changes = _json(call, "changes")
    if not isinstance(changes, list) or len(changes) != 1 or not isinstance(changes[0], dict):
        raise explained("invalid_arguments", ["changes must be a list of exactly one change"])
    canvas = _canvas(call, write=True)
    change = changes[0]
    operation, section = str(change.get("operation") or ""), str(change.get("section_id") or "")
    _check(change, operation, section)
    if operation == "delete":
        canvas.delete(section)
    elif operation == "replace":
        canvas.replace(section, _markdown(change))
    else:
        canvas.insert(_INSERTS[operation], section, _markdown(change))
    return _told(call, canvas, _OK)


def lookup(call: ApiCall) -> Answer:
    """canvases.sections.lookup: ids, good until the next edit."""
    criteria = _json(call, "criteria")
    kinds = criteria.get("section_types") if isinstance(criteria, dict) else None
    contains = criteria.get("contains_text") if isinstance(criteria, dict) else None
    known = {*HEADINGS, ANY}
    if kinds is not None and not (
        isinstance(kinds, list) and 1 <= len(kinds) <= _MOST_TYPES and known.issuperset(kinds)
    ):
        raise explained("invalid_arguments", ["section_types are one to three of h1, h2, h3"])
    if not kinds and not contains:
        raise explained("invalid_arguments", ["criteria need section_types or contains_text"])
    canvas = _canvas(call, write=False)
    found = canvas.lookup(
        lambda: call.workspace.mint("S"),
        kinds=kinds or (),
        contains=str(contains or ""),
        grouped=call.backend.switches.headings_hold_text,
        in_tables=call.backend.switches.tables_are_searched,
    )
    return {"ok": True, "sections": [{"id": each} for each in found]}


def delete(call: ApiCall) -> Answer:
    """canvases.delete."""
    canvas = _canvas(call, write=True)
    call.workspace.canvases.delete(canvas.id)
    return _told(call, canvas, _OK)


def set_access(call: ApiCall) -> Answer:
    """canvases.access.set: of people or of channels, not of both."""
    canvas, level = _canvas(call, write=True), call.text("access_level")
    if level not in {"read", "write"}:
        raise explained("invalid_arguments", ["access_level is read or write"])
    for each in _grantees(call):
        canvas.access[each] = level
    return _OK


def delete_access(call: ApiCall) -> Answer:
    """canvases.access.delete."""
    canvas = _canvas(call, write=True)
    for each in _grantees(call):
        canvas.access.pop(each, None)
    return _OK


def _created(call: ApiCall, channel: Channel | None, *, is_channels: bool) -> Answer:
    given = _json(call, "document_content") if call.text("document_content") else None
    canvas = call.workspace.canvases.create(
        _markdown({"document_content": given}) if given is not None else "",
        title=call.text("title"),
        creator=call.backend.identity.bot_user_id,
        channel=channel.id if channel else "",
        is_channels=is_channels,
    )
    return _told(call, canvas, {"ok": True, "canvas_id": canvas.id})


def _writable(call: ApiCall, name: str) -> Channel:
    """Return a channel in which the app may make a canvas.

    Slack's pages list no word for a channel that is archived, or that the app is not in: these are
    the nearest of those that they list.
    """
    channel = call.workspace.channels.get(call.text(name))
    if channel is None or not call.workspace.can_see(call.backend.identity.bot_user_id, channel):
        raise Refusal("channel_canvas_creation_failed")
    if call.backend.identity.bot_user_id not in channel.members:
        raise Refusal("no_permission")
    if channel.is_archived or channel.is_frozen:
        raise Refusal("restricted_action")
    return channel


def _canvas(call: ApiCall, *, write: bool) -> Canvas:
    """Return the canvas of a call, for an app that may read it, and write in it if it does."""
    bot = call.backend.identity.bot_user_id
    canvas = call.workspace.canvases.get(call.text("canvas_id"))
    if canvas is None:
        raise Refusal("canvas_not_found")
    channel = call.workspace.channels.get(canvas.channel)
    if canvas.channel and (channel is None or not call.workspace.can_see(bot, channel)):
        raise Refusal("canvas_not_found")
    if write and channel and bot not in channel.members and canvas.access.get(bot) != "write":
        raise Refusal("no_permission")
    if write and channel and (channel.is_archived or channel.is_frozen):
        raise Refusal("restricted_action")
    return canvas


def _check(change: dict[str, Any], operation: str, section: str) -> None:
    """Refuse a change that says too little or too much."""
    unknown = sorted(set(change) - {"operation", "section_id", "document_content"})
    if operation not in _OPERATIONS or unknown:
        raise explained("invalid_arguments", [f"no such change: {operation} {unknown}"])
    if section and operation in _AT_ENDS:
        raise explained("invalid_arguments", [f"{operation} takes no section_id"])
    if not section and operation not in {*_AT_ENDS, "replace"}:
        raise explained("invalid_arguments", [f"{operation} needs a section_id"])
    if operation == "delete" and "document_content" in change:
        raise explained("invalid_arguments", ["delete takes no document_content"])


def _markdown(change: dict[str, Any]) -> str:
    content = change.get("document_content")
    if not isinstance(content, dict) or content.get("type") != "markdown":
        raise explained("invalid_arguments", ["document_content needs the type markdown"])
    return str(content.get("markdown") or "")


def _grantees(call: ApiCall) -> list[str]:
    people, channels = _listed(call, "user_ids"), _listed(call, "channel_ids")
    if bool(people) == bool(channels):
        raise explained("invalid_arguments", ["either user_ids or channel_ids"])
    named = people or channels
    if channels and any(each not in call.workspace.channels for each in named):
        raise Refusal("channel_not_found")
    if people and any(each not in call.workspace.users for each in named):
        raise Refusal("user_not_found")
    return named


def _listed(call: ApiCall, name: str) -> list[str]:
    """Return a list of ids, also where Slack's SDK sent it as one text."""
    given = call.arguments.get(name) or ""
    if isinstance(given, str) and not given.startswith("["):
        return [each for each in given.split(",") if each]
    return [str(each) for each in _json(call, name)]


def _json(call: ApiCall, name: str) -> Any:
    """Return an argument that is JSON, also where it came in a form."""
    given = call.arguments.get(name)
    try:
        return json.loads(given) if isinstance(given, str) and given else given
    except ValueError:
        raise explained("invalid_arguments", [f"{name} is not JSON"]) from None


def _told(call: ApiCall, canvas: Canvas, answer: Answer) -> Answer:
    call.workspace.changes.announce(Change("canvas", channel=canvas.channel))
    return answer
