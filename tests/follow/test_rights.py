"""Whose right it is to be told: looked up anew each time, and lost rights tell nothing."""

from datetime import timedelta

from tests.asking.seeing import words
from tests.digests.people import stand
from tests.follow.people import DAY, NINE, OVERDUE, last, told
from tests.stage import Stage

MONTH = 20
NEWS = "Onboarding: overdue 5, 1 more."
FAR = timedelta(minutes=11)
"""After so long nothing is remembered of a person."""


async def follow(stage: Stage, user: str = "UADA", line: str = OVERDUE) -> None:
    stand(stage, done=1, late=4)
    await stage.command(line, user=user)
    stand(stage, done=1, late=5)
    stage.clock.advance(seconds=FAR.total_seconds())


async def rows(stage: Stage) -> int:
    found = await stage.rows("SELECT id FROM follows")
    return len(found) + len(await stage.rows("SELECT person FROM followers"))


async def test_who_became_a_guest_is_told_no_figure_and_why_once(stage: Stage) -> None:
    await follow(stage)
    await stage.slack.admin.change_person("UADA", is_restricted=True, told=False)
    for day in range(3):
        await stage.at(NINE + day * DAY)

    why = "Guests cannot follow figures. Ask a full member of the workspace."
    assert told(stage) == [f"{why} I keep what you follow, and go on as soon as you may again."]
    await stage.slack.admin.change_person("UADA", is_restricted=False)
    await stage.at(NINE + 3 * DAY)
    assert told(stage)[1:] == [NEWS]


async def test_who_may_not_see_figures_any_more_is_told_none(stage: Stage) -> None:
    await follow(stage, "UGRACE")
    await stage.command("/flow policy ask not <@UGRACE|grace>")
    for hours in range(30):
        await stage.at(NINE + timedelta(hours=hours))

    [why] = told(stage, "UGRACE")
    assert why.startswith("An admin decided that you can't see figures and lists.")
    await stage.command("/flow following", user="UGRACE")
    assert "overdue" not in stage.whispered("UGRACE")[-1]
    await stage.command("/flow unfollow all", user="UGRACE")  # which takes no right
    assert await rows(stage) == 0


async def test_while_slack_does_not_say_who_somebody_is_nothing_is_told(stage: Stage) -> None:
    await follow(stage)
    stage.slack.refuse("users.info", error="fatal_error", times=4)
    await stage.at(NINE)
    assert told(stage) == []
    for minutes in range(1, 15):
        await stage.at(NINE + timedelta(minutes=minutes))

    assert told(stage) == [NEWS]


async def test_who_left_the_workspace_is_forgotten(stage: Stage) -> None:
    await follow(stage)
    await stage.slack.admin.change_person("UADA", deleted=True)
    await stage.settle()

    assert await rows(stage) == 0


async def test_an_event_that_was_lost_does_not_matter(stage: Stage) -> None:
    await follow(stage)
    await stage.slack.admin.change_person("UADA", deleted=True, told=False)
    await stage.at(NINE)

    assert told(stage) == []
    assert await rows(stage) == 0


async def test_who_left_a_channel_hears_of_its_digest_no_more_and_that_once(stage: Stage) -> None:
    await stage.command("/flow subscribe report onboarding daily 18:00")
    await follow(stage, line="/flow follow #1")
    await stage.slack.command("/remove @ada", user="UGRACE", channel="CTRAIN")
    await stage.at(NINE)

    assert told(stage) == ["You follow less than before."]
    ends = "You're not in the channel of digest 1 any more, so I don't follow Onboarding for you"
    assert f"{ends} any longer." in words(last(stage))
    await stage.at(NINE + 2 * DAY)
    assert len(told(stage)) == 1


async def test_a_digest_that_was_stopped_is_not_followed_any_more(stage: Stage) -> None:
    await stage.command("/flow subscribe report onboarding daily 18:00")
    await follow(stage, line="/flow follow #1")
    await stage.command("/flow remove 1")
    await stage.at(NINE)

    assert "Digest 1 was stopped, so I don't follow Onboarding for you" in words(last(stage))


async def test_a_digest_that_asks_something_else_is_followed_in_that(stage: Stage) -> None:
    await stage.command("/flow subscribe report onboarding daily 18:00")
    await follow(stage, line="/flow follow #1")
    await stage.command("/flow subscribe report gdpr daily 18:00")
    other = await stage.rows("SELECT question FROM subscriptions WHERE id = 2")
    await stage.bot.database.execute(
        "UPDATE subscriptions SET question = :question WHERE id = 1", other[0]
    )
    await stage.at(NINE)

    assert told(stage)[0].startswith("Gdpr: completion ")


async def test_nobody_else_is_told_what_somebody_follows(stage: Stage) -> None:
    await follow(stage)
    await stage.at(NINE)
    await stage.command("/flow following", user="UGRACE")
    await stage.command("/flow unfollow 1", user="UGRACE")

    assert stage.whispered("UGRACE")[-1] == "You don't follow that."
    assert told(stage) == [NEWS]
    assert await rows(stage) == 2
    assert not [each for each in stage.said() if "Onboarding" in each.text]


async def test_who_may_see_no_figures_begins_to_follow_none(stage: Stage) -> None:
    await stage.command("/flow policy ask not <@UGRACE|grace>")
    await stage.command(OVERDUE, user="UGRACE")

    assert stage.whispered("UGRACE")[-1].startswith("An admin decided that you can't see figures")
    assert await rows(stage) == 0


async def test_who_left_a_channel_sees_none_of_its_figures_in_the_list(stage: Stage) -> None:
    await stage.command("/flow subscribe report onboarding daily 18:00")
    await follow(stage, line="/flow follow #1")
    await stage.command("/flow following")
    assert "overdue 4" in stage.whispered()[-1]
    await stage.slack.command("/remove @ada", user="UGRACE", channel="CTRAIN")
    stage.clock.advance(seconds=200)
    await stage.command("/flow following", channel="CGENERAL")

    assert stage.whispered()[-1] == "You follow 1 thing: Onboarding, Nothing to see at the moment"


async def test_where_slack_does_not_say_who_is_in_a_channel_nothing_is_told(stage: Stage) -> None:
    await stage.command("/flow subscribe report onboarding daily 18:00")
    await follow(stage, line="/flow follow #1")
    stage.slack.refuse("conversations.members", error="ratelimited", times=9)
    await stage.at(NINE)
    assert told(stage) == []
    stage.slack.mend()
    await stage.at(NINE + DAY)

    assert told(stage)[0].startswith("Onboarding: overdue 5, 1 more")


async def test_a_digest_that_rests_is_not_told_of(stage: Stage) -> None:
    await stage.command("/flow subscribe report onboarding daily 18:00")
    await follow(stage, line="/flow follow #1")
    await stage.command("/flow pause 1")
    await stage.at(NINE)
    assert told(stage) == []
    await stage.command("/flow resume 1")
    await stage.at(NINE + DAY)

    assert told(stage)[0].startswith("Onboarding: overdue 5, 1 more")
