"""The buttons of a card do what those of messages do, for those who may."""

import json

from sandbox.slack import Message
from tests.links.steps import ROOT, card, paste, rule
from tests.stage import Stage

LINK = f"{ROOT}/flows/flow_onb001"


def _action(message: Message, label: str) -> tuple[str, str]:
    [row] = [each for each in card(message, LINK)["blocks"] if each["type"] == "actions"]
    found = next(one for one in row["elements"] if one["text"]["text"] == label)
    return found["action_id"], found["value"]


async def _pasted(stage: Stage) -> Message:
    await rule(stage, "momoflow_flow")
    return await paste(stage, LINK)


async def test_report_is_answered_in_the_channel(stage: Stage) -> None:
    message = await _pasted(stage)
    action, value = _action(message, "Report")

    await stage.slack.links.press(message, LINK, action_id=action, user="ULIN", value=value)
    await stage.settle()

    [said] = stage.said("CTRAIN")
    assert said.text.startswith("5 people are overdue in Onboarding")


async def test_a_double_click_reports_once(stage: Stage) -> None:
    message = await _pasted(stage)
    action, value = _action(message, "Report")

    for _ in range(2):
        await stage.slack.links.press(message, LINK, action_id=action, user="ULIN", value=value)
    await stage.settle()

    assert len(stage.said("CTRAIN")) == 1


async def test_subscribe_opens_the_form_about_the_thing_in_this_channel(stage: Stage) -> None:
    message = await _pasted(stage)
    action, value = _action(message, "Subscribe here")

    await stage.slack.links.press(message, LINK, action_id=action, user="UADA", value=value)
    await stage.settle()

    view = stage.slack.view_of("UADA")
    assert view is not None
    assert "Onboarding" in json.dumps(view.raw)
    assert "CTRAIN" in json.dumps(view.raw)


async def test_a_guest_is_told_why_a_card_offers_them_nothing(stage: Stage) -> None:
    message = await _pasted(stage)
    action, value = _action(message, "Subscribe here")

    await stage.slack.links.press(message, LINK, action_id=action, user="UGUEST", value=value)
    await stage.settle()

    view = stage.slack.view_of("UGUEST")
    assert view is not None
    assert "Guests cannot order digests" in json.dumps(view.raw)


async def test_run_opens_the_form_of_the_flow(stage: Stage) -> None:
    await rule(stage, "smart_flow", "/flows/{id}")
    flows = next(each for each in stage.bot.wirings if "smart_flow" in each.linked)
    [flow, *_] = (await flows.connection.client.flows()).rows
    link = f"{ROOT}/flows/{flow.id}"
    message = await paste(stage, link)
    [row] = [each for each in card(message, link)["blocks"] if each["type"] == "actions"]
    run = row["elements"][-1]

    await stage.slack.links.press(
        message, link, action_id=run["action_id"], user="UADA", value=run["value"]
    )
    await stage.settle()

    view = stage.slack.view_of("UADA")
    assert view is not None
    assert view.callback_id == "run_smart_flow"
