"""Figures of field reports as tables: in Slack's threads, and as the sheets of a file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from bot.asking.rendering.cells import day_cell
from bot.asking.rendering.dates import weekday_and_day
from bot.fieldreports.core.figure_changes import BEFORE, CHANGE, compared
from bot.fieldreports.core.figures import Figure, Value, count_of
from bot.fieldreports.question import (
    BY_FIELD,
    BY_HOUR,
    BY_STATE,
    BY_USER,
    BY_WEEKDAY,
    OVER_TIME,
    SUMMARY,
)
from bot.fieldreports.rendering.news import signed_words
from bot.fieldreports.rendering.subjects import TITLES
from bot.slack.blocks.charts import percent
from bot.slack.blocks.tables import Cell, TableBudget, data_table, number, words
from bot.slack.messages import Block
from bot.tables.columns import Column, Kind, Sheet

SHARE: Final = "Share"
_SHARED: Final = (BY_STATE, BY_USER, BY_FIELD, BY_HOUR, BY_WEEKDAY)
_DIGITS: Final = 2  # of a share in a file
_TABLE: Final = TableBudget(rows=100, characters=4_500)


def figure_table(figure: Figure, *, title: str, before: Figure | None = None) -> tuple[Block, ...]:
    """Return a figure as a native table, beside the one before; nothing when it has no rows."""
    shown = detailed(figure, before)
    return data_table(
        title,
        columns=shown.columns,
        rows=(_cells(shown, at) for at in range(len(shown.rows))),
        total=len(shown.rows),
        budget=_TABLE,
        more="Export for the full list.",
    )


def detailed(figure: Figure, before: Figure | None = None) -> Figure:
    """Return a figure with the share of each row, and with the period before where that is fair."""
    beside = figure if before is None else compared(figure, before)
    if figure.kind not in _SHARED or not figure.total:
        return beside
    at = len(figure.columns)
    rows = (
        (*row[:at], 100 * (count_of(row[:at]) or 0) / figure.total, *row[at:])
        for row in beside.rows
    )
    columns = (*beside.columns[:at], SHARE, *beside.columns[at:])
    return replace(beside, columns=columns, rows=tuple(rows))


def figure_sheet(figure: Figure, *, title: str) -> Sheet:
    """Return a figure as a sheet of a file, numbers as numbers and days as days.

    Over time it says of each row whether all of its days are counted.
    """
    if figure.kind == OVER_TIME and any(figure.cut):
        figure = _marked(figure)
    columns = [
        Column(name, Kind.PERCENT if name == SHARE else _kind([row[at] for row in figure.rows]))
        for at, name in enumerate(figure.columns)
    ]
    rows = (
        [round(value, _DIGITS) if isinstance(value, float) else value for value in row]
        for row in figure.rows
    )
    return Sheet(title, columns, rows)


def _marked(figure: Figure) -> Figure:
    first, last = figure.cut
    whole = ["yes"] * len(figure.rows)
    whole[0] = "no" if first else whole[0]
    whole[-1] = "no" if last else whole[-1]
    rows = tuple((*row, each) for row, each in zip(figure.rows, whole, strict=True))
    return replace(figure, columns=(*figure.columns, "All days counted"), rows=rows)


def summary_sheets(now: Mapping[str, Figure], before: Mapping[str, Figure]) -> list[Sheet]:
    """Return a sheet for each figure of a summary that has something."""
    return [
        figure_sheet(detailed(each, before.get(kind)), title=TITLES[kind])
        for kind, each in now.items()
        if not each.is_empty
    ]


def summary_rows(now: Mapping[str, Figure], before: Mapping[str, Figure]) -> Figure:
    """Return all figures of a summary as the rows of one table, for a file that has but one."""
    rows = [
        (TITLES[kind], f"{row[0]}", count, then)
        for kind, each in now.items()
        for row, count, then in _beside(each, before.get(kind))
    ]
    return Figure(SUMMARY, ("Figure", "Of", "Count", BEFORE), tuple(rows), len(rows))


def _beside(
    figure: Figure, before: Figure | None
) -> list[tuple[tuple[Value, ...], int | None, Value]]:
    """Return each row with its count, and the one before where the two can be compared."""
    shown = figure if before is None else compared(figure, before)
    if BEFORE not in shown.columns:
        return [(row, count_of(row), None) for row in figure.rows]
    at = shown.columns.index(BEFORE)
    return [(row, count_of(row[:at]), row[at]) for row in shown.rows]


def _cells(figure: Figure, at: int) -> tuple[Cell, ...]:
    """Return the cells of a row; one that is incomplete says so beside its day."""
    this_year = max((row[0].year for row in figure.rows if isinstance(row[0], date)), default=0)
    first, last = figure.cut
    cut = (first and at == 0) or (last and at == len(figure.rows) - 1)
    ending = " (incomplete)" if cut and figure.kind == OVER_TIME else ""
    return tuple(
        _cell(value, name, ending=ending if place == 0 else "", this_year=this_year)
        for place, (name, value) in enumerate(zip(figure.columns, figure.rows[at], strict=True))
    )


def _cell(value: Value, name: str, *, ending: str, this_year: int) -> Cell:
    if isinstance(value, datetime):
        day = weekday_and_day(value, this_year=this_year)
        return number(value.timestamp(), f"{day}, {value:%H:%M}{ending}")
    if isinstance(value, date):
        return day_cell(value, this_year=this_year, ending=ending)
    if isinstance(value, float):
        return number(value, percent(value))
    if isinstance(value, int):
        return number(value, signed_words(value) if name == CHANGE else f"{value:,}")
    return words(value or "")


def _kind(values: Sequence[Value]) -> Kind:
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, int) for value in known):
        return Kind.NUMBER
    if known and all(isinstance(value, datetime) for value in known):
        return Kind.MOMENT
    if known and all(isinstance(value, date) for value in known):
        return Kind.DATE
    return Kind.TEXT
