"""Many runs at once: a few with a button each, more in a table with a choice of one."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.asking.occasion import Occasion
from bot.asking.rendering.cells import moment_cell
from bot.asking.rendering.offers import offer, opening
from bot.asking.rendering.shape import Shape, laid_out
from bot.runs.core.watching import RunState
from bot.runs.ids import RunAction, RunCallback
from bot.runs.model import ERROR, INTERRUPTED, PAUSED, USER_INPUT
from bot.runs.question import RunsQuestion
from bot.runs.rendering.buttons import likeliest_button
from bot.runs.rendering.words import (
    SOURCE,
    exactly,
    flow_name,
    since_words,
    spoken,
    state_title,
    state_words,
)
from bot.slack.blocks.blocks import Element, section
from bot.slack.blocks.budget import LIMITS
from bot.slack.blocks.inputs import chooser, option
from bot.slack.blocks.tables import Cell, data_table, number, words
from bot.slack.blocks.wording import capital, some_of
from bot.slack.messages import Answer, Block

OWN_ONLY: Final = "Only runs that Flowbot started"
"""What the key sees, in the grey line."""
_NAMED: Final = 2
FEW: Final = 5
"""So many have a button each."""
_CAPTIONS: Final = {
    "running": "Running now",
    "failed": "Failed runs",
    "waiting": "Runs that wait",
    "today": "Today's runs",
    "latest": "Latest runs",
}
_NONE: Final = {
    "running": "Nothing is running",
    "failed": "No run has failed lately",
    "waiting": "No run is waiting",
    "today": "No runs today",
    "latest": "No runs yet",
}
_FAILED: Final = (ERROR, INTERRUPTED)


def list_title(which: str) -> str:
    """Return the heading of a list; `which` is one of question.RUN_LISTS."""
    return _CAPTIONS[which]


def run_list(
    runs: Sequence[RunState], occasion: Occasion, *, which: str, more: bool, own_only: bool
) -> Answer:
    """Return runs in the order given; `which` is one of question.RUN_LISTS.

    `more` says that there are others, `own_only` that the key sees no others than its own.
    """
    shape = Shape(
        news=_news(runs, which, more=more) if runs else _NONE[which],
        body=tuple(_rows(runs, occasion, which)),
        buttons=(*_choice(runs, occasion.zone), *_ways_on(runs, which)),
        facts=(OWN_ONLY if own_only else "", SOURCE),
        orders=bool(runs),
        exports=bool(runs),
    )
    return laid_out(shape, occasion)


def run_table(caption: str, runs: Iterable[RunState], occasion: Occasion) -> tuple[Block, ...]:
    """Return runs as a table of five rows a page."""
    rows = [_row(run, occasion.now, occasion.zone) for run in runs]
    columns = ("Flow", "State", "Started", "Took")
    return data_table(caption, columns=columns, rows=rows, total=len(rows))


def _news(runs: Sequence[RunState], which: str, *, more: bool) -> str:
    counts = Counter(run.status for run in runs)
    count = f"{len(runs):,}{'+' if more else ''}"
    if which == "running":
        return f"{count} running now: {_names(runs)}"
    many = f"{count} {'run' if len(runs) == 1 else 'runs'}"
    if which == "failed":
        return f"{many} failed, the latest {flow_name(runs[0].flow)}"
    if which == "waiting":
        asks = counts[USER_INPUT]
        need = f", {asks:,} for an answer" if asks else ""
        return f"{many} waiting{need}"
    urgent = [each for each in (*PAUSED, *_FAILED) if counts[each]]
    shown = urgent or [each for each, _ in counts.most_common(2)]
    parts = ", ".join(f"{counts[each]:,} {state_words(each)}" for each in shown)
    return f"{many} today: {parts}" if which == "today" else f"Latest runs: {parts}"


def _names(runs: Sequence[RunState]) -> str:
    return some_of(list(dict.fromkeys(flow_name(run.flow) for run in runs)), _NAMED)


def _rows(runs: Sequence[RunState], occasion: Occasion, which: str) -> Iterator[Block]:
    if len(runs) > FEW:
        yield from run_table(_CAPTIONS[which], runs, occasion)
        return
    for run in runs:
        yield {**section(_line(run, occasion)), "accessory": likeliest_button(run)}


def _line(run: RunState, occasion: Occasion) -> str:
    began = since_words(run, occasion.zone)
    took = _taken(run, occasion.now)
    lasted = "" if took is None else exactly(took)
    return " · ".join(filter(None, (flow_name(run.flow), _state(run), began, lasted)))


def _choice(runs: Sequence[RunState], zone: str) -> tuple[Element, ...]:
    """Return a choice of one of many runs, to look at it."""
    known = {run.id: run for run in runs if len(run.id) <= LIMITS.option_value}
    if len(runs) <= FEW or not known:
        return ()
    shown = [*known.values()][: LIMITS.options]
    options = [option(f"{flow_name(run.flow)} · {_when(run, zone)}", run.id) for run in shown]
    return (chooser(RunAction.RUN_DETAILS, options, placeholder="Details of a run"),)


def _when(run: RunState, zone: str) -> str:
    return ", ".join(filter(None, (since_words(run, zone), state_words(run.status))))


def _ways_on(runs: Sequence[RunState], which: str) -> Iterator[Element]:
    statuses = {run.status for run in runs}
    if which in ("today", "latest") and statuses & set(PAUSED):
        yield from offer("Waiting", RunsQuestion(which="waiting"), spoken="Only runs that wait")
    if which in ("today", "latest") and statuses & set(_FAILED):
        yield from offer("Failed", RunsQuestion(which="failed"), spoken="Only runs that failed")
    if which == "latest" and runs:
        yield from offer("All of today", RunsQuestion(which="today"), spoken="All runs of today")
    if not runs:
        yield from opening("Run a flow", RunCallback.RUN_FLOW)


def _row(run: RunState, now: datetime, zone: str) -> tuple[Cell, ...]:
    return (
        words(flow_name(run.flow)),
        words(_state(run)),
        moment_cell(run.created_at, zone, this_year=now.year),
        taken_cell(_taken(run, now)),
    )


def _state(run: RunState) -> str:
    if run.gone:
        return "Removed"
    return capital(spoken(run)) if run.alive else state_title(run.status)


def _taken(run: RunState, now: datetime) -> timedelta | None:
    end = run.ended_at if run.ended else now
    taken = end - run.created_at if end and run.created_at else None
    return None if taken is None else max(taken, timedelta(0))


def taken_cell(taken: timedelta | None) -> Cell:
    """Return a duration that sorts by its seconds; an empty cell for none and a negative one."""
    if taken is None or taken < timedelta(0):
        return words("")
    return number(round(taken.total_seconds()), exactly(taken))
