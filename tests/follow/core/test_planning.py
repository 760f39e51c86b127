"""When somebody is told, by their own clocks."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.follow.core.planning import (
    alarmed,
    has_heard_enough,
    is_awake,
    is_in_time,
    next_look,
    next_morning,
)
from bot.follow.model import Follower, MorningDays

BERLIN = "Europe/Berlin"
FRIDAY = datetime(2026, 11, 20, 8, tzinfo=UTC)
ADA = Follower("UADA", BERLIN, FRIDAY)
DAY = timedelta(days=1)


def local(moment: datetime | None, zone: str = BERLIN) -> str:
    assert moment is not None
    return f"{moment.astimezone(ZoneInfo(zone)):%a %d %b %H:%M}"


def test_on_weekdays_at_nine_by_their_own_clocks() -> None:
    assert local(next_morning(ADA, FRIDAY - DAY / 24)) == "Fri 20 Nov 09:00"
    assert local(next_morning(ADA, FRIDAY)) == "Mon 23 Nov 09:00"
    assert local(next_morning(replace(ADA, days=MorningDays.DAILY), FRIDAY)) == "Sat 21 Nov 09:00"
    tokyo = replace(ADA, zone="Asia/Tokyo")
    assert local(next_morning(tokyo, FRIDAY), "Asia/Tokyo") == "Mon 23 Nov 09:00"


@pytest.mark.parametrize(
    ("zone", "at", "before", "then"),
    [
        (BERLIN, "09:00", "2026-03-28T12:00Z", "2026-03-29T07:00Z"),  # summer begins that night
        (BERLIN, "09:00", "2026-10-24T12:00Z", "2026-10-25T08:00Z"),
        (BERLIN, "02:30", "2026-03-28T12:00Z", "2026-03-29T01:00Z"),  # there is no 02:30
        (BERLIN, "02:30", "2026-10-24T12:00Z", "2026-10-25T00:30Z"),  # the first of two
    ],
)
def test_nine_stays_nine_when_clocks_change(zone: str, at: str, before: str, then: str) -> None:
    one = replace(ADA, zone=zone, at=at, days=MorningDays.DAILY)

    assert next_morning(one, datetime.fromisoformat(before)) == datetime.fromisoformat(then)


def test_a_rest_ends_with_the_morning_after_it() -> None:
    resting = replace(ADA, rests_until=FRIDAY + 4 * DAY)

    assert local(next_morning(resting, FRIDAY)) == "Wed 25 Nov 09:00"
    assert local(next_look(resting, FRIDAY)) == "Tue 24 Nov 10:00"


def test_looks_are_hourly_between_morning_and_evening() -> None:
    assert local(next_look(ADA, FRIDAY)) == "Fri 20 Nov 10:00"
    assert local(next_look(ADA, FRIDAY + timedelta(hours=8, minutes=5))) == "Fri 20 Nov 18:00"
    assert local(next_look(ADA, FRIDAY + timedelta(hours=9))) == "Mon 23 Nov 10:00"
    delhi = replace(ADA, zone="Asia/Kolkata")
    assert local(next_look(delhi, FRIDAY), "Asia/Kolkata") == "Fri 20 Nov 14:30"


@pytest.mark.parametrize("at", ["18:00", "23:30", "17:59"])
def test_whoever_is_told_in_the_evening_is_looked_after_in_the_day(at: str) -> None:
    found = next_look(replace(ADA, at=at, zone="Asia/Kolkata"), FRIDAY)

    assert found is None if at == "17:59" else local(found, "Asia/Kolkata") == "Fri 20 Nov 14:30"


def test_nothing_comes_at_once_at_night_or_at_weekends() -> None:
    assert is_awake(ADA, FRIDAY + timedelta(hours=1))
    assert not is_awake(ADA, FRIDAY)
    assert not is_awake(ADA, FRIDAY + timedelta(hours=10))
    assert not is_awake(ADA, FRIDAY + DAY + timedelta(hours=1))


def test_a_morning_is_told_until_its_evening() -> None:
    day = date(2026, 11, 20)

    assert is_in_time(ADA, day, FRIDAY + timedelta(hours=9))
    assert not is_in_time(ADA, day, FRIDAY + timedelta(hours=10))


def test_three_times_a_day_is_enough() -> None:
    one = ADA
    for _ in range(3):
        assert not has_heard_enough(one, FRIDAY)
        one = alarmed(one, FRIDAY)

    assert has_heard_enough(one, FRIDAY)
    assert not has_heard_enough(one, FRIDAY + DAY)
