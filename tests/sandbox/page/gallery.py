"""One message for each family of blocks, as an app would send them."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(value: str, text: str, **more: Any) -> Json:
    return {"text": plain(text), "value": value, **more}


def raw(text: str) -> Json:
    return {"type": "raw_text", "text": text}


def number(value: float, text: str) -> Json:
    return {"type": "raw_number", "value": value, "text": text}


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": list(elements)}


def words(text: str, **style: bool) -> Json:
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def line(*elements: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(elements)}


PEOPLE = [
    ("ada@example.com", "Overdue", 2, "2 of 5", 7),
    ("grace@example.com", "Overdue", 4, "4 of 5", 3),
    ("lin@example.com", "In progress", 1, "1 of 5", 0),
    ("mary@example.com", "In progress", 3, "3 of 5", 0),
    ("joan@example.com", "Completed", 5, "5 of 5", 0),
    ("edith@example.com", "Completed", 5, "5 of 5", 0),
    ("radia@example.com", "Completed", 5, "5 of 5", 0),
]

REPORT: list[Json] = [
    {"type": "header", "text": plain("Onboarding, last 30 days")},
    {
        "type": "section",
        "text": mrkdwn("*62 %* complete  `██████░░░░`  23 of 37 people"),
        "accessory": {
            "type": "overflow",
            "action_id": "report_more",
            "options": [option("csv", "Export CSV"), option("subscribe", "Subscribe here")],
        },
    },
    {
        "type": "data_visualization",
        "title": "People by status",
        "chart": {
            "type": "pie",
            "segments": [
                {"label": "Completed", "value": 23},
                {"label": "In progress", "value": 9},
                {"label": "Overdue", "value": 5},
            ],
        },
    },
    {
        "type": "data_table",
        "caption": "Assignments, overdue first",
        "page_size": 5,
        "row_header_column_index": 0,
        "rows": [
            [raw("Person"), raw("Status"), raw("Modules"), raw("Days late")],
            *[
                [raw(name), raw(status), number(done, shown), number(late, str(late))]
                for name, status, done, shown, late in PEOPLE
            ],
        ],
    },
    {
        "type": "context",
        "elements": [
            mrkdwn("Asked by <@UADA> · <!date^1790000000^{date_short_pretty} at {time}|some day>")
        ],
    },
    {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": "refresh",
                "text": plain("Refresh"),
                "style": "primary",
                "value": "onboarding",
            },
            {
                "type": "static_select",
                "action_id": "period",
                "placeholder": plain("Period"),
                "options": [option("last-7d", "Last 7 days"), option("last-30d", "Last 30 days")],
            },
            {
                "type": "button",
                "action_id": "remind",
                "text": plain("Remind the overdue"),
                "style": "danger",
                "confirm": {
                    "title": plain("Remind 5 people?"),
                    "text": mrkdwn("Each gets *one* direct message."),
                    "confirm": plain("Remind them"),
                    "deny": plain("Not now"),
                },
            },
        ],
    },
]

_WEEKS = ["W40", "W41", "W42", "W43", "W44", "W45"]


def _series(name: str, *values: float) -> Json:
    data = [{"label": week, "value": value} for week, value in zip(_WEEKS, values, strict=True)]
    return {"name": name, "data": data}


def chart(kind: str, title: str) -> Json:
    return {
        "type": "data_visualization",
        "title": title,
        "chart": {
            "type": kind,
            "series": [
                _series("Onboarding", 12, 25, 31, 48, 61, 74),
                _series("Fire safety", 40, 42, 55, 58, 71, 83),
            ],
            "axis_config": {"categories": _WEEKS, "x_label": "Week", "y_label": "% complete"},
        },
    }


RICH: list[Json] = [
    rich(
        line(
            words("Plain, "),
            words("bold", bold=True),
            words(", "),
            words("italic", italic=True),
            words(", "),
            words("struck", strike=True),
            words(" and "),
            words("code()", code=True),
            words(" for "),
            {"type": "user", "user_id": "UGRACE"},
            words(" in "),
            {"type": "channel", "channel_id": "CTRAIN"},
            words(" "),
            {"type": "emoji", "name": "tada"},
            words(" at "),
            {"type": "date", "timestamp": 1790000000, "format": "{time}", "fallback": "noon"},
            words(", see "),
            {"type": "link", "url": "https://example.com/guide", "text": "the guide"},
        ),
        {
            "type": "rich_text_list",
            "style": "ordered",
            "indent": 0,
            "elements": [line(words("First")), line(words("Second"))],
        },
        {
            "type": "rich_text_list",
            "style": "bullet",
            "indent": 1,
            "elements": [line(words("Nested"))],
        },
        {"type": "rich_text_quote", "elements": [words("Said by somebody")]},
        {"type": "rich_text_preformatted", "elements": [words("a = 1\nb = 2")]},
    )
]

STEPS: list[Json] = [
    {
        "type": "plan",
        "title": "Generating 3 documents",
        "tasks": [
            {
                "type": "task_card",
                "task_id": "t1",
                "title": "Collect the answers",
                "status": "complete",
                "output": rich(line(words("12 answers found"))),
            },
            {
                "type": "task_card",
                "task_id": "t2",
                "title": "Fill the template",
                "status": "in_progress",
                "details": rich(line(words("Page 4 of 9"))),
                "sources": [
                    {"type": "url", "url": "https://example.com/template", "text": "Template"}
                ],
            },
            {
                "type": "task_card",
                "task_id": "t3",
                "title": "Send for signing",
                "status": "pending",
            },
        ],
    },
    {
        "type": "container",
        "title": plain("Failed steps"),
        "subtitle": plain("2 of 40"),
        "is_collapsible": True,
        "default_collapsed": True,
        "child_blocks": [{"type": "section", "text": mrkdwn("Step 7 timed out")}],
    },
    {
        "type": "table",
        "rows": [
            [raw("Step"), raw("Seconds")],
            [raw("Collect"), number(1.5, "1.5")],
            [raw("Fill"), number(20, "20")],
        ],
        "column_settings": [{"is_wrapped": True}, {"align": "right"}],
    },
]

CARDS: list[Json] = [
    {
        "type": "carousel",
        "elements": [
            {
                "type": "card",
                "title": plain(f"Webinar {name}"),
                "subtitle": plain("Tuesday 10:00, 45 minutes"),
                "body": mrkdwn("With *two* operators"),
                "actions": [
                    {"type": "button", "action_id": f"register_{name}", "text": plain("Register")}
                ],
            }
            for name in ("one", "two", "three")
        ],
    },
    {
        "type": "image",
        "image_url": "https://example.com/map.png",
        "alt_text": "Reports by hour and weekday",
        "title": plain("Heat map"),
    },
    {
        "type": "markdown",
        "text": "## Summary\n\n- **one** and `two`\n- [three](https://example.com)",
    },
    {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "feedback",
                "positive_button": {"text": plain("Good"), "value": "good"},
                "negative_button": {"text": plain("Bad"), "value": "bad"},
            }
        ],
    },
]

UNKNOWN: Json = {"type": "hologram", "depth": 3}
