"""What may be asked about the runs of Smart Flows: a summary or a list."""

from collections.abc import Sequence
from typing import Final

from bot.asking.core.arguments import Token, TokenKind, meant, nearest, quoted
from bot.asking.core.options import (
    FORMAT_WORDS,
    Options,
    as_typed,
    format_after,
    name_and_options,
    read_options,
)
from bot.asking.core.retyping import Correction, RetypeError
from bot.asking.core.synonyms import called, first_word
from bot.runs.question import RUN_LISTS, RunsQuestion

ALL: Final = "all"
LIST: Final = "list"
SUMMARY: Final = "summary"
_LIST_WORDS: Final = {
    **{each: each for each in RUN_LISTS},
    "active": "running",
    "error": "failed",
    "errors": "failed",
    "questions": "waiting",
    "recent": "latest",
    "last": "latest",
}
_ALONE: Final = called(
    {
        "running": "running|active|what is running|running now|in progress",
        "failed": "failed|failures|errors|what failed|failed runs|last failed|latest failed|"
        "any failed",
        "waiting": "waiting|questions|open questions|needs input|waiting for me|waiting runs",
        "today": "today|runs today|today's runs",
        "latest": "latest|recent|status|last|history|runs|all runs|latest runs|recent runs|"
        "last runs",
    }
)
"""Whole lines that stand for a list."""
_LIKELY: Final = ("latest", "running", "failed", "waiting")
_EXAMPLE: Final = "/flow-run summary invoices last-7d"
OPTIONS: Final = Options(
    which=f"Which flow? Name one, or say all, as in {_EXAMPLE}",
    works=(
        "After the flow, or all, comes a period (last-7d), and csv or xlsx for a file. "
        f"For example: {_EXAMPLE}"
    ),
    alone=FORMAT_WORDS,
    valued={"export": ("export", format_after)},
)
_OF_A_LIST: Final = Options(
    which="",
    works="Try running, failed, waiting, today or latest; csv or xlsx after it makes a file.",
    alone=FORMAT_WORDS,
    valued={"export": ("export", format_after)},
    with_period=False,
)


def runs_question(given: Sequence[Token]) -> RunsQuestion:
    """Return the question of a flow, or all, and its options; or of "list" and which runs.

    Raises UserError naming the part that cannot be read and what would work.
    """
    if given and given[0].word == LIST and _is_list(given[1:]):
        return runs_list(given[1:])
    flow, options = name_and_options(given, OPTIONS)
    found = read_options(options, OPTIONS)
    everything = flow == ALL and given[0].kind is TokenKind.WORD
    period = found.get("period", RunsQuestion().period)
    return RunsQuestion("" if everything else flow, period=period, export=found.get("export", ""))


def runs_list(given: Sequence[Token]) -> RunsQuestion:
    """Return the question of what follows "list": those that go on unless something is said."""
    which = _LIST_WORDS.get(given[0].word, "") if given else "running"
    rest = given[1:] if given and which else given
    if not which and not _OF_A_LIST.begin(given):
        raise _unknown_list(given[0])
    return RunsQuestion(which=which or "running", **read_options(rest, _OF_A_LIST))


def _unknown_list(word: Token) -> RetypeError:
    """Return the error for runs that there are not; the lists that there are, the nearest first."""
    near = nearest(word.text, RUN_LISTS)
    lists = dict.fromkeys((near, *_LIKELY)) if near else _LIKELY
    return RetypeError(
        f"I didn't understand {quoted(word.text)}.{meant([near] if near else [])}",
        typed=word.text,
        corrections=[Correction(each.capitalize(), each) for each in lists],
    )


def list_word(given: Sequence[Token]) -> str:
    """Return which runs a whole line stands for, such as "status" or "what is running"."""
    which, rest = first_word(given, _ALONE, alone=tuple(_ALONE))
    return which if not rest else ""


def runs_words(question: RunsQuestion) -> str:
    """Return the question as it can be typed again in a digest, after "runs"."""
    export = f" export {question.export}" if question.export else ""
    if question.which:
        return f"{LIST} {question.which}{export}"
    flow = as_typed(question.flow, OPTIONS, taken={ALL, LIST}) if question.flow else ALL
    return f"{flow} {question.period}{export}"


def run_command(question: RunsQuestion) -> str:
    """Return the question as it can be typed after /flow-run."""
    words = runs_words(question)
    return words if question.which else f"{SUMMARY} {words}"


def _is_list(given: Sequence[Token]) -> bool:
    """Return whether this is a list, and not a flow whose name begins with that word."""
    return not given or given[0].word in _LIST_WORDS or _OF_A_LIST.begin(given)
