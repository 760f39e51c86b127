"""The figures of answers about website workflows that a digest can depend on."""

from typing import Final

from bot.asking.terms import Better, Measure, Tally, tally_of
from bot.workflows.model import Sidedata
from bot.workflows.question import COUNTS, STEP, WORKFLOWS, ExportQuestion

EVENTS: Final = Measure("events", also=("event", "rows", "exports"))
LISTED: Final = Measure("workflows")
_COUNTS: Final = (
    Measure("visitors", also=("visits",), better=Better.UP),
    Measure("sessions", better=Better.UP),
)


def export_measures(question: ExportQuestion | None) -> tuple[Measure, ...]:
    """Return the figures of a question's answer, or all that there may be."""
    if question is None:
        return (EVENTS, *_COUNTS, LISTED)
    if question.data == COUNTS:
        return () if question.export else _COUNTS
    return {STEP: (EVENTS,), WORKFLOWS: (LISTED,)}.get(question.data, ())


def count_figures(counts: Sidedata) -> Tally:
    """Return the figures of the counts beside a chart."""
    return tally_of({"visitors": counts.visitors, "sessions": counts.sessions})
