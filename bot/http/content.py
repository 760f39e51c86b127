"""What a body really is, by its first bytes; the Content-Type only settles what they leave open."""

from enum import StrEnum

HEAD = 512
"""So many first bytes are enough to tell."""
BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8")


class Kind(StrEnum):
    """A kind of content; the values are words for people."""

    EMPTY = "empty"
    CSV = "CSV"
    JSON = "JSON"
    MARKUP = "an HTML page"
    WORKBOOK = "a workbook"
    IMAGE = "a picture"


def kind_of(head: bytes, content_type: str) -> Kind:
    """Return the kind of content that begins with `head`; CSV is what looks like nothing else."""
    if head.startswith(b"PK\x03\x04"):
        return Kind.WORKBOOK
    if head.startswith(IMAGES) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP"):
        return Kind.IMAGE
    text = _text(head)
    if not text:
        return Kind.EMPTY
    if text.startswith("<"):
        return Kind.MARKUP
    if text.startswith(("{", "[")) or (text.startswith('"') and "json" in content_type):
        return Kind.JSON
    return Kind.CSV


def text_of(body: bytes) -> str:
    """Return the text of a body without a byte order mark; never raises.

    UTF-8 unless a mark says UTF-16; what is neither is read as Windows-1252, as old exports are.
    """
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")


def _text(head: bytes) -> str:
    whole = head[: len(head) // 2 * 2] if head.startswith(BOMS[1:]) else head
    return text_of(whole).lstrip()
