"""What gets worse is told at once: once, in working hours, to those who may see it."""

from datetime import timedelta

from tests.asking.seeing import labels, words
from tests.digests.people import stand
from tests.follow.people import DAY, NINE, OVERDUE, TEN, asked, down, last, press, told
from tests.stage import Stage

HOUR = timedelta(hours=1)
WORSE = "Onboarding: overdue 5, 1 more. You follow this, and it got worse."


async def follow(stage: Stage, *users: str) -> None:
    """Let people follow four who are overdue; that is what they know at nine."""
    stand(stage, done=1, late=4)
    for user in users or ("UADA",):
        await stage.command(OVERDUE, user=user)
    await stage.at(NINE)


async def test_what_gets_worse_is_told_at_once_and_once(stage: Stage) -> None:
    await follow(stage)
    stand(stage, done=1, late=5)
    await stage.at(TEN)

    assert told(stage) == [WORSE]
    shown = last(stage)
    assert labels(shown) == ["Show it", "Only at 09:00", "Unfollow"]
    assert "You follow this, and it got worse · Since Mon 23 Nov, 08:30" in words(shown)
    for hours in (1, 2, 24):
        await stage.at(TEN + hours * HOUR)
    assert told(stage) == [WORSE]


async def test_what_gets_better_waits_for_the_morning(stage: Stage) -> None:
    await follow(stage)
    stand(stage, done=3, late=2)
    await stage.at(TEN)
    assert told(stage) == []
    await stage.at(NINE + DAY)

    assert told(stage) == ["Onboarding: overdue 2, 2 fewer."]


async def test_what_goes_to_and_fro_is_told_once(stage: Stage) -> None:
    await follow(stage)
    for hours, late in enumerate((5, 4, 5, 4, 5)):
        stand(stage, done=1, late=late)
        await stage.at(TEN + hours * HOUR)

    assert told(stage) == [WORSE]


async def test_whichever_way_is_better_of_what_nobody_can_say_nothing_is_told(stage: Stage) -> None:
    stand(stage, done=1, late=4)
    await stage.command("/flow follow report onboarding assigned")
    await stage.at(NINE)
    before = asked(stage)
    stand(stage, done=9, late=4)
    for hours in range(9):
        await stage.at(TEN + hours * HOUR)

    assert told(stage) == []
    assert asked(stage) == before  # nor is anybody asked


async def test_one_reading_an_hour_is_enough_for_all(stage: Stage) -> None:
    await stage.slack.admin.change_person("UGRACE", tz="Europe/Paris")
    await stage.slack.admin.change_person("ULIN", tz="Africa/Cairo")
    await stage.at(NINE + timedelta(minutes=30))
    stand(stage, done=1, late=4)
    for user in ("UADA", "UGRACE", "ULIN"):
        await stage.command(OVERDUE, user=user)
    stand(stage, done=1, late=5)
    before = asked(stage)
    await stage.at(TEN)

    assert told(stage) == told(stage, "UGRACE") == told(stage, "ULIN") == [WORSE]
    assert asked(stage) == before + 1


async def test_what_is_read_for_anybody_is_heard_by_who_follows_it(stage: Stage) -> None:
    await follow(stage)
    stand(stage, done=1, late=5)
    stage.clock.advance(to=NINE + timedelta(minutes=40))
    await stage.command("/flow-report onboarding", user="UGRACE")

    assert told(stage) == [WORSE]


async def test_a_digest_of_the_same_is_heard_as_well(stage: Stage) -> None:
    await stage.command("/flow subscribe report onboarding daily 10:30")
    await follow(stage)
    await stage.at(TEN)
    stand(stage, done=1, late=5)
    await stage.at(TEN + HOUR / 2)

    assert told(stage) == [WORSE]


async def test_at_night_and_at_weekends_it_waits_for_the_morning(stage: Stage) -> None:
    await follow(stage)
    before = asked(stage)
    stand(stage, done=1, late=5)
    stage.clock.advance(to=NINE + 10 * HOUR)
    for hours in range(10, 23):
        await stage.at(NINE + hours * HOUR)
    assert told(stage) == []
    assert asked(stage) == before
    await stage.command("/flow-report onboarding", user="UGRACE")
    assert told(stage) == []
    await stage.at(NINE + DAY)

    assert told(stage) == ["Onboarding: overdue 5, 1 more."]


async def test_three_times_a_day_is_enough(stage: Stage) -> None:
    await follow(stage)
    for hours in range(5):
        stand(stage, done=1, late=5 + hours)
        await stage.at(TEN + hours * HOUR)

    assert len(told(stage)) == 3
    assert "No more at once today; next tomorrow 09:00" in words(last(stage))
    await stage.at(NINE + DAY)
    assert told(stage)[3:] == ["Onboarding: overdue 9, 2 more."]


async def test_it_is_ended_where_it_is_told(stage: Stage) -> None:
    await follow(stage)
    stand(stage, done=1, late=5)
    await stage.at(TEN)
    await press(stage, last(stage), "Only at 09:00")
    assert told(stage)[-1].endswith("every weekday at 09:00 (Berlin time), only then.")
    count = len(told(stage))
    stand(stage, done=1, late=9)
    await stage.at(TEN + HOUR)
    assert len(told(stage)) == count

    await press(stage, stage.said("DADA")[0], "Unfollow")
    assert told(stage)[-1] == "I don't follow Onboarding: overdue for you any more."
    await stage.at(NINE + DAY)
    assert len(told(stage)) == count + 1


async def test_who_rests_is_told_nothing(stage: Stage) -> None:
    await follow(stage)
    await stage.command("/flow following pause 2 days")
    stand(stage, done=1, late=9)
    for hours in range(30):
        await stage.at(TEN + hours * HOUR)

    assert told(stage) == []


async def test_quiet_hours_of_a_digest_hold_for_who_follows_it(stage: Stage) -> None:
    await stage.command("/flow subscribe report onboarding daily 18:00 quiet 9:30-12:30")
    stand(stage, done=1, late=4)
    await stage.command("/flow follow #1")
    await stage.at(NINE)
    stand(stage, done=1, late=5)
    for hours in range(3):
        await stage.at(TEN + hours * HOUR)
    assert told(stage) == []
    await stage.at(TEN + 3 * HOUR)

    assert len(told(stage)) == 1
    assert "overdue 5, 1 more" in told(stage)[0]


async def test_a_service_that_fails_alarms_nobody(stage: Stage) -> None:
    await follow(stage)
    down(stage)
    await stage.at(TEN)

    assert told(stage) == []


async def test_a_repeated_delivery_and_a_second_tick_tell_once(stage: Stage) -> None:
    await follow(stage)
    stand(stage, done=1, late=5)
    stage.clock.advance(to=TEN)
    for _ in range(3):
        await stage.bot.tick()
    await stage.settle()
    await stage.bot.tick()
    await stage.settle()

    assert told(stage) == [WORSE]
    rows = await stage.rows("SELECT key FROM jobs WHERE name = 'look_at_figures'")
    assert len(rows) == 1
