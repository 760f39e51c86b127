"""Interactive elements and pictures: one rule for each, and where each may stand."""

from typing import Any

from sandbox.slack import limits
from sandbox.slack.blocks.rich_text import RICH_TEXT
from sandbox.slack.blocks.rules import (
    Field,
    Rule,
    anything,
    boolean,
    choice,
    integer,
    items,
    one_of,
    optional,
    pattern,
    problem,
    required,
    shape,
    string,
    url,
)
from sandbox.slack.blocks.selects import ACTION, CONFIRMED, FOCUS, PLACED, SELECTS
from sandbox.slack.blocks.texts import (
    CHOICE_OPTION,
    OVERFLOW_OPTION,
    plain,
    typed,
    unique_values,
)

DATE = pattern(r"\d{4}-\d{2}-\d{2}", "a date like 2026-01-31")
TIME = pattern(r"([01]\d|2[0-3]):[0-5]\d", "a time like 09:30")
_NUMERAL = pattern(r"-?\d+(\.\d+)?", "a number written as a string")
_STYLE = choice("primary", "danger")

_DISPATCH = {
    "dispatch_action_config": optional(
        shape(
            {
                "trigger_actions_on": optional(
                    items(choice("on_enter_pressed", "on_character_entered"), most=2)
                )
            }
        )
    )
}
_TYPED = {**ACTION, **PLACED, **FOCUS, **_DISPATCH}

SLACK_FILE = shape(
    {"id": optional(string(most=255)), "url": optional(url(most=limits.URL))}, one_of("id", "url")
)
PICTURE: dict[str, Field] = {
    "image_url": optional(url(most=limits.URL)),
    "slack_file": optional(SLACK_FILE),
    "alt_text": required(string(most=limits.ALT_TEXT)),
}
IMAGE = typed("image", PICTURE, one_of("image_url", "slack_file"))

BUTTON = typed(
    "button",
    {
        **ACTION,
        **CONFIRMED,
        "text": required(plain(limits.BUTTON_TEXT)),
        "url": optional(url(most=limits.URL)),
        "value": optional(string(most=limits.BUTTON_VALUE)),
        "style": optional(_STYLE),
        "accessibility_label": optional(string(most=limits.ACCESSIBILITY_LABEL)),
    },
)

_FEEDBACK_BUTTON = shape(
    {
        "text": required(plain(limits.BUTTON_TEXT)),
        "value": required(string(most=limits.BUTTON_VALUE)),
        "accessibility_label": optional(string(most=limits.ACCESSIBILITY_LABEL)),
    }
)


def _lengths(value: Any, pointer: str, problems: list[str]) -> None:
    least, most = value.get("min_length"), value.get("max_length")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        problems.append(problem("must not be more than max_length", f"{pointer}/min_length"))


_BUTTONS: dict[str, Rule] = {
    "button": BUTTON,
    "overflow": typed(
        "overflow",
        {
            **ACTION,
            **CONFIRMED,
            "options": required(items(OVERFLOW_OPTION, most=limits.OVERFLOW_OPTIONS)),
        },
        unique_values,
    ),
    "workflow_button": typed(
        "workflow_button",
        {
            **ACTION,
            "text": required(plain(limits.BUTTON_TEXT)),
            "workflow": required(anything),
            "style": optional(_STYLE),
            "accessibility_label": optional(string(most=limits.ACCESSIBILITY_LABEL)),
        },
    ),
}

_PICKERS: dict[str, Rule] = {
    "datepicker": typed(
        "datepicker",
        {**ACTION, **CONFIRMED, **FOCUS, **PLACED, "initial_date": optional(DATE)},
    ),
    "timepicker": typed(
        "timepicker",
        {
            **ACTION,
            **CONFIRMED,
            **FOCUS,
            **PLACED,
            "initial_time": optional(TIME),
            "timezone": optional(string(most=255)),
        },
    ),
}

_DATETIME: dict[str, Rule] = {
    "datetimepicker": typed(
        "datetimepicker",
        {
            **ACTION,
            **CONFIRMED,
            **FOCUS,
            "initial_date_time": optional(integer(least=10**9, most=10**10 - 1)),
        },
    )
}

_BOXES: dict[str, Rule] = {
    "checkboxes": typed(
        "checkboxes",
        {
            **ACTION,
            **CONFIRMED,
            **FOCUS,
            "options": required(items(CHOICE_OPTION, most=limits.CHOICES)),
            "initial_options": optional(items(CHOICE_OPTION, most=limits.CHOICES)),
        },
        unique_values,
    ),
    "radio_buttons": typed(
        "radio_buttons",
        {
            **ACTION,
            **CONFIRMED,
            **FOCUS,
            "options": required(items(CHOICE_OPTION, most=limits.CHOICES)),
            "initial_option": optional(CHOICE_OPTION),
        },
        unique_values,
    ),
}

_TEXT_INPUTS: dict[str, Rule] = {
    "plain_text_input": typed(
        "plain_text_input",
        {
            **_TYPED,
            "initial_value": optional(string(least=0, most=limits.INPUT_VALUE)),
            "multiline": optional(boolean),
            "min_length": optional(integer(least=0, most=limits.INPUT_VALUE)),
            "max_length": optional(integer(least=1, most=limits.INPUT_VALUE)),
        },
        _lengths,
    ),
    "number_input": typed(
        "number_input",
        {
            **_TYPED,
            "is_decimal_allowed": required(boolean),
            "initial_value": optional(_NUMERAL),
            "min_value": optional(_NUMERAL),
            "max_value": optional(_NUMERAL),
        },
    ),
    "email_text_input": typed(
        "email_text_input", {**_TYPED, "initial_value": optional(string(least=0, most=3000))}
    ),
    "url_text_input": typed(
        "url_text_input", {**_TYPED, "initial_value": optional(string(least=0, most=3000))}
    ),
    "rich_text_input": typed("rich_text_input", {**_TYPED, "initial_value": optional(RICH_TEXT)}),
    "file_input": typed(
        "file_input",
        {
            **ACTION,
            "filetypes": optional(items(string(most=50), most=100)),
            "max_files": optional(integer(least=1, most=limits.INPUT_FILES)),
        },
    ),
}

_SINGLE_SELECTS = {k: v for k, v in SELECTS.items() if not k.startswith("multi_")}

# Where each may stand: the "works with block types" line of each element's reference page.
IN_SECTION: dict[str, Rule] = {"image": IMAGE, **_BUTTONS, **_PICKERS, **_BOXES, **SELECTS}
IN_ACTIONS: dict[str, Rule] = {
    **_BUTTONS,
    **_PICKERS,
    **_DATETIME,
    **_BOXES,
    **_SINGLE_SELECTS,
}
IN_INPUT: dict[str, Rule] = {**_PICKERS, **_DATETIME, **_BOXES, **SELECTS, **_TEXT_INPUTS}
IN_CONTEXT_ACTIONS: dict[str, Rule] = {
    "feedback_buttons": typed(
        "feedback_buttons",
        {
            **ACTION,
            "positive_button": required(_FEEDBACK_BUTTON),
            "negative_button": required(_FEEDBACK_BUTTON),
        },
    ),
    "icon_button": typed(
        "icon_button",
        {
            **ACTION,
            **CONFIRMED,
            "icon": required(string(most=255)),
            "text": required(plain(limits.BUTTON_TEXT)),
            "value": optional(string(most=limits.BUTTON_VALUE)),
            "accessibility_label": optional(string(most=limits.ACCESSIBILITY_LABEL)),
            "visible_to_user_ids": optional(items(string(most=255), most=10)),
        },
    ),
}
