"""The figures of answers about field reports that a digest can depend on."""

from collections.abc import Sequence
from typing import Final

from bot.asking.terms import Better, Measure, Tally, tally_of
from bot.fieldreports.model import Channel, FormField
from bot.fieldreports.question import (
    AWARENESS,
    CHANNELS,
    FIELDS,
    IMAGES,
    READS,
    AnalyticsQuestion,
)

_REPORTS: Final = Measure("reports", also=("report", "field reports"))
_ROWS: Final = Measure("rows")
_OTHERS: Final = {
    READS: Measure("reads", also=("views",), better=Better.UP),
    AWARENESS: Measure("alerts"),
    IMAGES: Measure("pictures", also=("images", "photos")),
    CHANNELS: Measure("channels"),
    FIELDS: Measure("fields"),
}


def analytics_measures(question: AnalyticsQuestion | None) -> tuple[Measure, ...]:
    """Return the figures of a question's answer, or all that there may be."""
    if question is None:
        return (_REPORTS, *_OTHERS.values(), _ROWS)
    return (measure_of(question),)


def measure_of(question: AnalyticsQuestion) -> Measure:
    """Return the figure of an answer: what is counted in it, and of a file its rows."""
    return _ROWS if question.export else _OTHERS.get(question.figure, _REPORTS)


def counted_in(question: AnalyticsQuestion, rows: Sequence[Channel | FormField]) -> Tally:
    """Return how many rows a list has, and which."""
    return tally_of({measure_of(question).name: len(rows)}, rows)
