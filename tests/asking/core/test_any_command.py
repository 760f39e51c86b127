"""Whatever somebody types after a command is understood or answered, and never an error of ours."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.core.arguments import MAX_LENGTH
from bot.errors import UserError
from bot.fieldreports.core.command import parse_analytics
from bot.fieldreports.question import FIGURES
from bot.webinars.core.command import parse_events
from bot.webinars.question import EVENT_VIEWS
from bot.workflows.core.command import parse_export

WORDS = st.sampled_from(
    [
        *(
            "step",
            "2",
            "source",
            "counts",
            "limit",
            "5,000",
            "goal",
            "action",
            "label",
            "path",
            ">",
        ),
        *(
            "export",
            "csv",
            "xlsx",
            "privately",
            "here",
            "last-7d",
            "last",
            "7",
            "days",
            "by",
            "over",
        ),
        *(
            "2026-01-01",
            "to",
            "..",
            "survey",
            "compiled",
            "register",
            "create",
            "form",
            "info",
            "any",
        ),
        *('"', '"x y"', "<@U1|ada>", "<!channel>", "<https://x.de|x.de>", "&gt;", *FIGURES),
        *EVENT_VIEWS,
    ]
)
LINES = st.lists(WORDS | st.text(max_size=5), max_size=9).map(" ".join) | st.text(max_size=40)


@pytest.mark.parametrize("parse", [parse_events, parse_export, parse_analytics])
@given(LINES)
def test_any_line_is_a_request_or_an_answer(parse: Callable[[str], object], line: str) -> None:
    with suppress(UserError):
        assert parse(line) is not None


@pytest.mark.parametrize("parse", [parse_events, parse_export, parse_analytics])
def test_a_line_that_is_too_long_is_refused(parse: Callable[[str], object]) -> None:
    with pytest.raises(UserError, match="too long for a command"):
        parse("x" * (MAX_LENGTH + 1))
