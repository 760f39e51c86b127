"""What a table's columns hold, so that dates arrive as dates and numbers as numbers. Pure."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from enum import Enum

from bot.tables.csv_decoding import Doubt

Cell = str | int | float | Decimal | bool | date | datetime | None
"""One cell; None is an empty one. A datetime that is not aware is taken as already local. A Decimal
is shown with as many digits as it has."""


class Kind(Enum):
    """What a column holds. A cell of another type is still written, as text."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"  # 0 to 100
    DATE = "date"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and what it holds; of moments that are not `zoned` nobody knows where.

    Their heading names no zone.
    """

    name: str
    kind: Kind = Kind.TEXT
    zoned: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a file. `rows` may be a stream; it is read once.

    `above` are lines that stood over the heading: in a workbook they are among the notes, and so is
    the `doubt` about its letters.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]] = field(repr=False)
    above: Sequence[str] = ()
    doubt: Doubt = Doubt.NONE


@dataclass(frozen=True, slots=True)
class TextTable:
    """A vendor's table, all of it text: the columns in its order, and rows just as wide.

    `above` are lines that stood over the heading, `doubt` is what was not sure about its letters.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    above: tuple[str, ...] = ()
    doubt: Doubt = Doubt.NONE


@dataclass(frozen=True, slots=True)
class Notes:
    """Where a file's figures come from. `period` is in words; moments are shown in `zone`.

    `zone_name` is how people know the zone, such as Europe/Berlin. `filters` say what was asked for
    and `facts` what else there is to know, both as (name, value).
    """

    title: str
    source: str
    made_at: datetime
    period: str = ""
    filters: Sequence[tuple[str, str]] = ()
    facts: Sequence[tuple[str, str]] = ()
    zone: tzinfo = UTC
    zone_name: str = "UTC"


def text_columns(names: Iterable[str]) -> tuple[Column, ...]:
    """Return columns that hold text, such as those of a file whose types nobody knows."""
    return tuple(map(Column, names))


def heading(column: Column, zone_name: str) -> str:
    """Return a column's heading; that of moments says their zone, as no cell does."""
    zoned = column.kind is Kind.MOMENT and column.zoned
    return f"{column.name} ({zone_name})" if zoned else column.name


def local(moment: datetime, zone: tzinfo) -> datetime:
    """Return a moment as its clock shows it in `zone`, without an offset, which no sheet knows."""
    return (moment.astimezone(zone) if moment.tzinfo else moment).replace(tzinfo=None)


def cell_text(cell: Cell, zone: tzinfo) -> str:
    """Return a cell as text that spreadsheets read back as what it was."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return local(cell, zone).isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return _number_text(cell) if isinstance(cell, float | Decimal) else str(cell)


def _number_text(cell: float | Decimal) -> str:
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return f"{cell:.15g}" if math.isfinite(cell) else ""
