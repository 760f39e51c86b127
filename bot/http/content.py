"""What a body really is, by its first bytes; the Content-Type only settles what they leave open.

A file is looked at before it is read on, to see that it is what was asked for.
"""

from collections.abc import Callable
from enum import StrEnum

from bot.errors import Reason, Vendor, VendorError
from bot.http.answers import Refusal, json_or_none, vendor_message
from bot.http.streaming import Download, peeked
from bot.tables.csv_decoding import text_of

HEAD = 512
"""So many first bytes are enough to tell."""
BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
LONGEST_MESSAGE = 16_384
IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8")


class ContentKind(StrEnum):
    """A kind of content; the values are words for people."""

    EMPTY = "empty"
    CSV = "CSV"
    JSON = "JSON"
    MARKUP = "an HTML page"
    WORKBOOK = "a workbook"
    IMAGE = "a picture"


def kind_of(head: bytes, content_type: str) -> ContentKind:
    """Return the kind of content that begins with `head`; CSV is what looks like nothing else."""
    if head.startswith(b"PK\x03\x04"):
        return ContentKind.WORKBOOK
    if head.startswith(IMAGES) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP"):
        return ContentKind.IMAGE
    text = _text(head)
    if not text:
        return ContentKind.EMPTY
    if text.startswith("<"):
        return ContentKind.MARKUP
    if text.startswith(("{", "[")) or (text.startswith('"') and "json" in content_type):
        return ContentKind.JSON
    return ContentKind.CSV


async def checked(
    vendor: Vendor, download: Download, *, kind: ContentKind, clean: Callable[[str], str]
) -> Download:
    """Return the download with its first bytes looked at; an empty file is of any kind.

    Raises VendorError for content of another kind: REJECTED with the vendor's own words where it
    is JSON that holds some, cleared by `clean`, otherwise MALFORMED.
    """
    head, whole = await peeked(download, HEAD)
    found = kind_of(head, download.content_type)
    if found in (kind, ContentKind.EMPTY):
        return whole
    words = await _said(whole) if found is ContentKind.JSON else ""
    if words:
        raise VendorError(vendor, Reason.REJECTED, detail=clean(words))
    raise VendorError(vendor, Reason.MALFORMED, detail=f"body: {found.value}, not {kind.value}")


def _text(head: bytes) -> str:
    whole = head[: len(head) // 2 * 2] if head.startswith(BOMS[1:]) else head
    return text_of(whole).lstrip()


async def _said(download: Download) -> str:
    body = bytearray()
    async for chunk in download.chunks:
        body += chunk
        if len(body) > LONGEST_MESSAGE:
            return ""
    return vendor_message(Refusal("", 200, json_or_none(bytes(body))))
