"""What may be asked about a training flow, in any order, in a command or in a digest."""

from collections.abc import Sequence

from bot.asking.core import periods
from bot.asking.core.arguments import Token, TokenKind, joined, nearest, quoted, unknown
from bot.asking.model import ReportQuestion
from bot.errors import UserError
from bot.training.model import COMPLETED, GRAINS, IN_PROGRESS, OVERDUE, PENDING

_STATUS = {
    "overdue": OVERDUE,
    "pending": PENDING,
    "completed": COMPLETED,
    "in-progress": IN_PROGRESS,
    "in_progress": IN_PROGRESS,
    "in progress": IN_PROGRESS,
}
_FORMATS = {"csv": "csv", "xlsx": "xlsx", "excel": "xlsx", "xls": "xlsx", "pdf": "pdf"}
_DETAILED = "detailed"
_ALONE = {
    **{word: ("status", status) for word, status in _STATUS.items()},
    **{word: ("export", name) for word, name in _FORMATS.items()},
    _DETAILED: (_DETAILED, _DETAILED),
}
_NOUNS = {"by": "grain", "export": "format"}
_OPTIONS = frozenset({*_ALONE, "by", "export", "privately"})
_VOCABULARY = (*sorted(_OPTIONS), *periods.NAMED, "last-7d", "last-30d")
RESERVED = frozenset({*_OPTIONS, *periods.NAMED, *GRAINS, "last", "this"})
"""Words that would hide a flow of that name, in lower case."""

_WORKS = (
    "After the flow you can put a period (last-30d), a status (overdue, in-progress, pending, "
    "completed), detailed, by week, export xlsx, and privately at the end."
)


def question(given: Sequence[Token]) -> ReportQuestion:
    """Return the question of the tokens: the flow, then its options in any order."""
    for each in given:
        _refuse_foreign(each)
    flow, options = _flow_and_options(given)
    found: dict[str, str] = {}
    words = [each.text.casefold() for each in options]
    while words:
        field, value, used = _option(words)
        if field in found and found[field] != value:
            both = f"{quoted(found[field])} and {quoted(value)}"
            raise UserError(f"One {_NOUNS.get(field, field)} at a time: this has {both}.")
        found[field] = value
        words = words[used:]
    detailed = found.pop(_DETAILED, "") != ""
    return ReportQuestion(flow=flow, detailed=detailed, **found)


def is_option(given: Sequence[Token]) -> bool:
    """Return whether the tokens begin with an option of a report."""
    words = [each.word for each in given[:5]]
    return bool(words) and (
        words[0] in _OPTIONS or words[:2] == ["in", "progress"] or periods.leading(words) > 0
    )


def misspelt(word: str) -> str:
    """Return the option that the word nearly is, or an empty text."""
    return "last-30d" if word in {"last", "this"} else nearest(word, _VOCABULARY, cutoff=0.85)


def _refuse_foreign(token: Token) -> None:
    """Raise UserError for a person or a channel, which no report can be asked about."""
    if token.kind in {TokenKind.USER, TokenKind.EMAIL}:
        raise UserError(
            "A report is about a flow, not a person. To assign a flow: "
            "/flow-report assign onboarding @ada due 2026-12-01"
        )
    if token.kind is TokenKind.CHANNEL:
        raise UserError(
            "Leave out the channel: the answer comes where you ask. "
            "For example: /flow-report onboarding last-30d"
        )


def _flow_and_options(given: Sequence[Token]) -> tuple[str, Sequence[Token]]:
    """Return the flow's name, of one quoted token or the words before the first option."""
    if not given or is_option(given):
        raise UserError(
            "Which flow? Begin with its name or id, as in /flow-report onboarding last-30d"
        )
    end = 1
    while given[0].kind is TokenKind.WORD and end < len(given) and not is_option(given[end:]):
        if given[end].kind is TokenKind.QUOTED:
            break
        _refuse_misspelt(given[end].word, joined(given[: end + 1]))
        end += 1
    return joined(given[:end]), given[end:]


def _refuse_misspelt(word: str, name: str) -> None:
    """Raise UserError for a word that is nearly an option and so probably no part of a name."""
    near = misspelt(word)
    if near:
        raise UserError(
            f"I don't know {quoted(word)}. Did you mean {quoted(near)}? If it belongs to the name "
            f"of the flow, put the name in quotation marks: {quoted(name)}. {_WORKS}"
        )


def _option(words: Sequence[str]) -> tuple[str, str, int]:
    """Return the field of ReportQuestion, its value, and how many words said so."""
    span = periods.leading(words)
    if span:
        return "period", periods.canonical(" ".join(words[:span])), span
    for count in (2, 1):  # "in progress" is two
        phrase = " ".join(words[:count])
        if phrase in _ALONE:
            return *_ALONE[phrase], count
    first = words[0]
    if first == "by":
        return "by", _grain(words[1:2]), 2
    if first == "export":
        return "export", _format(words[1:2]), 2
    if first == "privately":
        raise UserError("Put privately at the end: /flow-report onboarding overdue privately")
    raise unknown(first, _VOCABULARY, works=_WORKS)


def _grain(words: Sequence[str]) -> str:
    """Return the grain after "by"; raises UserError for none or an unknown one."""
    word = words[0].removesuffix("s") if words else ""
    if word in GRAINS:
        return word
    works = f"After by comes {_either(GRAINS)}, as in /flow-report onboarding this-quarter by week"
    raise unknown(words[0], GRAINS, works=works) if words else UserError(works)


def _format(words: Sequence[str]) -> str:
    """Return the format after "export"; raises UserError for none or an unknown one."""
    if words and words[0] in _FORMATS:
        return _FORMATS[words[0]]
    works = "After export comes csv, xlsx or pdf, as in /flow-report onboarding export xlsx"
    raise unknown(words[0], _FORMATS, works=works) if words else UserError(works)


def _either(words: Sequence[str]) -> str:
    """Return the words as a choice: a, b or c."""
    return f"{', '.join(words[:-1])} or {words[-1]}"
