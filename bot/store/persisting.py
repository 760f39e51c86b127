"""Writing down what was done already: again and again, while the database cannot be written."""

from collections.abc import Callable
from typing import TypeVar

from bot import log
from bot.clock import Clock
from bot.store.database import Database, DatabaseUnavailableError, Transaction

T = TypeVar("T")

PAUSE_SECONDS = 1.0


async def persist(
    database: Database, work: Callable[[Transaction], T], clock: Clock, *, what: str
) -> T:
    """Run `work` in a transaction as `Database.transaction` does, but outlast a lock or full disk.

    Only for what must not be done twice, such as noting that a message went out: whoever waits here
    keeps what it knows. `what` names it in the log.
    """
    while True:
        try:
            return await database.transaction(work)
        except DatabaseUnavailableError as trouble:
            log.get().warning("cannot_write_yet", what=what, error=str(trouble))
            await clock.sleep(PAUSE_SECONDS)
