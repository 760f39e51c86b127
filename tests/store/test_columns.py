"""What is written into columns is read back the same, and moments sort as text."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.store.columns import dumps, loads, moment, stamp

ZONES = st.integers(min_value=-12 * 60, max_value=14 * 60).map(
    lambda minutes: timezone(timedelta(minutes=minutes))
)
MOMENTS = st.datetimes(
    min_value=datetime(1970, 1, 3),  # noqa: DTZ001  # the zone is drawn beside it
    max_value=datetime(9998, 12, 30),  # noqa: DTZ001
    timezones=ZONES,
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=4,
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


@settings(max_examples=40)
@given(JSON)
def test_json_is_read_back_the_same(value: object) -> None:
    assert loads(dumps(value)) == value


def test_an_empty_column_is_no_moment_and_an_empty_mapping() -> None:
    assert moment(None) is None
    assert moment("") is None
    assert loads("") == {}
