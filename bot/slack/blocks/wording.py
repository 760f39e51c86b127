"""Words and numbers that several messages share: statuses, counts, lists of people, questions."""

from collections.abc import Sequence
from typing import Final

from bot.asking.model import ReportQuestion
from bot.asking.subscription import Subscription
from bot.slack.blocks.budget import clean
from bot.training.model import STATUSES

SHOWN_NAMES: Final = 5
FORMATS: Final = {"csv": "CSV", "xlsx": "Excel", "pdf": "PDF"}
_STATUS_WORDS: Final = {status: status.replace("_", " ") for status in STATUSES}


def status_word(status: str) -> str:
    """Return a status for the middle of a sentence; one we do not know, as the vendor sent it."""
    return _STATUS_WORDS.get(status, clean(status).strip() or "unknown")


def status_title(status: str) -> str:
    """Return a status to stand alone, such as "In progress"; one we do not know, as it was sent."""
    word = status_word(status)
    return word.capitalize() if status in _STATUS_WORDS else word


def urgency(status: str) -> int:
    """Return 0 for the most urgent status, more for the others, most for one not documented."""
    return STATUSES.index(status) if status in STATUSES else len(STATUSES)


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return "1 row" or "1,204 rows"; the plural is the noun with an s unless given."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def signed(number: float) -> str:
    """Return a number with its sign and no needless decimals, such as "+4" or "-2.5"."""
    return f"{number:+,.1f}".removesuffix(".0")


def some_of(names: Sequence[str], limit: int = SHOWN_NAMES) -> str:
    """Return the first names and how many more there are, such as "a, b and 3 more"."""
    if len(names) <= limit:
        return ", ".join(names)
    return f"{', '.join(names[:limit])} and {len(names) - limit:,} more"


def typed(name: str) -> str:
    """Return a name as it is typed in a command, in quotes when it has spaces."""
    return f'"{name}"' if " " in name else name


def whose(asked_by: str, subscription: Subscription | None) -> str:
    """Return who asked for an answer, or which digest it is; empty where neither is known."""
    if subscription:
        return f"Digest {subscription.id}, {subscription.words}"
    return f"Asked by {asked_by}" if asked_by else ""


def question_words(question: ReportQuestion) -> str:
    """Return the question as it can be typed again, such as "onboarding overdue last-7d"."""
    words = (
        typed(question.flow),
        question.status,
        question.period,
        "detailed" if question.detailed else "",
        f"by {question.by}" if question.by else "",
        f"export {question.export}" if question.export else "",
    )
    return " ".join(word for word in words if word)
