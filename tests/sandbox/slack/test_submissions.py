"""Modals submitted: what the app receives, what Slack refuses itself, what the answer does."""

from typing import Any

import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import SlackSandbox
from tests.sandbox.slack.apps import Recorder, modal, plain, text_input
from tests.sandbox.slack.modals import opened

Json = dict[str, Any]


async def test_a_submission_carries_the_whole_view(
    slack: SlackSandbox, recorder: Recorder, client: AsyncWebClient
) -> None:
    view = await opened(slack, recorder, client, modal(text_input(), private_metadata="hidden"))
    outcome = await slack.submit(view, values={"name": {"value": "Ada"}})
    payload = recorder.last.payload
    assert outcome.status == 200
    assert payload["type"] == "view_submission"
    assert payload["user"] == {
        "id": "UADA",
        "username": "ada",
        "name": "ada",
        "team_id": slack.team_id,
    }
    assert payload["response_urls"] == []
    shown = payload["view"]
    assert shown["callback_id"] == "form"
    assert shown["private_metadata"] == "hidden"
    assert shown["state"]["values"] == {
        "name": {"value": {"type": "plain_text_input", "value": "Ada"}}
    }


def _input(element: Json, **more: Any) -> Json:
    return text_input(**more) | {"element": {"action_id": "value", **element}}


OPTIONS = [{"text": plain("A"), "value": "a"}, {"text": plain("B"), "value": "b"}]


@pytest.mark.parametrize(
    ("element", "given", "held"),
    [
        (
            {"type": "static_select", "options": OPTIONS},
            "b",
            {"type": "static_select", "selected_option": OPTIONS[1]},
        ),
        (
            {"type": "multi_static_select", "options": OPTIONS},
            ["a", "b"],
            {"type": "multi_static_select", "selected_options": OPTIONS},
        ),
        (
            {"type": "checkboxes", "options": OPTIONS},
            ["a"],
            {"type": "checkboxes", "selected_options": [OPTIONS[0]]},
        ),
        (
            {"type": "radio_buttons", "options": OPTIONS, "initial_option": OPTIONS[0]},
            "b",
            {"type": "radio_buttons", "selected_option": OPTIONS[1]},
        ),
        (
            {"type": "datepicker"},
            "2026-03-02",
            {"type": "datepicker", "selected_date": "2026-03-02"},
        ),
        ({"type": "timepicker"}, "09:00", {"type": "timepicker", "selected_time": "09:00"}),
        (
            {"type": "datetimepicker"},
            1772438400,
            {"type": "datetimepicker", "selected_date_time": 1772438400},
        ),
        (
            {"type": "users_select"},
            "UGRACE",
            {"type": "users_select", "selected_user": "UGRACE"},
        ),
        (
            {"type": "multi_users_select"},
            ["UGRACE"],
            {"type": "multi_users_select", "selected_users": ["UGRACE"]},
        ),
        (
            {"type": "number_input", "is_decimal_allowed": True},
            "2.5",
            {"type": "number_input", "value": "2.5"},
        ),
    ],
)
async def test_every_input_comes_in_its_own_shape(
    slack: SlackSandbox,
    recorder: Recorder,
    client: AsyncWebClient,
    element: Json,
    given: Any,
    held: Json,
) -> None:
    view = await opened(slack, recorder, client, modal(_input(element)))
    await slack.submit(view, values={"name": {"value": given}})
    assert recorder.last.payload["view"]["state"]["values"]["name"]["value"] == held


