"""The form of a digest as a person uses it."""

from typing import Any

from sandbox.slack import Outcome
from sandbox.slack.views import View
from tests.asking.answers import SUBSCRIBE, opened
from tests.asking.seeing import interactive
from tests.stage import Stage

Chosen = dict[str, dict[str, Any]]
_BARE = {"schedule", "note"}


def chosen(**inputs: Any) -> Chosen:
    """Return what is chosen in inputs, by their short names."""
    ids = {name if name in _BARE else f"digest_{name}": value for name, value in inputs.items()}
    return {name: {name: value} for name, value in ids.items()}


def shown(stage: Stage, user: str = "UADA") -> View:
    """Return the window that somebody has before them."""
    view = stage.slack.view_of(user)
    assert view is not None
    return view


async def of_answer(stage: Stage, asked: str = "/flow-report gdpr overdue") -> View:
    """Return the form that orders an answer."""
    await stage.command(asked)
    return await opened(stage, SUBSCRIBE, stage.said()[-1])


async def new(stage: Stage, *, user: str = "UADA") -> View:
    """Return the form of the global shortcut."""
    await stage.slack.shortcut("new_digest", user=user)
    return shown(stage, user)


async def choose(stage: Stage, name: str, value: Any, *, user: str = "UADA") -> View:
    """Choose something in the form, and return what it looks like then."""
    view = shown(stage, user)
    [(action, block)] = [
        (block["element"]["action_id"], block["block_id"])
        for block in view.blocks
        if block["type"] == "input" and block["block_id"].startswith(name)
    ]
    await stage.slack.click(view, action_id=action, block_id=block, value=value, user=user)
    return shown(stage, user)


async def submit(stage: Stage, *, user: str = "UADA", **inputs: Any) -> Outcome:
    """Fill the form in, send it, and wait for what comes of it."""
    outcome = await stage.slack.submit(shown(stage, user), values=chosen(**inputs), user=user)
    await stage.settle()
    return outcome


async def pressed(stage: Stage, label: str, *, user: str = "UADA") -> View:
    """Press a button in the form."""
    view = shown(stage, user)
    [action] = [
        each["action_id"]
        for each in interactive(view.blocks)
        if each.get("text", {}).get("text") == label
    ]
    await stage.slack.click(view, action_id=action, user=user)
    await stage.settle()
    return shown(stage, user)


def held(view: View, name: str) -> Any:
    """Return what an input holds, by the beginning of its block's id."""
    [values] = [entry for block, entry in view.values.items() if block.startswith(name)]
    [entry] = values.values()
    found = next((value for key, value in entry.items() if key != "type"), None)
    return found["value"] if isinstance(found, dict) else found


def blocks_of(view: View) -> list[str]:
    """Return the inputs of a form, by the beginning of their block's ids."""
    return [each["block_id"].partition(":")[0] for each in view.blocks if each["type"] == "input"]
