"""A link that is pasted where people talk with Flowbot is answered by its card."""

from tests.links.steps import ROOT, card, paste, rule, words
from tests.stage import Stage

LINK = f"{ROOT}/flows/flow_onb001"


async def test_a_link_in_direct_messages_is_answered_by_its_card_alone(stage: Stage) -> None:
    await rule(stage, "momoflow_flow")

    message = await paste(stage, f"look {LINK}", channel=_direct(stage))

    assert words(card(message, LINK)).startswith("Onboarding")
    assert stage.said("DADA") == []
    assert len(stage.momoflow.calls) == 1


async def test_a_link_that_shows_nothing_is_answered_in_words(stage: Stage) -> None:
    await rule(stage, "momoflow_flow")

    await paste(stage, f"{ROOT}/flows/flow_nobody1", channel=_direct(stage))
    await paste(stage, "https://flows.example.com/elsewhere/1", channel=_direct(stage))

    said = stage.said("DADA")
    assert ["I didn't understand that" in each.text for each in said] == [True, True]


def _direct(stage: Stage) -> str:
    return stage.slack.workspace.direct_message("UADA").id
