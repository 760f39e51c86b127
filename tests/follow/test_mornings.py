"""What somebody is told in the morning: what moved, by their own clocks, once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.follow.intents import TellFollower
from tests.asking.seeing import labels, words
from tests.digests.people import stand
from tests.follow.people import DAY, NINE, OVERDUE, asked, down, last, told
from tests.stage import Stage, open_stage

TUESDAY = NINE + DAY
NEWS = "Onboarding: overdue 2, 2 fewer."


async def moved(stage: Stage, *, user: str = "UADA") -> None:
    """Let somebody follow four who are overdue, of whom two are done after that."""
    stand(stage, done=1, late=4)
    await stage.command(OVERDUE, user=user)
    stand(stage, done=3, late=2)


async def test_at_nine_they_hear_what_moved_since_they_were_told(stage: Stage) -> None:
    await moved(stage)
    await stage.at(NINE)

    assert told(stage) == [NEWS]
    shown = last(stage)
    assert "Onboarding\n: overdue 2, 2 fewer (was 4)" in words(shown)
    assert "Since Mon 23 Nov, 08:30 · What you follow, every weekday at 09:00" in words(shown)
    assert labels(shown) == ["What I follow", "Pause 1 week"]


async def test_nothing_comes_where_nothing_moved(stage: Stage) -> None:
    await moved(stage)
    for day in range(4):
        await stage.at(NINE + day * DAY)

    assert told(stage) == [NEWS]


async def test_who_wants_it_hears_that_nothing_moved(stage: Stage) -> None:
    stand(stage, done=1, late=4)
    await stage.command(OVERDUE)
    await stage.command("/flow following even if nothing moved")
    await stage.at(NINE)

    assert told(stage) == ["Nothing moved in the 1 thing you follow."]


async def test_the_worst_comes_first_and_what_is_too_much_in_the_thread(stage: Stage) -> None:
    stand(stage, done=4, late=1)
    await stage.command("/flow subscribe report onboarding daily 18:00")
    for what in ("completion", "overdue", "assigned", "completed", "open", ""):
        await stage.command(f"/flow follow report onboarding {what}")
    await stage.command("/flow follow #1")
    stand(stage, done=2, late=4)
    await stage.at(NINE)

    news = last(stage)
    assert news.text.startswith("Onboarding: overdue 4, 3 more, and 6 more moved.")
    assert "And 1 more that moved, in the thread" in words(news)
    [more] = stage.slack.thread("DADA", news.ts)
    assert "Onboarding: assigned 6, 1 more." in more.text


async def test_each_is_told_by_their_own_clock(stage: Stage) -> None:
    for user in ("UADA", "UGRACE", "ULIN"):  # Berlin, New York and Tokyo
        await moved(stage, user=user)
    heard = {}
    for hour in range(25):
        await stage.at(NINE + timedelta(hours=hour))
        for user in ("UADA", "UGRACE", "ULIN"):
            if user not in heard and NEWS in told(stage, user):
                heard[user] = hour

    assert heard == {"UADA": 0, "UGRACE": 6, "ULIN": 16}


async def test_those_who_follow_the_same_cost_one_reading(stage: Stage) -> None:
    await stage.slack.admin.change_person("UGRACE", tz="Europe/Paris")
    await moved(stage)
    stage.clock.advance(seconds=1_000)
    stand(stage, done=1, late=4)
    await stage.command(OVERDUE, user="UGRACE")
    stand(stage, done=3, late=2)
    stage.clock.advance(to=NINE - timedelta(seconds=1))
    before = asked(stage)
    await stage.at(NINE)

    assert told(stage) == told(stage, "UGRACE") == [NEWS]
    assert asked(stage) == before + 1


@pytest.mark.parametrize(
    ("now", "nine"),
    [
        (datetime(2026, 3, 27, 12, tzinfo=UTC), datetime(2026, 3, 30, 7, tzinfo=UTC)),
        (datetime(2026, 10, 23, 12, tzinfo=UTC), datetime(2026, 10, 26, 8, tzinfo=UTC)),
    ],
)
async def test_nine_stays_nine_in_summer_and_winter(
    path: Path, now: datetime, nine: datetime
) -> None:
    async with open_stage(path, now=now) as stage:
        await stage.command("/flow following only mornings")
        await stage.command("/flow follow runs failed")
        await stage.command("/flow following even if nothing moved")
        await stage.at(nine - timedelta(minutes=1))
        assert told(stage) == []
        await stage.at(nine)
        assert len(told(stage)) == 1


async def test_who_went_west_is_told_at_nine_there(stage: Stage) -> None:
    await moved(stage)
    await stage.slack.admin.change_person("UADA", tz="America/New_York", told=False)
    stage.clock.advance(seconds=700)  # so long Flowbot believes what Slack said of them
    await stage.at(NINE)
    assert told(stage) == []
    await stage.at(NINE + timedelta(hours=6))

    assert told(stage) == [NEWS]
    await stage.at(NINE + timedelta(hours=7))
    assert told(stage) == [NEWS]


async def test_who_went_east_is_told_at_nine_there(stage: Stage) -> None:
    await stage.command(OVERDUE)
    await stage.slack.admin.change_person("UADA", tz="Asia/Tokyo")
    await stage.settle()

    [row] = await stage.rows("SELECT zone, next_at FROM followers")
    assert row["zone"] == "Asia/Tokyo"
    assert row["next_at"].startswith("2026-11-24T00:00")


async def test_a_clock_set_back_tells_nothing_twice_and_forgets_nothing(stage: Stage) -> None:
    await moved(stage)
    await stage.at(TUESDAY)
    assert told(stage) == [NEWS]
    stand(stage, done=4, late=1)
    stage.clock.set_back(3 * 3_600)
    for hours in (2, 3, 4):
        await stage.at(TUESDAY + timedelta(hours=hours - 3))
    assert told(stage) == [NEWS]
    await stage.at(TUESDAY + DAY)

    assert told(stage)[1:] == ["Onboarding: overdue 1, 1 fewer."]


async def test_a_morning_that_was_missed_is_told_before_evening(stage: Stage) -> None:
    await moved(stage)
    await stage.at(NINE + timedelta(hours=5))
    assert told(stage) == [NEWS]


async def test_at_night_the_next_morning_stands_for_it(stage: Stage) -> None:
    await moved(stage)
    await stage.at(NINE + timedelta(hours=12))
    assert told(stage) == []
    await stage.at(TUESDAY)

    assert told(stage) == [NEWS]


async def test_what_cannot_be_read_is_said_once_with_when_it_is_tried_again(stage: Stage) -> None:
    await moved(stage)
    down(stage)
    await stage.at(NINE)
    assert told(stage) == []  # it may pass
    await stage.at(NINE + timedelta(minutes=6))
    await stage.at(NINE + timedelta(minutes=12))

    assert told(stage) == ["I couldn't read 1 thing you follow."]
    why = "MomoFlow isn't responding. I'll try again tomorrow 09:00."
    assert f"Not read: Onboarding: overdue. {why}" in words(last(stage))
    for minutes in (0, 6, 12):
        await stage.at(TUESDAY + timedelta(minutes=minutes))
    assert len(told(stage)) == 1  # they know
    down(stage, calls=0)
    await stage.at(TUESDAY + DAY)

    assert told(stage)[1:] == [NEWS]


async def test_a_service_that_is_back_soon_makes_it_a_little_late(stage: Stage) -> None:
    await moved(stage)
    down(stage)
    await stage.at(NINE)
    down(stage, calls=0)
    await stage.at(NINE + timedelta(minutes=6))

    assert told(stage) == [NEWS]


async def test_weekends_are_ones_own_unless_they_are_wanted(stage: Stage) -> None:
    await moved(stage)
    await stage.command("/flow following every day")
    await stage.at(NINE)
    stand(stage, done=4, late=1)
    await stage.at(NINE + 5 * DAY)

    assert told(stage)[1:] == ["Onboarding: overdue 1, 1 fewer."]


async def test_who_rests_hears_nothing_until_then(stage: Stage) -> None:
    await moved(stage)
    await stage.command("/flow following pause 2 days")
    for day in (0, 1):
        await stage.at(NINE + day * DAY)
    assert told(stage) == []
    await stage.at(NINE + 2 * DAY)

    assert told(stage) == [NEWS]


async def test_a_job_that_comes_twice_tells_once(stage: Stage) -> None:
    await moved(stage)
    await stage.at(NINE)
    job = TellFollower("UADA", "2026-11-23")
    await stage.bot.services.inbox.accept("again", job)
    await stage.bot.services.inbox.accept("morning:UADA:2026-11-23", job)
    await stage.settle()

    assert told(stage) == [NEWS]
