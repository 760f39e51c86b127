"""What an app answers to a command or posts to a `response_url`, put into the channel."""

from typing import Any

from sandbox.slack.backend import Backend
from sandbox.slack.content import Content, is_true, read_content
from sandbox.slack.messages import Message, MessageFields
from sandbox.slack.refusals import Refusal
from sandbox.slack.response_urls import ResponseUrl


def post_reply(backend: Backend, place: ResponseUrl, body: dict[str, Any]) -> Message | None:
    """Carry out a reply and return its message; None when it deleted or said nothing.

    Refuses what Slack refuses in a message, and `message_not_found` for a vanished original.
    """
    if is_true(body.get("delete_original")):
        backend.workspace.delete(_original(backend, place))
        return None
    content = read_content(body, block_characters=backend.switches.block_characters)
    if is_true(body.get("replace_original")) and place.message_ts:
        return backend.workspace.edit(_original(backend, place), content)
    return _post(backend, place, body, content)


def _original(backend: Backend, place: ResponseUrl) -> Message:
    message = backend.workspace.find(place.channel, place.message_ts)
    if message is None or message.user != backend.identity.bot_user_id:
        raise Refusal("message_not_found")
    return message


def _post(backend: Backend, place: ResponseUrl, body: dict[str, Any], content: Content) -> Message:
    is_public = body.get("response_type") == "in_channel"
    more: MessageFields = {
        "bot_id": backend.identity.bot_id,
        "thread_ts": str(body.get("thread_ts") or place.thread_ts),
        "ephemeral_to": "" if is_public else place.user,
    }
    return backend.workspace.post(
        channel=place.channel, user=backend.identity.bot_user_id, content=content, **more
    )
