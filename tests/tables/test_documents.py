import pytest

from bot.tables.document_types import (
    DOCX,
    HTML,
    JPEG,
    ODT,
    PDF,
    PNG,
    RTF,
    TEXT,
    UNKNOWN,
    XLSX,
    ZIP,
    DocumentType,
    document_type,
)

PACKED = b"PK\x03\x04\x14\x00"


@pytest.mark.parametrize(
    ("content_type", "first", "expected"),
    [
        ("application/pdf", b"%PDF-1.4", PDF),
        ("application/pdf; charset=x", b"", PDF),
        ("PDF", b"", PDF),
        ("x-pdf-archive", b"", PDF),
        (DOCX.mime_type, PACKED, DOCX),
        ("ooxml", PACKED + b"word/document.xml", DOCX),
        ("", PACKED + b"[Content_Types].xml", DOCX),
        ("", PACKED + b"xl/workbook.xml", XLSX),
        ("", PACKED + b"mimetypeapplication/vnd.oasis.opendocument.text", ODT),
        ("application/octet-stream", PACKED + b"notes.txt", ZIP),
        ("application/octet-stream", b"%PDF-1.7", PDF),
        ("", b"\xef\xbb\xbf\n<!DOCTYPE HTML><p>", HTML),
        ("", b"\x89PNG\r\n\x1a\n", PNG),
        ("", b"\xff\xd8\xff\xe0", JPEG),
        ("application/pdf", PACKED + b"word/document.xml", DOCX),
        (DOCX.mime_type, b"%PDF-1.4", PDF),
        ("application/pdf", b"<html>an error page", HTML),
        ("text/plain", b"<html>", TEXT),
        ("text/html", b"<html>", HTML),
        (XLSX.mime_type, PACKED + b"[Content_Types].xml", XLSX),
        ("rtf", b"{\\rtf1", RTF),
        ("application/x-something", b"what is this", UNKNOWN),
        ("", b"", UNKNOWN),
    ],
)
def test_a_type_is_what_is_said_unless_the_bytes_prove_it_wrong(
    content_type: str, first: bytes, expected: DocumentType
) -> None:
    assert document_type(content_type, first) == expected
