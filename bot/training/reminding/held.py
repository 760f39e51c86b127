"""Reminders that wait for people's words, and what follows from these: they are sent, or ended."""

from datetime import timedelta
from typing import Final

from bot.clock import Clock
from bot.outbox.store import take_back
from bot.store.database import Transaction
from bot.training.reminding.model import ReminderState
from bot.training.reminding.overdue import OverdueLists
from bot.training.reminding.steps import end_if_done, plan_reminder, reminder_key
from bot.training.reminding.store import (
    HELD_DAY,
    drop_reminder,
    going_to,
    mark_day,
    mark_reminder,
    refuse_reminders,
    reminders_of,
    tokens_of,
)

HELD_FOR: Final = timedelta(days=7)
"""So long a reminder waits for somebody to agree."""
HELD, GOING, WAITING = ReminderState.HELD, ReminderState.GOING, ReminderState.WAITING


class HeldReminders:
    """A room of the consents."""

    def __init__(self, overdue: OverdueLists, clock: Clock, *, queue: str) -> None:
        """Send through `queue`; what is overdue says whether there is anything to send."""
        self._overdue = overdue
        self._clock = clock
        self._queue = queue

    @property
    def is_on(self) -> bool:
        """Whether MomoFlow is on."""
        return self._overdue.is_on

    def waits_for(self, tx: Transaction, user: str) -> bool:
        """Return whether a reminder waits for somebody's word."""
        return bool(reminders_of(tx, user, HELD_DAY, HELD))

    def agreed(self, tx: Transaction, user: str) -> None:
        """Send what waited for somebody's word, as they are here now."""
        now = self._clock.now()
        for one in reminders_of(tx, user, HELD_DAY, HELD):
            if now - one.changed_at > HELD_FOR:
                mark_reminder(tx, one, HELD, ReminderState.LOST, now=now)
                continue
            drop_reminder(tx, one)
            day = f"{now:%Y-%m-%d}"
            plan_reminder(tx, one.order, user, day, at=now, now=now, queue=self._queue)

    def stopped(self, tx: Transaction, user: str) -> None:
        """Send nothing to somebody any more, not even what is on its way."""
        now = self._clock.now()
        tokens = refuse_reminders(tx, user, now=now)
        for day in going_to(tx, user):
            if take_back(tx, reminder_key(user, day)) is None:
                mark_day(tx, user, day, GOING, ReminderState.REFUSED, now=now)
            tokens.update(tokens_of(tx, user, day))
        for token in tokens:
            end_if_done(tx, token, now=self._clock.now(), queue=self._queue)
