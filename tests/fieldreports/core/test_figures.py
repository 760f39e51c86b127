from datetime import UTC, date, datetime, timedelta

import pytest

from bot.asking.core.periods import Period
from bot.fieldreports.core.figure_changes import FigureChange, compared, movers
from bot.fieldreports.core.figures import (
    awareness,
    by_field,
    by_hour,
    by_state,
    by_user,
    by_weekday,
    heatmap,
    images,
    over_time,
    person_name,
    reads,
)
from bot.fieldreports.model import (
    Awareness,
    ChoiceCount,
    HourCount,
    ReadFigures,
    ReportBucket,
    ReportImage,
    StateCount,
    TeamMember,
    UserCount,
    WeekdayCount,
)
from tests.fieldreports.rendering.samples import PEOPLE, SEVERITY, STATES


def bucket(year: int, month: int, day: int, *, width: str, count: int) -> ReportBucket:
    return ReportBucket(datetime(year, month, day, tzinfo=UTC), width, count)


def between(first: date, last: date) -> Period:
    return Period(first, last, "UTC", "some time")


LATER = datetime(2027, 6, 1, tzinfo=UTC)
NOVEMBER = between(date(2026, 11, 1), date(2026, 11, 30))


@pytest.mark.parametrize(
    ("buckets", "period", "rows"),
    [
        (
            (
                bucket(2026, 11, 16, width="week", count=9),
                bucket(2026, 11, 2, width="week", count=1),
            ),
            NOVEMBER,
            (
                ("2026-10-26", 0),
                ("2026-11-02", 1),
                ("2026-11-09", 0),
                ("2026-11-16", 9),
                ("2026-11-23", 0),
                ("2026-11-30", 0),
            ),
        ),
        (
            (bucket(2026, 10, 26, width="week", count=2),),
            between(date(2026, 11, 1), date(2026, 11, 8)),
            (("2026-10-26", 2), ("2026-11-02", 0)),
        ),
        (
            (bucket(2026, 11, 3, width="Day", count=2),),
            between(date(2026, 11, 2), date(2026, 11, 4)),
            (("2026-11-02", 0), ("2026-11-03", 2), ("2026-11-04", 0)),
        ),
        (
            (bucket(2026, 2, 1, width="month", count=2),),
            between(date(2025, 12, 15), date(2026, 4, 1)),
            (
                ("2025-12-01", 0),
                ("2026-01-01", 0),
                ("2026-02-01", 2),
                ("2026-03-01", 0),
                ("2026-04-01", 0),
            ),
        ),
        (
            (bucket(2026, 1, 1, width="quarter", count=2),),
            between(date(2026, 2, 1), date(2026, 7, 1)),
            (("2026-01-01", 2), ("2026-04-01", 0), ("2026-07-01", 0)),
        ),
        (
            (bucket(2024, 1, 1, width="year", count=2), bucket(2026, 1, 1, width="year", count=1)),
            between(date(2024, 1, 1), date(2026, 12, 31)),
            (("2024-01-01", 2), ("2025-01-01", 0), ("2026-01-01", 1)),
        ),
        (
            (bucket(2026, 11, 3, width="fortnight", count=2),),
            NOVEMBER,
            (("2026-11-03", 2),),
        ),
        (
            (bucket(2026, 12, 7, width="week", count=2),),
            between(date(2026, 11, 30), date(2026, 11, 30)),
            (("2026-11-30", 0), ("2026-12-07", 2)),
        ),
        ((), NOVEMBER, ()),
    ],
    ids=[
        "weeks",
        "a week from before",
        "days",
        "months",
        "quarters",
        "years",
        "an unknown width",
        "a week after",
        "nothing",
    ],
)
def test_gaps_in_time_are_filled_with_zeros(
    buckets: tuple[ReportBucket, ...], period: Period, rows: tuple[tuple[str, int], ...]
) -> None:
    figure = over_time(buckets, period, now=LATER)
    assert figure.counts == rows
    assert figure.total == sum(each.count for each in buckets)


def test_a_bucket_given_twice_is_added_up() -> None:
    twice = bucket(2026, 11, 3, width="day", count=2)
    figure = over_time((twice, twice), between(date(2026, 11, 3), date(2026, 11, 3)), now=LATER)
    assert figure.rows == ((date(2026, 11, 3), 4),)


def test_states_stand_in_their_order_with_zeros_and_unknown_ones_last() -> None:
    counts = (StateCount(24, "Closed", 4), StateCount(99, "", 1), StateCount(98, "Gone", 2))
    assert by_state(counts, STATES).rows == (
        ("New", 0),
        ("Closed", 4),
        ("?", 0),
        ("State 99", 1),
        ("Gone", 2),
    )


