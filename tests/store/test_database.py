"""Moments are read back from columns the same, and sort as text."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from bot.store.database import moment, stamp

ZONES = st.integers(min_value=-12 * 60, max_value=14 * 60).map(
    lambda minutes: timezone(timedelta(minutes=minutes))
)
MOMENTS = st.datetimes(
    min_value=datetime(1970, 1, 3),  # noqa: DTZ001  # the zone is drawn beside it
    max_value=datetime(9998, 12, 30),  # noqa: DTZ001
    timezones=ZONES,
)


@given(MOMENTS)
def test_a_moment_is_read_back_as_the_same_instant(when: datetime) -> None:
    assert moment(stamp(when)) == when


@given(MOMENTS, MOMENTS)
def test_moments_sort_as_text_whatever_zone_they_came_in(one: datetime, other: datetime) -> None:
    assert (stamp(one) < stamp(other)) == (one < other)


@given(MOMENTS)
def test_a_moment_is_written_in_utc(when: datetime) -> None:
    assert stamp(when).endswith("+00:00")
    assert len(stamp(when)) == len(stamp(datetime(2026, 11, 23, tzinfo=UTC)))


def test_an_empty_column_is_no_moment() -> None:
    assert moment(None) is None
    assert moment("") is None
