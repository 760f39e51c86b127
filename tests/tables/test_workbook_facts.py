import io
import struct
import zipfile

import pytest

from bot.tables.columns import Notes, Sheet, text_columns
from bot.tables.workbook_facts import OversizedWorkbookError, UnreadableWorkbookError, facts_of
from bot.tables.workbooks import write_workbook
from sandbox.vendors.giosg.bombs import SHEET, Part, bomb, package
from tests.tables.test_workbooks import MOMENT

ONE = "xl/worksheets/sheet1.xml"
MANY = b"<row r='1'/><row><c/></row>" * 3000


def packed(*parts: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return file.getvalue()


def counted(content: bytes, *, largest: int = 10_000_000) -> int:
    return facts_of(io.BytesIO(content), largest=largest).rows


def test_the_rows_of_all_sheets_are_counted_without_their_headings() -> None:
    file = io.BytesIO()
    sheets = [Sheet(title, text_columns(["a"]), [["x"]] * 3) for title in ("A", "B")]
    write_workbook(file, sheets, Notes("T", "S", MOMENT))
    notes = 6  # lines on the sheet of notes, one of which counts as a heading
    assert counted(file.getvalue()) == 3 + 3 + notes - 1


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_row_across_two_pieces_is_counted_once(method: int) -> None:
    content = b"<row>" + b" " * (256 * 1024 - 8) + MANY
    assert counted(packed((ONE, content), method=method)) == 6000


@pytest.mark.parametrize("prefix", [b"", b"x:"])
def test_formulas_are_counted_whatever_the_elements_are_called(prefix: bytes) -> None:
    def named(name: bytes) -> bytes:
        return b"<" + prefix + name

    row = named(b"row r='1'>") + named(b"c>") + named(b"f>") + b"1+1" + named(b"f t='x'>")
    content = named(b"worksheet>") + b" " * (256 * 1024 - 30) + row * 3
    facts = facts_of(io.BytesIO(packed((ONE, content))))
    assert (facts.rows, facts.formulas) == (3 - 1, 6)


def test_what_else_may_act_is_named() -> None:
    parts = ("xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml", "xl/macrosheets/s.xml")
    facts = facts_of(io.BytesIO(packed((ONE, MANY), *((name, b"") for name in parts))))
    assert facts.active == "macros, links to other files"
    [said] = facts.remarks.sentences()
    assert "has macros, links to other files." in said


def test_of_a_workbook_of_values_nothing_is_said() -> None:
    assert facts_of(io.BytesIO(packed((ONE, MANY)))).remarks.sentences() == ()


def test_other_parts_are_not_counted() -> None:
    assert counted(packed((ONE, MANY), ("xl/comments1.xml", MANY))) == 5999


def test_a_real_bomb_is_told_by_its_size_before_it_is_unpacked() -> None:
    content = bomb()
    assert len(content) < 10_000_000
    with pytest.raises(OversizedWorkbookError):
        facts_of(io.BytesIO(content))


def test_the_parts_that_are_no_sheets_count_as_well() -> None:
    with pytest.raises(OversizedWorkbookError):
        counted(packed((ONE, MANY), ("xl/sharedStrings.xml", b" " * 10_000_000)))


def test_a_directory_of_very_many_parts_is_not_read() -> None:
    names = [SHEET.format(number=number) for number in range(60_000)]
    with pytest.raises(OversizedWorkbookError):
        counted(package(names, Part.of(b"")))


def test_a_bomb_that_lies_about_its_size_is_never_unpacked() -> None:
    content = package([ONE], Part.of(MANY * 1000))
    told = struct.pack("<L", len(MANY) * 1000)
    lying = content.replace(told, struct.pack("<L", 100))
    assert lying != content
    with pytest.raises(UnreadableWorkbookError):
        counted(lying)


def as_zip64(content: bytes, *, directory: int | None = None, away: int = 0) -> bytes:
    """Return a package whose end is told in the long form, `away` bytes off where it should be."""
    end = content[-22:]
    entries, size, offset = struct.unpack("<HLL", end[10:20])
    size = size if directory is None else directory
    place = len(content) - 22
    long = b"PK\x06\x06" + struct.pack(
        "<QHHLLQQQQ", 44, 45, 45, 0, 0, entries, entries, size, offset
    )
    locator = b"PK\x06\x07" + struct.pack("<LQL", 0, place, 1)
    short = end[:12] + b"\xff" * 8 + end[20:]
    return content[:-22] + long + b" " * away + locator + short


def test_the_long_form_of_a_package_is_read_too() -> None:
    assert counted(as_zip64(packed((ONE, MANY)))) == 5999


def test_the_size_of_a_directory_is_believed_in_its_long_form() -> None:
    with pytest.raises(OversizedWorkbookError):
        counted(as_zip64(packed((ONE, MANY)), directory=2**40))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 and so on",
        packed((ONE, MANY))[:-30],
        packed((ONE, MANY))[: -22 + 10],
        packed(("xl/workbook.xml", b"<workbook/>")),
        packed((ONE, MANY), method=zipfile.ZIP_LZMA),
        packed((ONE, MANY), method=zipfile.ZIP_STORED).replace(b"<c/>", b"<d/>", 1),
        as_zip64(packed((ONE, MANY)), away=8),
        b"x" * 50 + packed((ONE, MANY))[30:],
    ],
    ids=[
        "nothing",
        "only the beginning",
        "the end is missing",
        "the end is cut",
        "no sheet",
        "a compression that is not of workbooks",
        "its sum is wrong",
        "the long end is elsewhere",
        "a broken header",
    ],
)
def test_what_is_no_workbook_is_unreadable(content: bytes) -> None:
    with pytest.raises(UnreadableWorkbookError):
        counted(content)


def test_the_file_can_still_be_sent_afterwards() -> None:
    file = io.BytesIO(packed((ONE, MANY)))
    facts_of(file)
    assert not file.closed
