"""conversations.*: looking at channels, their people and their messages."""

from sandbox.slack import limits
from sandbox.slack.api.calls import Answer, ApiCall
from sandbox.slack.api.paging import page
from sandbox.slack.channels import Channel
from sandbox.slack.messages import Message
from sandbox.slack.objects import channel_object, message_object
from sandbox.slack.refusals import Refusal, explained


def info(call: ApiCall) -> Answer:
    """conversations.info."""
    channel = _readable(call, "read")
    described = channel_object(channel, call.workspace)
    if call.flag("include_num_members"):
        described["num_members"] = len(channel.members)
    return {"ok": True, "channel": described}


def members(call: ApiCall) -> Answer:
    """conversations.members."""
    found, more = page(call, _readable(call, "read").members, default=100)
    return {"ok": True, "members": found, **more}


def history(call: ApiCall) -> Answer:
    """conversations.history: newest first, without thread replies."""
    channel = _joined(call)
    messages = _between(call, list(call.workspace.top_level(channel.id)))[::-1]
    found, more = page(call, messages, default=100, cap=_cap(call))
    has_more = bool(more["response_metadata"]["next_cursor"])
    shown = [_shown(call, one) for one in found]
    return {"ok": True, "messages": shown, "has_more": has_more, "pin_count": 0, **more}


def replies(call: ApiCall) -> Answer:
    """conversations.replies: the parent and its replies, oldest first."""
    channel = _joined(call)
    parent = call.workspace.find(channel.id, call.ts("ts"))
    if parent is None or parent.ephemeral_to:
        raise Refusal("thread_not_found")
    thread = [parent, *_between(call, call.workspace.replies(channel.id, parent.ts))]
    found, more = page(call, thread, default=1_000, cap=_cap(call))
    has_more = bool(more["response_metadata"]["next_cursor"])
    return {
        "ok": True,
        "messages": [_shown(call, one) for one in found],
        "has_more": has_more,
        **more,
    }


def open_conversation(call: ApiCall) -> Answer:
    """conversations.open, for direct messages with one person."""
    if call.text("channel"):
        channel = call.visible_channel()
        return {"ok": True, "channel": channel_object(channel, call.workspace)}
    users = [one.strip() for one in call.text("users").split(",") if one.strip()]
    if not users:
        raise Refusal("users_list_not_supplied")
    if len(users) > 1:
        raise explained("invalid_arguments", ["the sandbox opens no group direct messages"])
    user = ApiCall(call.method, {"user": users[0]}, call.backend).user()
    if user.deleted:
        raise Refusal("user_disabled")
    call.need_scope("im:write")
    was_open = any(one.is_im and one.user == user.id for one in call.workspace.channels.values())
    channel = call.workspace.direct_message(user.id)
    shown = (
        channel_object(channel, call.workspace) if call.flag("return_im") else {"id": channel.id}
    )
    return {"ok": True, "no_op": was_open, "already_open": was_open, "channel": shown}


def _readable(call: ApiCall, verb: str) -> Channel:
    channel = call.visible_channel()
    call.need_scope(f"{channel.kind}:{verb}")
    return channel


def _joined(call: ApiCall) -> Channel:
    channel = _readable(call, "history")
    return call.joined_channel() if not channel.is_im else channel


def _cap(call: ApiCall) -> int:
    return limits.FEW_MESSAGES if call.backend.switches.few_messages else limits.PAGE


def _between(call: ApiCall, messages: list[Message]) -> list[Message]:
    oldest, latest = _bound(call, "oldest"), _bound(call, "latest")
    inclusive = call.flag("inclusive")
    return [
        one
        for one in messages
        if (not oldest or oldest < float(one.ts) or (inclusive and float(one.ts) == oldest))
        and (not latest or float(one.ts) < latest or (inclusive and float(one.ts) == latest))
    ]


def _bound(call: ApiCall, name: str) -> float:
    try:
        return float(call.text(name) or 0)
    except ValueError:
        raise Refusal(f"invalid_ts_{name}") from None


def _shown(call: ApiCall, message: Message) -> Answer:
    return message_object(
        message,
        call.workspace,
        base_url=call.backend.base_url,
        with_metadata=call.flag("include_all_metadata"),
    )
