"""Many runs in a table, and one run in detail."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.asking.occasion import Occasion
from bot.asking.rendering.dates import day_and_time, sortable_time
from bot.runs.core.history import Usual
from bot.runs.core.watching import RunState
from bot.runs.ids import RunAction, RunBlock
from bot.runs.model import STEP_ERROR, Details, Step
from bot.runs.rendering.cards import cancel_button
from bot.runs.rendering.words import (
    exactly,
    flow_name,
    panel,
    short_id,
    spoken,
    state_title,
    usually,
    vendor_report,
    vendor_words,
)
from bot.slack.blocks.blocks import (
    Element,
    actions,
    bold,
    bullets,
    button,
    code,
    context,
    header,
    message,
    paragraph,
    plain,
    says,
)
from bot.slack.blocks.budget import fit
from bot.slack.blocks.tables import Cell, TableBudget, data_table, number, words
from bot.slack.blocks.wording import counted
from bot.slack.messages import Answer, Block, Message

OWN_ONLY: Final = "The key of Flowbot sees only its own runs, not those that others start."
_STEPS: Final = TableBudget(rows=60, characters=4_000)
_MOST_WORDS: Final = 5
_CAPTIONS: Final = {
    "running": "Runs that go on",
    "failed": "Runs that failed",
    "waiting": "Runs that wait for somebody",
    "today": "Runs of today",
    "latest": "Latest runs",
}
_NONE: Final = {
    "running": "No run is going on.",
    "failed": "No run has failed lately.",
    "waiting": "No run waits for anybody.",
    "today": "There was no run today.",
    "latest": "There was no run yet.",
}


@dataclass(frozen=True, slots=True)
class Status:
    """One run for the one who asks about it. `details` is None where the vendor gave none."""

    execution: RunState
    now: datetime
    zone: str
    started_by: str = ""
    usual: Usual | None = None
    details: Details | None = None
    panel_url: str = ""


def list_title(which: str) -> str:
    """Return the heading of a list; `which` is one of model.asking.RUN_LISTS."""
    return _CAPTIONS[which]


def run_list(
    runs: Sequence[RunState],
    occasion: Occasion,
    *,
    which: str,
    total: int,
    own_only: bool,
) -> Message:
    """Return a table of runs in the order given; `which` is one of model.asking.RUN_LISTS.

    `total` is how many there are, of which `runs` may be the first; `own_only` says that the key
    sees no others than its own.
    """
    footer, zone = occasion.footer, occasion.zone
    small = (context(footer, OWN_ONLY if own_only else ""),) if footer or own_only else ()
    if not runs:
        nothing = says(f"{_NONE[which]} To start one: `/flow-run`")
        return Message(nothing.text, (*nothing.blocks, *small))
    caption = f"{_CAPTIONS[which]}, times in {zone}"
    table = data_table(
        caption,
        columns=("Flow", "State", "Progress %", "Started", "Took", "Id"),
        rows=(_row(run, occasion.now, zone) for run in runs),
        total=total,
    )
    first = runs[0]
    text = f"{_CAPTIONS[which]}: {total:,}. First: {flow_name(first.flow)}, {spoken(first)}."
    return message(text, *table, context("For one of them: /flow-run status and its id"), *small)


def run_status(asked: Status) -> Answer:
    """Return one run in detail: how it is, its steps, and what it says of itself."""
    run = asked.execution
    text = f"{flow_name(run.flow)}: {spoken(run)}{_took(run)}."
    first, *more = fit(message(text, *_status_blocks(asked)), closing=_closing(asked))
    return Answer(first, thread=tuple(more))


def _row(run: RunState, now: datetime, zone: str) -> tuple[Cell, ...]:
    end = run.ended_at if run.ended else now
    taken = end - run.created_at if end and run.created_at else None
    return (
        words(flow_name(run.flow)),
        words(state_title(run.status)),
        number(None if run.ended else run.percentage),
        words(sortable_time(run.created_at, zone)),
        _taken(taken),
        words(short_id(run.id)),
    )


def _taken(taken: timedelta | None) -> Cell:
    if taken is None or taken < timedelta(0):
        return words("")
    return number(round(taken.total_seconds()), exactly(taken))


def _status_blocks(asked: Status) -> Iterator[Block]:
    run = asked.execution
    yield header(flow_name(run.flow))
    yield paragraph(bold(f"{state_title(run.status)}{_took(run)}"), *_now(run))
    details = asked.details or Details()
    yield from _waiting(details)
    yield from _failure(details)
    yield from _said("Errors", details.errors)
    yield from _said("Errors that the flow dealt with", details.caught)
    yield from _said("Warnings", details.warnings)
    yield from _steps(details.steps)
    yield from _said("Documents", [each.name or each.id for each in details.documents])


def _took(run: RunState) -> str:
    return f" after {exactly(run.duration)}" if run.duration is not None else ""


def _now(run: RunState) -> Iterator[Element]:
    said = vendor_report(run.message)
    rate = "" if run.ended or run.percentage is None else f"{run.percentage}%"
    line = ", ".join(part for part in (rate, said) if part)
    if line:
        yield plain(f"\n{line}")
    if run.gone:
        yield plain("\nSmart Flows' cleanup has removed it since.")


def _waiting(details: Details) -> Iterator[Block]:
    waits = vendor_words(details.waiting_for)
    if waits:
        yield paragraph(plain("It waits for: "), bold(waits))


def _failure(details: Details) -> Iterator[Block]:
    step = details.failed_step
    if step:
        yield paragraph(plain("First step that failed: "), bold(vendor_words(step.name) or "?"))


def _said(title: str, texts: Sequence[str]) -> Iterator[Block]:
    shown = [text for text in map(vendor_report, texts) if text]
    if shown:
        more = len(shown) - _MOST_WORDS
        listed = [(plain(text),) for text in shown[:_MOST_WORDS]]
        yield paragraph(plain(f"{title}:"))
        yield bullets(*listed, *([(plain(f"and {more:,} more"),)] if more > 0 else []))


def _steps(steps: Sequence[Step]) -> tuple[Block, ...]:
    failed_first = sorted(steps, key=lambda step: step.status != STEP_ERROR)
    return data_table(
        f"{counted(len(steps), 'step')}, those that failed first",
        columns=("Step", "State", "Took"),
        rows=((words(each.name), words(each.status), _step_took(each)) for each in failed_first),
        total=len(steps),
        budget=_STEPS,
    )


def _step_took(step: Step) -> Cell:
    return _taken(step.ended_at - step.started_at if step.started_at and step.ended_at else None)


def _closing(asked: Status) -> tuple[Block, ...]:
    run = asked.execution
    started = sortable_time(run.created_at, asked.zone)
    small_print = context(
        f"Started {started}" if started else "",
        f"by {asked.started_by}" if asked.started_by else "",
        usually(asked.usual),
        f"{day_and_time(asked.now, asked.zone)} {asked.zone}",
    )
    way_out = panel("Open in Smart Flows", asked.panel_url)
    where = paragraph(plain("Run "), code(run.id), *((plain(" · "), *way_out) if way_out else ()))
    if not run.alive:
        return where, small_print
    watch = button("Watch for me", RunAction.WATCH_RUN, value=run.id)
    return where, small_print, actions(RunBlock.RUN_BUTTONS, cancel_button(run), watch)
