"""The pane of a Work Object: more than the card, for the one who opens it, by their own rights."""

from typing import Any

from sandbox.slack import Message
from tests.links.steps import ROOT, calls, card, current, paste, rule, words
from tests.stage import Stage

LINK = f"{ROOT}/flows/flow_onb001"


async def _opened(stage: Stage, message: Message, *, user: str = "UADA", url: str = LINK) -> Any:
    await stage.slack.links.open_pane(message, url, user=user)
    await stage.settle()
    pane = stage.slack.links.pane(url, user=user)
    assert pane is not None
    return pane


async def _pasted(stage: Stage) -> Message:
    await rule(stage, "momoflow_flow")
    return await paste(stage, LINK)


def _facts(pane: Any) -> dict[str, Any]:
    fields = pane.entity["entity_payload"]["custom_fields"]
    return {each["label"]: each["value"] for each in fields}


async def test_it_shows_who_is_overdue_and_the_next_date(stage: Stage) -> None:
    message = await _pasted(stage)

    facts = _facts(await _opened(stage, message))

    assert facts["Now"] == "5 people are overdue; 25 of 45 done (56%)."
    assert "@example.com" in facts["Overdue"]
    assert isinstance(facts["Next assignment"], int)
    assert len(stage.momoflow.calls) == 1
    assert "@" not in words(card(current(stage, message), LINK))


async def test_it_offers_the_same_as_the_card(stage: Stage) -> None:
    message = await _pasted(stage)

    pane = await _opened(stage, message)

    offered = pane.entity["entity_payload"]["actions"]["primary_actions"]
    assert [each["text"] for each in offered] == ["Report", "Subscribe here"]
    await stage.slack.links.press_in_pane(LINK, text="Report", user="UADA")
    await stage.settle()
    [said] = stage.said("DADA")
    assert said.text.startswith("5 people are overdue in Onboarding")


async def test_a_guest_who_may_ask_sees_it_alone_and_without_orders(stage: Stage) -> None:
    message = await _pasted(stage)

    pane = await _opened(stage, message, user="UGUEST")

    offered = pane.entity["entity_payload"]["actions"]["primary_actions"]
    assert [each["text"] for each in offered] == ["Report"]


async def test_who_may_not_ask_is_told_so_in_the_pane(stage: Stage) -> None:
    message = await _pasted(stage)
    await stage.command("/flow policy ask only @ada")

    pane = await _opened(stage, message, user="ULIN")

    assert pane.error["status"] == "restricted"
    assert "An admin decided that" in pane.error["custom_message"]
    assert not pane.entity


async def test_a_service_that_is_down_is_told_of_in_the_pane_alone(stage: Stage) -> None:
    message = await _pasted(stage)
    stage.clock.advance(seconds=180)
    stage.momoflow.set_switch("answer_429", 50)

    pane = await _opened(stage, message)

    assert pane.error["status"] == "custom_partial_view"
    assert "MomoFlow" in pane.error["custom_message"]
    assert stage.said("CTRAIN") == []


async def test_a_slow_service_is_said_to_be_slow_within_the_triggers_time(stage: Stage) -> None:
    message = await _pasted(stage)
    stage.clock.advance(seconds=180)
    stage.momoflow.set_switch("silent", 1)

    pane = await _opened(stage, message)

    assert pane.error["status"] == "custom_partial_view"
    assert pane.error["custom_message"].startswith("MomoFlow takes long to answer.")


async def test_the_card_is_renewed_beside_a_pane_that_is_opened(stage: Stage) -> None:
    message = await _pasted(stage)
    before = card(message, LINK)["entity"]["entity_payload"]["attributes"]
    stage.clock.advance(seconds=600)

    await _opened(stage, message)

    after = card(current(stage, message), LINK)["entity"]["entity_payload"]["attributes"]
    assert after["metadata_last_modified"] > before["metadata_last_modified"]
    assert len(calls(stage, "chat.unfurl")) == 2


async def test_without_a_reference_the_link_says_what_it_is(stage: Stage) -> None:
    await rule(stage, "momoflow_flow")
    message = await paste(stage, LINK)
    entity = card(message, LINK)["entity"]
    entity["external_ref"] = {"id": "", "type": ""}

    assert _facts(await _opened(stage, message))["Now"].startswith("5 people")


async def test_a_pane_that_comes_too_late_is_left(stage: Stage) -> None:
    message = await _pasted(stage)
    await stage.slack.links.open_pane(message, LINK, user="UADA")
    stage.clock.advance(seconds=4)
    await stage.settle()

    assert stage.slack.links.pane(LINK, user="UADA") is None
    assert calls(stage, "entity.presentDetails") == []


async def test_a_repeated_event_presents_once(stage: Stage) -> None:
    message = await _pasted(stage)
    await stage.slack.links.open_pane(message, LINK, user="UADA", redeliver=2)
    await stage.settle()

    assert len(calls(stage, "entity.presentDetails")) == 1


async def test_a_pane_of_a_link_that_means_nothing_any_more_says_so(stage: Stage) -> None:
    message = await _pasted(stage)
    await stage.bot.parts.database.execute("DELETE FROM link_rules WHERE workspace = :workspace")
    entity = card(message, LINK)["entity"]
    entity["external_ref"] = {"id": "", "type": ""}

    pane = await _opened(stage, message)

    assert pane.error["custom_title"] == "I can't show this"
    assert "I don't know what this link leads to" in pane.error["custom_message"]
