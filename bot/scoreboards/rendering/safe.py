"""Texts of others in a canvas's markdown: none of their characters can be markup there.

Whether a canvas takes a backslash as an escape is not documented. So what could begin a mention, a
link, an image, a heading or a cell is replaced by a sign that looks much like it, or parted by a
mark that nobody sees; that holds whatever Slack does with backslashes.
"""

import re
from typing import Final

_WORD_JOINER: Final = "\N{WORD JOINER}"
_LOOKS_LIKE: Final = str.maketrans(
    {
        "|": "\N{BROKEN BAR}",
        "[": "(",
        "]": ")",
        "<": "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}",
        ">": "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
        "`": "'",
        "*": "\N{ASTERISK OPERATOR}",
        "~": "\N{TILDE OPERATOR}",
        "\\": "\N{SET MINUS}",
        "@": f"@{_WORD_JOINER}",
        "#": f"#{_WORD_JOINER}",
    }
)
_ADDRESS: Final = re.compile(r":(?=//)|(?<=\bwww)\.|(?<=\bmailto):", re.IGNORECASE)
_EMPHASIS: Final = re.compile(r"(?<!\w)_+|_+(?!\w)")
_LONGEST: Final = 200


def safe(text: str) -> str:
    """Return a text in one line that says the same and is nothing but text."""
    line = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    line = line if len(line) <= _LONGEST else f"{line[:_LONGEST]}\N{HORIZONTAL ELLIPSIS}"
    line = _EMPHASIS.sub(" ", line).translate(_LOOKS_LIKE)
    return _ADDRESS.sub(lambda found: f"{found[0]}{_WORD_JOINER}", line).strip()
