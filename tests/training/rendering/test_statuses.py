import pytest

from bot.training.rendering.statuses import status_title, status_word, urgency


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
