"""An export of a workflow's events: its parent message in every state, from asked to done."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.asking.core.periods import Period
from bot.asking.occasion import Occasion
from bot.asking.question import TABLE_FORMATS
from bot.asking.rendering.dates import period_words, weekday_and_time
from bot.asking.rendering.offers import offer
from bot.asking.rendering.shape import Shape, laid_out
from bot.outbox.progress import TransferProgress, progress_words
from bot.slack.blocks.blocks import Element, bold, button, paragraph
from bot.slack.blocks.budget import clean
from bot.slack.blocks.charts import share_bar
from bot.slack.blocks.tables import text_table
from bot.slack.blocks.wording import FORMATS, capital, counted, lowered, size_words, some_of
from bot.slack.messages import Block, Message
from bot.tables.columns import TextTable
from bot.workflows.core.period_parts import split
from bot.workflows.ids import WorkflowAction
from bot.workflows.model import XLSX
from bot.workflows.question import CHART, COUNTS, SOURCE, ExportQuestion

SOURCE_LINE: Final = "Source: giosg"
PREVIEW_ROWS: Final = 3
_LONGER: Final = "last-90d"
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)")
YEARS: Final = range(1970, 2101)
"""Slack draws no others, and others are no real dates."""
MOST_PARTS: Final = 20
"""So many files may stand in one thread; of more nobody would find the one that matters."""


@dataclass(frozen=True, slots=True)
class ExportSubject:
    """What an export is of: what was asked, of which workflow, by its name, and of which days."""

    question: ExportQuestion
    workflow: str
    period: Period


@dataclass(frozen=True, slots=True)
class ExportSummary:
    """A fetched export: its rows (None where nobody counted), its size in bytes, its beginning."""

    rows: int | None
    size: int
    preview: TextTable


def export_started(subject: ExportSubject, occasion: Occasion) -> Message:
    """Return the parent message while giosg is being asked."""
    return _parent(subject, occasion, "Asking giosg …", waits=True)


def export_progress(
    subject: ExportSubject, occasion: Occasion, progress: TransferProgress
) -> Message:
    """Return the parent message of a large file that is on its way."""
    sentence = f"Fetching the file: {progress_words(progress)}"
    bar = "" if progress.percent is None else share_bar(progress.percent, largest=100)
    shown = (paragraph(bold(bar)),) if bar else ()
    return _parent(subject, occasion, sentence, *shown, waits=True)


def export_done(subject: ExportSubject, occasion: Occasion, exported: ExportSummary) -> Message:
    """Return the parent message of a file in its thread: rows, size and the first rows."""
    form = FORMATS[subject.question.export]
    what = "" if exported.rows is None else counted(exported.rows, "row")
    line = f"{form} file in the thread, {size_words(exported.size)}"
    other = next(each for each in TABLE_FORMATS if each != subject.question.export)
    again = replace(subject.question, export=other)
    as_other = offer(f"As {FORMATS[other]}", again, spoken=f"The same as {FORMATS[other]}")
    return _parent(
        subject,
        occasion,
        line,
        *_preview(exported, occasion),
        what=what,
        notes=_notes(subject, exported.rows),
        buttons=() if occasion.subscription else as_other,
    )


def export_shown(subject: ExportSubject, occasion: Occasion, rows: TextTable) -> Message:
    """Return the rows in Slack alone, because that was asked or because they are so few."""
    caption = "The figures" if subject.question.data == CHART else "The events"
    table = text_table(caption, _readable(rows, occasion), total=len(rows.rows))
    what, notes = counted(len(rows.rows), "row"), _notes(subject, len(rows.rows))
    return _parent(subject, occasion, "", *table, what=what, notes=notes, exports=True)


def export_empty(
    subject: ExportSubject,
    occasion: Occasion,
    *,
    last_event_at: datetime | None = None,
    doubtful: bool = False,
) -> Message:
    """Return that there is nothing in the period, and when the workflow last had an event.

    `doubtful` says that there may be no such step at all, as giosg says the same of both.
    """
    question = subject.question
    exists = "Does that step exist? " if doubtful and question.step else ""
    last = ""
    if last_event_at and last_event_at.year in YEARS:
        day = weekday_and_time(last_event_at, occasion.zone, this_year=occasion.now.year)
        last = f"The last event of this workflow was on {day}."
    sentence = f"{exists}{last}".strip()
    wider = look_further(question)
    return _parent(subject, occasion, sentence, what="no events", buttons=wider)


def look_further(question: ExportQuestion) -> tuple[Element, ...]:
    """Return the button that asks the same of a longer period; none where that was asked."""
    wider = replace(question, period=_LONGER)
    return () if wider == question else offer("Last 90 days", wider)


def export_broken(subject: ExportSubject, occasion: Occasion) -> Message:
    """Return that the download broke twice, so that no half file is in the thread."""
    why = "The download from giosg broke off twice, and half a file would mislead."
    return export_failed(subject, occasion, why)


def export_failed(subject: ExportSubject, occasion: Occasion, why: str) -> Message:
    """Return that there is no file, and why, in a sentence."""
    again = offer("Try again", subject.question)
    return _parent(subject, occasion, why, what="no file", buttons=again)


def export_in_parts(subject: ExportSubject, occasion: Occasion, parts: int) -> Message:
    """Return the parent message of a file that comes in parts."""
    files = counted(parts, "CSV file")
    return _parent(subject, occasion, "In the thread, each with the heading", what=files)


def export_title(subject: ExportSubject) -> str:
    """Return what a file is, in words: Slack shows the title of a file as it is, unescaped."""
    return clean(f"{subject.workflow}: {what_words(subject.question)}, {subject.period.label}")


def export_too_large(
    subject: ExportSubject,
    occasion: Occasion,
    exported: ExportSummary,
    *,
    most: int,
    parts: int,
    value: str,
) -> Message:
    """Return that the file is over the workspace's limit, with what can be done instead.

    `most` is the limit in bytes, `parts` how many files it would be; `value` comes back on a click.
    """
    sentence = (
        f"It has {size_words(exported.size)}, and this workspace takes at most "
        f"{size_words(most)}. {_instead(subject, parts)}"
    )
    compressed = button("Compressed", WorkflowAction.FILE_COMPRESSED, value=value, style="primary")
    in_parts = button(f"In {parts} parts", WorkflowAction.FILE_IN_PARTS, value=value)
    offers = (compressed, in_parts) if parts <= MOST_PARTS else (compressed,)
    return _parent(
        subject,
        occasion,
        sentence,
        *_preview(exported, occasion),
        what="too large for Slack",
        notes=_notes(subject, exported.rows),
        buttons=offers,
        orders=False,
    )


def _instead(subject: ExportSubject, parts: int) -> str:
    """Return what else can be had: a workbook is compressed already, so it is CSV in any case."""
    form = " as CSV" if subject.question.export == XLSX else ""
    if parts > MOST_PARTS:
        return f"I can send it{form} compressed; or ask for a shorter period."
    return f"I can send it{form} compressed, or in {counted(parts, 'file')}."


def what_words(question: ExportQuestion) -> str:
    """Return what is exported, such as "Step 2, only events that reached a goal"."""
    unstepped = {
        SOURCE: "Events outside the steps",
        COUNTS: "Counts beside the chart",
        CHART: "Figures of the chart",
    }
    first = unstepped.get(question.data, f"Step {question.step}")
    path = " > ".join(some_of(each) or "any" for each in question.path)
    facts = (
        "only events that reached a goal" if question.goal else "",
        "all affected goals" if question.total else "",
        f"only action {some_of(question.actions)}" if question.actions else "",
        f"only label {some_of(question.labels)}" if question.labels else "",
        f"along {path}" if path else "",
        f"at most {counted(question.limit, 'row')}" if question.limit else "",
    )
    return ", ".join(fact for fact in (first, *facts) if fact)


def export_filters(question: ExportQuestion) -> tuple[tuple[str, str], ...]:
    """Return what narrows an export as pairs of name and value, for the notes in its file."""
    pairs = (
        ("Goal", "only events that reached one" if question.goal else ""),
        ("Affected goals", "all" if question.total else ""),
        ("Action", ", ".join(question.actions)),
        ("Label", ", ".join(question.labels)),
        ("Path", " > ".join(", ".join(each) or "any" for each in question.path)),
        ("Limit", counted(question.limit, "row") if question.limit else ""),
    )
    return tuple((name, value) for name, value in pairs if value)


def _parent(
    subject: ExportSubject,
    occasion: Occasion,
    sentence: str,
    *body: Block,
    what: str = "",
    notes: tuple[str, ...] = (),
    buttons: tuple[Element, ...] = (),
    orders: bool = True,
    exports: bool = False,
    waits: bool = False,
) -> Message:
    """Return the message in one state; `waits` while there is nothing to order or to export yet."""
    of = lowered(what_words(subject.question))
    about = f"{subject.workflow}, {of}, {subject.period.label}"
    shape = Shape(
        news=f"{about}: {what}" if what else about,
        changed=sentence,
        body=body,
        buttons=buttons,
        facts=(capital(period_words(subject.period)), *notes, SOURCE_LINE),
        orders=orders and not waits,
        exports=exports,
    )
    return laid_out(shape, occasion).message


def _notes(subject: ExportSubject, rows: int | None) -> tuple[str, ...]:
    limit, parts = subject.question.limit, len(split(subject.period))
    reached = bool(limit and rows is not None and rows >= limit)
    return tuple(
        note
        for note, holds in (
            ("A draft in giosg", subject.question.data == CHART),
            (f"Joined from {counted(parts, 'part')}", parts > 1),
            (f"Limit of {counted(limit or 0, 'row')} reached; there may be more", reached),
        )
        if holds
    )


def _preview(exported: ExportSummary, occasion: Occasion) -> tuple[Block, ...]:
    total = len(exported.preview.rows) if exported.rows is None else exported.rows
    shown = _readable(exported.preview, occasion)
    return text_table("The first rows", shown, total=total, most=PREVIEW_ROWS)


def _readable(table: TextTable, occasion: Occasion) -> TextTable:
    """Return rows with their moments as people read them; the file keeps giosg's own."""
    rows = tuple(tuple(_moment(cell, occasion) for cell in row) for row in table.rows)
    return replace(table, rows=rows)


def _moment(cell: str, occasion: Occasion) -> str:
    if not _MOMENT.fullmatch(cell):
        return cell
    try:
        when = datetime.fromisoformat(cell)
    except ValueError:  # such as a 31st of February
        return cell
    return weekday_and_time(when, occasion.zone, this_year=occasion.now.year)
