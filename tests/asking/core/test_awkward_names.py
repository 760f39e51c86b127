"""Names that are words of the commands, or worse: in quotation marks every one can be typed."""

from functools import partial
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.assembly.features import kinds_of
from bot.digests.core.command import parse_flow
from bot.digests.core.subscribe import Subscribe
from tests.examples import examples, parsed, question_of, words_of_commands

KINDS = kinds_of()
PHRASES = ("step 2 last week", "summary last-7d", "future", "by-field Kind", "export csv", "all")
WORDS = sorted({*words_of_commands(), *PHRASES, "help", "note", "daily"})
NAMES = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters='"“”„«»<>&'), min_size=1
).map(partial(normalize, "NFC"))


@pytest.mark.parametrize("name", WORDS)
def test_a_name_in_quotation_marks_is_never_a_word_of_the_command(name: str) -> None:
    for room in examples().values():
        for command, wanted in room.commands(name).items():
            assert parsed(command.format(f'"{name}"')) == wanted, command


@pytest.mark.parametrize("name", WORDS)
def test_a_digest_of_such_a_name_can_be_ordered(name: str) -> None:
    for room in examples().values():
        for about in room.questions(name):
            words = KINDS.of(about).order_words(about)
            ordered = parse_flow(f"subscribe {words} weekdays 9:00", KINDS)
            assert isinstance(ordered, Subscribe)
            assert ordered.question == about


@given(NAMES)
@example("'0`")
@example("`a`")
def test_the_words_of_a_question_ask_it_again_whatever_its_name(name: str) -> None:
    for room in examples().values():
        for about in room.questions(name):
            command = KINDS.of(about).command_words(about)
            assert question_of(command) == about, command
