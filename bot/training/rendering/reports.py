"""The report on one flow as an answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.asking.core.periods import Period
from bot.asking.occasion import Occasion
from bot.asking.rendering.occasions import source_words
from bot.asking.rendering.shape import Shape, laid_out
from bot.slack.blocks.blocks import context, message
from bot.slack.blocks.budget import fit
from bot.slack.blocks.wording import capital, counted, left_out
from bot.slack.messages import Answer, Block, Message
from bot.training.core.aggregation import Bucket, undated
from bot.training.core.changes import ReportChanges
from bot.training.core.measures import people
from bot.training.model import MOMOFLOW, OVERDUE, TrainingReport
from bot.training.question import ReportQuestion
from bot.training.rendering import over_time
from bot.training.rendering.buttons import report_buttons
from bot.training.rendering.changes import changes_line, changes_names, moment_words
from bot.training.rendering.news import has, period_days, report_news
from bot.training.rendering.statuses import flow_title
from bot.training.rendering.tables import (
    modules_table,
    people_table,
    schedules_table,
)

SOURCE = source_words(MOMOFLOW.title)


@dataclass(frozen=True, slots=True)
class HiddenOverdue:
    """How many more people are overdue whom the period hides; `earlier` if all began before it."""

    people: int = 0
    earlier: bool = True


@dataclass(frozen=True, slots=True)
class ReportSubject:
    """What a report answers, and what it is compared with.

    `question` has its names settled. `period` is None for all dates; `buckets` are of the whole
    report, for a question `by` time.
    """

    question: ReportQuestion
    period: Period | None = None
    changes: ReportChanges | None = None
    buckets: Sequence[Bucket] = ()
    hidden: HiddenOverdue = HiddenOverdue()


def report_answer(report: TrainingReport, subject: ReportSubject, occasion: Occasion) -> Answer:
    """Return the report, narrowed by its status: who is behind, and what can be done."""
    question, now, zone = subject.question, occasion.now, occasion.zone
    late = people([each for each in report.assignments if each.status == OVERDUE])
    buttons = report_buttons(
        question,
        occasion,
        total=report.total,
        listed=len(report.assignments),
        late=late,
        elsewhere=subject.hidden.people,
    )
    shape = Shape(
        news=report_news(report, question.status, period=subject.period, now=now),
        changed=news_since(subject, occasion),
        body=_body(report, subject, occasion),
        buttons=tuple(buttons),
        facts=(
            *counted_words(subject, occasion),
            *_facts(report, subject, zone),
            same_since(subject, occasion),
            SOURCE,
        ),
        thread=tuple(_thread(report, subject, occasion)),
        exports=bool(report.assignments),
    )
    return laid_out(shape, occasion)


def news_since(subject: ReportSubject, occasion: Occasion) -> str:
    """Return what is new since its readers were told last; a digest says too that nothing is."""
    if subject.changes is None:
        return ""
    status = subject.question.status
    news = changes_line(subject.changes, status=status, zone=occasion.zone, now=occasion.now)
    return news or (_unchanged(subject.changes, occasion) if occasion.subscription else "")


def same_since(subject: ReportSubject, occasion: Occasion) -> str:
    """Return that nothing changed, for the grey line of an answer that somebody asked for."""
    if subject.changes is None or occasion.subscription or news_since(subject, occasion):
        return ""
    return _unchanged(subject.changes, occasion)


def _unchanged(changes: ReportChanges, occasion: Occasion) -> str:
    return f"No change since {moment_words(changes.since, occasion.zone, occasion.now)}"


def counted_words(subject: ReportSubject, occasion: Occasion) -> Iterator[str]:
    """Yield what was counted, and who is overdue besides."""
    if subject.period is None:
        yield "All dates"
    else:
        yield f"Assigned {period_days(subject.period, occasion.now)}"
    if subject.hidden.people:
        be = "is" if subject.hidden.people == 1 else "are"
        when = "earlier" if subject.hidden.earlier else "at other times"
        yield f"{subject.hidden.people:,} more assigned {when} {be} overdue"


def over_time_body(subject: ReportSubject) -> tuple[Block, ...]:
    """Return the line of completion; the table where a line says nothing, as under a status."""
    grain, status = subject.question.by, subject.question.status
    drawn = () if status else over_time.rates(subject.buckets, grain)
    return drawn or over_time.table(subject.buckets, grain=grain, status=status)


def is_line(subject: ReportSubject) -> bool:
    """Return whether completion over time is a line, whose table is in the thread."""
    question = subject.question
    return bool(question.by and not question.status and over_time.drawn(subject.buckets))


def over_time_facts(report: TrainingReport, subject: ReportSubject, zone: str) -> Iterator[str]:
    """Yield what counts over time leave out."""
    if subject.question.by:
        yield from over_time.notes(
            subject.buckets,
            grain=subject.question.by,
            line=is_line(subject),
            undated=undated(report.assignments, zone),
        )


def undated_words(report: TrainingReport) -> str:
    """Return how many assignments a period leaves out, as they have no date; "" for none."""
    if not report.undated:
        return ""
    return f"{counted(report.undated, 'assignment')} without a date not counted"


def over_time_thread(
    report: TrainingReport, subject: ReportSubject, zone: str
) -> tuple[Message, ...]:
    """Return the counts behind a line, and what the line leaves out."""
    if not is_line(subject):
        return ()
    grain = subject.question.by
    blocks = over_time.table(subject.buckets, grain=grain, status="")
    left_out = " · ".join(over_time_facts(report, subject, zone))
    small = (context(capital(left_out)),) if left_out else ()
    return fit(message(f"{flow_title(report)}: by {grain} assigned", *blocks, *small))


def _body(report: TrainingReport, subject: ReportSubject, occasion: Occasion) -> tuple[Block, ...]:
    question = subject.question
    if question.by:
        return over_time_body(subject)
    return people_table(
        report.assignments, status=question.status, zone=occasion.zone, now=occasion.now
    )


def _facts(report: TrainingReport, subject: ReportSubject, zone: str) -> Iterator[str]:
    status = subject.question.status
    if report.total and not report.assignments and not status:
        yield "MomoFlow sent totals, but no list of people"
    if status not in {"", OVERDUE} and report.total:
        yield "totals include all statuses"
    if report.average_time and report.completed and not status and not subject.question.by:
        yield f"{report.average_time} to complete on average"
    if not is_line(subject):
        yield from over_time_facts(report, subject, zone)
    yield undated_words(report)
    yield left_out(report.odd, "assignment", vendor=MOMOFLOW.title)


def _thread(
    report: TrainingReport, subject: ReportSubject, occasion: Occasion
) -> Iterator[Message]:
    """Yield what not everybody wants to see at once."""
    question = subject.question
    if subject.changes:
        yield from changes_names(subject.changes)
    yield from over_time_thread(report, subject, occasion.zone)
    if question.detailed:
        yield from _details(report, occasion)


def _details(report: TrainingReport, occasion: Occasion) -> Iterator[Message]:
    name = flow_title(report)
    modules = modules_table(report, zone=occasion.zone, now=occasion.now)
    if modules:
        yield from fit(message(f"{name}: modules by person", *modules))
    elif report.assignments:
        yield message(f"{name}: nobody has begun a module yet")
    upcoming = schedules_table(report, zone=occasion.zone, now=occasion.now)
    if upcoming:
        count = counted(len(report.scheduled), "upcoming assignment")
        yield from fit(message(f"{name}: {count}", *upcoming))


def narrowed(report: TrainingReport, status: str) -> TrainingReport:
    """Return a report with the assignments of a status alone, all of them for none."""
    kept = tuple(each for each in report.assignments if not status or has(each, status))
    return replace(report, assignments=kept)
