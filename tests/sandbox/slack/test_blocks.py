"""Block Kit: what Slack takes and what it refuses, block by block."""

from typing import Any

import pytest

from sandbox.slack.blocks import message_problems, text_length, view_problems
from tests.sandbox.slack.apps import actions, button, modal, mrkdwn, plain, section, text_input
from tests.sandbox.slack.blocks import (
    GOOD,
    card,
    chart,
    container,
    data_table,
    option,
    pie,
    raw,
    rich,
    rich_section,
    select,
    task,
)

Json = dict[str, Any]


REFUSED: dict[str, tuple[list[Json], str]] = {
    "51 blocks": (
        [{"type": "divider"}] * 51,
        "no more than 50 items allowed [json-pointer:/blocks]",
    ),
    "no type": ([{}], "missing required field: type [json-pointer:/blocks/0]"),
    "unknown type": ([{"type": "x"}], "unsupported type: x [json-pointer:/blocks/0/type]"),
    "unknown field": (
        [{"type": "divider", "color": "red"}],
        "invalid additional property: color [json-pointer:/blocks/0]",
    ),
    "empty section": (
        [{"type": "section"}],
        "must define either `text` or `fields` [json-pointer:/blocks/0]",
    ),
    "empty text": (
        [section("")],
        "must be more than 0 characters [json-pointer:/blocks/0/text/text]",
    ),
    "long field": ([{"type": "section", "fields": [mrkdwn("x" * 2001)]}], "less than 2001"),
    "11 fields": ([{"type": "section", "fields": [mrkdwn("x")] * 11}], "no more than 10 items"),
    "header in mrkdwn": (
        [{"type": "header", "text": mrkdwn("x")}],
        "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]",
    ),
    "long header": ([{"type": "header", "text": plain("x" * 151)}], "less than 151"),
    "11 context elements": (
        [{"type": "context", "elements": [mrkdwn("x")] * 11}],
        "no more than 10 items",
    ),
    "button in context": (
        [{"type": "context", "elements": [button()]}],
        "unsupported type: button",
    ),
    "26 actions": ([actions(*[button(str(n)) for n in range(26)])], "no more than 25 items"),
    "long button text": ([actions({**button(), "text": plain("x" * 76)})], "less than 76"),
    "long button value": ([actions(button(value="x" * 2001))], "less than 2001"),
    "button with a script": ([actions(button(url="javascript:x"))], "invalid url"),
    "unknown style": ([actions(button(style="red"))], "valid enum value"),
    "long block_id": ([{"type": "divider", "block_id": "x" * 256}], "less than 256"),
    "long action_id": ([actions(button("x" * 256))], "less than 256"),
    "block_id twice": (
        [{"type": "divider", "block_id": "a"}, container({"type": "divider", "block_id": "a"})],
        "`block_id` a already exists",
    ),
    "action_id twice": ([actions(button(), button())], "`action_id` go already exists"),
    "image without alt": (
        [{"type": "image", "image_url": "https://example.com"}],
        "missing required field: alt_text",
    ),
    "101 options": (
        [actions(select(options=[option(str(n)) for n in range(101)]))],
        "no more than 100 items",
    ),
    "long option": ([actions(select(options=[option("x" * 76)]))], "less than 76"),
    "option twice": ([actions(select(options=[option("a")] * 2))], "duplicate option value: a"),
    "options and groups": (
        [actions(select(option_groups=[{"label": plain("g"), "options": [option("b")]}]))],
        "exactly one of `options`, `option_groups`",
    ),
    "initial option that is none": (
        [actions(select(initial_option=option("b")))],
        "initial option must be one of the options",
    ),
    "6 overflow options": (
        [actions({"type": "overflow", "options": [option(str(n)) for n in range(6)]})],
        "no more than 5 items",
    ),
    "11 checkboxes": (
        [actions({"type": "checkboxes", "options": [option(str(n)) for n in range(11)]})],
        "no more than 10 items",
    ),
    "long placeholder": ([actions(select(placeholder=plain("x" * 151)))], "less than 151"),
    "multi select in actions": (
        [actions({"type": "multi_users_select"})],
        "unsupported type: multi_users_select",
    ),
    "wrong date": (
        [actions({"type": "datepicker", "initial_date": "31.1.2026"})],
        "must be a date",
    ),
    "long confirm": (
        [
            actions(
                button(
                    confirm={
                        "title": plain("x" * 101),
                        "text": plain("x"),
                        "confirm": plain("x"),
                        "deny": plain("x"),
                    }
                )
            )
        ],
        "less than 101",
    ),
    "empty rich text": ([rich(rich_section({"type": "text", "text": ""}))], "more than 0"),
    "unknown rich element": ([rich(rich_section({"type": "blink"}))], "unsupported type: blink"),
    "deep list": (
        [
            rich(
                {
                    "type": "rich_text_list",
                    "style": "bullet",
                    "indent": 9,
                    "elements": [rich_section()],
                }
            )
        ],
        "between 0 and 8",
    ),
    "101 table rows": ([{"type": "table", "rows": [[raw("a")]] * 101}], "no more than 100 items"),
    "21 table cells": ([{"type": "table", "rows": [[raw("a")] * 21]}], "no more than 20 items"),
    "long table": ([{"type": "table", "rows": [[raw("x" * 10_001)]]}], "less than 10001"),
    "two long tables": ([{"type": "table", "rows": [[raw("x" * 6_000)]]}] * 2, "all table blocks"),
    "empty cell": ([data_table(rows=2) | {"rows": [[raw("a")], [raw("")]]}], "more than 0"),
    "102 data rows": ([data_table(102)], "no more than 101 items"),
    "header only": ([data_table(1)], "no fewer than 2 items"),
    "no caption": (
        [{"type": "data_table", "rows": data_table()["rows"]}],
        "missing required field: caption",
    ),
    "uneven rows": (
        [data_table() | {"rows": [[raw("a")], [raw("a"), raw("b")]]}],
        "same number of cells",
    ),
    "rich header": (
        [
            data_table()
            | {"rows": [[rich(rich_section({"type": "text", "text": "a"}))], [raw("b")]]}
        ],
        "rich_text is not allowed in the header",
    ),
    "header column outside": ([data_table(row_header_column_index=2)], "must be a column"),
    "page of 101": ([data_table(page_size=101)], "between 1 and 100"),
    "three charts": ([pie(1)] * 3, "no more than 2 data_visualization blocks"),
    "7 series": ([chart(7)], "no more than 6 items"),
    "21 points": ([chart(1, 21)], "no more than 20 items"),
    "long title": ([pie(1) | {"title": "x" * 51}], "less than 51"),
    "pie with nothing": ([pie(0)], "must be more than 0"),
    "series twice": (
        [chart() | {"chart": {**chart(2)["chart"], "series": [chart()["chart"]["series"][0]] * 2}}],
        "series names must be unique",
    ),
    "a point is missing": (
        [chart() | {"chart": {**chart()["chart"], "axis_config": {"categories": ["W0"]}}}],
        "exactly one point for every category",
    ),
    "11 in a container": ([container(*[{"type": "divider"}] * 11)], "no more than 10 items"),
    "container in a container": ([container(container())], "unsupported type: container"),
    "collapsed and not collapsible": (
        [container(section("a"), default_collapsed=True)],
        "needs is_collapsible",
    ),
    "card title as a string": ([card(title="bare")], "must provide an object"),
    "4 card buttons": (
        [card(actions=[button(str(n)) for n in range(4)])],
        "no more than 3 items",
    ),
    "11 cards": ([{"type": "carousel", "elements": [card()] * 11}], "no more than 10 items"),
    "plan title as an object": ([{"type": "plan", "title": plain("x")}], "must provide a string"),
    "pending outside a plan": ([task("pending")], "valid enum value"),
    "alert in a message": ([{"type": "alert", "text": plain("x")}], "unsupported type: alert"),
    "much markdown": ([{"type": "markdown", "text": "x" * 7_000}] * 2, "all markdown blocks"),
    "6 context actions": ([{"type": "context_actions", "elements": [{}] * 6}], "no more than 5"),
    "file input in a message": (
        [text_input() | {"element": {"type": "file_input"}}],
        "unsupported type: file_input",
    ),
}

