"""Global shortcuts, and shortcuts in a message's menu."""

from sandbox.slack.acting.desk import Desk
from sandbox.slack.delivery.outcome import Outcome, outcome_of
from sandbox.slack.messages import Message
from sandbox.slack.objects import message_object


async def global_shortcut(desk: Desk, callback_id: str, *, user: str) -> Outcome:
    """Choose a global shortcut; it has no channel and no response_url."""
    person = desk.member(user)
    if desk.backend.manifest.shortcut(callback_id, "global") is None:
        return Outcome(error="invalid_shortcut", text=f"There is no shortcut {callback_id}.")
    payload = {
        **desk.interaction("shortcut", person),
        "action_ts": desk.backend.workspace.stamp(),
        "callback_id": callback_id,
        "trigger_id": desk.backend.triggers.mint(user=user),
    }
    return outcome_of(await desk.sender.deliver("interactive", payload))


async def message_shortcut(desk: Desk, callback_id: str, *, message: Message, user: str) -> Outcome:
    """Choose a shortcut in a message's menu; the payload carries the whole message."""
    person, current = desk.member(user), desk.current(message, user)
    if not isinstance(current, Message) or current.ephemeral_to:
        raise ValueError("an ephemeral message has no shortcuts")
    if desk.backend.manifest.shortcut(callback_id, "message") is None:
        return Outcome(error="invalid_shortcut", text=f"There is no shortcut {callback_id}.")
    workspace = desk.backend.workspace
    channel = workspace.channels[current.channel]
    payload = {
        **desk.interaction("message_action", person),
        "action_ts": workspace.stamp(),
        "callback_id": callback_id,
        "trigger_id": desk.backend.triggers.mint(user=user, channel=channel.id),
        "response_url": desk.response_url(
            user=user,
            channel=channel.id,
            thread_ts=current.thread_ts if current.is_reply else "",
        ),
        "channel": {"id": channel.id, "name": channel.payload_name},
        "message_ts": current.ts,
        "message": message_object(current, workspace, base_url=desk.backend.base_url),
    }
    return outcome_of(await desk.sender.deliver("interactive", payload))
