import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from sandbox.slack.page.previews import CHARACTERS, COLUMNS, ROWS, Preview, preview
from sandbox.slack.page.worksheets import UnreadableError

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def workbook(sheet: str, strings: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(SHEET, f"<worksheet {MAIN}><sheetData>{sheet}</sheetData></worksheet>")
        if strings:
            archive.writestr(STRINGS, f"<sst {MAIN}>{strings}</sst>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"name,done\nAda,3\n", id="commas"),
        pytest.param(b"\xef\xbb\xbfname;done\r\nAda;3\r\n", id="semicolons after a mark"),
        pytest.param(b"name\tdone\nAda\t3", id="tabs"),
        pytest.param(b'name,done\n"Ada",3\n', id="quotes"),
    ],
)
def test_a_csv_is_read_whatever_its_dialect(content: bytes) -> None:
    assert preview("a.csv", content) == Preview(["name", "done"], [["Ada", "3"]], more=False)


def test_a_long_csv_is_cut_at_so_many_rows(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("n\n" + "".join(f"{number}\n" for number in range(100_000)))
    shown = preview("long.csv", path)
    assert len(shown.rows) == ROWS
    assert shown.more


def test_wide_rows_and_long_cells_are_cut_and_short_rows_filled() -> None:
    shown = preview("a.csv", (",".join("x" * 500 for _ in range(99)) + "\na\n").encode())
    assert len(shown.columns) == COLUMNS
    assert len(shown.columns[0]) == CHARACTERS
    assert shown.rows == [["a", *[""] * (COLUMNS - 1)]]


def test_an_empty_csv_has_no_columns() -> None:
    assert preview("a.csv", b"") == Preview([], [], more=False)


def test_a_workbook_is_read_with_every_kind_of_cell() -> None:
    sheet = (
        '<row><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>in line</t></is></c></row>'
        '<row><c r="A2"><v>3.5</v></c><c r="B2" t="b"><v>1</v></c>'
        '<c r="C2" t="s"><v>9</v></c></row>'
    )
    strings = "<si><r><t>Na</t></r><r><t>me</t></r></si>"
    assert preview("a.xlsx", workbook(sheet, strings)) == Preview(
        ["Name", "", "in line"], [["3.5", "TRUE", ""]], more=False
    )


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        pytest.param("a.xlsx", b"no zip", "not readable", id="no zip"),
        pytest.param("a.xlsx", workbook("<row>")[:-40], "not readable", id="cut"),
        pytest.param("a.xlsx", workbook("<row><c>"), "not readable", id="broken XML"),
        pytest.param("a.xlsx", workbook(" " * 20_000_000), "too big", id="a bomb of blanks"),
        pytest.param("a.pdf", b"%PDF", "Only CSV and XLSX", id="another kind"),
    ],
)
def test_what_cannot_be_shown_says_why(name: str, content: bytes, words: str) -> None:
    with pytest.raises(UnreadableError, match=words):
        preview(name, content)


def test_dates_of_a_workbook_are_shown_as_dates() -> None:
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        when = datetime(2026, 2, 24, 5, 19, 54)  # noqa: DTZ001 - a sheet's dates have no zone
        sheet.write_row(0, 0, ["day", "moment", "share", "count"])
        sheet.write_datetime(1, 0, when.date(), book.add_format({"num_format": "yyyy-mm-dd"}))
        exact = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss.000"})
        sheet.write_datetime(1, 1, when, exact)
        sheet.write_number(1, 2, 12.5, book.add_format({"num_format": '0.0"% done"'}))
        sheet.write_number(1, 3, 46077)
    shown = preview("a.xlsx", packed.getvalue())
    assert shown.rows == [["2026-02-24", "2026-02-24 05:19:54", "12.5", "46077"]]


def test_a_document_type_is_refused_before_it_is_parsed() -> None:
    buffer = io.BytesIO()
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(SHEET, bomb)
    with pytest.raises(UnreadableError, match="document type"):
        preview("a.xlsx", buffer.getvalue())
