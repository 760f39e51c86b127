"""Submitting and closing modals, and carrying out the app's `response_action`."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sandbox.slack import inputs
from sandbox.slack.acting.checking import input_errors
from sandbox.slack.acting.desk import Desk, Json
from sandbox.slack.acting.values import entered, found_element
from sandbox.slack.delivery.outcome import Delivery, Outcome, outcome_of
from sandbox.slack.objects import view_object
from sandbox.slack.refusals import Refusal
from sandbox.slack.views import View, read_view

if TYPE_CHECKING:
    from sandbox.slack.workspace import Values

_TROUBLE = "We had some trouble connecting. Try again?"


async def submit(
    desk: Desk, view: View, *, values: dict[str, dict[str, Any]], user: str
) -> Outcome:
    """Fill in a modal and press its submit button.

    `values` are given as {block_id: {action_id: value}} over what was entered before. Inputs that
    Slack's own modal would refuse come back in `errors` without asking the app.
    """
    person = desk.person(user)
    filled = await _filled(desk, _top(desk, view, user), values, user)
    if errors := input_errors(filled.blocks_list, filled.values):
        return Outcome(errors=errors, view=filled)
    payload = {
        **desk.interaction("view_submission", person),
        "trigger_id": desk.backend.triggers.mint(
            user=user, channel=filled.channel, view_id=filled.id
        ),
        "view": view_object(filled, desk.backend.workspace),
        "response_urls": _response_urls(desk, filled, user),
    }
    delivery = await desk.sender.deliver("interactive", payload)
    return _carried_out(desk, filled, delivery)


async def close(desk: Desk, view: View, *, user: str, everything: bool) -> Outcome:
    """Close the modal on top, or the whole stack; the app hears of it if it asked to."""
    person, current = desk.person(user), _top(desk, view, user)
    everything = everything or bool(current.raw.get("clear_on_close"))
    payload = {
        **desk.interaction("view_closed", person),
        "view": view_object(current, desk.backend.workspace),
        "is_cleared": everything,
    }
    if everything:
        desk.backend.views.clear(user)
    else:
        desk.backend.views.close(current)
    if not current.raw.get("notify_on_close"):
        return Outcome()
    return outcome_of(await desk.sender.deliver("interactive", payload))


def _top(desk: Desk, view: View, user: str) -> View:
    top = desk.backend.views.top(user)
    if top is None or top.id != view.id:
        raise ValueError(f"{view.id} is not the modal that {user} has before them")
    return top


async def _filled(desk: Desk, view: View, given: dict[str, dict[str, Any]], user: str) -> View:
    values: Values = {block_id: dict(actions) for block_id, actions in view.values.items()}
    for block_id, actions in given.items():
        for action_id, value in actions.items():
            _, element = found_element(view, action_id=action_id, block_id=block_id)
            held = await entered(desk, view, element, value, user=user)
            values.setdefault(block_id, {})[action_id] = held
    return desk.backend.views.put(replace(view, values=values))


def _response_urls(desk: Desk, view: View, user: str) -> list[Json]:
    urls = []
    for block in inputs.input_blocks(view.blocks_list):
        element = block["element"]
        held = view.values[block["block_id"]][element["action_id"]]
        channel = inputs.content(held)
        if element.get("response_url_enabled") and channel:
            urls.append(
                {
                    "block_id": block["block_id"],
                    "action_id": element["action_id"],
                    "channel_id": channel,
                    "response_url": desk.response_url(user=user, channel=channel),
                }
            )
    return urls


def _carried_out(desk: Desk, view: View, delivery: Delivery) -> Outcome:
    if delivery.error:
        return outcome_of(delivery, view=view, text=_TROUBLE)
    body = delivery.body if isinstance(delivery.body, dict) else {}
    try:
        return _respond(desk, view, delivery, body)
    except Refusal as refusal:
        shown = desk.backend.views.top(view.user)
        return outcome_of(delivery, view=shown, text=_TROUBLE, error=refusal.code)


def _respond(desk: Desk, view: View, delivery: Delivery, body: Json) -> Outcome:
    views, action = desk.backend.views, body.get("response_action")
    if action == "errors":
        return _errors(view, delivery, body.get("errors"))
    if action == "clear":
        views.clear(view.user)
    elif action == "update":
        views.update(view, read_view(body.get("view"), kind="modal"))
    elif action == "push":
        views.push(read_view(body.get("view"), kind="modal"), user=view.user)
    elif action is None:
        views.close(view)
    else:
        raise Refusal("invalid_response_action")
    return outcome_of(delivery, view=views.top(view.user))


def _errors(view: View, delivery: Delivery, errors: Any) -> Outcome:
    inputs_there = {block["block_id"] for block in inputs.input_blocks(view.blocks_list)}
    if not isinstance(errors, dict) or not errors or set(errors) - inputs_there:
        raise Refusal("invalid_response_errors")
    words = {block_id: str(text) for block_id, text in errors.items()}
    return outcome_of(delivery, view=view, errors=words)
