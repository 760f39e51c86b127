from typing import Any

import pytest

from bot.asking.core.arguments import TokenKind, tokens
from bot.asking.core.options import (
    FORMAT_WORDS,
    Options,
    format_after,
    name_and_options,
    one_word,
    read_options,
)
from bot.asking.core.retyping import Correction, RetypeError
from bot.errors import UserError

OPTIONS = Options(
    likely=(Correction("Done", "done"),),
    which="Which thing? For example: thing last-7d",
    works="After the thing comes a period, a state and csv.",
    alone={**FORMAT_WORDS, "done": ("state", "done"), "on hold": ("state", "waiting")},
    valued={
        "export": ("export", format_after),
        "by": ("by", one_word({"day": "day"}, works="After by comes day.", plural=True)),
    },
    noun="thing",
    instead={"last": "last-30d"},
    foreign={TokenKind.USER: "No people, please."},
    late="Privately comes last.",
)


def read(text: str, options: Options = OPTIONS) -> tuple[str, dict[str, Any]]:
    name, rest = name_and_options(tokens(text), options)
    return name, read_options(rest, options)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hold on on hold", ("hold", {"state": "waiting"})),
        ('"hold on" on hold', ("hold on", {"state": "waiting"})),
        ('"on hold" done', ("on hold", {"state": "done"})),
        ('hold "on hold" "last 7 days"', ("hold", {"state": "waiting", "period": "last-7d"})),
        ('"a" export "CSV" by DAYS', ("a", {"export": "csv", "by": "day"})),
        ("on", ("on", {})),
    ],
)
def test_a_name_ends_where_an_option_begins(text: str, expected: object) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Which thing? For example: thing last-7d"),
        ("on hold", 'thing last-7d. If "on" begins a name, put the name in quotation marks.'),
        ("a <@U1>", "No people, please."),
        ("a privately done", "Privately comes last."),
        ("a last", 'Did you mean "last-30d"? If it belongs to the name of the thing, put the name'),
        ("a done FOO", 'I didn\'t understand "FOO". Shall I leave it out?'),
        ("a done on hold", 'One state at a time: this has "done" and "waiting".'),
        ("a by", "After by comes day."),
        ("a by dya", 'Did you mean "day"? After by comes day.'),
    ],
)
def test_what_cannot_be_read_is_named_with_what_works(text: str, says: str) -> None:
    with pytest.raises(UserError) as caught:
        read(text)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("text", "typed", "corrections"),
    [
        ('"a" foo', "foo", [("Leave it out", ""), ("Done", "done")]),
        ('"a" foo bar csv', "foo bar", [("Leave it out", "")]),
        ('"a" csv foo', "foo", [("Leave it out", "")]),
        ('"a" dnoe', "dnoe", [("Yes, done", "done"), ("Leave it out", "")]),
    ],
)
def test_words_left_over_can_be_left_out_with_a_press(
    text: str, typed: str, corrections: list[tuple[str, str]]
) -> None:
    with pytest.raises(RetypeError) as caught:
        read(text)
    assert caught.value.typed == typed
    assert [(each.label, each.typed) for each in caught.value.corrections] == corrections
