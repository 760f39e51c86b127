"""All flows that have a name, in one answer."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.asking.occasion import Occasion
from bot.asking.rendering.cells import rate_cell
from bot.asking.rendering.shape import Shape, laid_out
from bot.errors import VendorError
from bot.slack.blocks.blocks import Element, context
from bot.slack.blocks.problems import vendor_sentence
from bot.slack.blocks.tables import Cell, data_table, number, words
from bot.slack.blocks.wording import counted, left_out
from bot.slack.messages import Answer, Block, Message
from bot.training.core.aggregation import completion_rate
from bot.training.core.measures import people
from bot.training.core.names import NamedFlow
from bot.training.core.overview import FlowReports, combined, flows_by_assignment
from bot.training.model import COMPLETED, MOMOFLOW, OVERDUE, PENDING, TrainingReport
from bot.training.model import NOT_COMPLETED as OPEN
from bot.training.question import ReportQuestion
from bot.training.rendering.buttons import ask
from bot.training.rendering.changes import changes_names
from bot.training.rendering.news import done_words, has, period_days, who
from bot.training.rendering.reports import (
    SOURCE,
    ReportSubject,
    counted_words,
    is_line,
    news_since,
    over_time_body,
    over_time_facts,
    over_time_thread,
    same_since,
    undated_words,
)
from bot.training.rendering.statuses import flow_title
from bot.training.rendering.tables import people_table


def overview_answer(found: FlowReports, subject: ReportSubject, occasion: Occasion) -> Answer:
    """Return who is behind in any of the flows; their lists hold the status asked for, or late."""
    question = subject.question
    shape = Shape(
        news=overview_news(found, subject, occasion),
        changed=news_since(subject, occasion),
        body=(*_body(found, subject, occasion), *missing_flows(found.missing)),
        buttons=tuple(_buttons(found, question, occasion)),
        facts=tuple(_facts(found, subject, occasion)),
        thread=tuple(_thread(found, subject, occasion)),
    )
    return laid_out(shape, occasion)


def overview_news(found: FlowReports, subject: ReportSubject, occasion: Occasion) -> str:
    """Return how many people are overdue, or have the status asked for, and in how many flows."""
    status = subject.question.status or OVERDUE
    whole = combined(found.reports, title="")
    having = [each for each in found.reports if any(has(one, status) for one in each.assignments)]
    days = period_days(subject.period, occasion.now) if subject.period else ""
    return who(
        whole.assignments,
        status,
        flow=_in_words(found.reports, having, status),
        assigned=f" assigned {days}" if days else "",
        done=done_words(whole.completed, whole.total),
        several=len(having) > 1,
    )


def _in_words(
    reports: Sequence[TrainingReport], having: Sequence[TrainingReport], status: str
) -> str:
    every, some = len(reports), len(having)
    if some == 1 or every == 1:
        return flow_title((having or reports)[0])
    if not some:
        everybody = status in {PENDING, OPEN}
        return f"all {every} flows" if everybody else f"any of the {every} flows"
    return f"all {every} flows" if some == every else f"{some} of {every} flows"


def _body(found: FlowReports, subject: ReportSubject, occasion: Occasion) -> tuple[Block, ...]:
    question = subject.question
    if question.by:
        return over_time_body(subject)
    if not question.status:
        return _flows_table(found.reports)
    return people_table(
        combined(found.reports, title="").assignments,
        status=question.status,
        zone=occasion.zone,
        now=occasion.now,
        flows=flows_by_assignment(found.reports, list(map(flow_title, found.reports))),
    )


def _flows_table(reports: Sequence[TrainingReport]) -> tuple[Block, ...]:
    """Return a row for each flow, the one with the most people overdue first."""
    rows = sorted(reports, key=lambda each: (-_late(each), flow_title(each).casefold()))
    return data_table(
        "Most overdue first",
        columns=("Flow", "Overdue", "Completed", "Assigned", "Completion"),
        rows=map(_flow_row, rows),
        total=len(rows),
    )


def _flow_row(report: TrainingReport) -> tuple[Cell, ...]:
    rate = completion_rate(report.completed, report.total)
    return (
        words(flow_title(report)),
        number(_late(report)),
        number(report.completed, f"{report.completed:,}"),
        number(report.total, f"{report.total:,}"),
        rate_cell(rate),
    )


def _late(report: TrainingReport) -> int:
    return people([each for each in report.assignments if each.status == OVERDUE])


def missing_flows(missing: Sequence[tuple[NamedFlow, VendorError]]) -> Iterator[Block]:
    """Yield which flows are not counted, and why."""
    for flow, error in missing:
        yield context(f"{flow.name} is not counted: {vendor_sentence(error)}")


def _buttons(found: FlowReports, question: ReportQuestion, occasion: Occasion) -> Iterator[Element]:
    late = sorted(found.reports, key=_late, reverse=True)
    if question.status or question.by:
        yield from ask("All flows", replace(question, status="", by=""), occasion)
    elif late and _late(late[0]):
        yield from ask("Who is overdue", replace(question, status=OVERDUE), occasion)
    if question.period:
        yield from ask("All dates", replace(question, period=""), occasion)
    for each in late[:2] if not question.period else late[:1]:
        asked = ReportQuestion(flow_title(each), status=question.status, flow_id=each.flow_id)
        yield from ask(flow_title(each), asked, occasion) if _late(each) else ()


def _facts(found: FlowReports, subject: ReportSubject, occasion: Occasion) -> Iterator[str]:
    yield counted(len(found.reports), "named flow")
    yield from counted_words(subject, occasion)
    if subject.period and subject.question.status in {"", OVERDUE}:
        yield "who was assigned at other times is not counted"
    if subject.question.status not in {"", OVERDUE, COMPLETED}:
        yield "totals include all statuses"
    whole = combined(found.reports, title="")
    if not is_line(subject):
        yield from over_time_facts(whole, subject, occasion.zone)
    yield undated_words(whole)
    yield left_out(whole.odd, "assignment", vendor=MOMOFLOW.title)
    yield same_since(subject, occasion)
    yield SOURCE


def _thread(found: FlowReports, subject: ReportSubject, occasion: Occasion) -> Iterator[Message]:
    if subject.changes:
        yield from changes_names(subject.changes)
    whole = combined(found.reports, title="All flows")
    yield from over_time_thread(whole, subject, occasion.zone)
