"""Reading CSV that somebody else wrote: by its header row, whatever the separator. Pure."""

import csv
import io
from collections.abc import Iterator, Sequence

from bot.http.fields import ShapeError
from bot.webinars.model import Table

SEPARATORS = ",;\t|"


def table_of(text: str) -> Table:
    """Return the table in a CSV text: quoted line ends kept, blank lines left out.

    Rows are filled up or widened to the widest row; a column beyond the header is named after its
    number. Raises ShapeError for what the csv module cannot read.
    """
    rows = [row for row in _rows(text.removeprefix("\ufeff")) if any(map(str.strip, row))]
    if not rows:
        return Table((), ())
    width = max(map(len, rows))
    names = [*rows[0], *[""] * (width - len(rows[0]))]
    return Table(
        tuple(name.strip() or f"Column {number}" for number, name in enumerate(names, start=1)),
        tuple((*row, *[""] * (width - len(row))) for row in rows[1:]),
    )


def _rows(text: str) -> Iterator[Sequence[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    except csv.Error:
        raise ShapeError("body: not CSV") from None


def _separator(text: str) -> str:
    """Return the separator that the header row has most of, not counting what is quoted."""
    header = "".join(text.lstrip("\r\n").split("\n", 1)[0].split('"')[::2])
    return max(SEPARATORS, key=header.count)
