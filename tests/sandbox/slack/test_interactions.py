"""Clicks, menus, suggestions and shortcuts as the app receives them."""

from typing import Any

import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Identity, Message, SlackSandbox
from tests.sandbox.slack.apps import Recorder, actions, button, plain, served

Json = dict[str, Any]

OPTIONS = [{"text": plain("A"), "value": "a"}, {"text": plain("B"), "value": "b"}]


async def _posted(slack: SlackSandbox, client: AsyncWebClient, *elements: Json) -> Message:
    await client.chat_postMessage(
        channel="CTRAIN",
        text="x",
        blocks=[actions(*elements) | {"block_id": "menu"}],
        metadata={"event_type": "report", "event_payload": {"id": "1"}},
    )
    return slack.messages("CTRAIN")[-1]


async def test_a_click_in_a_message_carries_where_and_what(
    slack: SlackSandbox, recorder: Recorder, client: AsyncWebClient
) -> None:
    message = await _posted(slack, client, button(value="42", style="danger"))
    await slack.click(message, action_id="go", user="UGRACE")

    payload = recorder.last.payload
    assert payload["type"] == "block_actions"
    assert payload["user"]["id"] == "UGRACE"
    assert payload["team"] == {"id": slack.team_id, "domain": "lumen-works"}
    assert (payload["enterprise"], payload["is_enterprise_install"]) == (None, False)
    assert payload["channel"] == {"id": "CTRAIN", "name": "training"}
    assert payload["container"] == {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": "CTRAIN",
        "is_ephemeral": False,
    }
    assert payload["message"]["metadata"]["event_payload"] == {"id": "1"}
    assert payload["response_url"].startswith(slack.url)
    [action] = payload["actions"]
    assert action.pop("action_ts")
    assert action == {
        "type": "button",
        "action_id": "go",
        "block_id": "menu",
        "text": plain("Go"),
        "value": "42",
        "style": "danger",
    }


@pytest.mark.parametrize(
    ("element", "value", "expected"),
    [
        (
            {"type": "static_select", "options": OPTIONS},
            "b",
            {"type": "static_select", "selected_option": OPTIONS[1]},
        ),
        (
            {"type": "overflow", "options": OPTIONS},
            "a",
            {"type": "overflow", "selected_option": OPTIONS[0]},
        ),
        (
            {"type": "checkboxes", "options": OPTIONS},
            ["a", "b"],
            {"type": "checkboxes", "selected_options": OPTIONS},
        ),
        (
            {"type": "datepicker", "initial_date": "2026-01-01"},
            "2026-03-02",
            {
                "type": "datepicker",
                "selected_date": "2026-03-02",
                "initial_date": "2026-01-01",
            },
        ),
    ],
)
async def test_every_menu_comes_in_its_own_shape(
    slack: SlackSandbox,
    recorder: Recorder,
    client: AsyncWebClient,
    element: Json,
    value: Any,
    expected: Json,
) -> None:
    message = await _posted(slack, client, {**element, "action_id": "pick"})
    await slack.click(message, action_id="pick", value=value)
    [action] = recorder.last.payload["actions"]
    del action["action_ts"]
    assert action == {**expected, "action_id": "pick", "block_id": "menu"}


async def test_state_tells_what_the_other_menus_hold(
    slack: SlackSandbox, recorder: Recorder, client: AsyncWebClient
) -> None:
    menu = {"type": "static_select", "action_id": "pick", "options": OPTIONS}
    message = await _posted(slack, client, menu, button())
    await slack.click(message, action_id="pick", value="b")
    await slack.click(message, action_id="go")
    assert recorder.last.payload["state"]["values"] == {
        "menu": {"pick": {"type": "static_select", "selected_option": OPTIONS[1]}}
    }


async def test_an_ephemeral_message_comes_without_its_content(
    slack: SlackSandbox, recorder: Recorder, client: AsyncWebClient
) -> None:
    await client.chat_postEphemeral(
        channel="CTRAIN", user="UADA", text="x", blocks=[actions(button())]
    )
    [message] = slack.ephemerals("UADA")
    await slack.click(message, action_id="go", user="UADA")
    payload = recorder.last.payload
    assert payload["container"]["is_ephemeral"] is True
    assert "message" not in payload
    with pytest.raises(ValueError, match="UGRACE sees no message"):
        await slack.click(message, action_id="go", user="UGRACE")


