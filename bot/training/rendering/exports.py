"""The message a file belongs to, and how the file is called."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from bot.asking.occasion import Occasion
from bot.asking.rendering.shape import Shape, laid_out
from bot.errors import VendorError
from bot.slack.blocks.blocks import Element
from bot.slack.blocks.budget import clean
from bot.slack.blocks.wording import FORMATS, counted, lowered
from bot.slack.messages import Answer, Block
from bot.tables.file_names import dated_filename
from bot.training.core.measures import people
from bot.training.core.names import NamedFlow
from bot.training.model import MOMOFLOW, TrainingReport
from bot.training.question import ReportQuestion
from bot.training.rendering import over_time
from bot.training.rendering.buttons import ask
from bot.training.rendering.news import report_news
from bot.training.rendering.overview import missing_flows
from bot.training.rendering.reports import SOURCE, ReportSubject, counted_words
from bot.training.rendering.statuses import flow_title, status_word

ALL_FLOWS: Final = "All flows"


def export_message(
    report: TrainingReport,
    subject: ReportSubject,
    occasion: Occasion,
    *,
    missing: Sequence[tuple[NamedFlow, VendorError]] = (),
) -> Answer:
    """Return the parent message of a file, which follows in its thread; or that there is nobody.

    `report` is narrowed by the status asked for. Over time it is counted in the message, unless the
    file has it.
    """
    question = subject.question
    shape = Shape(
        news=_news(report, subject, occasion),
        body=(*_sums(subject), *missing_flows(missing)),
        buttons=tuple(_buttons(question, occasion)),
        facts=(*_what(subject, occasion), SOURCE),
        orders=False,
        exports=False,
    )
    return laid_out(shape, occasion)


def export_title(report: TrainingReport, subject: ReportSubject, occasion: Occasion) -> str:
    """Return what a file is, in words: Slack shows the title of a file as it is, unescaped."""
    facts = ", ".join(_what(subject, occasion))
    return clean(f"{flow_title(report)}: training data, {lowered(facts)}")


def file_name(report: TrainingReport, form: str, *, day: date) -> str:
    """Return a file name that is safe everywhere, such as "Ladder-Safety-2026-11-22.xlsx"."""
    return dated_filename(flow_title(report), day, form, empty="training")


def has_nobody(report: TrainingReport, subject: ReportSubject) -> bool:
    """Return whether there is nobody whom a file could list."""
    return not report.total or bool(subject.question.status and not report.assignments)


def _news(report: TrainingReport, subject: ReportSubject, occasion: Occasion) -> str:
    question = subject.question
    if has_nobody(report, subject):
        news = report_news(report, question.status, period=subject.period, now=occasion.now)
        return f"{news}, so there is no file"
    count = people(report.assignments)
    listed = f" ({counted(count, 'person', 'people')})" if report.assignments else ""
    whose = f"{MOMOFLOW.title}'s own " if question.raw else ""
    return f"{flow_title(report)}: {whose}{FORMATS[question.export]} file in the thread{listed}"


def _sums(subject: ReportSubject) -> tuple[Block, ...]:
    question = subject.question
    if not question.by or (question.export == "xlsx" and not question.raw):
        return ()
    return over_time.table(subject.buckets, grain=question.by, status=question.status)


def _buttons(question: ReportQuestion, occasion: Occasion) -> Iterator[Element]:
    yield from ask("Show report", replace(question, export="", raw=False), occasion)


def _what(subject: ReportSubject, occasion: Occasion) -> Iterator[str]:
    yield from counted_words(subject, occasion)
    if subject.question.status:
        yield f"only {status_word(subject.question.status)}"
