"""The newer blocks that group or frame: card, carousel, container, plan, task_card, alert."""

from typing import Any

from sandbox.slack import limits
from sandbox.slack.blocks.elements import BUTTON, IMAGE
from sandbox.slack.blocks.rich_text import RICH_TEXT
from sandbox.slack.blocks.rules import (
    Field,
    Rule,
    any_of,
    anything,
    boolean,
    choice,
    items,
    optional,
    problem,
    required,
    string,
    url,
    variant,
)
from sandbox.slack.blocks.texts import either, plain, typed

_ID: dict[str, Field] = {"block_id": optional(string(most=limits.BLOCK_ID))}
_PICTURE = optional(variant({"image": IMAGE}))

CARD = typed(
    "card",
    {
        **_ID,
        "hero_image": _PICTURE,
        "icon": _PICTURE,
        "slack_icon": optional(anything),
        "title": optional(either(limits.CARD_TITLE)),
        "subtitle": optional(either(limits.CARD_TITLE)),
        "body": optional(either(limits.CARD_BODY)),
        "subtext": optional(either(limits.CARD_BODY)),
        "actions": optional(items(variant({"button": BUTTON}), most=limits.CARD_BUTTONS)),
    },
    any_of("hero_image", "title", "actions", "body"),
)
CAROUSEL = typed(
    "carousel",
    {**_ID, "elements": required(items(variant({"card": CARD}), most=limits.CAROUSEL_CARDS))},
)
ALERT = typed(
    "alert",
    {
        **_ID,
        "text": required(either(limits.ALERT)),
        "level": optional(choice("default", "info", "warning", "error", "success")),
    },
)

_SOURCE = typed(
    "url",
    {"url": required(url(most=limits.URL)), "text": required(string(most=limits.TEXT_OBJECT))},
)


def _task(*statuses: str) -> Rule:
    return typed(
        "task_card",
        {
            **_ID,
            "task_id": required(string(most=255)),
            "title": required(string(most=limits.TEXT_OBJECT)),
            "details": optional(variant({"rich_text": RICH_TEXT})),
            "output": optional(variant({"rich_text": RICH_TEXT})),
            "sources": optional(items(variant({"url": _SOURCE}), least=0, most=100)),
            "status": required(choice(*statuses)),
        },
    )


# "pending" is refused outside a plan: recorded from live tests, not in Slack's own tables.
TASK_CARD = _task("in_progress", "complete", "error")
PLAN = typed(
    "plan",
    {
        **_ID,
        "title": required(string(most=limits.TEXT_OBJECT)),
        "tasks": optional(
            items(
                variant({"task_card": _task("pending", "in_progress", "complete", "error")}),
                least=0,
                most=limits.MESSAGE_BLOCKS,
            )
        ),
    },
)


def _collapsing(value: Any, pointer: str, problems: list[str]) -> None:
    if value.get("default_collapsed") and not value.get("is_collapsible"):
        problems.append(problem("needs is_collapsible", f"{pointer}/default_collapsed"))
    if value.get("has_header_divider") and value.get("is_collapsible"):
        problems.append(problem("not with is_collapsible", f"{pointer}/has_header_divider"))


def container(children: dict[str, Rule]) -> Rule:
    """Return the rule for a container that may hold these blocks."""
    return typed(
        "container",
        {
            **_ID,
            "title": optional(plain(limits.CONTAINER_TITLE)),
            "rich_text_title": optional(variant({"rich_text": RICH_TEXT})),
            "subtitle": optional(either(limits.CONTAINER_TITLE)),
            "child_blocks": required(items(variant(children), most=limits.CONTAINER_BLOCKS)),
            "width": optional(choice("narrow", "standard", "wide", "full")),
            "icon": _PICTURE,
            "is_collapsible": optional(boolean),
            "default_collapsed": optional(boolean),
            "has_header_divider": optional(boolean),
        },
        any_of("title", "rich_text_title"),
        _collapsing,
    )
