"""Pressing buttons and choosing in menus, in messages, modals and Home."""

from dataclasses import replace
from typing import Any

from sandbox.slack import inputs
from sandbox.slack.acting.desk import Desk, Json, Target
from sandbox.slack.acting.values import entered, found_element, surroundings
from sandbox.slack.blocks.texts import listed_options
from sandbox.slack.blocks.walking import Block
from sandbox.slack.delivery.outcome import Outcome, outcome_of
from sandbox.slack.messages import Message
from sandbox.slack.views import View

Element = dict[str, Any]


async def click(
    desk: Desk, target: Target, *, action_id: str, user: str, value: Any, block_id: str | None
) -> Outcome:
    """Use an element; in an input block without `dispatch_action` the app is not told."""
    person, target = desk.person(user), desk.current(target, user)
    block, element = found_element(target, action_id=action_id, block_id=block_id)
    action = await _action(desk, target, element, value, user)
    if element["type"] in inputs.FIELDS:
        target = _remember(desk, target, block, element, action)
    if block["type"] == "input" and not block.get("dispatch_action"):
        return Outcome()
    payload = {
        **desk.interaction("block_actions", person),
        **surroundings(desk, target),
        "trigger_id": _trigger(desk, target, user),
        "actions": [_described(desk, block, element, action)],
        **_answering(desk, target, user),
    }
    return outcome_of(await desk.sender.deliver("interactive", payload))


async def _action(desk: Desk, target: Target, element: Element, value: Any, user: str) -> Json:
    kind = element["type"]
    if kind in inputs.FIELDS:
        return await entered(desk, target, element, value, user=user)
    if kind == "overflow":
        chosen = [one for one in listed_options(element) if one["value"] == value]
        if not chosen:
            raise ValueError(f"{element['action_id']} offers no option {value!r}")
        return {"type": kind, "selected_option": chosen[0]}
    if kind == "feedback_buttons":
        return _feedback(element, value)
    pressed: Json = {"type": kind, "text": element["text"]}
    pressed |= {name: element[name] for name in ("value", "url", "style") if name in element}
    return pressed


def _feedback(element: Element, value: Any) -> Json:
    for name in ("positive_button", "negative_button"):
        button: Element = element[name]
        if button["value"] == value:
            return {"type": "feedback_buttons", "text": button["text"], "value": value}
    raise ValueError(f"{element['action_id']} has no button of value {value!r}")


def _described(desk: Desk, block: Block, element: Element, action: Json) -> Json:
    described = {
        **action,
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": desk.backend.workspace.stamp(),
    }
    for name in ("placeholder", "confirm"):
        if name in element:
            described[name] = element[name]
    initial = {name: one for name, one in element.items() if name.startswith("initial_")}
    return described | initial


def _remember(desk: Desk, target: Target, block: Block, element: Element, held: Json) -> Target:
    if isinstance(target, View):
        values = {name: dict(actions) for name, actions in target.values.items()}
        values.setdefault(block["block_id"], {})[element["action_id"]] = held
        return desk.backend.views.put(replace(target, values=values))
    chosen = desk.backend.workspace.entered_in(target)
    chosen.setdefault(block["block_id"], {})[element["action_id"]] = held
    return target


def _trigger(desk: Desk, target: Target, user: str) -> str:
    if isinstance(target, Message):
        return desk.backend.triggers.mint(user=user, channel=target.channel)
    view_id = target.id if target.type == "modal" else ""
    return desk.backend.triggers.mint(user=user, channel=target.channel, view_id=view_id)


def _answering(desk: Desk, target: Target, user: str) -> Json:
    if not isinstance(target, Message):
        return {}
    chosen = desk.backend.workspace.entered_in(target)
    values = inputs.kept_values(list(target.blocks), chosen)
    return {
        "state": {"values": values},
        "response_url": desk.response_url(
            user=user,
            channel=target.channel,
            message_ts=target.ts,
            thread_ts=target.thread_ts if target.is_reply else "",
        ),
    }
