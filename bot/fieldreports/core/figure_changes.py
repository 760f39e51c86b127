"""What changed between a figure and the same one of the period before."""

from dataclasses import dataclass, replace

from bot.fieldreports.core.figures import Figure, count_of
from bot.fieldreports.question import (
    AWARENESS,
    BY_FIELD,
    BY_HOUR,
    BY_STATE,
    BY_USER,
    BY_WEEKDAY,
    READS,
)

COMPARABLE = (BY_STATE, BY_USER, BY_FIELD, BY_HOUR, BY_WEEKDAY, READS, AWARENESS)
"""Figures whose rows stand for the same in both periods."""
BEFORE, CHANGE = "Before", "Change"
"""The columns that a comparison adds."""
_MOVERS = 3


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A count now and before. `percent` is the growth, None from nothing."""

    now: int
    before: int

    @property
    def delta(self) -> int:
        """How many more than before."""
        return self.now - self.before

    @property
    def percent(self) -> float | None:
        """The growth in percent to one decimal."""
        return round(100 * self.delta / self.before, 1) if self.before else None


def compared(now: Figure, before: Figure) -> Figure:
    """Return the figure with the counts of the period before and the change in two more columns.

    Rows that only the period before has come last with a zero. A figure that is not COMPARABLE is
    returned as it is; a count that is not known has no change.
    """
    if now.kind not in COMPARABLE:
        return now
    earlier = {key: count for key, _, count in before.keyed}
    rows = [
        (*row, *_beside(count_of(row), earlier.get(key, 0)))
        for row, (key, _, _) in zip(now.rows, now.keyed, strict=True)
    ]
    known = {key for key, _, _ in now.keyed}
    middle = (None,) * (len(now.columns) - 2)
    gone = [each for each in before.keyed if each[0] not in known and each[2]]
    return replace(
        now,
        columns=(*now.columns, BEFORE, CHANGE),
        rows=(*rows, *((label, *middle, 0, count, -count) for _, label, count in gone)),
        keys=(*(key for key, _, _ in now.keyed), *(key for key, _, _ in gone)),
    )


def _beside(now: int | None, before: int) -> tuple[int, int | None]:
    """Return the count before and the change, which is not known where the count is not."""
    return before, None if now is None else now - before


def movers(now: Figure, before: Figure) -> tuple[tuple[str, FigureChange], ...]:
    """Return the labels whose counts changed most, at most three, the largest change first."""
    labels = {key: label for figure in (before, now) for key, label, _ in figure.keyed}
    after, earlier = ({key: count for key, _, count in each.keyed} for each in (now, before))
    changes = [
        (label, FigureChange(after.get(key, 0), earlier.get(key, 0)))
        for key, label in labels.items()
    ]
    moved = [each for each in changes if each[1].delta]
    return tuple(sorted(moved, key=lambda each: (-abs(each[1].delta), each[0]))[:_MOVERS])


def busiest(figure: Figure) -> tuple[str, int] | None:
    """Return the label with the highest count, the first of equals; None for no count at all."""
    counts = [each for each in figure.counts if each[1] > 0]
    return max(counts, key=lambda each: each[1]) if counts else None
