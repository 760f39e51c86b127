"""What is wrong with a view: a modal or a Home tab."""

from typing import Any

from sandbox.slack import limits
from sandbox.slack.blocks.layout import HOME, MODAL
from sandbox.slack.blocks.messages import duplicates
from sandbox.slack.blocks.rules import (
    Field,
    boolean,
    items,
    optional,
    problem,
    required,
    string,
    variant,
)
from sandbox.slack.blocks.texts import plain, typed
from sandbox.slack.blocks.walking import elements, every_block

_EVERY: dict[str, Field] = {
    "private_metadata": optional(string(least=0, most=limits.PRIVATE_METADATA)),
    "callback_id": optional(string(least=0, most=limits.CALLBACK_ID)),
    "external_id": optional(string(least=0, most=limits.EXTERNAL_ID)),
}


def _submit_where_inputs(value: Any, pointer: str, problems: list[str]) -> None:
    blocks = value.get("blocks")
    members = blocks if isinstance(blocks, list) else []
    inputs = any(isinstance(one, dict) and one.get("type") == "input" for one in members)
    if inputs and not value.get("submit"):
        problems.append(
            problem("a `submit` is required when `blocks` hold an input", f"{pointer}/submit")
        )


def _one_focus(value: Any, pointer: str, problems: list[str]) -> None:
    focused = [
        element
        for block, _ in every_block(value.get("blocks"))
        for element in elements(block)
        if element.get("focus_on_load")
    ]
    if len(focused) > 1:
        problems.append(problem("only one element may have focus_on_load", f"{pointer}/blocks"))


_VIEW = variant(
    {
        "modal": typed(
            "modal",
            {
                **_EVERY,
                "title": required(plain(limits.VIEW_TITLE)),
                "submit": optional(plain(limits.VIEW_TITLE)),
                "close": optional(plain(limits.VIEW_TITLE)),
                "blocks": required(items(variant(MODAL), least=0, most=limits.VIEW_BLOCKS)),
                "clear_on_close": optional(boolean),
                "notify_on_close": optional(boolean),
                "submit_disabled": optional(boolean),
            },
            _submit_where_inputs,
            _one_focus,
        ),
        "home": typed(
            "home",
            {
                **_EVERY,
                "blocks": required(items(variant(HOME), least=0, most=limits.VIEW_BLOCKS)),
            },
        ),
    }
)


def view_problems(view: Any) -> list[str]:
    """Return what Slack would refuse in a view, worded as Slack does; [] when it is good."""
    problems: list[str] = []
    _VIEW(view, "/view", problems)
    return problems or [*duplicates(view["blocks"], "/view/blocks")]
