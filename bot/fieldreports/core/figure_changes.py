"""What changed between a figure and the same one of the period before."""

from dataclasses import dataclass, replace

from bot.fieldreports.core.figures import Figure, count_of
from bot.fieldreports.question import (
    BY_FIELD,
    BY_HOUR,
    BY_USER,
    BY_WEEKDAY,
)

COMPARABLE = (BY_USER, BY_FIELD, BY_HOUR, BY_WEEKDAY)
"""Figures whose rows stand for the same in both periods. States, reads and alerts that were opened
do not: reports of the period before had longer to move on and to be read."""
BEFORE, CHANGE = "Before", "Change"
"""The columns that a comparison adds."""
_MOVERS = 3


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A count now and before."""

    now: int
    before: int

    @property
    def delta(self) -> int:
        """How many more than before."""
        return self.now - self.before


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


def leaders(figure: Figure) -> tuple[tuple[str, ...], int]:
    """Return the labels with the highest count, several where they are equal, and that count."""
    most = max((count for _, count in figure.counts), default=0)
    return tuple(label for label, count in figure.counts if count == most > 0), max(most, 0)
