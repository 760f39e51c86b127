"""What may be asked about a training flow, in any order, in a command or in a digest."""

from collections.abc import Sequence
from dataclasses import replace

from bot.asking.core import periods
from bot.asking.core.arguments import Token, TokenKind, keyword
from bot.asking.core.options import (
    FORMATS,
    Options,
    name_and_options,
    one_word,
    options_before,
    read_options,
)
from bot.asking.core.retyping import Correction
from bot.training.core.names import ALL
from bot.training.model import COMPLETED, GRAINS, IN_PROGRESS, NOT_COMPLETED, OVERDUE, PENDING
from bot.training.question import RAW, ReportQuestion

_STATUS = {
    OVERDUE: "overdue|late|behind|delayed|past due|over due",
    PENDING: "pending|not started|not begun|not yet started|unstarted|to do|todo",
    COMPLETED: "completed|complete|done|finished|passed",
    IN_PROGRESS: "in-progress|in_progress|in progress|started|ongoing|under way|underway|begun",
    NOT_COMPLETED: "not_completed|not-completed|not completed|not complete|not done|not finished|"
    "not yet completed|not yet done|uncompleted|incomplete|unfinished|outstanding|open|missing",
}
"""What people call the statuses."""
_STATUS_WORDS = {word: status for status, words in _STATUS.items() for word in words.split("|")}
_SURE = frozenset({OVERDUE, PENDING, COMPLETED, IN_PROGRESS, "in-progress", "in progress"})
"""Words that are a status wherever they stand."""
_ALL_FLOWS = frozenset({ALL, "all flows", "any flow", "every flow", "all named flows"})
_EVER = ("all time", "all dates", "ever")
_FORMATS = {**FORMATS, "pdf": "pdf"}
_FORMAT = one_word(
    _FORMATS,
    works="After export comes csv, xlsx or pdf, as in /flow-report onboarding export xlsx",
)
_GRAIN = one_word(
    {each: each for each in GRAINS},
    works=(
        f"After by comes {', '.join(GRAINS[:-1])} or {GRAINS[-1]}, "
        "as in /flow-report onboarding this-quarter by week"
    ),
    plural=True,
)
_NO_PERSON = (
    "A report is about a flow, not a person. To assign a flow: "
    "/flow-report assign onboarding @ada due 2026-12-01"
)
OPTIONS = Options(
    likely=(Correction("Only overdue", "overdue"), Correction("Last 30 days", "last-30d")),
    which="Which flow? Begin with its name or id, as in /flow-report onboarding last-30d",
    works=(
        "After the flow you can put a period (last-30d), a status (overdue, in-progress, pending, "
        "completed), detailed, by week, export xlsx, and privately at the end."
    ),
    alone={
        **{word: ("status", status) for word, status in _STATUS_WORDS.items()},
        **dict.fromkeys(_EVER, ("period", "")),
        **{word: ("export", form) for word, form in _FORMATS.items()},
        **dict.fromkeys(("detailed", "in detail", "details"), ("detailed", True)),
        RAW: ("raw", True),
    },
    soft={word for word in _STATUS_WORDS if word not in _SURE} | {*_EVER, "details", RAW},
    valued={"by": ("by", _GRAIN), "export": ("export", _FORMAT)},
    noun="flow",
    instead={"last": "last-30d", "this": "last-30d"},
    foreign={
        TokenKind.USER: _NO_PERSON,
        TokenKind.EMAIL: _NO_PERSON,
        TokenKind.CHANNEL: (
            "Leave out the channel: the answer comes where you ask. "
            "For example: /flow-report onboarding last-30d"
        ),
    },
    late="Put privately at the end: /flow-report onboarding overdue privately",
)
RESERVED = frozenset(
    {ALL, *OPTIONS.alone, *OPTIONS.valued, "privately", *periods.NAMED, *GRAINS, "last", "this"}
)
"""Words that would hide a flow of that name, in lower case."""


def question(given: Sequence[Token]) -> ReportQuestion:
    """Return the question of the tokens: the flow, then its options in any order.

    Options alone are about all flows that have a name.
    """
    before, rest = options_before(given, OPTIONS)
    if before and not rest:
        return _asked(ALL, before)
    flow, options = name_and_options(given, OPTIONS)
    every = all(each.kind is TokenKind.WORD for each in given) and keyword(flow) in _ALL_FLOWS
    return _asked(ALL if every else flow, options)


def _asked(flow: str, options: Sequence[Token]) -> ReportQuestion:
    """Return the question about a flow; only a workbook can be raw, so that is meant."""
    found = ReportQuestion(flow=flow, **read_options(options, OPTIONS))
    return replace(found, export="xlsx") if found.raw and not found.export else found