async def test_a_button_that_is_gone_cannot_be_pressed(
    slack: SlackSandbox, recorder: Recorder, client: AsyncWebClient
) -> None:
    message = await _posted(slack, client, button())
    await client.chat_update(channel="CTRAIN", ts=message.ts, text="done", blocks=[])
    with pytest.raises(ValueError, match="nothing called 'go' is there"):
        await slack.click(message, action_id="go")
    assert recorder.received == []


async def test_suggestions_are_asked_for_and_then_chosen(
    slack: SlackSandbox, recorder: Recorder, client: AsyncWebClient
) -> None:
    menu = {"type": "external_select", "action_id": "find", "min_query_length": 1}
    message = await _posted(slack, client, menu)
    assert (await slack.options(message, action_id="find", query="")).status is None

    recorder.answers.append(web.json_response({"options": OPTIONS}))
    outcome = await slack.options(message, action_id="find", query="on")
    payload = recorder.last.payload
    assert (payload["type"], payload["value"]) == ("block_suggestion", "on")
    assert (payload["action_id"], payload["block_id"]) == ("find", "menu")
    assert outcome.options == OPTIONS

    await slack.click(message, action_id="find", value="b")
    assert recorder.last.payload["actions"][0]["selected_option"] == OPTIONS[1]
    with pytest.raises(ValueError, match="offers no option"):
        await slack.click(message, action_id="find", value="z")


async def test_suggestions_beyond_slacks_limits_are_refused(
    slack: SlackSandbox, recorder: Recorder, client: AsyncWebClient
) -> None:
    menu = {"type": "external_select", "action_id": "find", "min_query_length": 0}
    message = await _posted(slack, client, menu)
    many = [{"text": plain(str(n)), "value": str(n)} for n in range(101)]
    recorder.answers.append(web.json_response({"options": many}))
    outcome = await slack.options(message, action_id="find")
    assert "no more than 100 items" in outcome.error
    assert outcome.options == []


async def test_a_global_shortcut_has_no_channel(slack: SlackSandbox, recorder: Recorder) -> None:
    await slack.shortcut("get_report", user="ULIN")
    payload = recorder.last.payload
    assert (payload["type"], payload["callback_id"]) == ("shortcut", "get_report")
    assert payload["trigger_id"]
    assert payload.keys().isdisjoint({"channel", "response_url"})


async def test_a_message_shortcut_carries_the_whole_message(
    slack: SlackSandbox, recorder: Recorder, client: AsyncWebClient
) -> None:
    message = await _posted(slack, client, button())
    await slack.message_shortcut("export_data", message=message, user="ULIN")
    payload = recorder.last.payload
    assert (payload["type"], payload["callback_id"]) == ("message_action", "export_data")
    assert payload["message_ts"] == message.ts
    assert payload["message"]["blocks"][0]["block_id"] == "menu"
    assert payload["message"]["metadata"]["event_payload"] == {"id": "1"}
    assert payload["response_url"]


async def test_a_shortcut_that_is_not_declared_is_not_there(
    slack: SlackSandbox, recorder: Recorder
) -> None:
    assert (await slack.shortcut("export_data")).error == "invalid_shortcut"
    assert recorder.received == []


async def test_an_organisation_is_named_in_every_payload(slack: SlackSandbox) -> None:
    recorder = Recorder()
    identity = Identity(enterprise_id="E1", enterprise_name="Lumen Group")
    async with (
        SlackSandbox(clock=slack.clock, identity=identity) as other,
        served(recorder.app()) as root,
    ):
        other.connect(f"{root}/slack/events")
        await other.command("/anything")
        assert recorder.last.form["enterprise_id"] == "E1"
        await other.shortcut("anything")
        assert recorder.last.payload["enterprise"] == {"id": "E1", "name": "Lumen Group"}
