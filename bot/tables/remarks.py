"""What people should know of a file: where it differs from the table that it was made of. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.tables.csv_decoding import Doubt

LETTERS, COLUMNS, ROWS = 32_767, 16_384, 1_048_576
"""What Excel holds: in a cell (counted in UTF-16), in a row, and in a sheet."""
_DOUBTS: Final = {
    Doubt.LEGACY: "It came without a known encoding and was read as Windows-1252, "
    "so look at its umlauts and accents.",
    Doubt.MIXED: "Some of its letters came in an encoding of their own and may be wrong.",
}


@dataclass(frozen=True, slots=True)
class Remarks:
    """How a file differs from its table, and what it holds that people should know of.

    Of a CSV, `guards` cells got an apostrophe, and `altered` says that spreadsheets show some cells
    as something else. Of a workbook, `cut` cells were too long, `left_out` columns too many, and
    tables go on in `sheets` more. Of a vendor's own, `formulas` are cells that compute, and
    `active` is what else may act, in words.
    """

    guards: int = 0
    altered: bool = False
    cut: int = 0
    left_out: int = 0
    sheets: int = 0
    doubt: Doubt = Doubt.NONE
    formulas: int = 0
    active: str = ""

    def sentences(self) -> tuple[str, ...]:
        """Return it in words, nothing where nothing differs."""
        return tuple(self._sentences())

    def _sentences(self) -> Iterator[str]:
        if self.doubt:
            yield doubt_words(self.doubt)
        if self.guards:
            yield (
                f"{_counted(self.guards, 'cell begins', 'cells begin')} like a formula and got "
                "an apostrophe in front, so that no spreadsheet runs it."
            )
        if self.altered:
            yield (
                "A spreadsheet that opens the CSV drops leading zeros and the + of phone numbers, "
                "and shortens long numbers. Ask for xlsx to keep them."
            )
        yield from self._overflow()
        if self.formulas or self.active:
            computed = _counted(self.formulas, "formula", "formulas") if self.formulas else ""
            has = ", ".join(filter(None, (computed, self.active)))
            yield f"The workbook is as it came and has {has}. Enable nothing that you do not trust."

    def _overflow(self) -> Iterator[str]:
        if self.cut:
            yield (
                f"{_counted(self.cut, 'cell was', 'cells were')} cut, as Excel holds {LETTERS:,} "
                "letters in one. Ask for csv to have all of them."
            )
        if self.left_out:
            yield (
                f"{_counted(self.left_out, 'column is', 'columns are')} left out, as Excel holds "
                f"{COLUMNS:,}. Ask for csv to have all of them."
            )
        if self.sheets:
            yield (
                f"Excel holds {ROWS:,} rows in a sheet, so the table goes on in "
                f"{_counted(self.sheets, 'more sheet', 'more sheets')}."
            )


def doubt_words(doubt: Doubt) -> str:
    """Return what people should know of a table's letters, or an empty text."""
    return _DOUBTS.get(doubt, "")


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
