"""One run in detail: how it is and why, what can be done, and its steps in the thread."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.asking.occasion import Occasion
from bot.asking.rendering.shape import Shape, laid_out
from bot.runs.core.history import Usual
from bot.runs.core.watching import RunState
from bot.runs.model import STEP_ERROR, Details, Step
from bot.runs.rendering.buttons import run_buttons
from bot.runs.rendering.lists import taken_cell
from bot.runs.rendering.runs import reason_of
from bot.runs.rendering.words import (
    flow_name,
    news_of,
    panel,
    sentence_of,
    since_words,
    state_title,
    usually,
    vendor_report,
    vendor_words,
)
from bot.slack.blocks.blocks import bullets, context, message, paragraph, plain
from bot.slack.blocks.budget import fit
from bot.slack.blocks.charts import bar
from bot.slack.blocks.tables import Cell, TableBudget, data_table, words
from bot.slack.blocks.wording import counted
from bot.slack.messages import Answer, Block, Message

_STEPS: Final = TableBudget(rows=60, characters=4_000)
_MOST_WORDS: Final = 5
_STATES: Final = {
    "Output": "Done",
    "Error": "Failed",
    "Waiting": "Waiting",
    "UserInput": "Waiting for an answer",
    "Skipped": "Skipped",
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


def run_status(asked: Status) -> Answer:
    """Return how a run is; its steps and what the vendor says of it are in the thread."""
    run, details = asked.execution, asked.details or Details()
    shape = Shape(
        news=news_of(run),
        changed=_why(run, details),
        body=tuple(_rate(run)),
        buttons=run_buttons(run, details=False),
        facts=tuple(_facts(asked)),
        thread=tuple(_thread(asked, details)),
        orders=False,
        exports=False,
    )
    occasion = Occasion(zone=asked.zone, asked_at=asked.now, now=asked.now)
    return laid_out(shape, occasion)


def _why(run: RunState, details: Details) -> str:
    if run.gone:
        return f"Its cleanup removed this run. The last I saw: {state_title(run.status).lower()}."
    waits = vendor_words(details.waiting_for)
    if waits and run.alive:
        return sentence_of(f"It waits for: {waits}")
    return sentence_of(reason_of(run, details)) if run.ended else vendor_report(run.message)


def _rate(run: RunState) -> Iterator[Block]:
    rate = bar(run.percentage) if run.alive else ""
    if rate:
        yield paragraph(plain(rate))


def _facts(asked: Status) -> Iterator[str]:
    started = since_words(asked.execution, asked.zone)
    by = f" by {asked.started_by}" if asked.started_by else ""
    yield f"Started{by} {started}" if started else ""
    yield usually(asked.usual)


def _thread(asked: Status, details: Details) -> Iterator[Message]:
    run = asked.execution
    way_out = panel("Open in Smart Flows", asked.panel_url)
    blocks = (
        *_steps(details.steps),
        *_said("Errors", details.errors),
        *_said("Errors that the flow dealt with", details.caught),
        *_said("Warnings", details.warnings),
        *_said("Documents", [each.name or "without a name" for each in details.documents]),
        *([paragraph(*way_out)] if way_out else []),
        context(f"Run {run.id}"),
    )
    yield from fit(message(f"Details of {flow_name(run.flow)}", *blocks))


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
        counted(len(steps), "step"),
        columns=("Step", "State", "Took"),
        rows=(
            (words(each.name), words(_STATES.get(each.status, each.status)), _took(each))
            for each in failed_first
        ),
        total=len(steps),
        budget=_STEPS,
    )


def _took(step: Step) -> Cell:
    return taken_cell(
        step.ended_at - step.started_at if step.started_at and step.ended_at else None
    )
