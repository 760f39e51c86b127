"""The first words in a channel, and the Home tab."""

from sandbox.slack.people import PARTNER
from tests.asking.seeing import interactive
from tests.stage import Stage
from tests.talk.dead_ends import failures


async def test_a_channel_is_greeted_once(stage: Stage) -> None:
    for _ in range(2):
        await stage.slack.invite("CRANDOM")
        await stage.settle()

    [said] = stage.said("CRANDOM")
    assert said.text.startswith("Hello! Here is what I can do in this channel.")
    assert len(list(interactive(said.blocks))) == 3


async def test_no_button_of_the_greeting_is_a_dead_end(known: Stage) -> None:
    await known.slack.invite("CRANDOM")
    await known.settle()

    [said] = known.said("CRANDOM")
    for each in interactive(said.blocks):
        outcome = await known.slack.click(said, action_id=each["action_id"])
        await known.settle()
        label = each["text"]["text"]
        assert (label, outcome.status, outcome.error) == (label, 200, "")
        assert await failures(known) == []
    assert len(known.said("CRANDOM")) + len(known.slack.ephemerals("UADA")) == 1 + 3


async def test_where_others_read_along_who_invited_the_bot_is_greeted_alone(stage: Stage) -> None:
    await stage.slack.admin.share("CRANDOM", PARTNER)
    await stage.slack.invite("CRANDOM")
    await stage.settle()

    assert stage.said("CRANDOM") == []
    [said] = stage.slack.ephemerals("UADA")
    assert said.text.startswith("Hello!")


async def test_without_knowing_who_invited_it_only_an_own_channel_is_greeted(stage: Stage) -> None:
    bot, team = stage.slack.bot_user_id, stage.slack.team_id
    for channel in ("CTRAIN", "CSHARED"):
        event = {"type": "member_joined_channel", "user": bot, "channel": channel, "team": team}
        await stage.slack.event({**event, "channel_type": "C"})
        await stage.settle()

    assert [len(stage.said(each)) for each in ("CTRAIN", "CSHARED")] == [1, 0]


async def test_somebody_else_who_joins_is_not_greeted(stage: Stage) -> None:
    event = {"type": "member_joined_channel", "user": "UGRACE", "channel": "CTRAIN"}
    await stage.slack.event({**event, "channel_type": "C", "inviter": "UADA"})
    await stage.settle()

    assert stage.said() == []


async def test_the_messages_tab_publishes_nothing(stage: Stage) -> None:
    await stage.slack.open_home(user="UADA", tab="messages")
    await stage.settle()

    assert stage.slack.home_of("UADA") is None