@pytest.mark.parametrize(
    ("element", "given", "words"),
    [
        ({"type": "plain_text_input"}, None, "required"),
        ({"type": "plain_text_input", "min_length": 3}, "ab", "at least 3"),
        ({"type": "plain_text_input", "max_length": 3}, "abcd", "at most 3"),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "whole number"),
        ({"type": "number_input", "is_decimal_allowed": False, "max_value": "9"}, "10", "most 9"),
        ({"type": "number_input", "is_decimal_allowed": False}, "ten", "a number"),
        ({"type": "email_text_input"}, "ada", "email"),
        ({"type": "url_text_input"}, "example", "URL"),
        (
            {"type": "multi_static_select", "options": OPTIONS, "max_selected_items": 1},
            ["a", "b"],
            "at most 1",
        ),
    ],
)
async def test_slack_itself_refuses_a_wrong_input_without_asking_the_app(
    slack: SlackSandbox,
    recorder: Recorder,
    client: AsyncWebClient,
    element: Json,
    given: Any,
    words: str,
) -> None:
    view = await opened(slack, recorder, client, modal(_input(element)))
    before = len(recorder.received)
    outcome = await slack.submit(view, values={"name": {"value": given}})
    assert words in outcome.errors["name"]
    assert len(recorder.received) == before


async def test_an_optional_input_may_stay_empty(
    slack: SlackSandbox, recorder: Recorder, client: AsyncWebClient
) -> None:
    view = await opened(slack, recorder, client, modal(text_input(optional=True)))
    assert (await slack.submit(view)).status == 200


async def test_an_option_that_is_not_there_cannot_be_chosen(
    slack: SlackSandbox, recorder: Recorder, client: AsyncWebClient
) -> None:
    element = {"type": "static_select", "options": OPTIONS}
    view = await opened(slack, recorder, client, modal(_input(element)))
    with pytest.raises(ValueError, match="offers no option 'c'"):
        await slack.submit(view, values={"name": {"value": "c"}})


@pytest.mark.parametrize(
    ("answer", "titles"),
    [
        ({"response_action": "update", "view": modal(title=plain("Next"))}, ["Next"]),
        ({"response_action": "push", "view": modal(title=plain("Next"))}, ["Next", "A form"]),
        ({"response_action": "clear"}, []),
        (None, []),
    ],
)
async def test_a_response_action_is_carried_out(
    slack: SlackSandbox,
    recorder: Recorder,
    client: AsyncWebClient,
    answer: Json | None,
    titles: list[str],
) -> None:
    view = await opened(slack, recorder, client, modal())
    recorder.answers.append(web.json_response(answer) if answer else web.Response())
    outcome = await slack.submit(view)
    assert outcome.error == ""
    seen = []
    while (top := slack.view_of("UADA")) is not None:
        seen.append(top.title)
        await slack.close_view(top)
    assert seen == titles


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({"response_action": "errors", "errors": {"nowhere": "x"}}, "invalid_response_errors"),
        ({"response_action": "explode"}, "invalid_response_action"),
        ({"response_action": "update", "view": {"type": "modal"}}, "invalid_arguments"),
    ],
)
async def test_an_answer_that_slack_cannot_use_is_trouble_for_the_person(
    slack: SlackSandbox, recorder: Recorder, client: AsyncWebClient, answer: Json, error: str
) -> None:
    view = await opened(slack, recorder, client, modal(text_input()))
    recorder.answers.append(web.json_response(answer))
    outcome = await slack.submit(view, values={"name": {"value": "x"}})
    assert (outcome.error, outcome.text) == (error, "We had some trouble connecting. Try again?")
    assert slack.view_of("UADA") is not None


async def test_a_conversation_select_can_bring_response_urls_and_the_current_channel(
    slack: SlackSandbox, recorder: Recorder, client: AsyncWebClient
) -> None:
    await slack.command("/flow", user="UADA", channel="CFIELD")
    element = {
        "type": "conversations_select",
        "default_to_current_conversation": True,
        "response_url_enabled": True,
    }
    trigger = recorder.last.form["trigger_id"]
    await client.views_open(trigger_id=trigger, view=modal(_input(element)))
    view = slack.view_of("UADA")
    assert view is not None
    await slack.submit(view)
    [answer] = recorder.last.payload["response_urls"]
    assert (answer["block_id"], answer["channel_id"]) == ("name", "CFIELD")
    assert answer["response_url"].startswith(slack.url)
