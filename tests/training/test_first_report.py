"""Training reports, typed into Slack and answered over HTTP."""

from tests.asking.seeing import words
from tests.stage import Stage


async def test_a_report_is_posted_in_the_channel_where_it_was_asked_for(stage: Stage) -> None:
    outcome = await stage.command("/flow-report onboarding last-30d")

    assert outcome.status == 200
    assert outcome.text == ""
    [message] = stage.said("CTRAIN")
    assert "in Onboarding (" in message.text
    assert "Assigned 25 Oct\N{EN DASH}23 Nov · " in words(message)
    kinds = [block["type"] for block in message.blocks]
    assert "data_table" in kinds
    assert "data_visualization" not in kinds
    assert message.pages == ()
