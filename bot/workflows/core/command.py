"""What may follow /flow-export: the workflows, one of them, or its data as a file."""

from collections.abc import Sequence
from typing import Any

from bot.asking.core.arguments import (
    Ask,
    Help,
    OpenForm,
    Token,
    joined,
    keyword,
    quoted,
    tokens,
    without_privately,
)
from bot.asking.core.options import (
    FORMAT_WORDS,
    FORMATS,
    Options,
    as_typed,
    format_after,
    in_quotes,
    name_and_options,
    read_options,
    whole_number,
)
from bot.asking.core.retyping import Correction, RetypeError
from bot.asking.core.synonyms import called, first_word
from bot.errors import UserError
from bot.workflows.question import CHART, COUNTS, INFO, SOURCE, STEP, WORKFLOWS, ExportQuestion

DEFAULT_PERIOD = "last-7d"
MAX_STEP = 100
MAX_LIMIT = 100_000_000
EXAMPLE = "/flow-export checkout step 2 last-7d xlsx limit 5000"
_WORKS = (
    "After the workflow comes step 2 (or source, counts or chart), then a period (last-7d), csv, "
    "xlsx or show, limit 5000, goal, action …, and privately at the end. "
    f"For example: {EXAMPLE}"
)
_IN_SLACK = (COUNTS, CHART)
"""Data that is a file only where one is asked for."""
_LIKELY_STEPS = (1, 2, 3)
_NAMES = called(
    {
        "help": "help|menu|?|hilfe",
        WORKFLOWS: "workflows|all workflows|list workflows|list|what workflows",
        INFO: "info|details|about|details of|info on",
        "form": "form",
    }
)
_ALONE = ("list",)
_ANY = "any"
_NEXT = ">"
SUBCOMMANDS = ("help", WORKFLOWS, INFO, "form")


ExportRequest = Help | OpenForm | Ask[ExportQuestion]


def parse_export(text: str) -> ExportRequest:
    """Return what the text after /flow-export asks for.

    Raises UserError naming the part that cannot be read and what would work.
    """
    typed_tokens, privately = without_privately(tokens(text))
    given = _without_verb(typed_tokens)
    first, rest = first_word(given, _NAMES, alone=_ALONE) if given else ("help", ())
    match first:
        case "help":
            return Help()
        case "form":
            return OpenForm(joined(rest))
    if first not in _VIEWS:
        name, options = name_and_options(given, OPTIONS)
        if not options:
            _refuse_bare_number(name)
            return OpenForm(name)
    return Ask(export_question(given), privately)


def _without_verb(given: Sequence[Token]) -> Sequence[Token]:
    """Return the tokens without "export" or "download" before a name."""
    verb = len(given) > 1 and given[0].word in {"export", "download"}
    return given[1:] if verb and given[1].word not in FORMATS else given


def _refuse_bare_number(name: str) -> None:
    """Raise RetypeError for a name that ends in a number, which may be that of a step."""
    before, _, number = name.rpartition(" ")
    if OPTIONS.misspelt(keyword(before)):
        return
    if before and number.isascii() and number.isdigit() and 1 <= int(number) <= MAX_STEP:
        raise RetypeError(
            f"Do you mean step {number} of {quoted(before)}?",
            typed=name,
            corrections=(
                Correction(f"Yes, step {number}", f"{in_quotes(before)} step {number}"),
                Correction("It belongs to the name", f"form {in_quotes(name)}"),
            ),
        )


def export_question(given: Sequence[Token]) -> ExportQuestion:
    """Return the question of a workflow's name and its options, here or in a digest.

    Raises UserError naming the part that cannot be read and what would work.
    """
    given = _without_verb(given)
    first, rest = first_word(given, _NAMES, alone=_ALONE)
    if first in _VIEWS:
        name, options = _VIEWS[first](rest)
        return ExportQuestion(name, data=first, **{"export": "", **options})
    return _of_one(*name_and_options(given, OPTIONS))


def _of_one(workflow: str, given: Sequence[Token]) -> ExportQuestion:
    """Return the question of a workflow's data."""
    found = read_options(given, OPTIONS)
    step = found.get("step", 0)
    data = found.setdefault("data", STEP)
    if step and data != STEP:
        raise UserError(f"Either step {step} or {data}, not both. For example: {EXAMPLE}")
    if data == STEP and not step:
        raise RetypeError(
            f"Which step of {workflow}?",
            typed=workflow,
            corrections=[
                Correction(f"Step {number}", f"{in_quotes(workflow)} step {number}")
                for number in _LIKELY_STEPS
            ],
        )
    found.setdefault("period", DEFAULT_PERIOD)
    found.setdefault("export", "" if data in _IN_SLACK else "csv")
    question = ExportQuestion(workflow=workflow, **found)
    _check(question)
    return question


def export_words(question: ExportQuestion) -> str:
    """Return the question as it can be typed again after /flow-export."""
    asked = f"step {question.step}" if question.data == STEP else question.data
    if question.data in _VIEWS:
        name = typed(question.workflow) if question.workflow else ""
        return " ".join(word for word in (asked, name, question.export) if word)
    words = (
        typed(question.workflow),
        asked,
        "total" if question.total else "",
        question.period,
        question.export or ("show" if question.data not in _IN_SLACK else ""),
        "basic" if question.basic else "",
        f"limit {question.limit}" if question.limit else "",
        "goal" if question.goal else "",
        _listed("action", question.actions),
        _listed("label", question.labels),
        "path " + f" {_NEXT} ".join(_listed("", each) or _ANY for each in question.path)
        if question.path
        else "",
    )
    return " ".join(word for word in words if word)


