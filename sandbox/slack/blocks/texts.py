"""Text objects, options and confirmation dialogs."""

from typing import Any

from sandbox.slack import limits
from sandbox.slack.blocks.rules import (
    Field,
    Rule,
    any_of,
    boolean,
    choice,
    items,
    optional,
    problem,
    required,
    shape,
    string,
    url,
    variant,
)

Fields = dict[str, Field]


def typed(kind: str, fields: Fields, *also: Rule) -> Rule:
    """Return a rule for an object whose `type` is `kind`."""
    return shape({"type": required(choice(kind)), **fields}, *also)


def plain(most: int = limits.TEXT_OBJECT, *, least: int = 1) -> Rule:
    """Return a rule for a `plain_text` object."""
    return variant({"plain_text": _plain(most, least)})


def either(most: int = limits.TEXT_OBJECT) -> Rule:
    """Return a rule for a `plain_text` or `mrkdwn` object."""
    return variant({"plain_text": _plain(most, 1), "mrkdwn": _mrkdwn(most)})


def mrkdwn_or_plain(most: int = limits.TEXT_OBJECT) -> dict[str, Rule]:
    """Return the two kinds of text object as a table, for blocks that also hold other things."""
    return {"plain_text": _plain(most, 1), "mrkdwn": _mrkdwn(most)}


def option(text: Rule, **more: Field) -> Rule:
    """Return a rule for one option of a select, menu, checkbox or radio group."""
    return shape(
        {
            "text": required(text),
            "value": required(string(most=limits.OPTION_VALUE)),
            "description": optional(either(limits.OPTION_DESCRIPTION)),
            **more,
        }
    )


def _plain(most: int, least: int) -> Rule:
    return typed(
        "plain_text",
        {"text": required(string(most=most, least=least)), "emoji": optional(boolean)},
    )


def _mrkdwn(most: int) -> Rule:
    return typed("mrkdwn", {"text": required(string(most=most)), "verbatim": optional(boolean)})


SELECT_OPTION = option(plain(limits.OPTION_TEXT))
CHOICE_OPTION = option(either(limits.OPTION_TEXT))
OVERFLOW_OPTION = option(plain(limits.OPTION_TEXT), url=optional(url(most=limits.URL)))

OPTION_GROUP = shape(
    {
        "label": required(plain(limits.OPTION_TEXT)),
        "options": required(items(SELECT_OPTION, most=limits.OPTIONS)),
    }
)

CONFIRM = shape(
    {
        "title": required(plain(limits.CONFIRM_TITLE)),
        "text": required(either(limits.CONFIRM_TEXT)),
        "confirm": required(plain(limits.CONFIRM_BUTTON)),
        "deny": required(plain(limits.CONFIRM_BUTTON)),
        "style": optional(choice("primary", "danger")),
    }
)

SUGGESTIONS = shape(
    {
        "options": optional(items(SELECT_OPTION, least=0, most=limits.OPTIONS)),
        "option_groups": optional(items(OPTION_GROUP, least=0, most=limits.OPTION_GROUPS)),
    },
    any_of("options", "option_groups"),
)
"""What an app answers to `block_suggestion`."""


def unique_values(value: Any, pointer: str, problems: list[str]) -> None:
    """Refuse an element in which two options have the same value."""
    seen = set()
    for member in listed_options(value):
        name = str(member.get("value"))
        if name in seen:
            problems.append(problem(f"duplicate option value: {name}", f"{pointer}/options"))
        seen.add(name)


def listed_options(element: Any) -> list[dict[str, Any]]:
    """Return the options of an element, those inside groups included."""
    groups = element.get("option_groups") or []
    members = list(element.get("options") or [])
    for group in groups if isinstance(groups, list) else []:
        if isinstance(group, dict):
            members.extend(group.get("options") or [])
    return [member for member in members if isinstance(member, dict)]
