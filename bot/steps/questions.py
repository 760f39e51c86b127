"""From what was filled in in a step to the question that it asks."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.asking.core import periods
from bot.asking.core.arguments import in_a_row
from bot.asking.question import Picker, Question, QuestionKind, QuestionKinds, with_export
from bot.asking.rendering.period_inputs import ALL_DATES
from bot.asking.terms import Comparison, Measure, Threshold
from bot.errors import UserError
from bot.slack.blocks.wording import FORMATS
from bot.steps import words

COMPARISONS: Final[Mapping[str, Comparison]] = {
    "above": Comparison.ABOVE,
    "at least": Comparison.AT_LEAST,
    "below": Comparison.BELOW,
    "at most": Comparison.AT_MOST,
}
"""How a figure is compared, by the word for it."""


def picked_kind(kinds: QuestionKinds, service: str) -> tuple[QuestionKind[Any], Picker[Any]]:
    """Return the kind of a service. Raises UserError for none that can be picked."""
    kind = next((each for each in kinds if each.name == service), None)
    if kind is None or kind.picker is None:
        raise UserError(words.unknown_service(service))
    return kind, kind.picker


def question_of(kinds: QuestionKinds, given: Mapping[str, Any]) -> Question:
    """Return what the inputs of a step ask, as an answer in Slack.

    Raises UserError that says what would work.
    """
    _, picker = picked_kind(kinds, str(given.get("service", "")))
    report, about = str(given.get("report", "")), str(given.get("about") or "")
    if report not in {value for value, _ in picker.figures}:
        raise UserError(words.unknown_figure(report, picker.service))
    if report in picker.alone:
        about = ""
    elif not about:
        raise UserError(words.no_thing(picker.thing))
    asked: Question = picker.made(about, report, _period(picker, given))
    return with_export(asked, "")


def _period(picker: Picker[Any], given: Mapping[str, Any]) -> str:
    typed = str(given.get("period") or picker.period) if picker.period else ""
    return "" if typed in ("", ALL_DATES) else periods.canonical(typed)


def as_file(kind: QuestionKind[Any], asked: Question, form: str) -> Question:
    """Return the question for its data as a file. Raises UserError for a format it has not."""
    if form not in asked.formats:
        known = in_a_row((FORMATS.get(each, each) for each in asked.formats), "or")
        raise UserError(words.no_format(FORMATS.get(form, form), known))
    return kind.as_file(asked, form)


def measure_of(measures: Sequence[Measure], typed: str) -> Measure:
    """Return the figure of a name. Raises UserError that says which there are."""
    wanted = typed.strip().casefold()
    for each in measures:
        if wanted in (each.name, *each.also):
            return each
    raise UserError(words.unknown_measure(typed, ", ".join(each.name for each in measures)))


def threshold_of(measure: Measure, given: Mapping[str, Any]) -> Threshold:
    """Return what a figure is compared with. Raises UserError."""
    typed = str(given.get("comparison", ""))
    comparison = COMPARISONS.get(typed.strip().casefold())
    if comparison is None:
        raise UserError(words.unknown_comparison(typed))
    value = float(given["threshold"])
    return Threshold(measure.name, comparison, value, percent=measure.percent)


def figure_text(value: float, *, percent: bool) -> str:
    """Return a figure as people say it: "56.2%", "1,204"."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{text}%" if percent else text
