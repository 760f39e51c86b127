"""Whatever somebody types after a command is understood or answered, and never an error of ours."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.core.arguments import MAX_LENGTH
from bot.errors import UserError
from bot.feature import Command
from tests.examples import COMMANDS, words_of_commands

ODD = (
    *("5,000", "..", "2026-01-01", "to", "over", "days", "survey", "compiled", "info"),
    *('"', '"x y"', "<@U1|ada>", "<!channel>", "<https://x.de|x.de>", "&gt;", "“x”", "«"),
)
WORDS = st.sampled_from(sorted({*words_of_commands(), *ODD}))
LINES = st.lists(WORDS | st.text(max_size=5), max_size=9).map(" ".join) | st.text(max_size=40)
EVERY_COMMAND = pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)


@EVERY_COMMAND
@given(LINES)
def test_any_line_is_a_request_or_an_answer(command: Command, line: str) -> None:
    with suppress(UserError):
        assert command.parse(line) is not None


@EVERY_COMMAND
def test_a_line_that_is_too_long_is_refused(command: Command) -> None:
    with pytest.raises(UserError, match="too long for a command"):
        command.parse("x" * (MAX_LENGTH + 1))
