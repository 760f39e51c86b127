"""What may be asked about a training flow, in any order, in a command or in a digest."""

from collections.abc import Sequence

from bot.asking.core import periods
from bot.asking.core.arguments import Token, TokenKind
from bot.asking.core.options import FORMATS, Options, name_and_options, one_word, read_options
from bot.training.model import COMPLETED, GRAINS, IN_PROGRESS, OVERDUE, PENDING
from bot.training.question import ReportQuestion

_STATUS = {
    "overdue": OVERDUE,
    "pending": PENDING,
    "completed": COMPLETED,
    "in-progress": IN_PROGRESS,
    "in_progress": IN_PROGRESS,
    "in progress": IN_PROGRESS,
}
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
    which="Which flow? Begin with its name or id, as in /flow-report onboarding last-30d",
    works=(
        "After the flow you can put a period (last-30d), a status (overdue, in-progress, pending, "
        "completed), detailed, by week, export xlsx, and privately at the end."
    ),
    alone={
        **{word: ("status", status) for word, status in _STATUS.items()},
        **{word: ("export", form) for word, form in _FORMATS.items()},
        "detailed": ("detailed", True),
    },
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
    {*OPTIONS.alone, *OPTIONS.valued, "privately", *periods.NAMED, *GRAINS, "last", "this"}
)
"""Words that would hide a flow of that name, in lower case."""


def question(given: Sequence[Token]) -> ReportQuestion:
    """Return the question of the tokens: the flow, then its options in any order."""
    flow, options = name_and_options(given, OPTIONS)
    return ReportQuestion(flow=flow, **read_options(options, OPTIONS))