def typed(text: str) -> str:
    """Return a name or a value as it has to be typed: in quotes unless it is one plain word."""
    return as_typed(text, OPTIONS, taken={_ANY, *SUBCOMMANDS, *_NAMES})


def _listed(word: str, values: Sequence[str]) -> str:
    """Return a word and its values, or nothing when there are none."""
    return " ".join((word, *map(typed, values))).strip() if values else ""


def _check(question: ExportQuestion) -> None:
    """Raise UserError for options that do not go together."""
    narrowed = (question.limit, question.goal, question.actions, question.labels, question.path)
    try_this = f"/flow-export {in_quotes(question.workflow)}"
    if question.data == COUNTS and any(narrowed):
        raise UserError(
            "The counts beside the chart know only a period and a format. "
            f"Try `{try_this} counts last-7d`"
        )
    if question.data == CHART and (question.limit or question.goal or question.path):
        raise UserError(
            "The chart's figures know only a period, an action, a label and a format. "
            f"Try `{try_this} chart last-7d`"
        )
    if question.path and question.data != STEP:
        raise UserError(f"A path goes with a step. Try `{try_this} step 2 path a > b`")
    if question.total and question.data != SOURCE:
        raise UserError(f"total goes with source. Try `{try_this} source total last-7d`")
    if question.goal and question.data != STEP:
        raise UserError(f"goal goes with a step. Try `{try_this} step 2 goal last-7d`")
    if question.basic and (question.export or question.data in _IN_SLACK):
        raise UserError(f"basic goes with show. Try `{try_this} step 2 show basic`")


def _all_workflows(rest: Sequence[Token]) -> tuple[str, dict[str, Any]]:
    """Return no name and the options of "workflows"."""
    if rest and not _FILES.begin(rest):
        raise UserError(
            "workflows stands alone, or before csv or xlsx: /flow-export workflows. About one of "
            f"them: /flow-export info {joined(rest)}"
        )
    return "", read_options(rest, _FILES)


def _info(rest: Sequence[Token]) -> tuple[str, dict[str, Any]]:
    """Return the name and the options after "info"."""
    name, options = name_and_options(rest, _FILES)
    return name, read_options(options, _FILES)


def _step(given: Sequence[Token]) -> tuple[int, int]:
    """Return the number after "step"; steps count from 1."""
    works = f"The step must be a number from 1 to {MAX_STEP}, such as `step 2`."
    return whole_number(given, most=MAX_STEP, works=works)


def _limit(given: Sequence[Token]) -> tuple[int, int]:
    """Return the number of rows after "limit"."""
    works = f"The limit must be a number of rows up to {MAX_LIMIT:,}, such as `limit 5000`."
    return whole_number(given, most=MAX_LIMIT, works=works)


def _values(word: str) -> Any:
    """Return the reader of one or more values, which end at the next option."""

    def read(given: Sequence[Token]) -> tuple[tuple[str, ...], int]:
        end = _end(word, given)
        return tuple(each.text for each in given[:end]), end

    return read


def _path(given: Sequence[Token]) -> tuple[tuple[tuple[str, ...], ...], int]:
    """Return the actions of each step: "path a b > any > c" has three."""
    end = _end("path", given)
    steps: list[tuple[str, ...]] = [()]
    for each in given[:end]:
        if each.word == _NEXT:
            steps.append(())
        elif each.word != _ANY:
            steps[-1] += (each.text,)
    return tuple(steps), end


def _end(word: str, given: Sequence[Token]) -> int:
    """Return how many of the tokens are values; raises UserError for none."""
    end = OPTIONS.until(given)
    if not end:
        example = f"/flow-export checkout step 2 {word} element-ab12cd34"
        raise UserError(f"After {word} comes at least one value, as in {example}")
    return end


_COUNTED = ("visitors", "visits", "sessions")
"""What the counts count."""
OPTIONS = Options(
    soft=_COUNTED,
    likely=(Correction("Step 1", "step 1"), Correction("Visitors", "counts")),
    which=f"Which workflow? Begin with its name or id, as in {EXAMPLE}",
    works=_WORKS,
    alone={
        **FORMAT_WORDS,
        "show": ("export", ""),
        SOURCE: ("data", SOURCE),
        COUNTS: ("data", COUNTS),
        CHART: ("data", CHART),
        **dict.fromkeys(_COUNTED, ("data", COUNTS)),
        **{
            f"{word} step": ("step", number)
            for words in (("first", "second", "third"), ("1st", "2nd", "3rd"))
            for number, word in enumerate(words, 1)
        },
        "goal": ("goal", True),
        "total": ("total", True),
        "basic": ("basic", True),
    },
    valued={
        "export": ("export", format_after),
        "step": ("step", _step),
        "limit": ("limit", _limit),
        "action": ("actions", _values("action")),
        "actions": ("actions", _values("action")),
        "label": ("labels", _values("label")),
        "path": ("path", _path),
    },
)
_FILES = Options(
    which="Which workflow? For example: /flow-export info checkout",
    works="A file is had with csv or xlsx at the end. For example: /flow-export info checkout xlsx",
    alone=FORMAT_WORDS,
    valued={"export": ("export", format_after)},
    with_period=False,
)
_VIEWS = {WORKFLOWS: _all_workflows, INFO: _info}
"""What is asked without a step and a period."""
