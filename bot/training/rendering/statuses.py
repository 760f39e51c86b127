"""The statuses of assignments in words and in order."""

from typing import Final

from bot.slack.blocks.budget import clean
from bot.training.model import STATUSES

_WORDS: Final = {status: status.replace("_", " ") for status in STATUSES}


def status_word(status: str) -> str:
    """Return a status for the middle of a sentence; one we do not know, as the vendor sent it."""
    return _WORDS.get(status, clean(status).strip() or "unknown")


def status_title(status: str) -> str:
    """Return a status to stand alone, such as "In progress"; one we do not know, as it was sent."""
    word = status_word(status)
    return word.capitalize() if status in _WORDS else word


def urgency(status: str) -> int:
    """Return 0 for the most urgent status, more for the others, most for one not documented."""
    return STATUSES.index(status) if status in STATUSES else len(STATUSES)
