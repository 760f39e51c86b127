"""The whole picture of a channel of field reports in one message, and what changed."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from bot.asking.core.periods import Period
from bot.asking.occasion import Occasion
from bot.asking.rendering.dates import period_words
from bot.fieldreports.core.figure_changes import FigureChange, busiest, movers
from bot.fieldreports.core.figures import Figure, count_of
from bot.fieldreports.question import (
    AWARENESS,
    BY_HOUR,
    BY_STATE,
    BY_USER,
    BY_WEEKDAY,
    OVER_TIME,
    READS,
)
from bot.fieldreports.rendering.answers import (
    FigureSubject,
    change_words,
    closing,
    figure_table,
    opening,
    with_change,
)
from bot.fieldreports.rendering.charts import figure_chart
from bot.fieldreports.rendering.leads import opened_words
from bot.fieldreports.rendering.notes import UNZONED, cut_note, running_note
from bot.slack.blocks.blocks import Element, bold, bullets, context, message, paragraph, plain
from bot.slack.blocks.budget import fit
from bot.slack.blocks.wording import counted, signed
from bot.slack.messages import Answer, Block

SUMMARIZED: Final = (OVER_TIME, BY_STATE, BY_USER, BY_HOUR, BY_WEEKDAY, READS, AWARENESS)
"""The figures that a summary needs, now and of the previous period."""
_MOVING: Final = ((BY_STATE, "States"), (BY_USER, "People"))
_EMPTY: Final = Figure("", (), ())

Figures = Mapping[str, Figure]
"""Some of SUMMARIZED by their kind; what the vendor would not give is left out."""


def summary_answer(
    now: Figures, before: Figures, subject: FigureSubject, occasion: Occasion
) -> Answer:
    """Return the summary; without `before` nothing is compared. Missing figures are named."""
    total = report_total(now)
    change = FigureChange(total, report_total(before)) if before else None
    headline = counted(total, "report") if total else "No reports in this period"
    headline = with_change(headline, change, subject.period)
    charts = (figure_chart(now[kind]) for kind in (OVER_TIME, BY_STATE) if kind in now)
    whole = message(
        f"{subject.question.channel}, {subject.period.label}: {headline}.",
        *opening(subject, occasion),
        paragraph(bold(headline), plain(f"\n{period_words(subject.period)}")),
        *_facts_block(now, before),
        *_changes_block(now, before),
        *(chart for chart in charts if chart),
        *figure_table(_reporters(now), title="Reports by person"),
        context(*_notes(now, subject.period, occasion)),
    )
    has_any = any(not each.is_empty for each in now.values())
    first, *more = fit(whole, closing=closing(occasion, exported=has_any))
    return Answer(first, thread=tuple(more))


def report_total(figures: Figures) -> int:
    """Return the number of reports: of the figure over time, or else of that by state."""
    kinds = (OVER_TIME, BY_STATE, BY_USER)
    return next((figures[kind].total for kind in kinds if kind in figures), 0)


def _facts_block(now: Figures, before: Figures) -> Iterator[Block]:
    facts = list(_facts(now, before))
    if facts:
        yield bullets(*facts)


def _facts(now: Figures, before: Figures) -> Iterator[tuple[Element, ...]]:
    people = len(_reporters(now).rows)
    if people:
        change = FigureChange(people, len(_reporters(before).rows)) if BY_USER in before else None
        yield plain("People who reported: "), bold(f"{people:,}"), plain(_changed(change))
    for kind, label in ((BY_WEEKDAY, "Busiest day"), (BY_HOUR, "Busiest hour")):
        top = busiest(now.get(kind, _EMPTY))
        if top:
            yield plain(f"{label}: "), bold(top[0]), plain(f" ({counted(top[1], 'report')})")
    yield from _reads(now, before)
    yield from _awareness(now, before)


def _reads(now: Figures, before: Figures) -> Iterator[tuple[Element, ...]]:
    """Yield the figures of reading that are known, each with its change."""
    earlier = {row[0]: count_of(row) for row in before.get(READS, _EMPTY).rows}
    for row in now.get(READS, _EMPTY).rows:
        count, then = count_of(row), earlier.get(row[0])
        if count is not None and (count or then):
            change = None if then is None else FigureChange(count, then)
            yield plain(f"{row[0]}: "), bold(f"{count:,}"), plain(_changed(change))


def _awareness(now: Figures, before: Figures) -> Iterator[tuple[Element, ...]]:
    figure = now.get(AWARENESS, _EMPTY)
    if not figure.total:
        return
    change = FigureChange(figure.total, before[AWARENESS].total) if AWARENESS in before else None
    facts = f"{_changed(change)}; {opened_words(figure)}"
    yield plain("Awareness: "), bold(counted(figure.total, "alert")), plain(facts)


def _changed(change: FigureChange | None) -> str:
    return f", {change_words(change)}" if change else ""


def _reporters(figures: Figures) -> Figure:
    """Return who made reports, without those who made none."""
    figure = figures.get(BY_USER, _EMPTY)
    return replace(figure, rows=tuple(row for row in figure.rows if count_of(row)), keys=())


def _changes_block(now: Figures, before: Figures) -> Iterator[Block]:
    if not before or not (report_total(now) or report_total(before)):
        return
    lines = [
        f"{label}: {', '.join(f'{name} {signed(change.delta)}' for name, change in moved)}"
        for kind, label in _MOVING
        if (moved := movers(now.get(kind, _EMPTY), before.get(kind, _EMPTY)))
    ]
    sentence = "\n".join(lines) or "Neither states nor people changed."
    yield paragraph(bold("What changed\n"), plain(sentence))


def _notes(now: Figures, period: Period, occasion: Occasion) -> Iterator[str]:
    for figure in now.values():
        yield from figure.notes
    yield from cut_note(now.get(OVER_TIME, _EMPTY), period, now=occasion.now)
    yield from running_note(period, now=occasion.now)
    yield UNZONED
    yield _missing(now)


def _missing(now: Figures) -> str:
    missing = [kind for kind in SUMMARIZED if kind not in now]
    return f"SaferMe did not answer for {', '.join(missing)}" if missing else ""
