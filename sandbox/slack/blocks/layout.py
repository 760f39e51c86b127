"""Every block, and on which surface it may stand."""

from sandbox.slack import limits
from sandbox.slack.blocks.cards import ALERT, CARD, CAROUSEL, PLAN, TASK_CARD, container
from sandbox.slack.blocks.charts import DATA_VISUALIZATION
from sandbox.slack.blocks.elements import (
    IMAGE,
    IN_ACTIONS,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    PICTURE,
)
from sandbox.slack.blocks.rich_text import RICH_TEXT
from sandbox.slack.blocks.rules import (
    Field,
    Rule,
    any_of,
    boolean,
    choice,
    integer,
    items,
    one_of,
    optional,
    required,
    string,
    url,
    variant,
)
from sandbox.slack.blocks.tables import DATA_TABLE, TABLE
from sandbox.slack.blocks.texts import either, mrkdwn_or_plain, plain, typed

_ID: dict[str, Field] = {"block_id": optional(string(most=limits.BLOCK_ID))}

SECTION = typed(
    "section",
    {
        **_ID,
        "text": optional(either()),
        "fields": optional(items(either(limits.SECTION_FIELD), most=limits.SECTION_FIELDS)),
        "accessory": optional(variant(IN_SECTION)),
        "expand": optional(boolean),
    },
    any_of("text", "fields"),
)
HEADER = typed(
    "header",
    {
        **_ID,
        "text": required(plain(limits.HEADER)),
        "level": optional(integer(least=1, most=limits.HEADER_LEVEL)),
    },
)
DIVIDER = typed("divider", _ID)
CONTEXT = typed(
    "context",
    {
        **_ID,
        "elements": required(
            items(variant({"image": IMAGE, **mrkdwn_or_plain()}), most=limits.CONTEXT_ELEMENTS)
        ),
    },
)
ACTIONS = typed(
    "actions",
    {**_ID, "elements": required(items(variant(IN_ACTIONS), most=limits.ACTIONS_ELEMENTS))},
)
PICTURE_BLOCK = typed(
    "image",
    {**_ID, **PICTURE, "title": optional(plain(limits.IMAGE_TITLE))},
    one_of("image_url", "slack_file"),
)


def _input(elements: dict[str, Rule]) -> Rule:
    return typed(
        "input",
        {
            **_ID,
            "label": required(plain(limits.INPUT_LABEL)),
            "element": required(variant(elements)),
            "hint": optional(plain(limits.INPUT_LABEL)),
            "optional": optional(boolean),
            "dispatch_action": optional(boolean),
        },
    )


VIDEO = typed(
    "video",
    {
        **_ID,
        "alt_text": required(string(most=limits.ALT_TEXT)),
        "title": required(plain(limits.VIDEO_TITLE)),
        "title_url": optional(url(most=limits.URL, schemes=("https://",))),
        "thumbnail_url": required(url(most=limits.URL)),
        "video_url": required(url(most=limits.URL, schemes=("https://",))),
        "author_name": optional(string(most=limits.VIDEO_AUTHOR)),
        "description": optional(plain(limits.VIDEO_DESCRIPTION)),
        "provider_icon_url": optional(url(most=limits.URL)),
        "provider_name": optional(string(most=limits.VIDEO_AUTHOR)),
    },
)
FILE = typed(
    "file",
    {**_ID, "external_id": required(string(most=255)), "source": required(choice("remote"))},
)
MARKDOWN = typed("markdown", {**_ID, "text": required(string(most=limits.MARKDOWN_TEXT))})
CONTEXT_ACTIONS = typed(
    "context_actions",
    {
        **_ID,
        "elements": required(
            items(variant(IN_CONTEXT_ACTIONS), most=limits.CONTEXT_ACTIONS_ELEMENTS)
        ),
    },
)

_EVERYWHERE: dict[str, Rule] = {
    "section": SECTION,
    "header": HEADER,
    "divider": DIVIDER,
    "context": CONTEXT,
    "actions": ACTIONS,
    "image": PICTURE_BLOCK,
    "rich_text": RICH_TEXT,
    "video": VIDEO,
    "card": CARD,
}
_INPUT = _input({kind: rule for kind, rule in IN_INPUT.items() if kind != "file_input"})
_IN_CONTAINER: dict[str, Rule] = {
    **{kind: rule for kind, rule in _EVERYWHERE.items() if kind != "card"},
    "file": FILE,
    "input": _INPUT,
    "table": TABLE,
}

MESSAGE: dict[str, Rule] = {
    **_EVERYWHERE,
    "input": _INPUT,
    "file": FILE,
    "markdown": MARKDOWN,
    "context_actions": CONTEXT_ACTIONS,
    "table": TABLE,
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
    "container": container(_IN_CONTAINER),
    "carousel": CAROUSEL,
    "plan": PLAN,
    "task_card": TASK_CARD,
}
MODAL: dict[str, Rule] = {**_EVERYWHERE, "input": _input(IN_INPUT), "alert": ALERT}
HOME: dict[str, Rule] = {
    **_EVERYWHERE,
    "input": _INPUT,
    "data_table": DATA_TABLE,
    "carousel": CAROUSEL,
}
