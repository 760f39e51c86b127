"""What kind of file a document is. Pure."""

from dataclasses import dataclass

FIRST_BYTES = 4096
"""So much of a file is enough to tell what it is."""
_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A kind of file: its extension without the dot, and its MIME type."""

    extension: str
    mime_type: str


PDF = DocumentType("pdf", "application/pdf")
DOCX = DocumentType("docx", f"{_OFFICE}.wordprocessingml.document")
XLSX = DocumentType("xlsx", f"{_OFFICE}.spreadsheetml.sheet")
PPTX = DocumentType("pptx", f"{_OFFICE}.presentationml.presentation")
ODT = DocumentType("odt", "application/vnd.oasis.opendocument.text")
RTF = DocumentType("rtf", "application/rtf")
HTML = DocumentType("html", "text/html")
TEXT = DocumentType("txt", "text/plain")
XML = DocumentType("xml", "application/xml")
PNG = DocumentType("png", "image/png")
JPEG = DocumentType("jpg", "image/jpeg")
GIF = DocumentType("gif", "image/gif")
XPS = DocumentType("xps", "application/vnd.ms-xpsdocument")
ZIP = DocumentType("zip", "application/zip")
UNKNOWN = DocumentType("bin", "application/octet-stream")

TYPES = (PDF, DOCX, XLSX, PPTX, ODT, RTF, HTML, TEXT, XML, PNG, JPEG, GIF, XPS, ZIP)
_NAMED = {
    **{one.mime_type: one for one in TYPES},
    **{one.extension: one for one in TYPES},
    # The vendor's own names of its output formats, and usual variants.
    "ooxml": DOCX,
    "text": TEXT,
    "word": DOCX,
    "jpeg": JPEG,
    "text/rtf": RTF,
    "text/xml": XML,
    "application/oxps": XPS,
    "application/x-pdf": PDF,
}
_MAGIC = (
    (b"%PDF", PDF),
    (b"{\\rtf", RTF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF8", GIF),
    (b"<!doctype html", HTML),
    (b"<html", HTML),
    (b"<?xml", XML),
)
_PACKED = (
    (b"application/vnd.oasis.opendocument.text", ODT),
    (b"xl/", XLSX),
    (b"ppt/", PPTX),
    (b"FixedDocSeq", XPS),
    (b"word/", DOCX),
    (b"[Content_Types].xml", DOCX),
)


def document_type(content_type: str, first: bytes) -> DocumentType:
    """Return what a document is: what the vendor says, else what its first bytes show.

    `content_type` may be a MIME type with or without parameters, or the short name of a format;
    what it says is dropped where the first bytes are surely those of something else, as a file
    with the wrong extension opens nowhere.
    """
    named = _named(content_type)
    shown = _shown(first)
    if named is UNKNOWN:
        return shown
    return shown if _contradicts(named, shown) else named


def _named(content_type: str) -> DocumentType:
    plain = content_type.partition(";")[0].strip().casefold().lstrip(".")
    exact = _NAMED.get(plain)
    if exact is not None:
        return exact
    # The vendor's own sample only looks whether "pdf" is somewhere in the text.
    return PDF if "pdf" in plain else UNKNOWN


def _shown(first: bytes) -> DocumentType:
    head = first[:FIRST_BYTES]
    if head.startswith(b"PK\x03\x04"):
        return next((kind for mark, kind in _PACKED if mark in head), ZIP)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:64].lower()
    magic = ((mark.lower(), kind) for mark, kind in _MAGIC)
    return next((kind for mark, kind in magic if start.startswith(mark)), UNKNOWN)


def _contradicts(named: DocumentType, shown: DocumentType) -> bool:
    """Return whether the bytes prove the name wrong; text and packages prove little."""
    if shown in (UNKNOWN, XML, HTML):
        return named in (PDF, DOCX, XLSX, PPTX, PNG, JPEG, GIF) and shown is not UNKNOWN
    if shown in (DOCX, ZIP):  # a package whose first entries say nothing
        return named not in (DOCX, XLSX, PPTX, ODT, XPS, ZIP)
    return named is not shown
