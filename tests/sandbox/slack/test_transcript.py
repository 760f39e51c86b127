"""A channel drawn in characters."""

from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import SlackSandbox
from tests.sandbox.slack.apps import actions, button, plain, section

Json = dict[str, Any]


def _lines(slack: SlackSandbox, channel: str = "CTRAIN", **more: str) -> list[str]:
    return slack.transcript(channel, **more).splitlines()


async def test_messages_threads_files_and_whispers_are_told_apart(
    slack: SlackSandbox, client: AsyncWebClient, http: aiohttp.ClientSession
) -> None:
    await slack.say("Numbers, @flowbot?", user="UADA", channel="CTRAIN")
    parent = await client.chat_postMessage(
        channel="CTRAIN", text="x", blocks=[section("Here, <@UADA>"), actions(button())]
    )
    step = await client.files_getUploadURLExternal(filename="a.csv", length=3)
    async with http.post(step["upload_url"], data=b"a,b"):
        pass
    await client.files_completeUploadExternal(
        files=[{"id": step["file_id"]}], channel_id="CTRAIN", thread_ts=parent["ts"]
    )
    await client.chat_postEphemeral(channel="CTRAIN", user="UADA", text="psst")

    assert _lines(slack)[1:] == [
        "",
        "Mon 08:00  Ada",
        "  Numbers, @Flowbot?",
        "",
        "Mon 08:00  Flowbot  (app)",
        "  Here, @Ada",
        "  [Go]",
        "  │ Mon 08:00  Flowbot  (app)",
        "  │   📎 a.csv (3 B)",
        "",
        "Mon 08:00  Flowbot  (app, only visible to Ada)",
        "  psst",
    ]
    assert "psst" not in slack.transcript("CTRAIN", user="UGRACE")


async def test_a_table_has_aligned_columns(slack: SlackSandbox, client: AsyncWebClient) -> None:
    def raw(text: str) -> Json:
        return {"type": "raw_text", "text": text}

    rows = [
        [raw("Person"), raw("Done")],
        [raw("山田"), {"type": "raw_number", "value": 3, "text": "3"}],
        [raw("grace"), {"type": "raw_number", "value": 12, "text": "12 of 15"}],
    ]
    table = {"type": "data_table", "caption": "People", "rows": rows}
    await client.chat_postMessage(channel="CTRAIN", text="x", blocks=[table])
    assert _lines(slack)[3:] == [
        "  People",
        "  Person      Done",
        "  ──────  ────────",
        "  山田           3",
        "  grace   12 of 15",
    ]


async def test_a_chart_has_a_bar_for_every_value(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    segments = [{"label": "Done", "value": 3}, {"label": "Overdue", "value": 1}]
    chart = {"type": "pie", "segments": segments}
    block = {"type": "data_visualization", "title": "Status", "chart": chart}
    await client.chat_postMessage(channel="CTRAIN", text="x", blocks=[block])
    assert _lines(slack)[3:] == [
        "  Status (pie)",
        f"  Done    │{'█' * 28} 3 (75%)",
        f"  Overdue │{'█' * 9}▍ 1 (25%)",
    ]


async def test_every_block_is_drawn(slack: SlackSandbox, client: AsyncWebClient) -> None:
    def rich(kind: str, **more: Any) -> Json:
        return {"type": kind, "elements": [{"type": "text", "text": kind}], **more}

    blocks: list[Json] = [
        {"type": "header", "text": plain("Head")},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "a &lt;b&gt;"}]},
        {
            "type": "rich_text",
            "elements": [
                rich("rich_text_section"),
                rich("rich_text_quote"),
                rich("rich_text_preformatted"),
                {
                    "type": "rich_text_list",
                    "style": "ordered",
                    "elements": [rich("rich_text_section")],
                },
            ],
        },
        {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A map"},
        {
            "type": "container",
            "title": plain("More"),
            "child_blocks": [section("inside")],
            "is_collapsible": True,
        },
        {"type": "card", "title": plain("Card"), "body": plain("Body")},
        {
            "type": "plan",
            "title": "Plan",
            "tasks": [{"type": "task_card", "task_id": "1", "title": "Do", "status": "pending"}],
        },
        {"type": "markdown", "text": "# Title"},
        {
            "type": "input",
            "label": plain("Name"),
            "element": {"type": "plain_text_input"},
        },
        actions(
            {"type": "datepicker", "initial_date": "2026-03-02"},
            {"type": "static_select", "options": [{"text": plain("A"), "value": "a"}]},
        ),
    ]
    await client.chat_postMessage(channel="CTRAIN", text="x", blocks=blocks)
    assert [line[2:] for line in _lines(slack)[3:]] == [
        "Head",
        "════",
        "a <b>",
        "rich_text_section",
        "▌ rich_text_quote",
        "    rich_text_preformatted",
        "1. rich_text_section",
        "[A map]",
        "▾ More",
        "  inside",
        "┃ Card",
        "┃ Body",
        "Plan",
        "  ○ Do",
        "# Title",
        "Name: [____]",
        "[2026-03-02] [Choose ▾]",
    ]


async def test_links_channels_and_dates_are_written_out(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    text = "<https://example.com|report> in <#CTRAIN> <!date^0^{date}|then> <!here>"
    await client.chat_postMessage(channel="CTRAIN", text=text)
    assert _lines(slack)[-1] == "  report (https://example.com) in #training then @here"


async def test_lines_of_one_chart_share_a_scale(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    def series(name: str, *values: float) -> Json:
        points = [{"label": f"W{n}", "value": value} for n, value in enumerate(values)]
        return {"name": name, "data": points}

    chart = {
        "type": "line",
        "series": [series("A", 1, 2), series("B", 4, 0)],
        "axis_config": {"categories": ["W0", "W1"], "y_label": "%"},
    }
    block = {"type": "data_visualization", "title": "Weeks", "chart": chart}
    await client.chat_postMessage(channel="CTRAIN", text="x", blocks=[block])
    assert _lines(slack)[3:] == [
        "  Weeks (line)",
        "  %",
        "  · A",
        f"  W0 │{'█' * 7} 1",
        f"  W1 │{'█' * 14} 2",
        "  · B",
        f"  W0 │{'█' * 28} 4",
        "  W1 │ 0",
    ]


async def test_a_view_is_drawn_with_its_inputs(slack: SlackSandbox, client: AsyncWebClient) -> None:
    options = [{"text": plain(name), "value": name} for name in "AB"]
    blocks: list[Json] = [
        {
            "type": "data_table",
            "caption": "Two",
            "rows": [[{"type": "raw_text", "text": "x" * 50}]] * 2,
        },
        actions(
            {"type": "checkboxes", "options": options, "initial_options": options[:1]},
            {"type": "radio_buttons", "options": options},
            {"type": "overflow", "options": options},
            {"type": "users_select", "placeholder": plain("Who?")},
        ),
        {"type": "carousel", "elements": [{"type": "card", "title": plain("Card")}]},
    ]
    await client.views_publish(user_id="UADA", view={"type": "home", "blocks": blocks})
    view = slack.home_of("UADA")
    assert view is not None
    assert slack.picture(view).splitlines() == [
        "╭ Home",
        "│ Two",
        f"│ {'x' * 39}…",
        f"│ {'─' * 40}",
        f"│ {'x' * 39}…",
        "│ ☑ A  ☐ B ○ A  ○ B [⋯] [Who? ▾]",
        "│ ┃ Card",
        "╰ ",
    ]
