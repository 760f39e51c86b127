"""What Slack takes as an entity of a Work Object, as far as its pages say it."""

from typing import Any, Final

from sandbox.slack.blocks.rules import (
    Field,
    Rule,
    anything,
    boolean,
    choice,
    integer,
    items,
    optional,
    required,
    shape,
    string,
    url,
)

PREFIX: Final = "slack#/entities/"
TYPES: Final = tuple(
    f"{PREFIX}{each}"
    for each in ("file", "task", "incident", "content_item", "calendar_event", "item")
)
_FIELD_TYPES: Final = (
    *("string", "integer", "boolean", "array"),
    *(
        f"slack#/types/{each}"
        for each in (
            *("user", "channel_id", "timestamp", "date", "image", "entity_ref", "link", "email"),
            "file",
        )
    ),
)
_COLORS: Final = ("red", "yellow", "green", "gray", "blue")
_LATEST: Final = 4_102_444_800
_PRIMARY, _OVERFLOW = 2, 5
_SOME: Final = string(most=3_000)

_VALUE: Final = shape(
    {
        "value": required(anything),
        "label": optional(_SOME),
        "type": optional(choice(*_FIELD_TYPES)),
        "tag_color": optional(choice(*_COLORS)),
        "long": optional(boolean),
    }
)
_CUSTOM: Final = shape(
    {
        "key": required(string(most=255)),
        "label": required(_SOME),
        "type": required(choice(*_FIELD_TYPES)),
        "value": required(anything),
        "tag_color": optional(choice(*_COLORS)),
        "long": optional(boolean),
    }
)
_BUTTON: Final = shape(
    {
        "text": required(string(most=75)),
        "action_id": required(string(most=255)),
        "value": optional(string(most=2_000)),
        "style": optional(choice("primary", "danger")),
        "url": optional(url(most=3_000)),
        "accessibility_label": optional(string(most=75)),
    }
)
_ACTIONS: Final = shape(
    {
        "primary_actions": optional(items(_BUTTON, least=0, most=_PRIMARY)),
        "overflow_actions": optional(items(_BUTTON, least=0, most=_OVERFLOW)),
    }
)
_ATTRIBUTES: Final = shape(
    {
        "title": required(shape({"text": required(_SOME)})),
        "display_id": optional(_SOME),
        "display_type": optional(_SOME),
        "product_icon": optional(anything),
        "full_size_preview": optional(anything),
        "metadata_last_modified": optional(integer(least=0, most=_LATEST)),
    }
)
_TASK: Final = (
    *("description", "created_by", "date_created", "date_updated", "assignee", "status"),
    *("due_date", "priority"),
)
_FIELDS: Final[dict[str, Rule]] = {
    f"{PREFIX}task": shape({each: optional(_VALUE) for each in _TASK}),
    f"{PREFIX}item": shape({}),
}
"""Those whose names Slack's pages give; an item has custom ones alone."""


def _payload(kind: str) -> Rule:
    fields: dict[str, Field] = {
        "attributes": required(_ATTRIBUTES),
        "fields": optional(_FIELDS.get(kind, anything)),
        "custom_fields": optional(items(_CUSTOM, least=0, most=50)),
        "display_order": optional(items(string(most=255), least=0, most=60)),
        "actions": optional(_ACTIONS),
    }
    return shape(fields)


def entity_problems(entity: Any, *, in_pane: bool = False) -> list[str]:
    """Return what is wrong with an entity of an unfurl, or of a pane, which names no link."""
    if not isinstance(entity, dict) or entity.get("entity_type") not in TYPES:
        return ["entity_type is none of Slack's"]
    named: dict[str, Field] = {
        "entity_type": required(choice(*TYPES)),
        "entity_payload": required(_payload(entity["entity_type"])),
        "url": (optional if in_pane else required)(url(most=3_000)),
        "external_ref": (optional if in_pane else required)(
            shape({"id": required(string(most=255)), "type": optional(string(most=255))})
        ),
        "app_unfurl_url": (optional if in_pane else required)(url(most=3_000)),
    }
    problems: list[str] = []
    shape(named)(entity, "", problems)
    return problems
