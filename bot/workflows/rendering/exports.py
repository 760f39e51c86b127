"""An export of a workflow's events: its parent message in every state, from asked to done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.asking.core.periods import Period
from bot.asking.occasion import Occasion
from bot.asking.rendering.dates import day_and_time, period_words
from bot.asking.rendering.occasions import export_button, note, small_print
from bot.outbox.progress import TransferProgress, progress_words
from bot.slack.blocks.blocks import (
    actions,
    bold,
    button,
    code,
    context,
    header,
    message,
    moment,
    paragraph,
    plain,
)
from bot.slack.blocks.budget import clean
from bot.slack.blocks.charts import share_bar
from bot.slack.blocks.tables import text_table
from bot.slack.blocks.wording import FORMATS, counted, size_words, some_of
from bot.slack.messages import Block, Message
from bot.tables.columns import TextTable
from bot.workflows.core.command import export_words
from bot.workflows.core.period_parts import split
from bot.workflows.ids import WorkflowAction, WorkflowBlock
from bot.workflows.model import XLSX
from bot.workflows.question import CHART, COUNTS, SOURCE, ExportQuestion

SOURCE_LINE: Final = "Source: giosg"
PREVIEW_ROWS: Final = 10
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
    line = "Asking giosg for the data …"
    return _parent(subject, occasion, f"{line} The file follows in the thread.", _line(line))


def export_progress(
    subject: ExportSubject, occasion: Occasion, progress: TransferProgress
) -> Message:
    """Return the parent message of a large file that is on its way."""
    sentence = f"Fetching the file: {progress_words(progress)}."
    bar = "" if progress.percent is None else share_bar(progress.percent, largest=100) + "\n"
    shown = paragraph(bold(bar), plain(sentence)) if bar else _line(sentence)
    return _parent(subject, occasion, sentence, shown)


def export_done(subject: ExportSubject, occasion: Occasion, exported: ExportSummary) -> Message:
    """Return the parent message of a file in its thread: rows, size and the first rows."""
    facts = (
        "" if exported.rows is None else counted(exported.rows, "row"),
        size_words(exported.size),
        FORMATS[subject.question.export],
    )
    sentence = f"{', '.join(fact for fact in facts if fact)}. The file is in the thread."
    notes = _notes(subject, exported.rows)
    return _parent(subject, occasion, sentence, _line(sentence), *notes, *_preview(exported))


def export_shown(subject: ExportSubject, occasion: Occasion, rows: TextTable) -> Message:
    """Return the rows in Slack alone, because that was asked or because they are so few."""
    sentence = f"{counted(len(rows.rows), 'row')}, shown below without a file."
    caption = "The figures" if subject.question.data == CHART else "The events"
    table = text_table(caption, rows, total=len(rows.rows))
    export = export_button(occasion)
    buttons = (actions(WorkflowBlock.WORKFLOW_BUTTONS, *export),) if export else ()
    notes = _notes(subject, len(rows.rows))
    return _parent(subject, occasion, sentence, _line(sentence), *notes, *table, closing=buttons)


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
    sentence = "giosg has no such events in this period, so there is no file."
    if doubtful and subject.question.step:
        sentence += f" It may also be that there is no step {subject.question.step}."
    if last_event_at is None:
        return _parent(subject, occasion, sentence, _line(sentence))
    spoken = day_and_time(last_event_at, occasion.zone)
    return _parent(
        subject,
        occasion,
        f"{sentence} The last event of this workflow was on {spoken}.",
        paragraph(plain(f"{sentence} The last event of this workflow: "), moment(last_event_at)),
    )


def export_broken(subject: ExportSubject, occasion: Occasion) -> Message:
    """Return that the download broke twice, so that no half file is in the thread."""
    sentence = (
        "The download from giosg broke off, and once more when it was repeated from the start. "
        "Nothing is posted rather than half a file. Ask again, or for a shorter period."
    )
    return _parent(subject, occasion, sentence, _line(sentence))


def export_failed(subject: ExportSubject, occasion: Occasion, why: str) -> Message:
    """Return that there is no file, and why, in a sentence."""
    return _parent(subject, occasion, why, _line(why))


def export_in_parts(subject: ExportSubject, occasion: Occasion, parts: int) -> Message:
    """Return the parent message of a file that comes in parts."""
    sentence = (
        f"The rows come as {counted(parts, 'CSV file')} in the thread, each with the heading."
    )
    return _parent(subject, occasion, sentence, _line(sentence))


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
        f"The file has {size_words(exported.size)}, and this workspace takes at most "
        f"{size_words(most)}. {_instead(subject, parts)}"
    )
    compressed = button("Compressed", WorkflowAction.FILE_COMPRESSED, value=value, style="primary")
    in_parts = button(f"In {parts} parts", WorkflowAction.FILE_IN_PARTS, value=value)
    offers = (compressed, in_parts) if parts <= MOST_PARTS else (compressed,)
    return _parent(
        subject,
        occasion,
        sentence,
        _line(sentence),
        *_notes(subject, exported.rows),
        *_preview(exported),
        closing=(actions(WorkflowBlock.LARGE_FILE_BUTTONS, *offers),),
    )


def _instead(subject: ExportSubject, parts: int) -> str:
    """Return what else can be had: a workbook is compressed already, so it is CSV in any case."""
    it = "As CSV it" if subject.question.export == XLSX else "It"
    if parts > MOST_PARTS:
        return f"{it} can come compressed; or ask for a shorter period."
    return f"{it} can come compressed, or as {counted(parts, 'file')} of their own."


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
    *blocks: Block,
    closing: tuple[Block, ...] = (),
) -> Message:
    what = what_words(subject.question)
    return message(
        f"{subject.workflow}: {what}, {subject.period.label}. {sentence}",
        header(subject.workflow),
        *note(occasion),
        paragraph(bold(what), plain(f"\n{period_words(subject.period)}")),
        *blocks,
        small_print(occasion, SOURCE_LINE),
        *_again(subject.question, occasion),
        *closing,
    )


def _again(question: ExportQuestion, occasion: Occasion) -> Iterator[Block]:
    """Yield the command that asks for the same, so that it can be copied and changed."""
    if not occasion.subscription:
        yield paragraph(code(f"/flow-export {export_words(question)}"))


def _notes(subject: ExportSubject, rows: int | None) -> Iterator[Block]:
    limit, parts = subject.question.limit, len(split(subject.period))
    joined = (
        "The period is longer than giosg answers at once, so it was asked for in "
        f"{counted(parts, 'part')} and joined."
    )
    if subject.question.data == CHART:
        yield context("giosg calls these figures a draft, so they are shown as they were sent.")
    elif parts > 1:
        yield context(joined)
    if limit and rows is not None and rows >= limit:
        yield context(f"The limit of {counted(limit, 'row')} is reached; there may be more.")


def _preview(exported: ExportSummary) -> tuple[Block, ...]:
    total = len(exported.preview.rows) if exported.rows is None else exported.rows
    return text_table("The first rows", exported.preview, total=total, most=PREVIEW_ROWS)


def _line(text: str) -> Block:
    return paragraph(plain(text))
