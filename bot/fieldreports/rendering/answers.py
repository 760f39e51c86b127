"""Analytics of field reports as answers: one figure, a summary of all, pictures, or a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from bot.asking.core.periods import Period
from bot.asking.rendering.dates import day_and_time, period_words
from bot.asking.subscription import Subscription
from bot.fieldreports.core.figure_changes import CHANGE, FigureChange, compared
from bot.fieldreports.core.figures import Figure, Value
from bot.fieldreports.ids import FieldReportBlock
from bot.fieldreports.question import (
    AWARENESS,
    BY_FIELD,
    BY_HOUR,
    BY_STATE,
    BY_USER,
    BY_WEEKDAY,
    HEATMAP,
    IMAGES,
    OVER_TIME,
    READS,
    SUMMARY,
    AnalyticsQuestion,
)
from bot.fieldreports.rendering.charts import figure_chart, spans_in_one
from bot.fieldreports.rendering.leads import lead
from bot.fieldreports.rendering.notes import figure_notes
from bot.slack.blocks.blocks import (
    actions,
    bold,
    button,
    context,
    header,
    message,
    paragraph,
    plain,
)
from bot.slack.blocks.budget import fit
from bot.slack.blocks.ids import Action
from bot.slack.blocks.tables import Cell, TableBudget, data_table, number, words
from bot.slack.blocks.wording import FORMATS, counted, signed
from bot.slack.messages import Answer, Block, Message
from bot.tables.columns import Column, Kind, Sheet

SOURCE: Final = "Source: SaferMe"
_TITLES: Final = {
    SUMMARY: "Summary",
    OVER_TIME: "Reports over time",
    BY_STATE: "Reports by state",
    BY_USER: "Reports by person",
    BY_FIELD: "Reports by field",
    BY_HOUR: "Reports by hour",
    BY_WEEKDAY: "Reports by day of the week",
    HEATMAP: "When reports are made",
    READS: "Reads",
    AWARENESS: "Awareness",
    IMAGES: "Pictures",
}
_TABLE: Final = TableBudget(rows=100, characters=4_500)


@dataclass(frozen=True, slots=True)
class FigureAsking:
    """The circumstances of a figure: what was asked, of which channel, when and by whom.

    `channel` is its name. `previous` is the period to compare with, None for no comparison.
    `export_value` comes back from the Export button, which is left out without it.
    """

    question: AnalyticsQuestion
    channel: str
    period: Period
    now: datetime
    zone: str
    asked_by: str = ""
    previous: Period | None = None
    subscription: Subscription | None = None
    export_value: str = ""
    notes: tuple[str, ...] = field(default=())


def figure_answer(figure: Figure, asking: FigureAsking, *, before: Figure | None = None) -> Answer:
    """Return a figure: headline, chart and table; `before` is the one of the previous period."""
    change = None if before is None else FigureChange(figure.total, before.total)
    told = _headline(figure, change, asking)
    chart = figure_chart(figure)
    shown = figure if before is None else compared(figure, before)
    has_any = any(count for rows in (figure, before) if rows for _, count in rows.counts)
    whole = message(
        f"{asking.channel}, {figure_title(asking.question)}, {asking.period.label}: {told}.",
        *opening(asking),
        lead(told, figure, asking.period),
        *([chart] if chart else []),
        *(figure_table(shown, title=figure_title(asking.question)) if has_any else ()),
        *_notes(figure, asking, drawn=chart is not None),
    )
    return _fitted(whole, figure, asking)


def heatmap_answer(figure: Figure, asking: FigureAsking) -> Answer:
    """Return the parent of the heat map's picture, with its numbers as a table for everybody."""
    told = _headline(figure, None, asking)
    told = f"{told}. The picture is in the thread" if figure.total else told
    whole = message(
        f"{asking.channel}, {figure_title(asking.question)}, {asking.period.label}: {told}.",
        *opening(asking),
        lead(told, figure, asking.period),
        *(figure_table(figure, title=figure_title(asking.question)) if figure.total else ()),
        *_notes(figure, asking, drawn=False),
    )
    return _fitted(whole, figure, asking)


def images_answer(figure: Figure, asking: FigureAsking, *, uploaded: int) -> Answer:
    """Return how many pictures there are; `uploaded` of them follow as thumbnails in the thread."""
    told = counted(figure.total, "picture") if figure.total else "No pictures in this period"
    follow = f"The latest {uploaded:,} follow in the thread" if uploaded else ""
    told = f"{told}. {follow}" if follow else told
    whole = message(
        f"{asking.channel}, {asking.period.label}: {told}.",
        *opening(asking),
        lead(told, figure, asking.period),
        *figure_table(figure, title="Pictures, the latest first"),
        *_notes(figure, asking, drawn=False),
    )
    return _fitted(whole, figure, asking)


