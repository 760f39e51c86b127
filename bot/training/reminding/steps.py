"""What both planning and sending do to rows, inside their transactions."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from bot.jobs.store import add_job
from bot.store.database import Transaction
from bot.training.core.reminding import SendReminder, TellReminded
from bot.training.reminding.model import OrderState, Reminder, ReminderOrder, ReminderState
from bot.training.reminding.store import add_reminder, count_states, drop_reminder, end_order

REMINDER: Final = "reminder"


def reminder_key(user: str, day: str) -> str:
    """Return the outbox key of the one reminder that somebody gets on a day of theirs."""
    return f"{REMINDER}:{user}:{day}"


def plan_reminder(
    tx: Transaction,
    order: ReminderOrder,
    user: str,
    day: str,
    *,
    at: datetime,
    now: datetime,
    queue: str,
    since: datetime | None = None,
) -> None:
    """Have somebody reminded on a day of theirs from a moment on, unless they are already.

    It is due since then, unless it was since an earlier moment.
    """
    if add_reminder(tx, order, user, day, ReminderState.WAITING, now=now):
        key = f"{reminder_key(user, day)}:{order.token}:{now.isoformat()}"
        wanted = SendReminder(user, day, since or at)
        add_job(tx, key=key, wanted=wanted, now=now, at=at, queue=queue)


def move_reminders(
    tx: Transaction,
    some: Iterable[Reminder],
    day: str,
    *,
    at: datetime,
    now: datetime,
    queue: str,
    since: datetime,
) -> None:
    """Let somebody's reminders be of another day; one that is there already stands for them."""
    for one in some:
        drop_reminder(tx, one)
        plan_reminder(tx, one.order, one.user, day, at=at, now=now, queue=queue, since=since)


def end_if_done(tx: Transaction, token: str, *, now: datetime, queue: str) -> None:
    """Have whoever wanted it told what came of it, once nothing of it is on its way any more."""
    counts = count_states(tx, token)
    if counts[ReminderState.WAITING] or counts[ReminderState.GOING]:
        return
    if sum(counts.values()) > counts[ReminderState.HELD] and end_order(tx, token, OrderState.TOLD):
        add_job(tx, key=f"reminded:{token}", wanted=TellReminded(token), now=now, queue=queue)
