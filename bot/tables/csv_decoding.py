"""Bytes of somebody's text into UTF-8, block by block. Pure.

A mark at the beginning or a look at it tells UTF-8, UTF-16 and UTF-32. What is no UTF-8 after all
is taken as Windows-1252, as old exports are; of a text that is UTF-8 but for a few bytes, only
these. Nothing is ever refused or left out.
"""

import codecs
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LEGACY: Final = "windows-1252"
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins like UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SEEN: Final = 512
"""So many bytes show whether every second one is zero."""
_ZEROS: Final = 0.4
_NOT_ASCII: Final = "\x80"
_TO_LEGACY: Final = "flowbot-legacy"


class Doubt(StrEnum):
    """What was not sure about the letters of a text; a greater one is about more."""

    NONE = ""
    LEGACY = "legacy"
    """It was no UTF-8 and says nothing else, so it was read as Windows-1252."""
    MIXED = "mixed"
    """It was UTF-8 but for a few bytes, which were read as Windows-1252."""


@dataclass(slots=True)
class Utf8:
    """Makes blocks of a text into UTF-8 without a mark. What is cut in a block waits for the next.

    The same blocks bring the same bytes.
    """

    doubt: Doubt = Doubt.NONE
    _encoding: str = ""
    _decoder: codecs.IncrementalDecoder | None = None
    _rest: bytes = b""
    _seen: bool = False

    def of(self, block: bytes, *, final: bool) -> bytes:
        """Return a block as UTF-8; `final` says that it is the last one."""
        if not self._encoding:
            length, self._encoding = _encoding(block)
            block = block[length:]
            if self._encoding != "utf-8":
                self._decoder = codecs.getincrementaldecoder(self._encoding)("replace")
        if self._decoder:
            return self._decoder.decode(block, final).encode("utf-8", "replace")
        return self._checked(self._rest + block, final=final)

    def _checked(self, block: bytes, *, final: bool) -> bytes:
        """Return what is UTF-8 as it is."""
        self._rest = b""
        if self.doubt is Doubt.LEGACY:
            return _legacy(block)
        if block.isascii():
            return block
        try:
            _, end = codecs.utf_8_decode(block, "strict", final)
        except UnicodeDecodeError:
            return self._doubtful(block, final=final)
        self._rest, self._seen = block[end:], True
        return block[:end]

    def _doubtful(self, block: bytes, *, final: bool) -> bytes:
        """Read a block that is no UTF-8: all of it as an old text, or only what is odd in it."""
        if not self._seen:
            kept = block.decode("utf-8", "ignore")
            odd = len(block) - len(kept.encode())
            if sum(letter >= _NOT_ASCII for letter in kept) <= odd:
                self.doubt = Doubt.LEGACY
                return _legacy(block)
        self.doubt, self._seen = Doubt.MIXED, True
        text, end = codecs.utf_8_decode(block, _TO_LEGACY, final)
        self._rest = block[end:]
        return text.encode()


def text_of(body: bytes) -> str:
    """Return the text of a whole body without a byte order mark; never raises."""
    return Utf8().of(body, final=True).decode()


def _encoding(block: bytes) -> tuple[int, str]:
    """Return how long the mark is that a text begins with, and its encoding."""
    for mark, encoding in _BOMS:
        if block.startswith(mark):
            return len(mark), encoding
    seen = block[:_SEEN]
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros, others = seen[start::2], seen[1 - start :: 2]
        if zeros.count(0) > _ZEROS * len(seen) and not others.count(0):
            return 0, encoding
    return 0, "utf-8"


def _legacy(block: bytes) -> bytes:
    try:
        return block.decode(LEGACY).encode()
    except UnicodeDecodeError:  # five bytes mean nothing there; browsers take them as they are
        return "".join(map(_letter, block)).encode()


def _letter(byte: int) -> str:
    try:
        return bytes((byte,)).decode(LEGACY)
    except UnicodeDecodeError:
        return chr(byte)


def _odd_bytes(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return "".join(map(_letter, error.object[error.start : error.end])), error.end


codecs.register_error(_TO_LEGACY, _odd_bytes)
