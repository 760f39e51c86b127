"""An export of a workflow's events: its parent message in every state, from asked to done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.asking.core.periods import Period
from bot.asking.occasion import Occasion
from bot.asking.question import TABLE_FORMATS
from bot.asking.rendering.dates import period_words, weekday_and_time
from bot.asking.rendering.occasions import source_words
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
from bot.workflows.model import GIOSG, XLSX
from bot.workflows.question import CHART, COUNTS, SOURCE, ExportQuestion
from bot.workflows.rendering.event_tables import (
    YEARS,
    ReadableTable,
    chart_figures,
    is_id,
    readable_events,
    readable_figures,
)

SOURCE_LINE: Final = source_words(GIOSG.title)
PREVIEW_ROWS: Final = 3
_LONGER: Final = "last-90d"
_IDS_IN_FILE: Final = "Ids are in the file"
_IDS_IN_EXPORT: Final = "Export for the ids"
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
    beginning = _beginning(exported, subject, occasion)
    as_other = offer(f"As {FORMATS[other]}", again, spoken=f"The same as {FORMATS[other]}")
    return _parent(
        subject,
        occasion,
        line,
        *_preview(exported, beginning),
        what=what,
        notes=(*_notes(subject, exported.rows), *_ids(beginning, _IDS_IN_FILE)),
        buttons=() if occasion.subscription else as_other,
    )


def export_shown(subject: ExportSubject, occasion: Occasion, rows: TextTable) -> Message:
    """Return the rows in Slack alone, because that was asked or because they are so few."""
    if subject.question.data == CHART:
        figures = chart_figures(rows.rows)
        title, said, readable = "The figures", figures.said, readable_figures(figures)
    else:
        title = "The counts" if subject.question.data == COUNTS else "The events"
        said, readable = "", readable_events(rows, occasion)
    count = len(readable.table.rows)
    return _parent(
        subject,
        occasion,
        said,
        *text_table(title, readable.table, total=count),
        what=counted(count, "row"),
        notes=(*_notes(subject, count), *_ids(readable, _IDS_IN_EXPORT)),
        exports=True,
    )


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
        *_preview(exported, _beginning(exported, subject, occasion)),
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
    path = " > ".join(_shown(each, "action") or "any" for each in question.path)
    facts = (
        "only events that reached a goal" if question.goal else "",
        "all affected goals" if question.total else "",
        _only(question.actions, "action") if question.actions else "",
        _only(question.labels, "label") if question.labels else "",
        f"along {path}" if path else "",
        f"at most {counted(question.limit, 'row')}" if question.limit else "",
    )
    return ", ".join(fact for fact in (first, *facts) if fact)


def _only(values: Sequence[str], noun: str) -> str:
    shown = _shown(values, noun)
    return f"only {shown}" if any(map(is_id, values)) else f"only {noun} {shown}"


def _shown(values: Sequence[str], noun: str) -> str:
    """Return values by their names; ids are only counted."""
    return counted(len(values), noun) if any(map(is_id, values)) else some_of(values)


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
    counted_days = capital(period_words(subject.period, this_year=occasion.now.year))
    shape = Shape(
        news=f"{about}: {what}" if what else about,
        changed=sentence,
        body=body,
        buttons=buttons,
        facts=(counted_days, *notes, SOURCE_LINE),
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
            (f"Joined from {counted(parts, 'part')}", parts > 1),
            (f"Limit of {counted(limit or 0, 'row')} reached; there may be more", reached),
        )
        if holds
    )


def _beginning(
    exported: ExportSummary, subject: ExportSubject, occasion: Occasion
) -> ReadableTable:
    """Return the first rows; of a chart those of its longest list."""
    if subject.question.data == CHART:
        return readable_figures(chart_figures(exported.preview.rows))
    return readable_events(exported.preview, occasion)


def _preview(exported: ExportSummary, beginning: ReadableTable) -> tuple[Block, ...]:
    known = len(beginning.table.rows)
    total = known if exported.rows is None else exported.rows
    return text_table("The first rows", beginning.table, total=total, most=PREVIEW_ROWS)


def _ids(readable: ReadableTable, where: str) -> tuple[str, ...]:
    return (where,) if readable.hides_ids else ()
