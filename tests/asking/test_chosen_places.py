"""A conversation that is chosen in a form: one that the person is in."""

import pytest

from tests.stage import Stage

NOT_THERE = "You are not in that channel. Choose one that you are in."


async def send(stage: Stage, channel: str, *, user: str = "ULIN") -> None:
    """Ask for a report into a channel by the form, as a forged request would."""
    await stage.slack.shortcut("get_training_report", user=user)
    form = stage.slack.view_of(user)
    assert form is not None
    values = {"flow": {"flow": "onboarding"}, "conversation": {"conversation": channel}}
    outcome = await stage.slack.submit(form, values=values, user=user)
    assert outcome.errors == {}
    await stage.settle()


async def test_a_private_channel_must_be_ones_own(stage: Stage) -> None:
    stage.slack.admin.add_app("GLEADS")
    await send(stage, "GLEADS")

    assert stage.said("GLEADS") == []
    assert stage.whispered("ULIN") == [NOT_THERE]

    await send(stage, "GLEADS", user="UGRACE")
    assert len(stage.said("GLEADS")) == 1


async def test_nobody_elses_direct_messages_can_be_written_to(stage: Stage) -> None:
    other = stage.slack.workspace.direct_message("UADA").id
    await send(stage, other)

    assert stage.said(other) == []
    assert stage.whispered("ULIN") == [NOT_THERE]


@pytest.mark.parametrize("channel", ["CTRAIN", "CFIELD"])
async def test_a_public_channel_is_open_to_every_member(stage: Stage, channel: str) -> None:
    await send(stage, channel)

    assert len(stage.said(channel)) == 1


async def test_while_slack_does_not_tell_who_is_there_nothing_is_posted(stage: Stage) -> None:
    stage.slack.admin.add_app("GLEADS")
    stage.slack.refuse("conversations.members", error="fatal_error", times=1000)
    await send(stage, "GLEADS", user="UGRACE")
    await stage.after(minutes=3)

    assert stage.said("GLEADS") == []
    assert "who reads this channel" in stage.whispered("UGRACE")[0]
