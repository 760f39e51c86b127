"""Giving a value to an element, asking the app for options where they come from it."""

from typing import Any

from sandbox.slack import inputs
from sandbox.slack.acting.desk import Desk, Json, Target
from sandbox.slack.blocks.texts import SUGGESTIONS, listed_options
from sandbox.slack.blocks.walking import Block, find_element
from sandbox.slack.delivery.outcome import Outcome, outcome_of
from sandbox.slack.messages import Message
from sandbox.slack.objects import file_object, message_object, view_object
from sandbox.slack.uploads import File

MOST_FILES = 10
_SHORTEST_QUERY = 3  # characters typed before Slack asks, unless min_query_length says otherwise


def found_element(
    target: Target, *, action_id: str, block_id: str | None
) -> tuple[Block, dict[str, Any]]:
    """Return the block and element to act on; ValueError when there is none."""
    found = find_element(list(target.blocks), action_id=action_id, block_id=block_id)
    if found is None:
        raise ValueError(f"nothing called {action_id!r} is there")
    return found


async def suggest(
    desk: Desk, target: Target, *, action_id: str, user: str, query: str, block_id: str | None
) -> Outcome:
    """Ask the app for the options of an external select and check its answer."""
    person, target = desk.person(user), desk.current(target, user)
    block, element = found_element(target, action_id=action_id, block_id=block_id)
    if len(query) < element.get("min_query_length", _SHORTEST_QUERY):
        return Outcome()
    payload = {
        **desk.interaction("block_suggestion", person),
        "action_id": action_id,
        "block_id": block["block_id"],
        "value": query,
        **surroundings(desk, target),
    }
    delivery = await desk.sender.deliver("interactive", payload)
    if delivery.error:
        return outcome_of(delivery)
    problems: list[str] = []
    SUGGESTIONS(delivery.body, "", problems)
    if problems:
        return outcome_of(delivery, error=f"invalid options: {problems[0]}")
    body = delivery.body
    desk.offer(target, action_id, listed_options(body))
    return outcome_of(
        delivery,
        options=body.get("options") or [],
        option_groups=body.get("option_groups") or [],
    )


async def entered(
    desk: Desk, target: Target, element: dict[str, Any], value: Any, *, user: str
) -> inputs.Entry:
    """Return what an element holds after a person chose `value`; ValueError when it cannot."""
    if element["type"] == "file_input":
        return inputs.entry(element, _files(desk, element, value), offered=[])
    if not inputs.is_external(element):
        return inputs.entry(element, value, offered=[])
    action_id = element["action_id"]
    offered = desk.offered(target, action_id)
    if offered is None and value is not None:
        # Somebody who knows what to choose types it, or just opens a list that needs no typing.
        query = "" if element.get("min_query_length") == 0 else str(value)
        await suggest(desk, target, action_id=action_id, user=user, query=query, block_id=None)
        offered = desk.offered(target, action_id)
    return inputs.entry(element, value, offered=offered or [])


def _files(desk: Desk, element: dict[str, Any], value: Any) -> list[Json]:
    """Return the attached files, given by id or whole, as the app sees them."""
    given = [
        one if isinstance(one, File) else desk.backend.workspace.uploads.find(one)
        for one in value or ()
    ]
    allowed = [f".{one}" for one in element.get("filetypes") or ()]
    if len(given) > element.get("max_files", MOST_FILES):
        raise ValueError(f"at most {element.get('max_files', MOST_FILES)} files may be attached")
    for file in given:
        if allowed and not file.name.lower().endswith(tuple(allowed)):
            raise ValueError(f"{file.name} is not one of {', '.join(allowed)}")
    return [file_object(file, desk.backend.base_url) for file in given]


def surroundings(desk: Desk, target: Target) -> Json:
    """Return the payload's container and the view or message that was acted on."""
    if not isinstance(target, Message):
        shown = view_object(target, desk.backend.workspace)
        return {"container": {"type": "view", "view_id": target.id}, "view": shown}
    container: Json = {
        "type": "message",
        "message_ts": target.ts,
        "channel_id": target.channel,
        "is_ephemeral": bool(target.ephemeral_to),
    }
    if target.is_reply:
        container["thread_ts"] = target.thread_ts
    channel = desk.backend.workspace.channels[target.channel]
    around: Json = {
        "container": container,
        "channel": {"id": channel.id, "name": channel.payload_name},
    }
    if not target.ephemeral_to:
        around["message"] = message_object(
            target, desk.backend.workspace, base_url=desk.backend.base_url
        )
    return around
