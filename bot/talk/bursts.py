"""Who says more than is answered: a bound on what each person says."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from bot.memory import Memory

MOST: Final = 10
"""So many lines of a person are answered within WINDOW."""
WINDOW: Final = timedelta(minutes=1)
_PEOPLE: Final = 1_000


class Bursts:
    """Counts the lines of each person, in memory."""

    def __init__(
        self, now: Callable[[], datetime], *, most: int = MOST, window: timedelta = WINDOW
    ) -> None:
        """Go by this clock; `most` are allowed within a `window`."""
        self._now = now
        self._most = most
        self._window = window
        self._said = Memory[str, tuple[datetime, ...]](_PEOPLE, age=window, now=now)

    def allows(self, user: str) -> bool:
        """Count a line, and return whether it is still to be answered."""
        now = self._now()
        lately = [each for each in self._said.get(user) or () if now - each < self._window]
        if len(lately) >= self._most:
            return False
        self._said.put(user, (*lately, now))
        return True
