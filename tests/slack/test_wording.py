import pytest

from bot.asking.model import ReportQuestion
from bot.slack.blocks.wording import (
    counted,
    question_words,
    signed,
    some_of,
    status_title,
    status_word,
    urgency,
)


@pytest.mark.parametrize(
    ("status", "word", "title"),
    [
        ("in_progress", "in progress", "In progress"),
        ("on_HOLD", "on_HOLD", "on_HOLD"),
        ("", "unknown", "unknown"),
    ],
)
def test_a_status_is_in_words_and_an_unknown_one_as_it_was_sent(
    status: str, word: str, title: str
) -> None:
    assert (status_word(status), status_title(status)) == (word, title)


def test_the_most_urgent_status_comes_first_and_unknown_ones_last() -> None:
    statuses = ["odd", "completed", "pending", "in_progress", "overdue"]
    assert sorted(statuses, key=urgency) == statuses[::-1]


def test_things_are_counted_in_english() -> None:
    assert [counted(1, "row"), counted(1_204, "row"), counted(2, "person", "people")] == [
        "1 row",
        "1,204 rows",
        "2 people",
    ]


def test_differences_have_a_sign() -> None:
    assert [signed(4), signed(-2.5), signed(1_204)] == ["+4", "-2.5", "+1,204"]


def test_long_lists_say_how_many_more() -> None:
    assert [some_of(["a", "b"]), some_of(["a"] * 7, 2)] == ["a, b", "a, a and 5 more"]


def test_a_question_is_said_as_it_can_be_typed_again() -> None:
    question = ReportQuestion(
        "Ladder Safety", "last-7d", "overdue", detailed=True, by="week", export="csv"
    )
    assert question_words(question) == (
        '"Ladder Safety" overdue last-7d detailed by week export csv'
    )
