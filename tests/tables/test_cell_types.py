"""Text cells as what they are: nothing of a text is lost."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.tables.cell_types import columns_of, is_altered_by_spreadsheets, signs_of, typed_rows
from bot.tables.columns import Cell, Kind, cell_text


def typed(*texts: str) -> tuple[Kind, list[Cell]]:
    """Return what a column of these cells is taken for, and the cells."""
    rows = [[text] for text in texts]
    signs = signs_of(rows)
    [column] = columns_of(["a"], signs)
    return column.kind, [cell for [cell] in typed_rows(rows, signs)]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("12", 12),
        ("0", 0),
        ("-3.5", Decimal("-3.5")),
        ("999999999999999", 999_999_999_999_999),
        ("1234567890123456", "1234567890123456"),
        ("0.1234567890123456", "0.1234567890123456"),
        ("1.50", Decimal("1.50")),
        ("-0", "-0"),
        ("-0.00", "-0.00"),
        ("007", "007"),
        ("+49", "+49"),
        ("1e5", "1e5"),
        (".5", ".5"),
        ("5.", "5."),
        ("٣", "٣"),
        ("2026-11-23", date(2026, 11, 23)),
        ("2026-13-23", "2026-13-23"),
        ("2026-11-01T10:00:00.250Z", datetime(2026, 11, 1, 10, 0, 0, 250_000, UTC)),
        ("2026-11-01T10:00Z", datetime(2026, 11, 1, 10, 0, tzinfo=UTC)),
        ("2026-11-01T10:00:00.123456Z", "2026-11-01T10:00:00.123456Z"),
        ("2026-11-01T10:00:00", "2026-11-01T10:00:00"),
        ("2026-13-01T10:00:00Z", "2026-13-01T10:00:00Z"),
        ("=1+1", "=1+1"),
        ("", ""),
    ],
)
def test_a_text_is_a_number_or_a_moment_only_without_doubt(text: str, cell: Cell) -> None:
    _, [found] = typed(text)
    assert found == cell
    assert type(found) is type(cell)


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (("1", "2.5", ""), Kind.NUMBER),
        (("1", "n/a"), Kind.NUMBER),
        (("1.10", "2.00", "3"), Kind.NUMBER),
        (("1.9", "1.10"), Kind.TEXT),
        (("12345", "01230"), Kind.TEXT),
        (("12345", "+491701234560"), Kind.TEXT),
        (("2026-11-23", ""), Kind.DATE),
        (("2026-11-23", "1"), Kind.TEXT),
        (("2026-11-01T10:00:00Z", "never"), Kind.MOMENT),
        (("2026-11-01T10:00:00Z", "2026-11-01"), Kind.TEXT),
        (("a", "b"), Kind.TEXT),
        ((), None),
    ],
)
def test_a_column_is_what_all_of_its_cells_are(texts: tuple[str, ...], kind: Kind | None) -> None:
    if kind is None:
        assert signs_of([]) == []
    else:
        assert typed(*texts)[0] is kind


@pytest.mark.parametrize(
    "texts",
    [
        ("1.9", "1.10", "2"),
        ("12345", "01230"),
        ("1234", "+491701234560"),
        ("2026-11-01T10:00:00Z", "1"),
    ],
)
def test_versions_identifiers_and_mixed_moments_stay_text(texts: tuple[str, ...]) -> None:
    _, found = typed(*texts)
    assert [cell_text(cell, UTC) for cell in found] == [*texts]
    assert isinstance(found[0], str)


def test_a_row_may_be_wider_than_those_before() -> None:
    signs = signs_of([["1"], ["2", "x"], ["3", "y", "2026-11-23"]])
    assert [each.kind for each in signs] == [Kind.NUMBER, Kind.TEXT, Kind.DATE]


@pytest.mark.parametrize(
    ("text", "altered"),
    [
        ("+491701234560", True),
        ("007", True),
        ("4006381333931", True),
        ("12E45", True),
        ("0", False),
        ("0.5", False),
        ("12345", False),
        ("+5", False),
        ("1.10", False),
        ("2026-11-23", False),
        ("a007", False),
        ("", False),
    ],
)
def test_what_a_spreadsheet_shows_otherwise_is_known(text: str, altered: bool) -> None:  # noqa: FBT001
    assert is_altered_by_spreadsheets(text) is altered
