"""The whole picture of a channel of field reports in one message, and what changed."""

from collections.abc import Iterator, Mapping
from typing import Final

from bot.core.budget import fit
from bot.core.fieldfigures import Figure
from bot.core.figure_changes import Change, busiest, movers
from bot.model.asking import (
    AWARENESS,
    BY_HOUR,
    BY_STATE,
    BY_USER,
    BY_WEEKDAY,
    OVER_TIME,
    READS,
)
from bot.model.messages import Answer, Block
from bot.rendering.analytics import (
    UNZONED,
    FigureAsking,
    change_words,
    closing,
    figure_table,
    opening,
)
from bot.rendering.analytics_charts import figure_chart
from bot.rendering.blocks import Element, bold, bullets, context, message, paragraph, plain
from bot.rendering.charts import percent
from bot.rendering.dates import period_words
from bot.rendering.wording import counted, signed

SUMMARIZED: Final = (OVER_TIME, BY_STATE, BY_USER, BY_HOUR, BY_WEEKDAY, READS, AWARENESS)
"""The figures that a summary needs, now and of the previous period."""
_MOVING: Final = ((BY_STATE, "States"), (BY_USER, "People"))
_EMPTY: Final = Figure("", (), ())

Figures = Mapping[str, Figure]
"""Some of SUMMARIZED by their kind; what the vendor would not give is left out."""


def summary_answer(now: Figures, before: Figures, asking: FigureAsking) -> Answer:
    """Return the summary; without `before` nothing is compared. Missing figures are named."""
    total = Change(report_total(now), report_total(before)) if before else None
    told = _told(report_total(now), total, asking)
    charts = (figure_chart(now[kind]) for kind in (OVER_TIME, BY_STATE) if kind in now)
    whole = message(
        f"{asking.channel}, {asking.period.label}: {told}.",
        *opening(asking),
        paragraph(bold(told), plain(f"\n{period_words(asking.period)}")),
        *_facts_block(now, before),
        *_changes_block(now, before),
        *(chart for chart in charts if chart),
        *figure_table(now.get(BY_USER, _EMPTY), title="Reports by person"),
        context(UNZONED, _missing(now)),
    )
    first, *more = fit(whole, closing=closing(asking))
    return Answer(first, thread=tuple(more))


def report_total(figures: Figures) -> int:
    """Return the number of reports: of the figure over time, or else of that by state."""
    kinds = (OVER_TIME, BY_STATE, BY_USER)
    return next((figures[kind].total for kind in kinds if kind in figures), 0)


def _told(total: int, change: Change | None, asking: FigureAsking) -> str:
    reports = counted(total, "report")
    if change is None or asking.previous is None:
        return reports
    return f"{reports}, {change_words(change)} against {asking.previous.label}"


def _facts_block(now: Figures, before: Figures) -> Iterator[Block]:
    facts = list(_facts(now, before))
    if facts:
        yield bullets(*facts)


def _facts(now: Figures, before: Figures) -> Iterator[tuple[Element, ...]]:
    people = [count for _, count in now.get(BY_USER, _EMPTY).counts if count]
    if people:
        yield plain("People who reported: "), bold(f"{len(people):,}")
    for kind, label in ((BY_WEEKDAY, "Busiest day"), (BY_HOUR, "Busiest hour")):
        top = busiest(now.get(kind, _EMPTY))
        if top:
            yield plain(f"{label}: "), bold(top[0]), plain(f" ({counted(top[1], 'report')})")
    for name, count in now.get(READS, _EMPTY).counts:
        earlier = dict(before.get(READS, _EMPTY).counts).get(name)
        change = None if earlier is None else change_words(Change(count, earlier))
        yield plain(f"{name}: "), bold(f"{count:,}"), plain(f" ({change})" if change else "")
    yield from _awareness(now)


def _awareness(now: Figures) -> Iterator[tuple[Element, ...]]:
    figure = now.get(AWARENESS, _EMPTY)
    if not figure.total:
        return
    opened = sum(each for row in figure.rows if isinstance(each := row[3], int))
    shown = f"{counted(figure.total, 'alert')}, {opened:,} opened"
    share = percent(100 * opened / figure.total)
    yield plain("Awareness: "), bold(shown), plain(f" ({share})" if opened else "")


def _changes_block(now: Figures, before: Figures) -> Iterator[Block]:
    if not before:
        return
    lines = [
        f"{label}: {', '.join(f'{name} {signed(change.delta)}' for name, change in moved)}"
        for kind, label in _MOVING
        if (moved := movers(now.get(kind, _EMPTY), before.get(kind, _EMPTY)))
    ]
    told = "\n".join(lines) or "Neither states nor people changed."
    yield paragraph(bold("What changed\n"), plain(told))


def _missing(now: Figures) -> str:
    missing = [kind for kind in SUMMARIZED if kind not in now]
    return f"SaferMe did not answer for {', '.join(missing)}" if missing else ""
