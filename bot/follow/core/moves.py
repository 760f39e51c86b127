"""What moved among figures since they were told, and what of it is bad news."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.asking.terms import Better, Figures, Measure

_DIGITS: Final = 1
"""Figures are compared as they are told."""
_POINTS: Final = 2.0
"""Of a percentage so many points are worth telling at once."""
_SHARE: Final = 0.05
"""Of any other figure so much of what it was, and at least one."""


@dataclass(frozen=True, slots=True)
class Move:
    """A figure that is not what was told, `before` None where nothing was told of it yet."""

    measure: Measure
    now: float
    before: float | None = None

    @property
    def change(self) -> float:
        """By how much it rose, or fell."""
        return 0.0 if self.before is None else round(self.now - self.before, _DIGITS)

    @property
    def is_worse(self) -> bool:
        """Whether it is surely bad news."""
        if self.measure.better is Better.UP:
            return self.change < 0
        return self.measure.better is Better.DOWN and self.change > 0

    @property
    def alarms(self) -> bool:
        """Whether it is so bad that it is told at once.

        Each is compared with what was told last: what goes to and fro is told once.
        """
        if not self.is_worse or self.before is None:
            return False
        least = _POINTS if self.measure.percent else max(1.0, _SHARE * abs(self.before))
        return abs(self.change) >= least

    @property
    def weight(self) -> float:
        """How much it moved, as a share of what it was; a percentage counts as it is."""
        whole = 100.0 if self.measure.percent else max(1.0, abs(self.before or 0.0))
        return abs(self.change) / whole


def moves(measures: Iterable[Measure], told: Figures, now: Figures) -> tuple[Move, ...]:
    """Return what is not as it was told, the worst first."""
    found = (_move(each, told.get(each.name), now.get(each.name)) for each in measures)
    return in_order(each for each in found if each)


def in_order(found: Iterable[Move]) -> tuple[Move, ...]:
    """Return moves, bad news first, and of these the largest."""
    return tuple(sorted(found, key=rank))


def rank(one: Move) -> tuple[bool, float]:
    """Return what moves are ordered by."""
    return not one.is_worse, -one.weight


def told_after(told: Figures, found: Sequence[Move]) -> Figures:
    """Return what is known once these moves are told."""
    return {**told, **{each.measure.name: each.now for each in found}}


def _move(measure: Measure, before: float | None, now: float | None) -> Move | None:
    if now is None or (before is not None and _told(before) == _told(now)):
        return None
    return Move(measure, _told(now), None if before is None else _told(before))


def _told(figure: float) -> float:
    return round(float(figure), _DIGITS)
