"""The whole picture of a channel of field reports: the news, when, and the rest in the thread."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from bot.asking.occasion import Occasion
from bot.asking.rendering.dates import period_words
from bot.asking.rendering.shape import Shape, laid_out
from bot.fieldreports.core.figure_changes import FigureChange, movers
from bot.fieldreports.core.figures import Figure
from bot.fieldreports.question import (
    AWARENESS,
    BY_HOUR,
    BY_STATE,
    BY_USER,
    BY_WEEKDAY,
    OVER_TIME,
    READS,
)
from bot.fieldreports.rendering.answers import in_thread
from bot.fieldreports.rendering.charts import figure_chart
from bot.fieldreports.rendering.news import (
    busiest_words,
    change_words,
    changed,
    news,
    opened_words,
    signed_words,
)
from bot.fieldreports.rendering.notes import SOURCE, cut_note
from bot.fieldreports.rendering.subjects import (
    TITLES,
    FigureSubject,
    likely_buttons,
    wider_buttons,
)
from bot.fieldreports.rendering.tables import figure_table
from bot.slack.blocks.blocks import Element, bold, bullets, plain
from bot.slack.blocks.wording import capital, counted
from bot.slack.messages import Answer, Block

SUMMARIZED: Final = (OVER_TIME, BY_STATE, BY_USER, BY_HOUR, BY_WEEKDAY, READS, AWARENESS)
"""The figures that a summary needs, now and of the previous period."""
_EMPTY: Final = Figure("", (), ())

Figures = Mapping[str, Figure]
"""Some of SUMMARIZED by their kind; what the vendor would not give is left out."""


def summary_answer(
    now: Figures, before: Figures, subject: FigureSubject, occasion: Occasion
) -> Answer:
    """Return the summary; without `before` nothing is compared. Missing figures are named."""
    total = Figure(OVER_TIME, (), (), report_total(now))
    change = FigureChange(total.total, report_total(before)) if before else None
    has_any = any(not each.is_empty for each in now.values())
    shape = Shape(
        news=news(total, subject, change, now=occasion.now),
        changed=changed(total, subject, change, now=occasion.now) or _changed(now, before),
        body=tuple(_facts_block(now, before, subject)),
        buttons=(likely_buttons if has_any else wider_buttons)(subject.question),
        facts=(*_notes(now, subject, this_year=occasion.now.year), SOURCE),
        thread=in_thread(subject.heading, tuple(_tables(now, before))),
        exports=has_any,
    )
    return laid_out(shape, occasion)


def report_total(figures: Figures) -> int:
    """Return the number of reports: of the figure over time, or else of that by state."""
    kinds = (OVER_TIME, BY_STATE, BY_USER)
    return next((figures[kind].total for kind in kinds if kind in figures), 0)


def _changed(now: Figures, before: Figures) -> str:
    """Return whose reports became more or fewer; states only say that young reports are young."""
    moved = movers(now.get(BY_USER, _EMPTY), before.get(BY_USER, _EMPTY)) if before else ()
    people = ", ".join(f"{name} {signed_words(change.delta)}" for name, change in moved)
    return f"Biggest changes by person: {people}." if people else ""


def _facts_block(now: Figures, before: Figures, subject: FigureSubject) -> Iterator[Block]:
    facts = list(_facts(now, before, subject))
    if facts:
        yield bullets(*facts)


def _facts(now: Figures, before: Figures, subject: FigureSubject) -> Iterator[tuple[Element, ...]]:
    states = [f"{count:,} {name}" for name, count in now.get(BY_STATE, _EMPTY).counts if count]
    if states:
        yield bold("States: "), plain(", ".join(states))
    busy = busiest_words(now.get(BY_WEEKDAY, _EMPTY), now.get(BY_HOUR, _EMPTY))
    if busy:
        yield bold("Busiest: "), plain(busy)
    people = len(_reporters(now).rows)
    if people:
        change = FigureChange(people, len(_reporters(before).rows)) if BY_USER in before else None
        many = (counted(people, "person", "people"), change_words(change, subject))
        yield bold("Reported by: "), plain(", ".join(filter(None, many)))
    seen = [each for each in (_reads(now), _alerts(now)) if each]
    if seen:
        yield bold("Seen: "), plain("; ".join(seen))


def _reads(now: Figures) -> str:
    """Return how often the reports were read and by how many."""
    figure = now.get(READS, _EMPTY)
    return counted(figure.total, "read") if figure.total else ""


def _alerts(now: Figures) -> str:
    figure = now.get(AWARENESS, _EMPTY)
    return f"{counted(figure.total, 'alert')}, {opened_words(figure)}" if figure.total else ""


def _reporters(figures: Figures) -> Figure:
    """Return who made reports, without those who made none."""
    figure = figures.get(BY_USER, _EMPTY)
    kept = [
        (row, key) for row, (key, _, count) in zip(figure.rows, figure.keyed, strict=True) if count
    ]
    return replace(figure, rows=tuple(row for row, _ in kept), keys=tuple(key for _, key in kept))


def _tables(now: Figures, before: Figures) -> Iterator[Block]:
    """Yield what a reader may want beside: the course, the people, and how much was read."""
    chart = figure_chart(now[OVER_TIME]) if OVER_TIME in now else None
    if chart:
        yield chart
    for kind, figure in ((BY_USER, _reporters(now)), (READS, now.get(READS, _EMPTY))):
        if figure.total:
            yield from figure_table(figure, title=TITLES[kind], before=before.get(kind))


def _notes(now: Figures, subject: FigureSubject, *, this_year: int) -> Iterator[str]:
    yield capital(period_words(subject.period, this_year=this_year))
    for figure in now.values():
        yield from figure.notes
    yield from cut_note(now.get(OVER_TIME, _EMPTY))
    missing = [TITLES[kind].lower() for kind in SUMMARIZED if kind not in now]
    if missing:
        yield f"SaferMe did not answer for {', '.join(missing)}"
