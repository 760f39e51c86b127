"""Questions of every kind as they can be typed again: in lists, replies and forms."""

from dataclasses import replace
from typing import Final

from bot.asking.model import (
    EXPORT_FORMATS,
    KINDS,
    TABLE_FORMATS,
    AnalyticsQuestion,
    EventsQuestion,
    ExportQuestion,
    Question,
    ReportQuestion,
    RunsQuestion,
    kind_of,
)
from bot.fieldreports.core.command import analytics_words
from bot.runs.core.summary_options import run_command, runs_words
from bot.slack.blocks.wording import typed
from bot.webinars.core.command import events_words
from bot.workflows.core.command import export_words

_COMMANDS: Final = {kind: f"/flow-{kind}" for kind in KINDS} | {"runs": "/flow-run"}


def asked_words(question: Question) -> str:
    """Return what is typed after the kind of a question in a digest."""
    if isinstance(question, ReportQuestion):
        return question_words(question)
    if isinstance(question, RunsQuestion):
        return runs_words(question)
    if isinstance(question, ExportQuestion):
        return export_words(question)
    if isinstance(question, AnalyticsQuestion):
        return analytics_words(question)
    return events_words(question)


def command_words(question: Question) -> str:
    """Return the whole command that asks the question."""
    words = run_command(question) if isinstance(question, RunsQuestion) else asked_words(question)
    return f"{_COMMANDS[kind_of(question)]} {words}"


def order_words(question: Question) -> str:
    """Return what follows "/flow subscribe", but for the schedule."""
    return f"{kind_of(question)} {asked_words(question)}"


def digest_words(question: Question) -> str:
    """Return a digest's question in a list; the kind of a training report goes without saying."""
    if isinstance(question, ReportQuestion):
        return question_words(question)
    return order_words(question)


def question_words(question: ReportQuestion) -> str:
    """Return the question as it can be typed again, such as "onboarding overdue last-7d"."""
    words = (
        typed(question.flow),
        question.status,
        question.period,
        "detailed" if question.detailed else "",
        f"by {question.by}" if question.by else "",
        f"export {question.export}" if question.export else "",
    )
    return " ".join(word for word in words if word)


def formats_of(question: Question) -> tuple[str, ...]:
    """Return the formats in which the data behind a question can be had."""
    return EXPORT_FORMATS if isinstance(question, ReportQuestion) else TABLE_FORMATS


def as_file(question: Question, form: str) -> Question:
    """Return the question for the data behind an answer as a file."""
    if isinstance(question, EventsQuestion) and question.view in {"info", "surveys", "summary"}:
        return EventsQuestion("report", question.event, report="compiled", export=form)
    if isinstance(question, ExportQuestion):
        return replace(question, export=form, always=True)
    return replace(question, export=form)
