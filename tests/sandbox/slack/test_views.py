"""Modals and Home: opened, pushed, updated, closed."""

from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import SandboxClock
from sandbox.slack import SlackSandbox
from tests.sandbox.slack.apps import (
    Recorder,
    actions,
    button,
    code,
    modal,
    plain,
    refusal,
    section,
    text_input,
)
from tests.sandbox.slack.modals import opened, triggered

Json = dict[str, Any]


async def test_a_trigger_works_once_within_three_seconds(
    slack: SlackSandbox, recorder: Recorder, client: AsyncWebClient, clock: SandboxClock
) -> None:
    view = modal(text_input())
    assert await code(client.views_open(trigger_id="1.2.x", view=view)) == "invalid_trigger_id"
    first = await triggered(slack, recorder)
    await client.views_open(trigger_id=first, view=view)
    assert await code(client.views_open(trigger_id=first, view=view)) == "exchanged_trigger_id"
    second = await triggered(slack, recorder)
    clock.advance(seconds=3.1)
    assert await code(client.views_open(trigger_id=second, view=view)) == "expired_trigger_id"


async def test_a_wrong_view_says_where_it_is_wrong(
    slack: SlackSandbox, recorder: Recorder, client: AsyncWebClient
) -> None:
    trigger = await triggered(slack, recorder)
    view = modal(title=plain("x" * 25))
    refused = await refusal(client.views_open(trigger_id=trigger, view=view))
    assert refused["error"] == "invalid_arguments"
    assert refused["response_metadata"]["messages"] == [
        "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
    ]
    await client.views_open(trigger_id=trigger, view=modal())


async def test_a_view_may_hold_250_kilobytes(
    slack: SlackSandbox, recorder: Recorder, client: AsyncWebClient
) -> None:
    view = modal(*[section("x" * 3000)] * 90)
    call = client.views_open(trigger_id=await triggered(slack, recorder), view=view)
    assert await code(call) == "view_too_large"


async def test_two_modals_can_be_pushed_and_no_more(
    slack: SlackSandbox, recorder: Recorder, client: AsyncWebClient
) -> None:
    view = modal(actions(button("more")))
    top = await opened(slack, recorder, client, view)
    for _ in range(2):
        await slack.click(top, action_id="more")
        trigger = recorder.last.payload["trigger_id"]
        pushed = await client.views_push(trigger_id=trigger, view=view)
        assert pushed["view"]["previous_view_id"] == top.id
        found = slack.view_of("UADA")
        assert found is not None
        top = found
    await slack.click(top, action_id="more")
    trigger = recorder.last.payload["trigger_id"]
    assert await code(client.views_push(trigger_id=trigger, view=view)) == "push_limit_reached"

    await slack.close_view(top)
    below = slack.view_of("UADA")
    assert below is not None
    assert below.id == top.previous_view_id


async def test_an_update_keeps_what_was_typed_and_checks_the_hash(
    slack: SlackSandbox, recorder: Recorder, client: AsyncWebClient
) -> None:
    view = await opened(slack, recorder, client, modal(text_input(), callback_id="one"))
    await slack.click(view, action_id="value", value="typed")
    answer = await client.views_update(
        view_id=view.id, hash=view.hash, view=modal(text_input(), text_input("other"))
    )
    values = answer["view"]["state"]["values"]
    assert values["name"]["value"]["value"] == "typed"
    assert values["other"]["value"]["value"] is None

    stale = client.views_update(view_id=view.id, hash=view.hash, view=modal())
    assert await code(stale) == "hash_conflict"


async def test_a_closed_view_is_not_found(
    slack: SlackSandbox, recorder: Recorder, client: AsyncWebClient
) -> None:
    view = await opened(slack, recorder, client, modal(external_id="mine"))
    await client.views_update(external_id="mine", view=modal(external_id="mine"))
    await slack.close_view(view)
    assert await code(client.views_update(view_id=view.id, view=modal())) == "not_found"
    assert await code(client.views_update(external_id="mine", view=modal())) == "not_found"


async def test_the_app_hears_of_closing_when_it_asked_to(
    slack: SlackSandbox, recorder: Recorder, client: AsyncWebClient
) -> None:
    silent = await opened(slack, recorder, client, modal())
    assert (await slack.close_view(silent)).status is None
    view = await opened(slack, recorder, client, modal(notify_on_close=True))
    await slack.close_view(view, everything=True)
    payload = recorder.last.payload
    assert (payload["type"], payload["is_cleared"]) == ("view_closed", True)
    assert payload["view"]["id"] == view.id


async def test_home_is_published_for_one_person_and_guarded_by_its_hash(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    view = {"type": "home", "blocks": [section("Hello")]}
    first = await client.views_publish(user_id="UADA", view=view)
    await client.views_publish(user_id="UADA", view=view, hash=first["view"]["hash"])
    stale = client.views_publish(user_id="UADA", view=view, hash=first["view"]["hash"])
    assert await code(stale) == "hash_conflict"
    assert slack.home_of("UADA") is not None
    assert slack.home_of("UGRACE") is None
    assert await code(client.views_publish(user_id="UX", view=view)) == "invalid_arguments"
