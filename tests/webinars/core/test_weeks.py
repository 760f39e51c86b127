from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.webinars.core.weeks import begins_within_a_week
from bot.webinars.model import Event

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 10, 19, 9, tzinfo=BERLIN)
"""Six days before clocks go back in Berlin."""


@pytest.mark.parametrize(
    ("zone", "starts_at", "within"),
    [
        ("Europe/Berlin", datetime(2026, 10, 26, 9, tzinfo=BERLIN), True),
        ("Europe/Berlin", datetime(2026, 10, 26, 9, 1, tzinfo=BERLIN), False),
        ("UTC", NOW.astimezone(UTC) + timedelta(days=7), True),
        ("UTC", datetime(2026, 10, 26, 9, tzinfo=BERLIN), False),
    ],
    ids=["an hour longer", "past it", "no change of clocks", "another week"],
)
def test_a_week_ends_at_the_same_time_of_day_in_the_reader_s_zone(
    zone: str, starts_at: datetime, *, within: bool
) -> None:
    assert begins_within_a_week(Event("t", "", starts_at), NOW, zone) is within


@pytest.mark.parametrize(
    ("when", "within"),
    [
        ("2026-10-20 10:00:00", True),
        ("2026-10-27 23:00:00", True),
        ("2026-10-28 00:00:00", False),
        ("soon, perhaps", True),
        ("", True),
    ],
)
def test_a_start_that_cannot_be_read_is_rather_shown_than_left_out(
    when: str, *, within: bool
) -> None:
    assert begins_within_a_week(Event("t", "", when=when), NOW, "Europe/Berlin") is within
