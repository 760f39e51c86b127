"""The states that were handed out to browsers on their way to Slack's page."""

import secrets
from datetime import timedelta
from typing import Final

from bot.clock import Clock
from bot.store.database import Database, Transaction, stamp

STATE_AGE: Final = timedelta(minutes=10)
MOST_STATES: Final = 10_000
"""So many may be about to install at once; each visit of the page writes a row."""


class TooManyStatesError(Exception):
    """So many are about to install that no more are let in for some minutes."""


class StateStore:
    """Each is good once, for ten minutes, in any process."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Keep them in this database."""
        self._database = database
        self._clock = clock

    async def issue(self) -> str:
        """Return a new state. Raises TooManyStatesError."""
        state = secrets.token_urlsafe(32)
        if not await self._database.transaction(lambda tx: self._issued(tx, state)):
            raise TooManyStatesError
        return state

    async def consume(self, state: str) -> bool:
        """Tell whether a state is good, and let it be so no more."""
        return (
            await self._database.execute(
                "DELETE FROM oauth_states WHERE state = :state AND until > :now",
                {"state": state, "now": stamp(self._clock.now())},
            )
            == 1
        )

    def _issued(self, tx: Transaction, state: str) -> bool:
        now = self._clock.now()
        tx.execute("DELETE FROM oauth_states WHERE until <= :now", {"now": stamp(now)})
        counted = tx.fetch_one("SELECT COUNT(*) AS open FROM oauth_states")
        if counted is None or counted["open"] >= MOST_STATES:
            return False
        tx.execute(
            "INSERT INTO oauth_states (state, until) VALUES (:state, :until)",
            {"state": state, "until": stamp(now + STATE_AGE)},
        )
        return True
