"""Blocks that Slack takes: one of each kind, to be spoiled by the tests."""

from typing import Any

from tests.sandbox.slack.apps import actions, button, mrkdwn, plain, section

Json = dict[str, Any]


def raw(text: str) -> Json:
    return {"type": "raw_text", "text": text}


def option(value: str) -> Json:
    return {"text": plain(value), "value": value}


def select(**more: Any) -> Json:
    return {"type": "static_select", "action_id": "s", "options": [option("a")], **more}


def rich(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": list(parts)}


def rich_section(*elements: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(elements)}


def data_table(rows: int = 2, **more: Any) -> Json:
    cells = [[raw("Person"), raw("Done")]]
    cells += [[raw("ada"), {"type": "raw_number", "value": 3, "text": "3"}]] * (rows - 1)
    return {"type": "data_table", "caption": "People", "rows": cells, **more}


def chart(series: int = 1, points: int = 2, kind: str = "line", **more: Any) -> Json:
    labels = [f"W{number}" for number in range(points)]
    data = [{"label": label, "value": 1} for label in labels]
    return {
        "type": "data_visualization",
        "title": "Weeks",
        "chart": {
            "type": kind,
            "series": [{"name": f"S{number}", "data": data} for number in range(series)],
            "axis_config": {"categories": labels},
        },
        **more,
    }


def pie(*values: float) -> Json:
    segments = [{"label": f"L{number}", "value": value} for number, value in enumerate(values)]
    chart_json = {"type": "pie", "segments": segments}
    return {"type": "data_visualization", "title": "Parts", "chart": chart_json}


def container(*blocks: Json, **more: Any) -> Json:
    return {"type": "container", "title": plain("More"), "child_blocks": list(blocks), **more}


def card(**more: Any) -> Json:
    return {"type": "card", "title": mrkdwn("A card"), **more}


def task(status: str = "complete") -> Json:
    return {"type": "task_card", "task_id": "1", "title": "A task", "status": status}


def image(**more: Any) -> Json:
    return {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a", **more}


GOOD: dict[str, list[Json]] = {
    "section with fields and accessory": [
        {"type": "section", "fields": [mrkdwn("a")] * 10, "accessory": select()}
    ],
    "header with level": [{"type": "header", "text": plain("x" * 150), "level": 2}],
    "divider": [{"type": "divider"}],
    "context": [{"type": "context", "elements": [mrkdwn("a"), image()]}],
    "every kind of action": [
        actions(
            button(value="1", style="primary", url="https://example.com"),
            select(action_id="1", initial_option=option("a")),
            {"type": "external_select", "action_id": "2", "min_query_length": 0},
            {"type": "users_select", "action_id": "3", "initial_user": "UADA"},
            {"type": "conversations_select", "action_id": "4", "filter": {"include": ["im"]}},
            {"type": "channels_select", "action_id": "5"},
            {"type": "datepicker", "action_id": "6", "initial_date": "2026-01-31"},
            {"type": "timepicker", "action_id": "7", "initial_time": "23:59"},
            {"type": "datetimepicker", "action_id": "8", "initial_date_time": 1772438400},
            {"type": "overflow", "action_id": "9", "options": [option("a")] * 1},
            {"type": "checkboxes", "action_id": "10", "options": [option("a")]},
            {"type": "radio_buttons", "action_id": "11", "options": [option("a")]},
        )
    ],
    "multi select in a section": [
        {
            "type": "section",
            "text": plain("a"),
            "accessory": {"type": "multi_static_select", "options": [option("a")]},
        }
    ],
    "rich text": [
        rich(
            rich_section(
                {"type": "text", "text": "a", "style": {"bold": True}},
                {"type": "link", "url": "https://example.com", "text": "b"},
                {"type": "emoji", "name": "tada"},
                {"type": "user", "user_id": "UADA"},
                {"type": "channel", "channel_id": "CTRAIN"},
                {"type": "broadcast", "range": "here"},
                {"type": "date", "timestamp": 1772438400, "format": "{date}", "fallback": "x"},
            ),
            {
                "type": "rich_text_list",
                "style": "bullet",
                "indent": 1,
                "elements": [rich_section()],
            },
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "a"}]},
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "a"}]},
        )
    ],
    "table": [{"type": "table", "rows": [[raw("a")]], "column_settings": [{"align": "right"}]}],
    "data table": [data_table(101, page_size=10, row_header_column_index=1)],
    "charts": [chart(6, 20, "bar"), pie(1, 2.5)],
    "container": [container(section("a"), {"type": "table", "rows": [[raw("a")]]})],
    "collapsed container": [
        container(section("a"), is_collapsible=True, default_collapsed=True, width="wide")
    ],
    "card and carousel": [
        card(actions=[button()]),
        {"type": "carousel", "elements": [card(body=plain("b"))]},
    ],
    "plan and task": [
        {"type": "plan", "title": "Plan", "tasks": [task("pending")]},
        task("in_progress"),
    ],
    "feedback": [
        {
            "type": "context_actions",
            "elements": [
                {
                    "type": "feedback_buttons",
                    "action_id": "f",
                    "positive_button": {"text": plain("+"), "value": "+"},
                    "negative_button": {"text": plain("-"), "value": "-"},
                }
            ],
        }
    ],
    "markdown": [{"type": "markdown", "text": "x" * 12_000}],
    "video": [
        {
            "type": "video",
            "alt_text": "a",
            "title": plain("t"),
            "thumbnail_url": "https://example.com/t.png",
            "video_url": "https://example.com/v",
        }
    ],
    "fifty blocks": [{"type": "divider"}] * 50,
}
