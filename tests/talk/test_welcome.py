"""The first words in a channel, and the Home tab."""

from sandbox.slack.people import PARTNER
from tests.asking.seeing import interactive, words
from tests.stage import Stage


async def test_a_channel_is_greeted_once(stage: Stage) -> None:
    for _ in range(2):
        await stage.slack.invite("CRANDOM")
        await stage.settle()

    [said] = stage.said("CRANDOM")
    assert said.text.startswith("Hello! Here is what I can do in this channel.")
    assert len(list(interactive(said.blocks))) == 3


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


async def test_home_shows_what_can_be_done_and_ones_digests(known: Stage) -> None:
    await known.command("/flow subscribe report onboarding weekdays 09:00")
    await known.slack.open_home(user="UADA")
    await known.settle()

    home = known.slack.home_of("UADA")
    assert home is not None
    assert "What I can do here" in words(home)
    assert "Onboarding" in words(home).partition("My digests")[2]


async def test_home_shows_ones_last_runs(known: Stage) -> None:
    await known.command('/flow-run "Invoice run"')
    await known.after(seconds=30)
    await known.slack.open_home(user="UADA")
    await known.slack.open_home(user="UGRACE")
    await known.settle()

    home, other = known.slack.home_of("UADA"), known.slack.home_of("UGRACE")
    assert home is not None
    assert "Invoice run: " in words(home).partition("My last runs")[2]
    assert other is not None
    assert "My last runs" not in words(other)


async def test_each_button_of_home_is_answered_directly(known: Stage) -> None:
    await known.slack.open_home(user="UADA")
    await known.settle()
    home = known.slack.home_of("UADA")
    assert home is not None

    direct = known.slack.workspace.direct_message("UADA").id
    rows = [each for each in home.blocks if each["type"] == "actions"]
    assert rows
    for block in rows:
        for element in block["elements"]:
            before = told_directly(known, direct)
            action, row = element["action_id"], block["block_id"]
            outcome = await known.slack.click(home, action_id=action, block_id=row)
            await known.settle()
            assert (outcome.status, outcome.error) == (200, "")
            assert told_directly(known, direct) > before, element["text"]["text"]
            assert known.said() == []


def told_directly(stage: Stage, direct: str) -> int:
    private = [each for each in stage.slack.ephemerals("UADA") if each.channel == direct]
    return len(stage.said(direct)) + len(private)


async def test_home_is_not_written_for_each_of_many_openings(stage: Stage) -> None:
    for _ in range(5):
        await stage.slack.open_home(user="UADA")
    await stage.settle()
    published = [each for each in stage.slack.calls if each.method == "views.publish"]
    assert len(published) == 1

    await stage.after(seconds=20)
    await stage.slack.open_home(user="UADA")
    await stage.settle()
    assert len([each for each in stage.slack.calls if each.method == "views.publish"]) == 2


async def test_the_messages_tab_publishes_nothing(stage: Stage) -> None:
    await stage.slack.open_home(user="UADA", tab="messages")
    await stage.settle()

    assert stage.slack.home_of("UADA") is None


async def test_home_waits_as_long_as_slack_wants(stage: Stage) -> None:
    stage.slack.disturb("views.publish", kind="rate_limited", seconds=3)
    await stage.slack.open_home(user="UADA")
    await stage.settle()

    assert stage.slack.home_of("UADA") is not None
