"""What goes wrong makes no noise in the channel: nobody asked for a card."""

import pytest

from tests.links.steps import ROOT, calls, card, current, paste, rule, words
from tests.stage import Stage

LINK = f"{ROOT}/flows/flow_onb001"


async def _quiet(stage: Stage) -> None:
    assert stage.said("CTRAIN") == []
    assert stage.whispered() == []


@pytest.mark.parametrize("fault", ["answer_502", "drop", "answer_html", "answer_429"])
async def test_a_service_that_is_down_shows_nothing(stage: Stage, fault: str) -> None:
    await rule(stage, "momoflow_flow")
    stage.momoflow.set_switch(fault, 50)

    message = await paste(stage, LINK)

    assert message.attachments == ()
    await _quiet(stage)


async def test_of_two_services_the_one_that_answers_is_shown(stage: Stage) -> None:
    await rule(stage, "momoflow_flow")
    await rule(stage, "saferme_channel", "/c/{id}")
    stage.momoflow.set_switch("answer_502", 50)
    channel = f"{ROOT}/c/501"

    message = await paste(stage, f"{LINK} {channel}")

    assert [each["app_unfurl_url"] for each in message.attachments] == [channel]
    await _quiet(stage)


async def test_an_id_that_nobody_knows_is_asked_for_once(stage: Stage) -> None:
    await rule(stage, "momoflow_flow")
    unknown = f"{ROOT}/flows/flow_nobody1"

    for _ in range(3):
        assert (await paste(stage, unknown)).attachments == ()

    assert len(stage.momoflow.calls) == 1
    await _quiet(stage)


async def test_an_answer_that_comes_before_slack_knows_of_the_ack_is_repeated(
    stage: Stage,
) -> None:
    await rule(stage, "momoflow_flow")
    stage.slack.refuse("chat.unfurl", error="cannot_unfurl_url")

    message = await paste(stage, LINK)

    assert words(card(message, LINK)).startswith("Onboarding")
    assert len(stage.momoflow.calls) == 1


async def test_slack_asks_for_patience_and_gets_it(stage: Stage) -> None:
    await rule(stage, "momoflow_flow")
    stage.slack.disturb("chat.unfurl", kind="rate_limited", seconds=30)

    said = await paste(stage, LINK)
    assert said.attachments == ()
    await stage.after(seconds=35)

    assert current(stage, said).attachments


async def test_where_work_objects_are_not_switched_on_the_cards_come_without(
    stage: Stage,
) -> None:
    await rule(stage, "momoflow_flow")
    stage.slack.refuse("chat.unfurl", error="invalid_metadata_format")

    shown = card(await paste(stage, LINK), LINK)

    assert "entity" not in shown
    assert len(calls(stage, "chat.unfurl")) == 2


async def test_slack_that_refuses_for_good_is_asked_three_times_at_most(stage: Stage) -> None:
    await rule(stage, "momoflow_flow")
    stage.slack.refuse("chat.unfurl", error="cannot_unfurl_url", times=9)

    message = await paste(stage, LINK)
    await stage.after(minutes=5)

    assert current(stage, message).attachments == ()
    assert len(calls(stage, "chat.unfurl")) == 3
    await _quiet(stage)
