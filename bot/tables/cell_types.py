"""Text cells as what they are: numbers, days and moments where nothing of the text is lost. Pure.

A column decides for its cells: one with identifiers, phone numbers or version numbers stays text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from re import compile as pattern
from typing import Final

from bot.tables.columns import Cell, Column, Kind

DIGITS: Final = 15
"""So many a spreadsheet keeps of a number."""
_NUMBER = pattern(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_IDENTIFIER = pattern(r"\+[0-9]+|0[0-9]+")
_DAY = pattern(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]")
_MOMENT = pattern(
    r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,3}0*)?)?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})"
)
_LIKELY: Final = frozenset("0123456789-+")
_ALTERED = pattern(r"\+[0-9]{6,}|0[0-9]+|[0-9]{12,}|[0-9]+[eE][0-9]+")


@dataclass(slots=True)
class ColumnSigns:
    """What was seen in a column's cells so far."""

    numbers: bool = False
    days: bool = False
    moments: bool = False
    identifiers: bool = False
    padded: bool = False
    """Whether a number had a zero at its end, behind the point."""
    places: int = -1
    """How many digits each number had behind its point: -1 before any had one, -2 if they vary."""

    def see(self, text: str) -> None:
        """Look at a cell."""
        if not text or text[0] not in _LIKELY or self.identifiers:
            return
        if _IDENTIFIER.fullmatch(text):
            self.identifiers = True
        elif _NUMBER.fullmatch(text):
            self.numbers = True
            self._see_places(text)
        elif _MOMENT.fullmatch(text):
            self.moments = True
        else:
            self.days |= bool(_DAY.fullmatch(text))

    def _see_places(self, text: str) -> None:
        _, _, behind = text.partition(".")
        if behind:
            self.padded |= behind.endswith("0")
            self.places = len(behind) if self.places in {-1, len(behind)} else -2

    @property
    def is_text(self) -> bool:
        """Whether the cells are text, whatever they look like: 1.9 and 1.10 are versions."""
        return self.identifiers or (self.padded and self.places < 0)

    @property
    def kind(self) -> Kind:
        """What the column holds."""
        seen = (
            *([Kind.NUMBER] if self.numbers else []),
            *([Kind.DATE] if self.days else []),
            *([Kind.MOMENT] if self.moments else []),
        )
        return seen[0] if len(seen) == 1 and not self.is_text else Kind.TEXT


def signs_of(rows: Iterable[Sequence[str]]) -> list[ColumnSigns]:
    """Return what is in each column, of as many columns as the widest row has."""
    signs: list[ColumnSigns] = []
    for row in rows:
        while len(signs) < len(row):
            signs.append(ColumnSigns())
        for column, text in zip(signs, row, strict=False):
            column.see(text)
    return signs


def typed_rows(
    rows: Iterable[Sequence[str]], signs: Sequence[ColumnSigns]
) -> Iterable[Sequence[Cell]]:
    """Yield the rows with their cells as what they are, each of them shown as its text."""
    plain = [each.is_text for each in signs]
    moments = [each.kind is Kind.MOMENT for each in signs]
    for row in rows:
        yield [
            text if is_text or not text or text[0] not in _LIKELY else _cell(text, moment)
            for text, is_text, moment in zip(row, plain, moments, strict=False)
        ]


def columns_of(names: Sequence[str], signs: Sequence[ColumnSigns]) -> list[Column]:
    """Return the columns."""
    return [Column(name, each.kind) for name, each in zip(names, signs, strict=True)]


def is_altered_by_spreadsheets(text: str) -> bool:
    """Return whether a spreadsheet shows a cell of a CSV as something else.

    It drops the plus of a phone number and leading zeros, and shortens long numbers.
    """
    return text[:1] in _LIKELY and _ALTERED.fullmatch(text) is not None


def _cell(text: str, moment: bool) -> Cell:  # noqa: FBT001 - of the inner loop
    if _NUMBER.fullmatch(text):
        return _number(text)
    try:
        if moment and _MOMENT.fullmatch(text):
            return datetime.fromisoformat(text)
        return date.fromisoformat(text) if _DAY.fullmatch(text) else text
    except ValueError:
        return text


def _number(text: str) -> Cell:
    """Return a number that a spreadsheet can show as its text, else the text."""
    if text == "-0" or len(text) > DIGITS + 2 or sum(map(str.isdecimal, text)) > DIGITS:
        return text
    if "." not in text:
        return int(text)
    number = Decimal(text)
    return text if number == 0 and text.startswith("-") else number
