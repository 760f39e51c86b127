"""Names of files: readable in any script, distinct, and open on any system."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.tables.document_types import PDF
from bot.tables.file_names import LONGEST, LONGEST_BYTES, document_filename, safe_filename

TITLE = (
    "An introduction to safe working at heights for all new colleagues in the northern region, "
    "second edition"
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Quarterly Report", "Quarterly Report.pdf"),
        ("Quarterly Report.PDF", "Quarterly Report.pdf"),
        ("Report v1.2", "Report v1.2.pdf"),
        ("../../etc/passwd", "etc-passwd.pdf"),
        ("C:\\temp\\letter", "letter.pdf"),
        ("Rechnung für Zoë", "Rechnung für Zoë.pdf"),
        ("a\r\nb\u202etxt", "abtxt.pdf"),
        ("<!channel> *x*", "!channel- -x.pdf"),
        ("", "document.pdf"),
        (" . ", "document.pdf"),
        (".pdf", "document.pdf"),
        ("x" * 300, "x" * 57 + "-0d4e-" + "x" * 57 + ".pdf"),
        ("CON", "CON-file.pdf"),
        ("Console", "Console.pdf"),
        ("हिन्दी सुरक्षा", "हिन्दी सुरक्षा.pdf"),
    ],
)
def test_a_file_name_has_one_extension_and_nothing_unsafe(name: str, expected: str) -> None:
    assert document_filename(name, PDF) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Fire Safety 2026-11-30", "fire-safety-2026-11-30"),
        ("हिन्दी सुरक्षा", "हिन्दी-सुरक्षा"),
        ("ความปลอดภัย", "ความปลอดภัย"),
        ("مَرْحَبًا", "مَرْحَبًا"),
        ("نمی\u200cشود", "نمی\u200cشود"),
        ("a\u200b\u202eb", "a-b"),
        ("\u0301a", "a"),
        ("CON", "con-file"),
        ("com1.old", "com1-file.old"),
        ("console", "console"),
        ("../../etc/passwd", "etc-passwd"),
        ("", "export"),
        ("///", "export"),
    ],
)
def test_a_title_is_a_name_in_its_own_script(title: str, expected: str) -> None:
    assert safe_filename(title, "csv") == f"{expected}.csv"


def test_a_long_title_keeps_its_part_and_its_day_and_is_told_from_others() -> None:
    parts = ("Registrants", "Survey responses", "Chat of the hosts", "Chat of the audience")
    names = [safe_filename(f"{TITLE}, {part} 2026-11-30", "csv") for part in parts]
    assert len({*names}) == len(parts)
    assert names[1].startswith("an-introduction-to-safe-working")
    assert names[1].endswith("survey-responses-2026-11-30.csv")
    other = safe_filename(f"{TITLE.replace('colleagues', 'people')}, {parts[0]} 2026-11-30", "csv")
    assert other not in names


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_title_is_a_name(title: str) -> None:
    for name in (safe_filename(title, "csv"), document_filename(title, PDF)):
        stem = name.rpartition(".")[0]
        assert stem.strip(" .-") == stem != ""
        assert len(stem.encode()) <= LONGEST_BYTES + len("-file")
        assert not {*name} & {*'<>:"/\\|?*\n\r\0'}
        assert not unicodedata.category(stem[0]).startswith("M") or title[:1] == stem[0]
    assert len(safe_filename(title, "csv")) <= LONGEST + len("-file.csv")
