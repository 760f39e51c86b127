"""Lists in which one entry is odd: the others are read, and what is left out is known."""

from typing import Any

import pytest

from bot.http.fields import Fields, ShapeError, rows
from bot.slack.blocks.wording import left_out


def name(item: Fields) -> str:
    return item.text("name")


@pytest.mark.parametrize(
    ("payload", "good", "odd"),
    [
        ([], (), ()),
        ([{"name": "a"}, {"name": "b"}], ("a", "b"), ()),
        ([{"name": "a"}, {"name": None}, 7], ("a",), ("body[1].name", "body[2]")),
    ],
)
def test_good_rows_are_read_and_odd_ones_named(
    payload: Any, good: tuple[str, ...], odd: tuple[str, ...]
) -> None:
    found = rows(payload, name)
    assert (tuple(found), found.odd) == (good, odd)


@pytest.mark.parametrize("payload", [None, {}, [{}], [7, 8]])
def test_a_list_of_nothing_but_odd_rows_is_no_answer(payload: Any) -> None:
    with pytest.raises(ShapeError):
        rows(payload, name)


@pytest.mark.parametrize(
    ("odd", "said"),
    [
        ((), ""),
        (("a[3].email",), "1 row of X's could not be read (email) and is left out"),
        (("a[3].email", "a[4].email"), "2 rows of X's could not be read (email) and are left out"),
        (("a[3]",), "1 row of X's could not be read and is left out"),
    ],
)
def test_what_is_left_out_is_counted_and_explained(odd: tuple[str, ...], said: str) -> None:
    assert left_out(odd, "row", vendor="X") == said
