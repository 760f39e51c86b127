"""How long the executions of one flow usually take, and when one takes far too long."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from statistics import median

from bot.runs.model import SUCCESS, WARNING, Execution

FEWEST_RUNS = 5
"""So many finished runs are needed before anything is called usual."""
SHORTEST_STUCK = timedelta(minutes=2)
_NEARLY_ALL = 0.95
_TIMES_MEDIAN = 3
_TIMES_LONGEST = 1.5


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual for a flow: the middle of its durations, and what 95 % do not exceed."""

    median: timedelta
    longest_usual: timedelta
    runs: int


def durations(executions: Iterable[Execution]) -> tuple[timedelta, ...]:
    """Return how long the ones took that finished well; the others say nothing about the usual."""
    return tuple(
        one.modified_at - one.created_at
        for one in executions
        if one.status in (SUCCESS, WARNING) and one.created_at and one.modified_at
    )


def usual(taken: Sequence[timedelta]) -> Usual | None:
    """Return what is usual, or None for fewer than FEWEST_RUNS; negative durations do not count."""
    seconds = sorted(each.total_seconds() for each in taken if each >= timedelta(0))
    if len(seconds) < FEWEST_RUNS:
        return None
    at = ceil(_NEARLY_ALL * len(seconds)) - 1
    return Usual(timedelta(seconds=median(seconds)), timedelta(seconds=seconds[at]), len(seconds))


def is_stuck(elapsed: timedelta, known: Usual) -> bool:
    """Return whether that is far beyond the usual, and long enough for anybody to care."""
    limits = (
        SHORTEST_STUCK,
        _TIMES_MEDIAN * known.median,
        _TIMES_LONGEST * known.longest_usual,
    )
    return elapsed > max(limits)
