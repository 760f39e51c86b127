"""Much news at once for a channel that watches: one message instead of many."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bot.runs.core.watching import Condition, RunState
from bot.runs.rendering.words import exactly, flow_name, short_id, state_title
from bot.slack.blocks.blocks import bold, context, message, paragraph, plain
from bot.slack.blocks.tables import Cell, data_table, number, words
from bot.slack.blocks.wording import counted
from bot.slack.messages import Message

_HAPPENED: Final = {
    Condition.STARTED: "started",
    Condition.FINISHED: "finished",
    Condition.FAILED: "failed",
    Condition.NEEDS_INPUT: "waiting for somebody",
    Condition.STUCK: "taking far longer than usual",
}


def many(news: Sequence[tuple[RunState, Condition]]) -> Message:
    """Return what happened to many runs: how many of each, and a table, failures first."""
    counts = Counter(condition for _, condition in news)
    said = ", ".join(f"{counts[each]:,} {_HAPPENED[each]}" for each in Condition if counts[each])
    lead = counted(len({run.id for run, _ in news}), "run")
    urgent = (Condition.FAILED, Condition.NEEDS_INPUT, Condition.STUCK)
    ordered = sorted(news, key=lambda each: each[1] not in urgent)
    table = data_table(
        "What happened",
        columns=("Flow", "Now", "Took", "Id"),
        rows=(_row(run) for run, _ in ordered),
        total=len(news),
    )
    return message(
        f"{lead}: {said}.",
        paragraph(bold(lead), plain(f": {said}.")),
        *table,
        context("For one of them: /flow-run status and its id"),
    )


def _row(run: RunState) -> tuple[Cell, ...]:
    taken = run.duration
    return (
        words(flow_name(run.flow)),
        words(state_title(run.status)),
        words("") if taken is None else _took(taken),
        words(short_id(run.id)),
    )


def _took(taken: timedelta) -> Cell:
    return number(round(taken.total_seconds()), exactly(taken))
