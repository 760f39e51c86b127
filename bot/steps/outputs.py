"""What a step gives to those that come after it, exactly as it was declared. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.asking.core.room_steps import FLAG, NUMBER, TEXT, TEXTS, WHEN, WHOLE, StepOutput
from bot.asking.terms import Measure
from bot.steps import catalog
from bot.steps.catalog import WorkflowStep
from bot.steps.execution import StepExecution
from bot.steps.questions import figure_text, threshold_of


@dataclass(frozen=True, slots=True)
class Links:
    """Where the messages of a step are in Slack; empty where Slack gives no link."""

    message: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Whether a figure is past a threshold, and since when checks find it so."""

    crossed: bool
    since: datetime


def outputs_of(
    step: WorkflowStep,
    one: StepExecution,
    links: Links,
    *,
    measure: Measure | None = None,
    crossing: CheckResult | None = None,
) -> dict[str, Any]:
    """Return the outputs of a step that ended well; what is not known is left out."""
    so_far = one.so_far
    made: dict[str, Any] = {
        **so_far.values,
        **_figure(one, measure),
        "summary": so_far.summary,
        "link": links.message,
        "file_link": links.file,
    }
    if step.callback == catalog.EXPORT:
        files = so_far.message.files
        made |= {"has_file": bool(files), "file_name": next(iter(files), "")}
    if crossing:
        made |= {"crossed": crossing.crossed, "since": crossing.since}
    given = {each.name: _value(each, made.get(each.name)) for each in step.outputs}
    sure = {each.name for each in step.outputs if each.sure}
    return {name: value for name, value in given.items() if name in sure or _says(value)}


def is_crossed(one: StepExecution, measure: Measure) -> bool | None:
    """Return whether the figure of a check is past its threshold; None without a figure."""
    figure = one.so_far.values.get(measure.name)
    return None if figure is None else threshold_of(measure, one.inputs).holds(float(figure))


def _figure(one: StepExecution, measure: Measure | None) -> Mapping[str, Any]:
    figure = one.so_far.values.get(measure.name) if measure else None
    if measure is None or figure is None:
        return {}
    return {
        "value": float(figure),
        "value_text": figure_text(float(figure), percent=measure.percent),
    }


def _value(one: StepOutput, value: Any) -> Any:
    """Return a value as its output was declared; None where it is not known."""
    if value is None:
        return "" if one.sure and one.type == TEXT else None
    return _OF_TYPE.get(one.type, str)(value)


def _says(value: Any) -> bool:
    return value is not None and value not in ("", [])


def _seconds(value: Any) -> int:
    return int(datetime.fromisoformat(str(value)).timestamp())


def _texts(value: Any) -> list[str]:
    return [str(each) for each in value]


_OF_TYPE: Final[Mapping[str, Callable[[Any], Any]]] = {
    WHEN: _seconds,
    NUMBER: float,
    WHOLE: int,
    FLAG: bool,
    TEXTS: _texts,
}
"""What makes a value what its output was declared as; all else is text."""
