"""Times that have come become jobs; of several that were missed one reading is enough."""

from datetime import datetime

from bot.asking.subscription import Subscription
from bot.clock import Clock
from bot.digests.claiming import asked_together, next_run
from bot.jobs.store import add_job
from bot.scoreboards.intents import WriteFigure
from bot.scoreboards.store import BoardStore, put_off_figure
from bot.store.database import MAIN, Database, Transaction
from bot.store.timekeeping import SetBack


class BoardClaims:
    """Accepts what is due."""

    def __init__(self, database: Database, boards: BoardStore, clock: Clock) -> None:
        """Ask `boards` what is due."""
        self._database = database
        self._boards = boards
        self._clock = clock

    async def tick(self) -> int:
        """Accept a job for everything that is due, batch by batch; return how many.

        Each batch is one transaction: the job and the next time stand there together, and the
        job's key makes a second process, or a second firing, harmless.
        """
        now, total = self._clock.now(), 0
        while count := await self._database.transaction(lambda tx: self._claim_due(tx, now)):
            total += count
        return total

    def newest(self, _: Transaction) -> None:
        """Return nothing: all is by the calendar."""

    def put_back(self, tx: Transaction, back: SetBack) -> int:
        """Plan all anew that was put off while the clock was ahead."""
        return self._boards.plan_anew(tx, lambda one: next_run(one, back.now))

    def _claim_due(self, tx: Transaction, now: datetime) -> int:
        due = [each.order for each in self._boards.due(tx, now)]
        for one in due:
            self._claim(tx, one, now)
        return len(due)

    def _claim(self, tx: Transaction, one: Subscription, now: datetime) -> None:
        assert one.next_run_at is not None
        planned = one.next_run_at
        key = f"board:{one.id}:{planned:%Y-%m-%dT%H:%MZ}"
        wanted = WriteFigure(one.id)
        add_job(
            tx, key=key, wanted=wanted, now=now, queue=MAIN, together=asked_together(one, planned)
        )
        put_off_figure(tx, one.id, next_run(one, now))
