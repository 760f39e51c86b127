"""The living card of a run: one message that is edited in place until the run has ended.

Nothing in it changes with every second, so that an edit is needed only when something happened.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.asking.rendering.shape import headline
from bot.runs.core.history import Usual
from bot.runs.core.watching import RunState
from bot.runs.ids import RunBlock
from bot.runs.model import ERROR, INTERRUPTED, PAUSED, QUEUED, RUNNING, Stage
from bot.runs.rendering.buttons import run_buttons
from bot.runs.rendering.words import (
    LONGEST_NAME,
    exactly,
    news_of,
    panel,
    roughly,
    sentence_of,
    state_words,
    usually,
    vendor_report,
    vendor_words,
)
from bot.slack.blocks.blocks import (
    Element,
    actions,
    context,
    message,
    moment,
    paragraph,
    plain,
)
from bot.slack.blocks.budget import cut
from bot.slack.blocks.charts import bar
from bot.slack.blocks.wording import capital, counted
from bot.slack.messages import Block, Message

MOST_STAGES: Final = 3
_PANEL: Final = "Open in Smart Flows"
_VERBS: Final = {QUEUED: "Queued", RUNNING: "Running"}


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows. `started_by` is a display name or empty, `trouble` a sentence or empty.

    `reason` is why it failed or what it warns of. The host of `panel_url` is the project's own, or
    it is empty.
    """

    execution: RunState
    started_by: str
    usual: Usual | None
    now: datetime
    stages: tuple[Stage, ...] = ()
    reason: str = ""
    trouble: str = ""
    panel_url: str = ""


def card(shown: Card) -> Message:
    """Return the card as it is now: how far, how long, and what can be done about it."""
    return message(f"{_one_line(shown)}.", *_blocks(shown))


def _blocks(shown: Card) -> Iterator[Block]:
    run = shown.execution
    yield headline(news_of(run))
    state = tuple(_state(shown))
    if state:
        yield paragraph(plain("\n".join(state)))
    if run.alive and len(shown.stages) > 1:
        yield _plan(shown)
    yield paragraph(*_origin(shown))
    buttons = run_buttons(run)
    if buttons:
        yield actions(RunBlock.RUN_BUTTONS, *buttons)
    small = tuple(_times(shown))
    if small:
        yield context(*small)


def _state(shown: Card) -> Iterator[str]:
    """Yield how far it is and what it says, or why it failed, and what is wrong at the moment."""
    run = shown.execution
    if run.gone:
        yield f"Its cleanup removed this run. The last I saw: {state_words(run.status)}."
        return
    rate = "" if run.ended else bar(run.percentage)
    said = sentence_of(shown.reason) if run.ended else _now(run)
    trouble = vendor_words(shown.trouble)
    yield from filter(None, (rate, said, trouble))


def _now(run: RunState) -> str:
    """Return what a run says it is doing; that it waits stands above already."""
    return "" if run.status in PAUSED else vendor_report(run.message)


def _one_line(shown: Card) -> str:
    run = shown.execution
    said = "" if run.ended or run.gone else _now(run).rstrip(".")
    return f"{news_of(run)}{f' ({said})' if said else ''}"


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
        known = f"{usually(shown.usual)} ({counted(shown.usual.runs, 'run')})"
        yield known if run.alive and run.created_at else capital(known)


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
