"""The words for statuses and for flows, and the order of urgency."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from bot.slack.blocks.budget import clean
from bot.training.model import NOT_COMPLETED, STATUSES, Assignment, TrainingReport

_WORDS: Final = {status: status.replace("_", " ") for status in (*STATUSES, NOT_COMPLETED)}
_LAST: Final = datetime.max.replace(tzinfo=UTC)


def flow_title(report: TrainingReport) -> str:
    """Return the flow's name on one line, or its id if the vendor gives it none."""
    return clean(report.flow_name).strip() or report.flow_id


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


def by_urgency(assignments: Sequence[Assignment]) -> list[Assignment]:
    """Return the assignments, the most urgent status first, then the oldest, then by address."""
    return sorted(
        assignments, key=lambda each: (urgency(each.status), each.assigned_at or _LAST, each.email)
    )
