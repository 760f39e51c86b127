"""The `rich_text` block with its sections, lists, quotes and inline elements."""

from sandbox.slack import limits
from sandbox.slack.blocks.rules import (
    Field,
    Rule,
    boolean,
    choice,
    integer,
    items,
    optional,
    required,
    shape,
    string,
    url,
    variant,
)
from sandbox.slack.blocks.texts import typed

_MANY = 10_000  # Slack names no number of elements; the character budget stops earlier
_ID = string(most=255)
_LINKS = ("http://", "https://", "mailto:", "tel:", "slack://")

_STYLE: dict[str, Field] = {
    "style": optional(
        shape(
            {
                name: optional(boolean)
                for name in (
                    "bold",
                    "italic",
                    "strike",
                    "underline",
                    "code",
                    "highlight",
                    "client_highlight",
                    "unlink",
                )
            }
        )
    )
}

INLINE: dict[str, Rule] = {
    "text": typed("text", {"text": required(string(most=limits.TEXT)), **_STYLE}),
    "link": typed(
        "link",
        {
            "url": required(url(most=limits.URL, schemes=_LINKS)),
            "text": optional(string(most=limits.TEXT)),
            "unsafe": optional(boolean),
            **_STYLE,
        },
    ),
    "emoji": typed(
        "emoji",
        {
            "name": required(_ID),
            "unicode": optional(_ID),
            "skin_tone": optional(integer(least=1, most=6)),
            **_STYLE,
        },
    ),
    "user": typed("user", {"user_id": required(_ID), **_STYLE}),
    "usergroup": typed("usergroup", {"usergroup_id": required(_ID), **_STYLE}),
    "channel": typed("channel", {"channel_id": required(_ID), **_STYLE}),
    "team": typed("team", {"team_id": required(_ID), **_STYLE}),
    "broadcast": typed(
        "broadcast", {"range": required(choice("here", "channel", "everyone")), **_STYLE}
    ),
    "color": typed("color", {"value": required(_ID), **_STYLE}),
    "date": typed(
        "date",
        {
            "timestamp": required(integer(least=0, most=10**11)),
            "format": required(string(most=255)),
            "url": optional(url(most=limits.URL)),
            "fallback": optional(string(most=limits.TEXT)),
            **_STYLE,
        },
    ),
}

_INLINES = required(items(variant(INLINE), least=0, most=_MANY))
_BORDER: dict[str, Field] = {"border": optional(integer(least=0, most=1))}
_SECTION = typed("rich_text_section", {"elements": _INLINES})

_PARTS: dict[str, Rule] = {
    "rich_text_section": _SECTION,
    "rich_text_list": typed(
        "rich_text_list",
        {
            "style": required(choice("bullet", "ordered")),
            "elements": required(items(variant({"rich_text_section": _SECTION}), most=_MANY)),
            "indent": optional(integer(least=0, most=limits.LIST_INDENT)),
            "offset": optional(integer(least=0, most=_MANY)),
            **_BORDER,
        },
    ),
    "rich_text_preformatted": typed(
        "rich_text_preformatted",
        {"elements": _INLINES, "language": optional(string(most=50)), **_BORDER},
    ),
    "rich_text_quote": typed("rich_text_quote", {"elements": _INLINES, **_BORDER}),
}

RICH_TEXT = typed(
    "rich_text",
    {
        "elements": required(items(variant(_PARTS), most=_MANY)),
        "block_id": optional(string(most=limits.BLOCK_ID)),
    },
)
