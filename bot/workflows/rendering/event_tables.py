"""giosg's rows as people read them: plain headings, moments in words, ids left to the file. Pure.

giosg documents no column of its events and nothing of its charts, so what a column holds is told by
its name and its cells alone.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.asking.occasion import Occasion
from bot.asking.rendering.dates import weekday_and_time
from bot.slack.blocks.wording import field_words
from bot.tables.columns import TextTable

YEARS: Final = range(1970, 2101)
"""Slack draws no others, and others are no real dates."""
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)")
_ID_NAMES: Final = frozenset({"id", "ids", "uid", "uuid", "guid"})
_ID: Final = re.compile(
    r"element-[0-9a-z]+"  # as giosg names what a workflow is made of
    r"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|(?=.*[a-z])(?=(.*\d){3})[a-z]?[0-9a-f]{5,}",
    re.IGNORECASE,
)
_ENTRY: Final = re.compile(r"(?P<list>.*?)\[(?P<place>\d+)\]\.?(?P<field>.*)")
_SAID: Final = 3
"""So many figures that stand alone are said beside a table."""


@dataclass(frozen=True, slots=True)
class ReadableTable:
    """A table for people; `hides_ids` where columns of ids were left out of it."""

    table: TextTable
    hides_ids: bool = False


@dataclass(frozen=True, slots=True)
class ChartFigures:
    """What a chart is made of: its longest list as a table called `title`, and what stands alone.

    The cells are giosg's own, and so are the names in `alone`.
    """

    title: str
    table: TextTable
    alone: tuple[tuple[str, str], ...] = ()

    @property
    def said(self) -> str:
        """The first figures that stand alone as a sentence, such as "Total: 428."."""
        some = [f"{field_words(name)}: {value}" for name, value in self.alone if value.strip()]
        return f"{', '.join(some[:_SAID])}." if some else ""


def is_id(cell: str) -> bool:
    """Return whether a cell is an id, which tells people nothing."""
    return bool(_ID.fullmatch(cell.strip()))


def readable_events(table: TextTable, occasion: Occasion) -> ReadableTable:
    """Return events without their ids; with them where they have nothing else."""
    kept = [at for at, name in enumerate(table.columns) if not _holds_ids(table, at, name)]
    places = kept or range(len(table.columns))
    moments = (tuple(_moment(row[at], occasion) for at in places) for row in table.rows)
    columns = tuple(table.columns[at] for at in places)
    shown = _without_ids(replace(table, columns=columns, rows=tuple(moments)))
    return replace(shown, hides_ids=shown.hides_ids or len(columns) < len(table.columns))


def readable_figures(figures: ChartFigures) -> ReadableTable:
    """Return the rows of a chart; what they count is told apart by it, so no column is left out."""
    return _without_ids(figures.table)


def chart_figures(pairs: Sequence[Sequence[str]]) -> ChartFigures:
    """Return the (path, value) pairs of a chart's answer as its longest list and the rest.

    Without any list all of them are its rows.
    """
    lists: dict[str, dict[str, dict[str, str]]] = {}
    for path, value in pairs:
        if found := _ENTRY.fullmatch(path):
            places = lists.setdefault(found["list"], {})
            places.setdefault(found["place"], {})[found["field"] or "value"] = value
    if not lists:
        everything = tuple((field_words(path), value) for path, value in pairs)
        return ChartFigures("Figures", TextTable(("Figure", "Value"), everything))
    name = max(lists, key=lambda each: len(lists[each]))
    entries = list(lists[name].values())
    columns = tuple(dict.fromkeys(field for entry in entries for field in entry))
    rows = tuple(tuple(entry.get(field, "") for field in columns) for entry in entries)
    alone = tuple((path, value) for path, value in pairs if not path.startswith(f"{name}["))
    return ChartFigures(field_words(name) or "Figures", TextTable(columns, rows), alone)


def _holds_ids(table: TextTable, at: int, name: str) -> bool:
    words = field_words(name).casefold().split()
    if words and words[-1] in _ID_NAMES:
        return True
    cells = [row[at] for row in table.rows if row[at].strip()]
    return bool(cells) and all(map(is_id, cells))


def _without_ids(table: TextTable) -> ReadableTable:
    """Return a table with numbers in place of ids: "Element 2" is the second that is in it."""
    known: dict[str, str] = {}
    rows = tuple(tuple(_numbered(cell, known) for cell in row) for row in table.rows)
    shown = replace(table, columns=tuple(map(field_words, table.columns)), rows=rows)
    return ReadableTable(shown, hides_ids=bool(known))


def _numbered(cell: str, known: dict[str, str]) -> str:
    if not is_id(cell):
        return cell
    return known.setdefault(cell, f"Element {len(known) + 1}")


def _moment(cell: str, occasion: Occasion) -> str:
    if not _MOMENT.fullmatch(cell):
        return cell
    try:
        when = datetime.fromisoformat(cell)
    except ValueError:  # such as a 31st of February
        return cell
    return weekday_and_time(when, occasion.zone, this_year=occasion.now.year)
