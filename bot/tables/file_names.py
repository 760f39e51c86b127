"""Names that files can be uploaded, kept and opened under, on any system. Pure."""

import re
import unicodedata
from hashlib import sha256
from pathlib import PureWindowsPath
from typing import Final

from bot.tables.document_types import DocumentType

LONGEST: Final = 80
LONGEST_DOCUMENT: Final = 120
LONGEST_BYTES: Final = 200
"""In UTF-8, as file systems count; most take 255, the extension included."""
_FORBIDDEN: Final = frozenset('<>:"/\\|?*')
_JOINERS: Final = "\u200c\u200d"
"""Invisible, and part of how words are written in Hindi and Persian."""
_KEPT: Final = frozenset("_.()-")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(?=$|\.)")
_AT_THE_EDGE: Final = "-._ " + _JOINERS


def safe_filename(title: str, extension: str) -> str:
    """Return a file name made of a title's letters and digits, never empty, never a path."""
    return f"{_fitting(safe_stem(title).lower(), LONGEST) or 'export'}.{extension}"


def dated_filename(title: str, day: object, extension: str, *, empty: str) -> str:
    """Return a file name such as "Ladder-Safety-2026-11-22.xlsx", with the title's own capitals."""
    stem = safe_stem(title.replace("(", " ").replace(")", " ")) or empty
    return f"{_fitting(f'{stem}-{day}', LONGEST)}.{extension}"


def document_filename(name: str, kind: DocumentType) -> str:
    """Return the document's name as a file name: no folder, nothing invisible, one extension."""
    bare = PureWindowsPath(unicodedata.normalize("NFC", name).replace("/", "-")).name
    joined = "".join("-" if each in _FORBIDDEN else each for each in bare if _is_shown(each))
    stem = " ".join(joined.split())
    ending = f".{kind.extension}"
    if stem.casefold().endswith(ending):
        stem = stem[: -len(ending)]
    return f"{_fitting(stem.strip(f' .-{_JOINERS}'), LONGEST_DOCUMENT) or 'document'}{ending}"


def safe_stem(title: str) -> str:
    """Return a title's letters with their marks, its digits, and a hyphen for anything else."""
    kept: list[str] = []
    for letter in unicodedata.normalize("NFC", title):
        before = kept[-1] if kept else "-"
        joins = _belongs_to_the_one_before(letter) and before.strip(_AT_THE_EDGE)
        if letter.isalnum() or letter in _KEPT or joins:
            kept.append(letter)
        elif before != "-":
            kept.append("-")
    return re.sub("-{2,}", "-", "".join(kept)).strip(_AT_THE_EDGE)


def _fitting(stem: str, longest: int) -> str:
    """Return a stem that Windows does not keep to itself, and that is short enough.

    A long one is cut in the middle, as a part and a day stand at its end; some digits of its hash
    tell it from others with the same beginning and end.
    """
    stem = _RESERVED.sub(r"\1-file", stem, count=1) if _RESERVED.match(stem) else stem
    if len(stem) <= longest and len(stem.encode()) <= LONGEST_BYTES:
        return stem
    for room in range(longest, 0, -2):
        short = _cut(stem, room)
        if len(short.encode()) <= LONGEST_BYTES:
            return short
    return ""


def _cut(stem: str, room: int) -> str:
    digest = sha256(stem.encode("utf-8", "replace")).hexdigest()[:4]
    left = room - len(digest) - 2
    first, last = left - left // 2, len(stem) - left // 2
    while first and _belongs_to_the_one_before(stem[first]):
        first -= 1
    while last < len(stem) and _belongs_to_the_one_before(stem[last]):
        last += 1
    return f"{stem[:first].rstrip(_AT_THE_EDGE)}-{digest}-{stem[last:].lstrip(_AT_THE_EDGE)}"


def _belongs_to_the_one_before(letter: str) -> bool:
    return _is_mark(letter) or letter in _JOINERS


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter).startswith("M")


def _is_shown(letter: str) -> bool:
    return letter.isprintable() or letter in _JOINERS
