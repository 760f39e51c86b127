from datetime import date

import pytest

from bot.errors import UserError
from bot.training.core.due_dates import canonical_due, due_day

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "words", "expected"),
    [
        ("Today", "today", TODAY),
        ("tomorrow", "tomorrow", date(2026, 11, 23)),
        ("in 3 days", "in-3-days", date(2026, 11, 25)),
        ("in-14d", "in-14-days", date(2026, 12, 6)),
        ("in 1 day", "in-1-days", date(2026, 11, 23)),
        ("2026-12-1", "2026-12-01", date(2026, 12, 1)),
        ("2026-11-22", "2026-11-22", TODAY),
    ],
)
def test_due_words_stand_for_a_day(typed: str, words: str, expected: date) -> None:
    assert canonical_due(typed) == words
    assert due_day(words, today=TODAY) == expected


def test_a_day_that_has_passed_is_refused() -> None:
    with pytest.raises(UserError, match=r"2026-11-21 has passed\. Due dates from 2026-11-22"):
        due_day("2026-11-21", today=TODAY)


def test_other_words_are_refused() -> None:
    with pytest.raises(UserError, match="Write dates as"):
        canonical_due("friday")