REFUSED_VIEWS: dict[str, tuple[Json, str]] = {
    "long title": (modal() | {"title": plain("x" * 25)}, "[json-pointer:/view/title/text]"),
    "no title": ({"type": "modal", "blocks": []}, "missing required field: title"),
    "title in mrkdwn": (modal() | {"title": mrkdwn("x")}, "unsupported type: mrkdwn"),
    "no submit": (
        {"type": "modal", "title": plain("x"), "blocks": [text_input()]},
        "a `submit` is required",
    ),
    "long metadata": (modal(private_metadata="x" * 3001), "less than 3001"),
    "long callback_id": (modal(callback_id="x" * 256), "less than 256"),
    "101 blocks": (modal(*[{"type": "divider"}] * 101), "no more than 100 items"),
    "table in a modal": (
        modal({"type": "table", "rows": [[raw("a")]]}),
        "unsupported type: table [json-pointer:/view/blocks/0/type]",
    ),
    "chart in Home": ({"type": "home", "blocks": [pie(1)]}, "unsupported type: data_visualization"),
    "title in Home": (
        {"type": "home", "title": plain("x"), "blocks": []},
        "invalid additional property: title",
    ),
    "long alert": (modal({"type": "alert", "text": plain("x" * 201)}), "less than 201"),
    "button in an input": (
        modal(text_input() | {"element": button()}),
        "unsupported type: button",
    ),
    "two focused": (
        modal(
            *[
                text_input(name)
                | {"element": {"type": "plain_text_input", "action_id": "a", "focus_on_load": True}}
                for name in "ab"
            ]
        ),
        "only one element may have focus_on_load",
    ),
    "not a view": ({"type": "dialog"}, "unsupported type: dialog"),
}


