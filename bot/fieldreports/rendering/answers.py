"""Analytics of field reports as answers: one figure, a summary of all, pictures, or a file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.asking.core.periods import Period
from bot.asking.occasion import Occasion
from bot.asking.rendering.dates import period_words
from bot.asking.rendering.occasions import export_button, note, small_print
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
    context,
    header,
    message,
    paragraph,
    plain,
)
from bot.slack.blocks.budget import fit
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
class FigureSubject:
    """What a figure is of: what was asked, with the channel's name in it, and of which days."""

    question: AnalyticsQuestion
    period: Period

    @property
    def title(self) -> str:
        """What is shown, such as "Reports by Severity"."""
        return figure_title(self.question)

    @property
    def heading(self) -> str:
        """All of it in words."""
        return f"{self.question.channel}, {self.title}, {self.period.label}"


def figure_answer(
    figure: Figure, subject: FigureSubject, occasion: Occasion, *, before: Figure | None = None
) -> Answer:
    """Return a figure: headline, chart and table; `before` is the one of the previous period."""
    change = None if before is None else FigureChange(figure.total, before.total)
    headline = _headline(figure, change, subject.period)
    chart = figure_chart(figure)
    shown = figure if before is None else compared(figure, before)
    has_any = any(count for rows in (figure, before) if rows for _, count in rows.counts)
    whole = message(
        f"{subject.heading}: {headline}.",
        *opening(subject, occasion),
        lead(headline, figure, subject.period),
        *([chart] if chart else []),
        *(figure_table(shown, title=subject.title) if has_any else ()),
        *_notes(figure, subject, occasion, drawn=chart is not None),
    )
    return _fitted(whole, figure, occasion)


def heatmap_answer(figure: Figure, subject: FigureSubject, occasion: Occasion) -> Answer:
    """Return the parent of the heat map's picture, with its numbers as a table for everybody."""
    headline = _headline(figure, None, subject.period)
    headline = f"{headline}. The picture is in the thread" if figure.total else headline
    whole = message(
        f"{subject.heading}: {headline}.",
        *opening(subject, occasion),
        lead(headline, figure, subject.period),
        *(figure_table(figure, title=subject.title) if figure.total else ()),
        *_notes(figure, subject, occasion),
    )
    return _fitted(whole, figure, occasion)


def images_answer(
    figure: Figure,
    subject: FigureSubject,
    occasion: Occasion,
    *,
    uploaded: int,
    notes: Iterable[str] = (),
) -> Answer:
    """Return how many pictures there are; `uploaded` of them follow as thumbnails in the thread.

    `notes` tell of those that could not be had.
    """
    headline = counted(figure.total, "picture") if figure.total else "No pictures in this period"
    follow = f"The latest {uploaded:,} follow in the thread" if uploaded else ""
    headline = f"{headline}. {follow}" if follow else headline
    whole = message(
        f"{subject.question.channel}, {subject.period.label}: {headline}.",
        *opening(subject, occasion),
        lead(headline, figure, subject.period),
        *figure_table(figure, title="Pictures, the latest first"),
        *_notes(figure, subject, occasion, more=notes),
    )
    return _fitted(whole, figure, occasion)


def figure_export_message(figure: Figure, subject: FigureSubject, occasion: Occasion) -> Message:
    """Return the parent message of a figure's file, or that there is nothing to export."""
    if figure.is_empty:
        sentence = "SaferMe has nothing in this period, so there is no file."
    else:
        rows = counted(len(figure.rows), "row")
        sentence = f"{rows} as {FORMATS[subject.question.export]}. The file is in the thread."
    return message(
        f"{subject.heading}: {sentence}",
        *opening(subject, occasion),
        paragraph(bold(subject.title), plain(f"\n{period_words(subject.period)}\n{sentence}")),
        *(() if figure.is_empty else _notes(figure, subject, occasion)),
        *closing(occasion, exported=not figure.is_empty),
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


def opening(subject: FigureSubject, occasion: Occasion) -> Iterator[Block]:
    """Yield the headline and a digest's note."""
    yield header(subject.question.channel)
    yield from note(occasion)


def closing(occasion: Occasion, *, exported: bool = True) -> tuple[Block, ...]:
    """Return the small print, and the button that makes a file, where one can be made."""
    small = small_print(occasion, SOURCE)
    export = export_button(occasion) if exported else ()
    return (small, actions(FieldReportBlock.ANALYTICS_BUTTONS, *export)) if export else (small,)


def change_words(change: FigureChange) -> str:
    """Return how a count compares, such as "+3 (+27.3%)" or "unchanged"."""
    if not change.delta:
        return "unchanged"
    growth = "" if change.percent is None else f" ({signed(change.percent)}%)"
    return f"{signed(change.delta)}{growth}"


def with_change(headline: str, change: FigureChange | None, period: Period) -> str:
    """Return a headline with how it compares to the days before the period, if that is known."""
    if change is None:
        return headline
    if not change.now and not change.before:
        return f"{headline}, nor in the one before"
    return f"{headline}, {change_words(change)} against {period.previous().label}"


def _fitted(whole: Message, figure: Figure, occasion: Occasion) -> Answer:
    first, *more = fit(whole, closing=closing(occasion, exported=not figure.is_empty))
    return Answer(first, thread=tuple(more))


def _headline(figure: Figure, change: FigureChange | None, period: Period) -> str:
    noun = {READS: "read", AWARENESS: "alert"}.get(figure.kind, "report")
    headline = counted(figure.total, noun) if figure.total else f"No {noun}s in this period"
    return with_change(headline, change, period)


def _notes(
    figure: Figure,
    subject: FigureSubject,
    occasion: Occasion,
    *,
    drawn: bool = False,
    more: Iterable[str] = (),
) -> Iterator[Block]:
    """Yield what a reader may otherwise take wrongly; `drawn` says that there is a chart."""
    size = spans_in_one(figure) if figure.kind == OVER_TIME and drawn else 1
    grouped = f"Each point of the chart is {size} {figure.grain or 'row'}s" if size > 1 else ""
    notes = (grouped, *figure_notes(figure, subject.period, now=occasion.now), *more)
    if any(notes):
        yield context(*notes)


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
