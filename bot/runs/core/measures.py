"""The figures of answers about runs that a digest can depend on."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.asking.terms import Better, Measure, Tally, tally_of
from bot.runs.model import ENDED, ERROR, INTERRUPTED, SUCCESS, WARNING, Execution
from bot.runs.question import RunsQuestion

RUNS: Final = Measure("runs", also=("run",))
_ENDS: Final = (
    Measure("failed", also=("failures", "failed runs", "errors"), better=Better.DOWN),
    Measure(
        "failure rate",
        percent=True,
        also=("failures rate", "error rate"),
        better=Better.DOWN,
    ),
    Measure("went well", also=("succeeded", "successful", "finished")),
)


def run_measures(question: RunsQuestion | None) -> tuple[Measure, ...]:
    """Return the figures of a question's answer, or all that there may be."""
    whole = question is None or not (question.which or question.export)
    return (RUNS, *_ENDS) if whole else (RUNS,)


def run_figures(counts: Mapping[str, int]) -> Tally:
    """Return the figures of runs by status; the rate is of those that have ended."""
    ended, failed = _sum(counts, *ENDED), _sum(counts, ERROR, INTERRUPTED)
    return tally_of(
        {
            RUNS.name: sum(counts.values()),
            "failed": failed,
            "failure rate": round(100 * failed / ended, 1) if ended else None,
            "went well": _sum(counts, SUCCESS, WARNING),
        }
    )


def listed_runs(runs: Sequence[Execution]) -> Tally:
    """Return how many runs a list has, and which."""
    return tally_of({RUNS.name: len(runs)}, [(each.id, each.status) for each in runs])


def run_part(question: RunsQuestion) -> str:
    """Return that the flows of runs can be chosen from; not of one flow, and not of a file."""
    return "" if question.flow or question.flow_id or question.export else "flow"


def _sum(counts: Mapping[str, int], *statuses: str) -> int:
    return sum(counts.get(each, 0) for each in statuses)
