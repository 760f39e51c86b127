"""The living card of a run: one message that is edited in place until the run has ended.

Nothing in it changes with every second, so that an edit is needed only when something happened.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.runs.core.history import Usual
from bot.runs.core.watching import RunState
from bot.runs.ids import RunAction, RunBlock
from bot.runs.model import ERROR, INTERRUPTED, QUEUED, RUNNING, Stage
from bot.runs.rendering.words import (
    LONGEST_NAME,
    exactly,
    flow_name,
    panel,
    roughly,
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
    button,
    confirm,
    context,
    header,
    message,
    moment,
    paragraph,
    plain,
)
from bot.slack.blocks.budget import cut
from bot.slack.blocks.charts import bar
from bot.slack.blocks.wording import counted
from bot.slack.messages import Block, Message

MOST_STAGES: Final = 10
_PANEL: Final = "Open in Smart Flows"
_VERBS: Final = {QUEUED: "Queued", RUNNING: "Running"}


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows. `started_by` is a display name or empty, `trouble` a sentence or empty.

    The host of `panel_url` is the project's own, or it is empty.
    """

    execution: RunState
    started_by: str
    usual: Usual | None
    now: datetime
    stages: tuple[Stage, ...] = ()
    trouble: str = ""
    panel_url: str = ""


def card(shown: Card) -> Message:
    """Return the card as it is now: how far, how long, and what can be done about it."""
    run = shown.execution
    return message(f"{flow_name(run.flow)}: {_one_line(shown)}.", *_blocks(shown))


def cancel_button(run: RunState) -> Element:
    """Return the button that cancels a run, after Slack's own question."""
    name = flow_name(run.flow)
    return button(
        "Cancel",
        RunAction.CANCEL_RUN,
        value=run.id,
        style="danger",
        spoken=f"Cancel the run of {name}",
        asks=confirm(
            title="Cancel this run?",
            text=f"{name} stops where it is. What it has already done stays done.",
            yes="Cancel the run",
            no="Let it run",
        ),
    )


def _blocks(shown: Card) -> Iterator[Block]:
    run = shown.execution
    yield header(flow_name(run.flow))
    yield paragraph(*_progress(run))
    if shown.stages:
        yield _plan(shown)
    trouble = vendor_words(shown.trouble)
    if trouble:
        yield paragraph(plain(trouble))
    yield paragraph(*_origin(shown))
    yield context(*_times(shown), f"run {short_id(run.id)}")
    if not run.gone:
        yield actions(RunBlock.RUN_BUTTONS, *_buttons(run))


def _progress(run: RunState) -> Iterator[Element]:
    if run.gone:
        yield bold("No longer in Smart Flows")
        yield plain(
            f"\nIts cleanup has removed this run. The last we saw of it: {state_title(run.status)}."
        )
        return
    rate = "" if run.ended else bar(run.percentage)
    yield bold(f"{state_title(run.status)}{_after(run)}")
    if rate:
        yield plain(f"\n{rate}")
    said = vendor_report(run.message)
    if said:
        yield plain(f"\n{said}")


def _after(run: RunState) -> str:
    return f" after {exactly(run.duration)}" if run.duration is not None else ""


def _one_line(shown: Card) -> str:
    run = shown.execution
    said = "" if run.ended or run.gone else vendor_report(run.message).rstrip(".")
    return f"{spoken(run)}{_after(run)}{f' ({said})' if said else ''}"


def _origin(shown: Card) -> Iterator[Element]:
    run = shown.execution
    by = f" by {shown.started_by}" if shown.started_by else ""
    yield plain(f"Started{by}" if by or run.created_at else "Started by somebody else")
    if run.created_at:
        yield plain(", ")
        yield moment(run.created_at)
    way_out = panel(_PANEL, shown.panel_url)
    if way_out:
        yield plain(" · ")
        yield from way_out


def _times(shown: Card) -> Iterator[str]:
    run = shown.execution
    if run.alive and run.created_at:
        yield f"{_VERBS.get(run.status, 'Open')} for {roughly(shown.now - run.created_at)}"
    if shown.usual:
        yield f"{usually(shown.usual)} ({counted(shown.usual.runs, 'run')})"


def _buttons(run: RunState) -> Iterator[Element]:
    name = flow_name(run.flow)
    if run.alive:
        yield cancel_button(run)
    yield button("Details", RunAction.RUN_DETAILS, value=run.id, spoken=f"Details of {name}")
    if run.alive:
        label = f"Tell me when {name} has ended"
        yield button("Watch for me", RunAction.WATCH_RUN, value=run.id, spoken=label)


def _plan(shown: Card) -> Block:
    """Return the stages, the latest MOST_STAGES of them.

    https://docs.slack.dev/reference/block-kit/blocks/plan-block
    """
    total = len(shown.stages)
    numbered = list(enumerate(shown.stages, start=1))[-MOST_STAGES:]
    shortened = f", the last {MOST_STAGES}" if total > MOST_STAGES else ""
    return {
        "type": "plan",
        "title": f"{counted(total, 'stage')}{shortened}",
        "tasks": [_task(number, stage, shown) for number, stage in numbered],
    }


def _task(number: int, stage: Stage, shown: Card) -> Block:
    said = vendor_words(stage.last.message or stage.last.current) if stage.last else ""
    made: Block = {
        "type": "task_card",
        "task_id": f"stage-{number}",
        "title": cut(said, LONGEST_NAME, empty=f"Stage {number}"),
        "status": _task_status(stage, shown.execution, is_last=number == len(shown.stages)),
    }
    if stage.started_at and stage.ended_at and stage.ended_at >= stage.started_at:
        took = f"Took {exactly(stage.ended_at - stage.started_at)}"
        return made | {"details": paragraph(plain(took))}
    return made


def _task_status(stage: Stage, run: RunState, *, is_last: bool) -> str:
    status = run.status if is_last else stage.last.status if stage.last else ""
    if status in (ERROR, INTERRUPTED):
        return "error"
    return "in_progress" if is_last and run.alive and not stage.ended_at else "complete"
