"""Much news at once for a channel that watches: one message instead of many."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from bot.asking.rendering.offers import offer
from bot.asking.rendering.shape import headline
from bot.runs.core.watching import Condition, RunState
from bot.runs.ids import RunBlock
from bot.runs.question import RunsQuestion
from bot.runs.rendering.lists import taken_cell
from bot.runs.rendering.words import flow_name, state_title
from bot.slack.blocks.blocks import Element, actions, message
from bot.slack.blocks.tables import Cell, data_table, words
from bot.slack.blocks.wording import counted
from bot.slack.messages import Message

_HAPPENED: Final = {
    Condition.STARTED: "started",
    Condition.FINISHED: "finished",
    Condition.FAILED: "failed",
    Condition.NEEDS_INPUT: "waiting for somebody",
    Condition.STUCK: "taking far longer than usual",
}
_URGENT: Final = (Condition.FAILED, Condition.NEEDS_INPUT, Condition.STUCK)


def many(news: Sequence[tuple[RunState, Condition]]) -> Message:
    """Return what happened to many runs: how many of each, and a table, failures first."""
    counts = Counter(condition for _, condition in news)
    order = (*_URGENT, *(each for each in Condition if each not in _URGENT))
    said = ", ".join(f"{counts[each]:,} {_HAPPENED[each]}" for each in order if counts[each])
    lead = f"{counted(len({run.id for run, _ in news}), 'run')}: {said}"
    ordered = sorted(news, key=lambda each: order.index(each[1]))
    table = data_table(
        "What happened",
        columns=("Flow", "Now", "Took"),
        rows=(_row(run) for run, _ in ordered),
        total=len(news),
    )
    buttons = tuple(_ways_on(counts))
    row = (actions(RunBlock.RUN_BUTTONS, *buttons),) if buttons else ()
    return message(f"{lead}.", headline(lead), *table, *row)


def _ways_on(counts: Counter[Condition]) -> Iterator[Element]:
    if counts[Condition.NEEDS_INPUT]:
        yield from offer("Waiting runs", RunsQuestion(which="waiting"), privately=True)
    if counts[Condition.FAILED]:
        yield from offer("Failed runs", RunsQuestion(which="failed"), privately=True)
    yield from offer("Latest runs", RunsQuestion(which="latest"), privately=True)


def _row(run: RunState) -> tuple[Cell, ...]:
    return words(flow_name(run.flow)), words(state_title(run.status)), taken_cell(run.duration)
