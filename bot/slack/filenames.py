"""File names that are safe to store, to show and to open on any system."""

import re
import unicodedata

LONGEST = 80
_UNSAFE = re.compile(r"[^\w.()-]+", re.UNICODE)


def safe_filename(title: str, extension: str) -> str:
    """Return a file name made of a title's letters and digits, never empty, never a path."""
    plain = unicodedata.normalize("NFC", title)
    stem = _UNSAFE.sub("-", plain).strip("-._").lower()[:LONGEST].strip("-._")
    return f"{stem or 'export'}.{extension}"