def test_people_are_named_and_who_has_left_is_told() -> None:
    counts = (UserCount(42, 1), UserCount(None, 2), UserCount(77, 2), UserCount(41, 3))
    assert by_user(counts, PEOPLE).rows == (
        ("Aino Laine", 3),
        ("Anonymous", 2),
        ("Former member (77)", 2),
        ("Member without name (42)", 1),
    )
    assert person_name(41, {}) == "Former member (41)"
    assert person_name(41, None) == "Unknown person (41)"


def test_people_of_one_name_are_told_apart_and_compared_with_themselves() -> None:
    people = {41: TeamMember(41, "Sam", "Smith"), 42: TeamMember(42, "Sam", "Smith")}
    now = by_user((UserCount(41, 3), UserCount(42, 2), UserCount(None, 1)), people)
    before = by_user((UserCount(42, 9),), people)
    assert compared(now, before).rows == (
        ("Sam Smith (41)", 3, 0, 3),
        ("Sam Smith (42)", 2, 9, -7),
        ("Anonymous", 1, 0, 1),
    )
    assert movers(now, before)[0] == ("Sam Smith (42)", FigureChange(2, 9))


def test_a_state_that_was_renamed_is_compared_with_itself() -> None:
    now, before = (by_state((StateCount(9, name, 2),), ()) for name in ("Done", "Closed"))
    assert movers(now, before) == ()


def test_counts_of_the_same_row_are_added_up() -> None:
    twice = (UserCount(None, 1), UserCount(None, 2))
    assert by_user(twice, {}).rows == (("Anonymous", 3),)
    assert by_state((StateCount(9, "A", 1), StateCount(9, "A", 2)), ()).rows == (("A", 3),)


@pytest.mark.parametrize("value", ["f_2", "anything", ""])
def test_a_choice_is_known_by_its_value_or_by_its_name(value: str) -> None:
    assert by_field((ChoiceCount("High", value, 3),), SEVERITY).rows == (("Low", 0), ("High", 3))


def test_choices_stand_in_the_form_s_order_with_zeros() -> None:
    counts = (ChoiceCount("High", "f_2", 3), ChoiceCount("", "f_9", 1))
    figure = by_field(counts, SEVERITY)
    assert figure.columns == ("Severity", "Reports")
    assert figure.rows == (("Low", 0), ("High", 3), ("f_9", 1))


def test_a_choice_that_is_off_is_shown_when_somebody_chose_it() -> None:
    assert ("Old", 2) in by_field((ChoiceCount("Old", "f_3", 2),), SEVERITY).rows


def test_hours_and_weekdays_are_whole_and_stand_side_by_side() -> None:
    hours = by_hour((HourCount(9, 4), HourCount(9, 1)))
    days = by_weekday((WeekdayCount(1, 3), WeekdayCount(7, 2)))
    both = heatmap(days, hours)
    assert (len(hours.rows), hours.rows[9], hours.total) == (24, ("09:00", 5), 5)
    assert days.counts[0] == ("Monday", 3)
    assert days.counts[6] == ("Sunday", 2)
    assert (len(both.rows), both.rows[0], both.total) == (31, ("Day", "Monday", 3), 5)


def test_reads_that_were_not_answered_stay_unknown() -> None:
    figure = reads(ReadFigures(total_reads=120, report_readers=12))
    assert figure.rows[1] == ("Unique reads", None)
    assert (figure.total, reads(ReadFigures()).total) == (120, 0)


def test_the_most_alerted_are_first_and_named_by_the_answer_or_the_team() -> None:
    figure = awareness(
        (Awareness(42, total_alerts=1), Awareness(9, "Al", "", 5, 3, 4, 2), Awareness(None)), PEOPLE
    )
    assert figure.rows == (
        ("Al", 3, 4, 2, 5),
        ("Member without name (42)", None, None, None, 1),
        ("Anonymous", None, None, None, None),
    )
    assert figure.total == 6


def test_pictures_are_newest_first_and_without_addresses() -> None:
    taken = datetime(2026, 11, 2, 23, tzinfo=UTC)
    found = (
        ReportImage(1, thumbnail_url="https://cdn.example/1"),
        ReportImage(2, 8, taken),
        ReportImage(3, 9, taken + timedelta(days=1)),
    )
    figure = images(found, "Pacific/Auckland")
    assert [row[0] for row in figure.rows] == ["3", "2", "1"]
    assert figure.rows[1][2] == date(2026, 11, 3)
    assert "cdn.example" not in str(figure)
