"""Analytics of field reports as answers: one figure, the heat map, pictures, or a file."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from bot.asking.occasion import Occasion
from bot.asking.rendering.shape import Shape, laid_out
from bot.fieldreports.core.figure_changes import FigureChange
from bot.fieldreports.core.figures import Figure
from bot.fieldreports.question import (
    AWARENESS,
    BY_FIELD,
    BY_STATE,
    BY_USER,
    OVER_TIME,
    READS,
    SUMMARY,
)
from bot.fieldreports.rendering.charts import figure_chart, spans_in_one
from bot.fieldreports.rendering.news import changed, halves, news
from bot.fieldreports.rendering.notes import facts
from bot.fieldreports.rendering.subjects import (
    FigureSubject,
    likely_buttons,
    wider_buttons,
)
from bot.fieldreports.rendering.tables import figure_table
from bot.slack.blocks.blocks import Element, message
from bot.slack.blocks.budget import fit
from bot.slack.blocks.wording import FORMATS, counted, lowered
from bot.slack.messages import Answer, Block, Message

_TABLE_ALONE: Final = (BY_USER, READS, AWARENESS)
"""Figures of many people, or of rows that count different things, which one axis cannot show."""
_IN_TABLE: Final = (BY_STATE, BY_FIELD, *_TABLE_ALONE)


def figure_answer(
    figure: Figure, subject: FigureSubject, occasion: Occasion, *, before: Figure | None = None
) -> Answer:
    """Return a figure as a chart or a short table, and as the other one in the thread.

    `before` is the figure of what the period is compared with.
    """
    chart = figure_chart(figure) if figure.kind not in _TABLE_ALONE else None
    table = figure_table(figure, title=subject.title, before=before) if figure.total else ()
    drawn = (chart,) if chart else ()
    if figure.kind in _IN_TABLE or not drawn:
        return _answer(figure, subject, occasion, before=before, body=table, more=drawn)
    return _answer(figure, subject, occasion, before=before, body=drawn, more=table)


def heatmap_answer(figure: Figure, subject: FigureSubject, occasion: Occasion) -> Answer:
    """Return when most reports are made; the picture and its numbers are for the thread."""
    days, hours = halves(figure)
    charts = tuple(chart for each in (days, hours) if (chart := figure_chart(each)))
    table = figure_table(figure, title=subject.title) if figure.total else ()
    return _answer(figure, subject, occasion, body=charts[-1:], more=table)


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
    said = news(figure, subject, None, now=occasion.now)
    follow = f"; the latest {uploaded:,} are in the thread" if uploaded else ""
    if uploaded and uploaded == figure.total:
        follow = ", in the thread"
    shape = Shape(
        news=f"{said}{follow}",
        buttons=_buttons(figure, subject),
        facts=(*facts(figure, subject.period, this_year=occasion.now.year), *notes),
        exports=not figure.is_empty,
    )
    return laid_out(shape, occasion)


def figure_export_answer(rows: int, subject: FigureSubject, occasion: Occasion) -> Answer:
    """Return the parent message of a figure's file, or that there is nothing to export."""
    about = f"{subject.channel}, {lowered(subject.title)}"
    form = FORMATS[subject.question.export]
    what = counted(rows, "sheet") if subject.question.figure == SUMMARY else counted(rows, "row")
    if subject.question.figure == SUMMARY and subject.question.export == "csv":
        what = counted(rows, "row")
    when = subject.nothing_words(occasion.now)
    said = (
        f"{about}: {form} file in the thread ({what})"
        if rows
        else f"SaferMe has nothing for {about} {when}, so there is no file"
    )
    shown = replace(subject.question, export="")
    shape = Shape(
        news=said,
        buttons=() if rows else wider_buttons(shown),
        facts=tuple(
            facts(
                Figure(subject.question.figure, (), (), rows),
                subject.period,
                this_year=occasion.now.year,
            )
        ),
        exports=False,
    )
    return laid_out(shape, occasion)


def _answer(
    figure: Figure,
    subject: FigureSubject,
    occasion: Occasion,
    *,
    before: Figure | None = None,
    body: tuple[Block, ...],
    more: tuple[Block, ...],
) -> Answer:
    change = None if before is None else FigureChange(figure.total, before.total)
    drawn = any(each["type"] == "data_visualization" for each in body)
    shape = Shape(
        news=news(figure, subject, change, now=occasion.now),
        changed=changed(figure, subject, change, now=occasion.now),
        body=body,
        buttons=_buttons(figure, subject),
        facts=(
            *_grouped(figure, drawn=drawn),
            *facts(figure, subject.period, this_year=occasion.now.year),
        ),
        thread=in_thread(subject.heading, more),
        exports=not figure.is_empty,
    )
    return laid_out(shape, occasion)


def in_thread(said: str, blocks: tuple[Block, ...]) -> tuple[Message, ...]:
    """Return blocks as messages for the thread; none for nothing."""
    return fit(message(f"{said}: more figures.", *blocks)) if blocks else ()


def _buttons(figure: Figure, subject: FigureSubject) -> tuple[Element, ...]:
    if figure.is_empty:
        return wider_buttons(subject.question)
    return likely_buttons(subject.question)


def _grouped(figure: Figure, *, drawn: bool) -> Iterator[str]:
    """Yield what one point of a chart stands for, where that is more than a row."""
    size = spans_in_one(figure) if figure.kind == OVER_TIME and drawn else 1
    if size > 1:
        yield f"Each point is {size} {figure.grain or 'row'}s"
