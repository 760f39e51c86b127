"""An export of a workflow's events: its parent message in every state, from asked to done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.asking.core.periods import Period
from bot.asking.rendering.dates import day_and_time, period_words
from bot.asking.subscription import Subscription, whose
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
from bot.slack.blocks.ids import Action
from bot.slack.blocks.tables import text_table
from bot.slack.blocks.wording import FORMATS, counted, size_words, some_of
from bot.slack.messages import Block, Message
from bot.tables.columns import TextTable
from bot.workflows.core.command import export_words
from bot.workflows.ids import WorkflowAction, WorkflowBlock
from bot.workflows.model import XLSX
from bot.workflows.question import CHART, COUNTS, SOURCE, ExportQuestion

SOURCE_LINE: Final = "Source: giosg"
PREVIEW_ROWS: Final = 10
_UNGUARDED: Final = context(
    "The CSV is as giosg made it: a cell that begins with = may run as a formula in a spreadsheet."
)
MOST_PARTS: Final = 20
"""So many files may stand in one thread; of more nobody would find the one that matters."""


@dataclass(frozen=True, slots=True)
class ExportAsking:
    """The circumstances of an export: what was asked, of which workflow, when and by whom.

    `workflow` is its name. `parts` says into how many questions the period was split; `asked_by` is
    a display name, not a mention, as a mention would notify.
    """

    question: ExportQuestion
    workflow: str
    period: Period
    now: datetime
    zone: str
    asked_by: str = ""
    parts: int = 1
    subscription: Subscription | None = None


@dataclass(frozen=True, slots=True)
class ExportSummary:
    """A fetched export: its rows (None where nobody counted), its size in bytes, its beginning.

    `as_it_came` says that it is the vendor's CSV, whose cells nobody has guarded.
    """

    rows: int | None
    size: int
    preview: TextTable
    as_it_came: bool = False


def export_started(asking: ExportAsking) -> Message:
    """Return the parent message while giosg is being asked."""
    line = "Asking giosg for the data …"
    return _parent(asking, f"{line} The file follows in the thread.", paragraph(plain(line)))


def export_progress(asking: ExportAsking, progress: TransferProgress) -> Message:
    """Return the parent message of a large file that is on its way."""
    told = f"Fetching the file: {progress_words(progress)}."
    bar = "" if progress.percent is None else share_bar(progress.percent, largest=100) + "\n"
    return _parent(asking, told, paragraph(bold(bar), plain(told)) if bar else _line(told))


def export_done(asking: ExportAsking, exported: ExportSummary) -> Message:
    """Return the parent message of a file in its thread: rows, size and the first rows."""
    facts = (
        "" if exported.rows is None else counted(exported.rows, "row"),
        size_words(exported.size),
        FORMATS[asking.question.export],
    )
    told = f"{', '.join(fact for fact in facts if fact)}. The file is in the thread."
    notes = (*_notes(asking, exported.rows), *([_UNGUARDED] if exported.as_it_came else []))
    return _parent(asking, told, _line(told), *notes, *_preview(exported))


def export_shown(asking: ExportAsking, rows: TextTable, *, export_value: str = "") -> Message:
    """Return the rows in Slack alone, because that was asked or because they are so few.

    `export_value` comes back from the button that makes a file of them after all.
    """
    told = f"{counted(len(rows.rows), 'row')}, shown below without a file."
    caption = "The figures" if asking.question.data == CHART else "The events"
    table = text_table(caption, rows, total=len(rows.rows))
    spoken = "Export the data behind this as a file"
    again = button("Export", Action.OPEN_EXPORT, value=export_value, spoken=spoken)
    buttons = (actions(WorkflowBlock.WORKFLOW_BUTTONS, again),) if export_value else ()
    notes = _notes(asking, len(rows.rows))
    return _parent(asking, told, _line(told), *notes, *table, closing=buttons)


def export_empty(
    asking: ExportAsking, *, last_event_at: datetime | None = None, doubtful: bool = False
) -> Message:
    """Return that there is nothing in the period, and when the workflow last had an event.

    `doubtful` says that there may be no such step at all, as giosg says the same of both.
    """
    told = "giosg has no such events in this period, so there is no file."
    if doubtful and asking.question.step:
        told += f" It may also be that there is no step {asking.question.step}."
    if last_event_at is None:
        return _parent(asking, told, _line(told))
    spoken = day_and_time(last_event_at, asking.zone)
    return _parent(
        asking,
        f"{told} The last event of this workflow was on {spoken}.",
        paragraph(plain(f"{told} The last event of this workflow: "), moment(last_event_at)),
    )


def export_broken(asking: ExportAsking) -> Message:
    """Return that the download broke twice, so that no half file is in the thread."""
    told = (
        "The download from giosg broke off, and once more when it was repeated from the start. "
        "Nothing is posted rather than half a file. Ask again, or for a shorter period."
    )
    return _parent(asking, told, _line(told))


def export_failed(asking: ExportAsking, why: str) -> Message:
    """Return that there is no file, and why, in a sentence."""
    return _parent(asking, why, _line(why))


def export_in_parts(asking: ExportAsking, parts: int) -> Message:
    """Return the parent message of a file that comes in parts."""
    told = f"The rows come as {counted(parts, 'CSV file')} in the thread, each with the heading."
    return _parent(asking, told, _line(told), _UNGUARDED)


def export_title(asking: ExportAsking) -> str:
    """Return what a file is, in words: Slack shows the title of a file as it is, unescaped."""
    return clean(f"{asking.workflow}: {what_words(asking.question)}, {asking.period.label}")


def export_too_large(
    asking: ExportAsking, exported: ExportSummary, *, most: int, parts: int, value: str
) -> Message:
    """Return that the file is over the workspace's limit, with what can be done instead.

    `most` is the limit in bytes, `parts` how many files it would be; `value` comes back on a click.
    """
    told = (
        f"The file has {size_words(exported.size)}, and this workspace takes at most "
        f"{size_words(most)}. {_instead(asking, parts)}"
    )
    compressed = button("Compressed", WorkflowAction.FILE_COMPRESSED, value=value, style="primary")
    in_parts = button(f"In {parts} parts", WorkflowAction.FILE_IN_PARTS, value=value)
    offers = (compressed, in_parts) if parts <= MOST_PARTS else (compressed,)
    return _parent(
        asking,
        told,
        _line(told),
        *_notes(asking, exported.rows),
        *_preview(exported),
        closing=(actions(WorkflowBlock.LARGE_FILE_BUTTONS, *offers),),
    )


def _instead(asking: ExportAsking, parts: int) -> str:
    """Return what else can be had: a workbook is compressed already, so it is CSV in any case."""
    it = "As CSV it" if asking.question.export == XLSX else "It"
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


def small_print(asking: ExportAsking) -> Block:
    """Return who asked or which digest this is, where the data is from, and when."""
    when = f"{day_and_time(asking.now, asking.zone)} {asking.zone}"
    return context(whose(asking.asked_by, asking.subscription), SOURCE_LINE, when)


def _parent(
    asking: ExportAsking, told: str, *blocks: Block, closing: tuple[Block, ...] = ()
) -> Message:
    what = what_words(asking.question)
    note = asking.subscription.note if asking.subscription else ""
    return message(
        f"{asking.workflow}: {what}, {asking.period.label}. {told}",
        header(asking.workflow),
        *([paragraph(plain(note))] if note else []),
        paragraph(bold(what), plain(f"\n{period_words(asking.period)}")),
        *blocks,
        small_print(asking),
        *_again(asking),
        *closing,
    )


def _again(asking: ExportAsking) -> Iterator[Block]:
    """Yield the command that asks for the same, so that it can be copied and changed."""
    if not asking.subscription:
        yield paragraph(code(f"/flow-export {export_words(asking.question)}"))


def _notes(asking: ExportAsking, rows: int | None) -> Iterator[Block]:
    limit = asking.question.limit
    split = (
        "The period is longer than giosg answers at once, so it was asked for in "
        f"{counted(asking.parts, 'part')} and joined."
    )
    if asking.question.data == CHART:
        yield context("giosg calls these figures a draft, so they are shown as they were sent.")
    elif asking.parts > 1:
        yield context(split)
    if limit and rows is not None and rows >= limit:
        yield context(f"The limit of {counted(limit, 'row')} is reached; there may be more.")


def _preview(exported: ExportSummary) -> tuple[Block, ...]:
    total = len(exported.preview.rows) if exported.rows is None else exported.rows
    return text_table("The first rows", exported.preview, total=total, most=PREVIEW_ROWS)


def _line(text: str) -> Block:
    return paragraph(plain(text))
