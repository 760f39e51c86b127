"""The words for the channel that somebody looks at while they write to Flowbot. Pure."""

import re
from typing import Final

_HERE: Final = re.compile(
    r"\s*\b(?:(?:in|to|into|for|at|of|on)\s+)?(?:(?:right|over)\s+)?"
    r"(?:here|(?:this|the\s+current)\s+channel)\b",
    re.IGNORECASE,
)
_POSTS: Final = re.compile(
    r"^\W*(?:(?:please|can|could|would|you|hey|hi)\s+)*(?:post|send|share|put|drop|tell)\b",
    re.IGNORECASE,
)


def speaks_of_here(text: str) -> bool:
    """Return whether a line speaks of the place where it is said, or of that before one's eyes."""
    return _HERE.search(text) is not None


def without_here(text: str) -> str:
    """Return a line without those words."""
    return " ".join(_HERE.sub("", text).split())


def with_channel(text: str, channel: str) -> str:
    """Return a line with a channel in their place, as Slack sends its name."""
    return " ".join(_HERE.sub(f" in <#{channel}>", text, count=1).split())


def posts(text: str) -> bool:
    """Return whether a line wants something told to others, and not only to know it."""
    return _POSTS.search(text) is not None
