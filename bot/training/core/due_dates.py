"""The day an assignment is due: a date, or words that count from today."""

import re
from datetime import date, timedelta

from bot.asking.core.days import day
from bot.errors import UserError

_AHEAD = re.compile(r"in-([0-9]{1,4})-?(?:d|days?)")
_NAMED = {"today": 0, "tomorrow": 1}


def canonical_due(text: str) -> str:
    """Return a date as 2026-12-01, or today, tomorrow or in-14-days.

    Raises UserError for anything else, and for a day that no calendar has.
    """
    name = "-".join(text.casefold().split())
    ahead = _AHEAD.fullmatch(name)
    if ahead:
        return f"in-{int(ahead[1])}-days"
    return name if name in _NAMED else day(name).isoformat()


def due_day(text: str, *, today: date) -> date:
    """Return the day that the words stand for; raises UserError for one that has passed."""
    name = canonical_due(text)
    ahead = _AHEAD.fullmatch(name)
    if ahead or name in _NAMED:
        return today + timedelta(days=int(ahead[1]) if ahead else _NAMED[name])
    due = day(name)
    if due < today:
        raise UserError(f"{due} has passed. Due dates from {today} on work, or in-14-days.")
    return due
