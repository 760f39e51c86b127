"""A training report as an answer: the message, and what goes into its thread."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.asking.core.periods import Period
from bot.asking.rendering.dates import day_and_time, period_words
from bot.asking.subscription import Subscription, whose
from bot.slack.blocks.blocks import (
    actions,
    bold,
    button,
    context,
    header,
    message,
    paragraph,
    plain,
    prose,
)
from bot.slack.blocks.budget import clean, fit
from bot.slack.blocks.charts import bar, percent
from bot.slack.blocks.ids import Action, BlockId
from bot.slack.blocks.wording import typed
from bot.slack.messages import Answer, Block, Message
from bot.training.core.aggregation import Bucket, undated
from bot.training.core.changes import ReportChanges
from bot.training.model import OVERDUE, TrainingReport
from bot.training.question import ReportQuestion
from bot.training.rendering.changes import changes_block, changes_text
from bot.training.rendering.statuses import status_word
from bot.training.rendering.tables import (
    aggregate_blocks,
    modules_table,
    people_table,
    schedules_table,
    status_chart,
    vendors_aggregate,
)

SOURCE: Final = "Source: MomoFlow"
_TOTALS: Final = "Totals count everybody, whatever the status"


@dataclass(frozen=True, slots=True)
class Asking:
    """The circumstances of a report: what was asked, when, by whom, and what to compare it with.

    `period` is None for all dates; `asked_by` is a display name, not a mention, as a mention would
    notify. `export_value` comes back from the Export button, which is left out without it.
    """

    question: ReportQuestion
    now: datetime
    zone: str
    asked_by: str = ""
    period: Period | None = None
    changes: ReportChanges | None = None
    buckets: Sequence[Bucket] = ()
    subscription: Subscription | None = None
    export_value: str = ""


def report_answer(report: TrainingReport, asking: Asking) -> Answer:
    """Return the report: headline, changes, chart and people first, module detail in the thread."""
    whole = message(report_text(report, asking), *_blocks(report, asking))
    first, *more = fit(whole, closing=_closing(asking))
    return Answer(first, thread=(*more, *_modules(report, asking), *_vendors_own(report)))


def report_text(report: TrainingReport, asking: Asking) -> str:
    """Return the report in a sentence or two, unescaped, for notifications."""
    name = flow_title(report)
    if not report.total:
        return f"{name}: {_nobody(asking).replace('`', '')}"
    facts = [_complete(report), _late(report, asking), asking.period.label if asking.period else ""]
    summary = f"{name}: {', '.join(fact for fact in facts if fact)}."
    since = changes_text(asking.changes, asking.zone) if asking.changes else ""
    return f"{summary} {since}".strip()


def flow_title(report: TrainingReport) -> str:
    """Return the flow's name on one line, or its id if the vendor gives it none."""
    return clean(report.flow_name).strip() or report.flow_id


def _blocks(report: TrainingReport, asking: Asking) -> Iterator[Block]:
    yield header(flow_title(report))
    if asking.subscription and asking.subscription.note:
        yield paragraph(plain(asking.subscription.note))
    if report.total:
        yield _headline(report)
    if asking.changes:
        yield changes_block(asking.changes)
    chart = status_chart(report, status_filter=asking.question.status)
    if chart:
        yield chart
    if not report.assignments:
        yield paragraph(*prose(_nobody(asking) if not report.total else _no_people(asking)))
    yield from _aggregate(report, asking)
    yield from people_table(report, zone=asking.zone)
    yield from schedules_table(report, zone=asking.zone)


def _headline(report: TrainingReport) -> Block:
    rate = bar(report.completion_rate)
    facts = [f"{report.completed:,} of {report.total:,} completed"]
    if report.average_time and report.completed:  # of nobody there is no average
        facts.append(f"average time {report.average_time}")
    words = " · ".join(facts)
    return paragraph(bold(rate), plain(f"\n{words}")) if rate else paragraph(plain(words))


def _aggregate(report: TrainingReport, asking: Asking) -> Iterator[Block]:
    grain = asking.question.by
    if grain:
        yield from aggregate_blocks(
            asking.buckets,
            grain=grain,
            status_filter=asking.question.status,
            undated=undated(report.assignments, asking.zone),
        )


def _vendors_own(report: TrainingReport) -> tuple[Message, ...]:
    """Return the vendor's own sums apart from ours: their meaning is not documented."""
    table = vendors_aggregate(report)
    return fit(message(f"{flow_title(report)}: MomoFlow's own sums.", *table)) if table else ()


def _modules(report: TrainingReport, asking: Asking) -> tuple[Message, ...]:
    if not asking.question.detailed:
        return ()
    name = flow_title(report)
    table = modules_table(report, zone=asking.zone)
    if not table:
        return (message(f"{name}: nobody has begun a module yet."),) if report.assignments else ()
    return fit(message(f"{name}: modules by person.", *table))


def _complete(report: TrainingReport) -> str:
    counts = f"{report.completed:,} of {report.total:,}"
    if not bar(report.completion_rate) or report.completion_rate is None:
        return f"{counts} complete"
    return f"{percent(report.completion_rate)} complete ({counts})"


def _late(report: TrainingReport, asking: Asking) -> str:
    """Return how many are overdue; under another status filter the answer does not tell."""
    if asking.question.status not in {"", OVERDUE}:
        return ""
    late = sum(each.status == OVERDUE for each in report.assignments)
    return f"{late:,} overdue" if late else ""


def _nobody(asking: Asking) -> str:
    flow = typed(asking.question.flow)
    assign = f"To assign it: `/flow-report assign {flow} @person`"
    if not asking.period:
        return f"Nobody has been assigned this flow yet. {assign}"
    wider = f"For all dates: `/flow-report {flow}`"
    return f"Nobody was assigned this flow in this period ({asking.period.label}). {wider}"


def _no_people(asking: Asking) -> str:
    if asking.question.status:
        return f"Nobody is {status_word(asking.question.status)}."
    return "MomoFlow sent totals, but no list of people."


def _small_print(asking: Asking) -> Iterator[str]:
    yield whose(asking.asked_by, asking.subscription)
    yield _dates(asking)
    if asking.question.status:
        yield f"Only {status_word(asking.question.status)}"
        yield _TOTALS
    yield SOURCE
    yield f"{day_and_time(asking.now, asking.zone)} {asking.zone}"


def _dates(asking: Asking) -> str:
    if not asking.period:
        return "All dates"
    return period_words(asking.period)


def _closing(asking: Asking) -> tuple[Block, ...]:
    small_print = context(*_small_print(asking))
    if not asking.export_value:
        return (small_print,)
    spoken = "Export the data behind this report as a file"
    export = button("Export", Action.OPEN_EXPORT, value=asking.export_value, spoken=spoken)
    return small_print, actions(BlockId.REPORT_BUTTONS, export)
