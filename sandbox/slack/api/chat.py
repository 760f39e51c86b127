"""chat.*: posting, editing, deleting and linking messages."""

from dataclasses import replace

from sandbox.slack import limits
from sandbox.slack.api.calls import Answer, ApiCall
from sandbox.slack.content import Content
from sandbox.slack.messages import Message
from sandbox.slack.objects import message_object
from sandbox.slack.refusals import Refusal


def post_message(call: ApiCall) -> Answer:
    """chat.postMessage."""
    channel = call.writable_channel()
    content = call.content()
    thread_ts = call.thread(channel)
    _count(call, channel.id)
    message = call.workspace.post(
        channel=channel.id,
        user=call.backend.identity.bot_user_id,
        content=content,
        bot_id=call.backend.identity.bot_id,
        username=call.text("username"),
        thread_ts=thread_ts,
        is_broadcast=bool(thread_ts) and call.flag("reply_broadcast"),
    )
    call.backend.agents.replied(channel.id, thread_ts)
    return {"ok": True, "channel": channel.id, "ts": message.ts, "message": _shown(call, message)}


def post_ephemeral(call: ApiCall) -> Answer:
    """chat.postEphemeral."""
    channel = call.writable_channel()
    user = call.user()
    if user.id not in channel.members:
        raise Refusal("user_not_in_channel")
    message = call.workspace.post(
        channel=channel.id,
        user=call.backend.identity.bot_user_id,
        content=call.content(),
        bot_id=call.backend.identity.bot_id,
        thread_ts=call.thread(channel),
        ephemeral_to=user.id,
    )
    return {"ok": True, "message_ts": message.ts}


def update(call: ApiCall) -> Answer:
    """chat.update. Blocks, attachments and metadata that are not sent stay as they are."""
    channel = call.visible_channel()
    message = call.own_message(channel, call.ts("ts"), otherwise="cant_update_message")
    content = _kept(call, message)
    changed = call.workspace.edit(message, content)
    return {
        "ok": True,
        "channel": channel.id,
        "ts": changed.ts,
        "text": changed.text,
        "message": _shown(call, changed),
    }


def delete(call: ApiCall) -> Answer:
    """chat.delete."""
    channel = call.visible_channel()
    message = call.own_message(channel, call.ts("ts"), otherwise="cant_delete_message")
    call.workspace.delete(message)
    return {"ok": True, "channel": channel.id, "ts": message.ts}


def get_permalink(call: ApiCall) -> Answer:
    """chat.getPermalink. The host is reserved for examples: nothing answers there."""
    channel = call.visible_channel()
    message = call.workspace.find(channel.id, call.ts("message_ts"))
    if message is None or message.ephemeral_to:
        raise Refusal("message_not_found")
    host = f"https://{call.backend.identity.team_domain}.slack.example"
    link = f"{host}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"ok": True, "channel": channel.id, "permalink": link}


_SAID = ("text", "blocks", "attachments", "markdown_text", "metadata")


def _kept(call: ApiCall, message: Message) -> Content:
    sent = {name: call.arguments[name] for name in _SAID if call.arguments.get(name) is not None}
    if not sent:
        raise Refusal("no_text")
    kept = {
        "text": message.text,
        "blocks": list(message.blocks),
        "attachments": list(message.attachments),
    }
    if "markdown_text" in sent:
        kept = {"attachments": kept["attachments"]}
    changed = replace(call, arguments={**call.arguments, **kept, **sent})
    return changed.content(most_text=limits.UPDATE_TEXT)


def _count(call: ApiCall, channel: str) -> None:
    if call.backend.switches.strict_rates:
        call.backend.rates.count_message(channel)


def _shown(call: ApiCall, message: Message) -> Answer:
    return message_object(message, call.workspace, base_url=call.backend.base_url)
