"""A training report as an answer: the message, and what goes into its thread."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.asking.core.periods import Period
from bot.asking.occasion import Occasion
from bot.asking.rendering.dates import period_words
from bot.asking.rendering.occasions import export_button, note, odd_rows, small_print
from bot.slack.blocks.blocks import (
    actions,
    bold,
    header,
    message,
    paragraph,
    plain,
    prose,
)
from bot.slack.blocks.budget import clean, fit
from bot.slack.blocks.charts import bar, percent
from bot.slack.blocks.ids import BlockId
from bot.slack.blocks.wording import typed
from bot.slack.messages import Answer, Block, Message
from bot.training.core.aggregation import Bucket, undated
from bot.training.core.changes import ReportChanges
from bot.training.model import MOMOFLOW, OVERDUE, TrainingReport
from bot.training.question import ReportQuestion
from bot.training.rendering.changes import changes_block, changes_text
from bot.training.rendering.tables import (
    aggregate_blocks,
    modules_table,
    people_table,
    schedules_table,
    status_chart,
    status_word,
    vendors_aggregate,
)

SOURCE: Final = "Source: MomoFlow"
_TOTALS: Final = "Totals count everybody, whatever the status"


@dataclass(frozen=True, slots=True)
class ReportSubject:
    """What a report answers, and what it is compared with.

    `period` is None for all dates; `buckets` are of the whole report, for a question `by` time.
    """

    question: ReportQuestion
    period: Period | None = None
    changes: ReportChanges | None = None
    buckets: Sequence[Bucket] = ()


def report_answer(report: TrainingReport, subject: ReportSubject, occasion: Occasion) -> Answer:
    """Return the report: headline, changes, chart and people first, module detail in the thread."""
    zone = occasion.zone
    text = report_text(report, subject, zone=zone)
    whole = message(text, *_blocks(report, subject, occasion))
    first, *more = fit(whole, closing=_closing(subject, occasion))
    modules = _modules(report, subject.question, zone)
    return Answer(first, thread=(*more, *modules, *_vendors_own(report)))


def report_text(report: TrainingReport, subject: ReportSubject, *, zone: str) -> str:
    """Return the report in a sentence or two, unescaped, for notifications."""
    name = flow_title(report)
    if not report.total:
        return f"{name}: {_nobody(subject).replace('`', '')}"
    dates = subject.period.label if subject.period else ""
    facts = (_complete(report), _late(report, subject), dates)
    summary = f"{name}: {', '.join(fact for fact in facts if fact)}."
    since = changes_text(subject.changes, zone) if subject.changes else ""
    return f"{summary} {since}".strip()


def flow_title(report: TrainingReport) -> str:
    """Return the flow's name on one line, or its id if the vendor gives it none."""
    return clean(report.flow_name).strip() or report.flow_id


def _blocks(report: TrainingReport, subject: ReportSubject, occasion: Occasion) -> Iterator[Block]:
    yield header(flow_title(report))
    yield from note(occasion)
    if report.total:
        yield _headline(report)
    if subject.changes:
        yield changes_block(subject.changes)
    chart = status_chart(report, status_filter=subject.question.status)
    if chart:
        yield chart
    if not report.assignments:
        yield paragraph(*prose(_nobody(subject) if not report.total else _no_people(subject)))
    yield from over_time(report, subject, occasion)
    yield from people_table(report, zone=occasion.zone)
    yield from odd_rows(report.odd, "assignment", vendor=MOMOFLOW.title)
    yield from schedules_table(report, zone=occasion.zone)


def _headline(report: TrainingReport) -> Block:
    rate = bar(report.completion_rate)
    facts = [f"{report.completed:,} of {report.total:,} completed"]
    if report.average_time and report.completed:  # of nobody there is no average
        facts.append(f"average time {report.average_time}")
    words = " · ".join(facts)
    return paragraph(bold(rate), plain(f"\n{words}")) if rate else paragraph(plain(words))


def over_time(
    report: TrainingReport, subject: ReportSubject, occasion: Occasion
) -> tuple[Block, ...]:
    """Return the counts over time that were asked for; nothing where none were."""
    grain = subject.question.by
    if not grain:
        return ()
    return aggregate_blocks(
        subject.buckets,
        grain=grain,
        status_filter=subject.question.status,
        undated=undated(report.assignments, occasion.zone),
    )


def _vendors_own(report: TrainingReport) -> tuple[Message, ...]:
    """Return the vendor's own sums apart from ours: their meaning is not documented."""
    table = vendors_aggregate(report)
    return fit(message(f"{flow_title(report)}: MomoFlow's own sums.", *table)) if table else ()


def _modules(report: TrainingReport, question: ReportQuestion, zone: str) -> tuple[Message, ...]:
    if not question.detailed:
        return ()
    name = flow_title(report)
    table = modules_table(report, zone=zone)
    if not table:
        return (message(f"{name}: nobody has begun a module yet."),) if report.assignments else ()
    return fit(message(f"{name}: modules by person.", *table))


def _complete(report: TrainingReport) -> str:
    counts = f"{report.completed:,} of {report.total:,}"
    if not bar(report.completion_rate) or report.completion_rate is None:
        return f"{counts} complete"
    return f"{percent(report.completion_rate)} complete ({counts})"


def _late(report: TrainingReport, subject: ReportSubject) -> str:
    """Return how many are overdue; under another status filter the answer does not tell."""
    if subject.question.status not in {"", OVERDUE}:
        return ""
    late = sum(each.status == OVERDUE for each in report.assignments)
    return f"{late:,} overdue" if late else ""


def _nobody(subject: ReportSubject) -> str:
    flow = typed(subject.question.flow)
    assign = f"To assign it: `/flow-report assign {flow} @person`"
    if not subject.period:
        return f"Nobody has been assigned this flow yet. {assign}"
    wider = f"For all dates: `/flow-report {flow}`"
    return f"Nobody was assigned this flow in this period ({subject.period.label}). {wider}"


def _no_people(subject: ReportSubject) -> str:
    if subject.question.status:
        return f"Nobody is {status_word(subject.question.status)}."
    return "MomoFlow sent totals, but no list of people."


def _facts(subject: ReportSubject) -> Iterator[str]:
    yield period_words(subject.period) if subject.period else "All dates"
    if subject.question.status:
        yield f"Only {status_word(subject.question.status)}"
        yield _TOTALS
    yield SOURCE


def _closing(subject: ReportSubject, occasion: Occasion) -> tuple[Block, ...]:
    small = small_print(occasion, *_facts(subject))
    export = export_button(occasion, spoken="Export the data behind this report as a file")
    return (small, actions(BlockId.REPORT_BUTTONS, *export)) if export else (small,)
