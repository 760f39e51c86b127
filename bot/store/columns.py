"""How values are written into columns and read back: moments, JSON, and the name of a queue."""

import json
from datetime import UTC, datetime
from typing import Any

MAIN = "main"
"""The queue of the running bot. A command line question has a queue of its own, run by itself."""


def stamp(moment: datetime) -> str:
    """Return an aware moment as text that sorts, always in UTC with microseconds."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str | None) -> datetime | None:
    """Return the moment written in a column, or None."""
    return datetime.fromisoformat(text) if text else None


def dumps(value: Any) -> str:
    """Return compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def loads(text: str) -> Any:
    """Return what `dumps` wrote; empty text is an empty mapping."""
    return json.loads(text) if text else {}
