"""The figures of a report that a digest can depend on."""

from collections.abc import Iterable, Iterator
from typing import Final

from bot.asking.terms import Better, Measure, Tally, tally_of
from bot.training.core.aggregation import completion_rate
from bot.training.core.names import ALL
from bot.training.model import (
    COMPLETED,
    IN_PROGRESS,
    NOT_COMPLETED,
    OVERDUE,
    PENDING,
    Assignment,
    TrainingReport,
)
from bot.training.question import ReportQuestion

_WHOLE: Final = (
    Measure(
        "completion",
        percent=True,
        also=("completion rate", "rate", "progress"),
        better=Better.UP,
    ),
    Measure(COMPLETED, also=("done", "finished"), better=Better.UP),
    Measure("assigned", also=("assignments", "people")),
)
_BY_STATUS: Final = {
    OVERDUE: Measure(
        OVERDUE, also=("late", "people overdue", "overdue people"), better=Better.DOWN
    ),
    IN_PROGRESS: Measure("in progress", also=("started", "working on it")),
    PENDING: Measure(PENDING, also=("not started",)),
    NOT_COMPLETED: Measure("open", also=("not completed", "unfinished", "incomplete")),
}


def report_measures(question: ReportQuestion | None) -> tuple[Measure, ...]:
    """Return the figures of a question's answer, or all that there may be."""
    if question is None:
        return (*_WHOLE, *_BY_STATUS.values())
    return (*_WHOLE, *(_BY_STATUS[status] for status in _statuses(question)))


def report_tally(report: TrainingReport, question: ReportQuestion) -> Tally:
    """Return the figures of a report, and who has which status.

    Figures by status count people, and the others assignments.
    """
    counts = {
        _BY_STATUS[status].name: float(people(_having(report.assignments, status)))
        for status in _statuses(question)
    }
    rate = completion_rate(report.completed, report.total)
    whole = {"completion": rate, COMPLETED: report.completed, "assigned": report.total}
    states = sorted((each.id, each.status) for each in report.assignments)
    return tally_of(whole | counts, states)


def flow_part(question: ReportQuestion) -> str:
    """Return that the flows of a report on all can be chosen from; of a file they cannot."""
    return "flow" if question.flow == ALL and not question.export else ""


def people(assignments: Iterable[Assignment]) -> int:
    """Return how many different people have these assignments."""
    return len({each.email.strip().casefold() for each in assignments})


def _statuses(question: ReportQuestion) -> Iterator[str]:
    """Yield those of which a question's answer has everybody."""
    if question.status:
        yield from (status for status in _BY_STATUS if status == question.status)
        return
    yield OVERDUE
    if question.flow != ALL or question.by or question.export:
        yield from (IN_PROGRESS, PENDING, NOT_COMPLETED)


def _having(assignments: Iterable[Assignment], status: str) -> Iterator[Assignment]:
    if status == NOT_COMPLETED:
        return (each for each in assignments if each.status != COMPLETED)
    return (each for each in assignments if each.status == status)