def figure_export_message(figure: Figure, asking: FigureAsking) -> Message:
    """Return the parent message of a figure's file, or that there is nothing to export."""
    title = figure_title(asking.question)
    start = f"{asking.channel}, {title}, {asking.period.label}"
    if figure.is_empty:
        told = "SaferMe has nothing in this period, so there is no file."
    else:
        rows = counted(len(figure.rows), "row")
        told = f"{rows} as {FORMATS[asking.question.export]}. The file is in the thread."
    return message(
        f"{start}: {told}",
        *opening(asking),
        paragraph(bold(title), plain(f"\n{period_words(asking.period)}\n{told}")),
        *(() if figure.is_empty else _notes(figure, asking, drawn=False)),
        *closing(asking, exported=not figure.is_empty),
    )


def figure_sheet(figure: Figure, *, title: str) -> Sheet:
    """Return a figure as a sheet of a file, numbers as numbers and days as days."""
    columns = [
        Column(name, _kind([row[at] for row in figure.rows]))
        for at, name in enumerate(figure.columns)
    ]
    return Sheet(title, columns, figure.rows)


def figure_table(figure: Figure, *, title: str) -> tuple[Block, ...]:
    """Return a figure as a native table; nothing when it has no rows."""
    return data_table(
        title,
        columns=figure.columns,
        rows=(_cells(row, figure.columns) for row in figure.rows),
        total=len(figure.rows),
        budget=_TABLE,
        more="An export has all of it.",
    )


def figure_title(question: AnalyticsQuestion) -> str:
    """Return what is shown, such as "Reports by Severity"."""
    if question.figure == BY_FIELD and question.field:
        return f"Reports by {question.field}"
    return _TITLES[question.figure]


def opening(asking: FigureAsking) -> Iterator[Block]:
    """Yield the headline and a digest's note."""
    yield header(asking.channel)
    if asking.subscription and asking.subscription.note:
        yield paragraph(plain(asking.subscription.note))


def closing(asking: FigureAsking, *, exported: bool = True) -> tuple[Block, ...]:
    """Return the small print, and the button that makes a file, where one can be made."""
    digest = asking.subscription
    who = f"Asked by {asking.asked_by}" if asking.asked_by else ""
    which = f"Digest {digest.id}, {digest.words}" if digest else who
    small = context(which, SOURCE, f"{day_and_time(asking.now, asking.zone)} {asking.zone}")
    if not asking.export_value or not exported:
        return (small,)
    spoken = "Export the data behind this as a file"
    export = button("Export", Action.OPEN_EXPORT, value=asking.export_value, spoken=spoken)
    return small, actions(FieldReportBlock.ANALYTICS_BUTTONS, export)


def change_words(change: FigureChange) -> str:
    """Return how a count compares, such as "+3 (+27.3 %)" or "unchanged"."""
    if not change.delta:
        return "unchanged"
    growth = "" if change.percent is None else f" ({signed(change.percent)} %)"
    return f"{signed(change.delta)}{growth}"


def change_told(told: str, change: FigureChange | None, asking: FigureAsking) -> str:
    """Return a headline with how it compares to the period before, where that is known."""
    if change is None or asking.previous is None:
        return told
    if not change.now and not change.before:
        return f"{told}, nor in the one before"
    return f"{told}, {change_words(change)} against {asking.previous.label}"


def _fitted(whole: Message, figure: Figure, asking: FigureAsking) -> Answer:
    first, *more = fit(whole, closing=closing(asking, exported=not figure.is_empty))
    return Answer(first, thread=tuple(more))


def _headline(figure: Figure, change: FigureChange | None, asking: FigureAsking) -> str:
    noun = {READS: "read", AWARENESS: "alert"}.get(figure.kind, "report")
    told = counted(figure.total, noun) if figure.total else f"No {noun}s in this period"
    return change_told(told, change, asking)


def _notes(figure: Figure, asking: FigureAsking, *, drawn: bool) -> Iterator[Block]:
    size = spans_in_one(figure) if figure.kind == OVER_TIME and drawn else 1
    grouped = f"Each point of the chart is {size} {figure.grain or 'row'}s" if size > 1 else ""
    told = (grouped, *figure_notes(figure, asking.period, now=asking.now), *asking.notes)
    if any(told):
        yield context(*told)


def _cells(row: Sequence[Value], columns: Sequence[str]) -> tuple[Cell, ...]:
    """Return the cells of a row; a change has its sign."""
    return tuple(
        number(value, signed(value))
        if name == CHANGE and isinstance(value, int) and value
        else _cell(value)
        for name, value in zip(columns, row, strict=True)
    )


def _cell(value: Value) -> Cell:
    if isinstance(value, int):
        return number(value, f"{value:,}")
    return words(value.isoformat() if isinstance(value, date) else value or "")


def _kind(values: Sequence[Value]) -> Kind:
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, int) for value in known):
        return Kind.NUMBER
    if known and all(isinstance(value, date) for value in known):
        return Kind.DATE
    return Kind.TEXT
