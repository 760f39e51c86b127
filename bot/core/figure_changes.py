"""What changed between a figure and the same one of the period before."""

from collections import Counter
from dataclasses import dataclass, replace

from bot.core.fieldfigures import Figure
from bot.model.asking import AWARENESS, BY_FIELD, BY_HOUR, BY_STATE, BY_USER, BY_WEEKDAY, READS

COMPARABLE = (BY_STATE, BY_USER, BY_FIELD, BY_HOUR, BY_WEEKDAY, READS, AWARENESS)
"""Figures whose rows stand for the same in both periods."""
_MOVERS = 3


@dataclass(frozen=True, slots=True)
class Change:
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
    returned as it is.
    """
    if now.kind not in COMPARABLE:
        return now
    earlier: Counter[str] = Counter()
    for label, count in before.counts:
        earlier[label] += count
    rows = [
        (*row, earlier.get(label, 0), count - earlier.get(label, 0))
        for row, (label, count) in zip(now.rows, now.counts, strict=True)
    ]
    known = {label for label, _ in now.counts}
    middle = (None,) * (len(now.columns) - 2)
    gone = [
        (label, *middle, 0, count, -count)
        for label, count in earlier.items()
        if label not in known and count
    ]
    return replace(now, columns=(*now.columns, "Before", "Change"), rows=(*rows, *gone))


def movers(now: Figure, before: Figure) -> tuple[tuple[str, Change], ...]:
    """Return the labels whose counts changed most, at most three, the largest change first."""
    counts: dict[str, list[int]] = {}
    for place, figure in enumerate((now, before)):
        for label, count in figure.counts:
            counts.setdefault(label, [0, 0])[place] += count
    changes = [(label, Change(*pair)) for label, pair in counts.items()]
    moved = [each for each in changes if each[1].delta]
    return tuple(sorted(moved, key=lambda each: (-abs(each[1].delta), each[0]))[:_MOVERS])


def busiest(figure: Figure) -> tuple[str, int] | None:
    """Return the label with the highest count, the first of equals; None for no count at all."""
    counts = [each for each in figure.counts if each[1] > 0]
    return max(counts, key=lambda each: each[1]) if counts else None