@pytest.mark.parametrize("blocks", GOOD.values(), ids=GOOD.keys())
def test_slack_takes(blocks: list[Json]) -> None:
    assert message_problems(blocks) == []


@pytest.mark.parametrize(("blocks", "expected"), REFUSED.values(), ids=REFUSED.keys())
def test_slack_refuses(blocks: list[Json], expected: str) -> None:
    problems = message_problems(blocks)
    assert any(expected in one for one in problems), problems


@pytest.mark.parametrize(("view", "expected"), REFUSED_VIEWS.values(), ids=REFUSED_VIEWS.keys())
def test_slack_refuses_the_view(view: Json, expected: str) -> None:
    problems = view_problems(view)
    assert any(expected in one for one in problems), problems


def test_a_modal_takes_every_kind_of_input() -> None:
    kinds: list[Json] = [
        {"type": "plain_text_input", "multiline": True, "max_length": 3000},
        {"type": "number_input", "is_decimal_allowed": False, "min_value": "1"},
        {"type": "email_text_input"},
        {"type": "url_text_input"},
        {"type": "rich_text_input"},
        {"type": "file_input", "max_files": 1, "filetypes": ["csv"]},
        {"type": "multi_conversations_select"},
        {"type": "conversations_select", "response_url_enabled": True},
        {"type": "multi_external_select", "max_selected_items": 3},
    ]
    inputs = [text_input(str(n)) | {"element": one} for n, one in enumerate(kinds)]
    alert = {"type": "alert", "text": plain("Careful"), "level": "warning"}
    assert view_problems(modal(alert, *inputs)) == []


def test_home_takes_data_tables_and_carousels() -> None:
    blocks = [data_table(), {"type": "carousel", "elements": [card()]}]
    assert view_problems({"type": "home", "blocks": blocks}) == []


def test_cells_do_not_count_as_block_text() -> None:
    assert text_length([section("12345"), data_table()]) == 5


@pytest.mark.parametrize("junk", [None, 1, "x", [1], [None], [[]], [{"type": 1}], [{"type": []}]])
def test_junk_is_refused_and_never_raises(junk: Any) -> None:
    assert message_problems(junk)


@pytest.mark.parametrize("name", ["text", "fields", "accessory"])
@pytest.mark.parametrize("junk", [None, 1, "x", [], {}, [1], [None]])
def test_junk_inside_a_block_is_refused_and_never_raises(name: str, junk: Any) -> None:
    assert message_problems([{"type": "section", name: junk}])


@pytest.mark.parametrize("block", [data_table(), chart(), pie(1), container(), card(), select()])
def test_junk_in_any_field_never_raises(block: Json) -> None:
    junks: list[Any] = [None, 1, "", [], {}, [1], [[1]], [{}], {"type": "line", "series": [1]}]
    for name in block:
        for junk in junks:
            message_problems([{**block, name: junk}])
            message_problems([actions({**block, name: junk})])
