"""Reminders in the database: by the person's id in Slack, the flow and the day; no address."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from bot.codec import dumps
from bot.store.database import Database, Row, Transaction, stamp
from bot.store.forgetting import delete_old
from bot.store.timekeeping import SetBack, latest
from bot.training.reminding.model import (
    OrderState,
    Reminder,
    ReminderDay,
    ReminderOrder,
    ReminderState,
)

_ORDER = "FROM reminder_orders WHERE workspace = :workspace AND token = :token"
_ADD_ORDER = """
INSERT INTO reminder_orders (workspace, token, sender, flow_id, flow, note, state, made_at)
VALUES (:workspace, :token, :sender, :flow_id, :flow, :note, 'looking', :now)
ON CONFLICT (workspace, token) DO NOTHING"""
_END_ORDER = """
UPDATE reminder_orders SET state = :state
WHERE workspace = :workspace AND token = :token AND state = 'open'"""
_OPEN_ORDER = """
UPDATE reminder_orders SET state = 'open'
WHERE workspace = :workspace AND token = :token AND state = 'looking'"""
# What was stopped or did not come may be wanted again on the same day.
_ADD = """
INSERT INTO reminders (workspace, user_id, flow_id, day, token, state, changed_at)
VALUES (:workspace, :user, :flow_id, :day, :token, :state, :now)
ON CONFLICT (workspace, user_id, flow_id, day) DO UPDATE
SET token = excluded.token, state = excluded.state, changed_at = excluded.changed_at
WHERE reminders.state NOT IN ('waiting', 'held', 'going', 'sent')"""
_OF = "WHERE workspace = :workspace AND user_id = :user AND day = :day"
_KNOWN = """
SELECT user_id, flow_id, day, state, token FROM reminders
WHERE workspace = :workspace AND user_id IN (SELECT value FROM json_each(:users))
  AND (day = '' OR day >= :since) AND state IN ('waiting', 'held', 'going', 'sent')"""
_SOME = """
SELECT reminders.*, sender, flow, note FROM reminders
JOIN reminder_orders ON reminder_orders.workspace = :workspace
  AND reminder_orders.token = reminders.token
WHERE reminders.workspace = :workspace AND reminders.user_id = :user AND day = :day
  AND reminders.state = :state
ORDER BY flow, reminders.flow_id"""
_MARK = f"UPDATE reminders SET state = :after, changed_at = :now {_OF} AND state = :before"  # noqa: S608
_MARK_FLOW = f"{_MARK} AND flow_id = :flow_id"
_STOP_ORDER = """
UPDATE reminders SET state = 'stopped', changed_at = :now
WHERE workspace = :workspace AND token = :token AND state IN ('waiting', 'held')"""
_REFUSE = """
UPDATE reminders SET state = 'refused', changed_at = :now
WHERE workspace = :workspace AND user_id = :user AND state IN ('waiting', 'held')"""
_DROP = f"DELETE FROM reminders {_OF} AND flow_id = :flow_id"  # noqa: S608  # no value is put in
_LEFT = """
SELECT DISTINCT token FROM reminders
WHERE workspace = :workspace AND user_id = :user AND state IN ('waiting', 'held')"""
_GOING = """
SELECT DISTINCT user_id, day FROM reminders
WHERE workspace = :workspace AND state = 'going' AND {} = :of"""
_TOKENS = f"SELECT DISTINCT token FROM reminders {_OF}"  # noqa: S608  # likewise
_COUNT = """
SELECT state, COUNT(*) AS count FROM reminders
WHERE workspace = :workspace AND token = :token GROUP BY state"""
_NEWEST: Final = (
    "SELECT MAX(changed_at) AS at FROM reminders WHERE workspace = :workspace",
    "SELECT MAX(made_at) AS at FROM reminder_orders WHERE workspace = :workspace",
)
HELD_DAY: Final = ""


def add_order(tx: Transaction, order: ReminderOrder, *, now: datetime) -> None:
    """Keep what somebody wants, once."""
    tx.execute(
        _ADD_ORDER,
        {
            "token": order.token,
            "sender": order.sender,
            "flow_id": order.flow_id,
            "flow": order.flow,
            "note": order.note,
            "now": stamp(now),
        },
    )


def open_order(tx: Transaction, token: str) -> None:
    """Note that all are found whom an order is about."""
    tx.execute(_OPEN_ORDER, {"token": token})


def end_order(tx: Transaction, token: str, state: OrderState) -> bool:
    """Note that an order is stopped or told; False where it was not open any more."""
    return bool(tx.execute(_END_ORDER, {"token": token, "state": state}))


def order_of(tx: Transaction, token: str) -> ReminderOrder | None:
    """Return an order that is still known."""
    row = tx.fetch_one(f"SELECT * {_ORDER}", {"token": token})
    return _order(row) if row else None


def add_reminder(
    tx: Transaction,
    order: ReminderOrder,
    user: str,
    day: str,
    state: ReminderState,
    *,
    now: datetime,
) -> bool:
    """Have somebody reminded on a day; False where they are, or were, on that day of this flow."""
    given = {"user": user, "flow_id": order.flow_id, "day": day, "token": order.token}
    return bool(tx.execute(_ADD, {**given, "state": state, "now": stamp(now)}))


def reminders_of(
    tx: Transaction, user: str, day: str, state: ReminderState
) -> tuple[Reminder, ...]:
    """Return somebody's reminders of a day in a state, by the names of the flows."""
    rows = tx.fetch_all(_SOME, {"user": user, "day": day, "state": state})
    return tuple(
        Reminder(row["user_id"], row["day"], _order(row), datetime.fromisoformat(row["changed_at"]))
        for row in rows
    )


def mark_day(
    tx: Transaction,
    user: str,
    day: str,
    before: ReminderState,
    after: ReminderState,
    *,
    now: datetime,
) -> int:
    """Let all of somebody's reminders of a day that are in one state be in another."""
    given = {"user": user, "day": day, "before": before, "after": after}
    return tx.execute(_MARK, {**given, "now": stamp(now)})


def mark_reminder(
    tx: Transaction, one: Reminder, before: ReminderState, after: ReminderState, *, now: datetime
) -> int:
    """Let one reminder that is in a state be in another."""
    given = {"user": one.user, "day": one.day, "flow_id": one.order.flow_id}
    return tx.execute(_MARK_FLOW, {**given, "before": before, "after": after, "now": stamp(now)})


def drop_reminder(tx: Transaction, one: Reminder) -> None:
    """Let go of one, as another stands for it."""
    tx.execute(_DROP, {"user": one.user, "day": one.day, "flow_id": one.order.flow_id})


def stop_order(tx: Transaction, token: str, *, now: datetime) -> int:
    """Stop what is left of an order; return how many reminders."""
    return tx.execute(_STOP_ORDER, {"token": token, "now": stamp(now)})


def refuse_reminders(tx: Transaction, user: str, *, now: datetime) -> set[str]:
    """Note that somebody does not want theirs; return the tokens of their orders."""
    tokens = {row["token"] for row in tx.fetch_all(_LEFT, {"user": user})}
    tx.execute(_REFUSE, {"user": user, "now": stamp(now)})
    return tokens


def going_to(tx: Transaction, user: str) -> list[str]:
    """Return the days of somebody's whose reminders are on their way to Slack."""
    return [row["day"] for row in tx.fetch_all(_GOING.format("user_id"), {"of": user})]


def going_of(tx: Transaction, token: str) -> list[tuple[str, str]]:
    """Return whose reminders of an order are on their way, with their days."""
    rows = tx.fetch_all(_GOING.format("token"), {"of": token})
    return [(row["user_id"], row["day"]) for row in rows]


def tokens_of(tx: Transaction, user: str, day: str) -> list[str]:
    """Return the orders that somebody's reminders of a day come from."""
    return [row["token"] for row in tx.fetch_all(_TOKENS, {"user": user, "day": day})]


def count_states(tx: Transaction, token: str) -> Mapping[ReminderState, int]:
    """Return how many reminders of an order are in each state."""
    rows = tx.fetch_all(_COUNT, {"token": token})
    found = defaultdict[ReminderState, int](int)
    for row in rows:
        found[ReminderState(row["state"])] = row["count"]
    return found


class ReminderStore:
    """Reads them, and lets go of old ones."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def days(self, users: Collection[str], *, since: str) -> Mapping[str, list[ReminderDay]]:
        """Return what holds of each of these since a day, and what waits for their word."""
        given = {"users": dumps(sorted(users)), "since": since}
        found = defaultdict[str, list[ReminderDay]](list)
        for row in await self._database.fetch_all(_KNOWN, given):
            state = ReminderState(row["state"])
            one = ReminderDay(row["flow_id"], row["day"], state, row["token"])
            found[row["user_id"]].append(one)
        return found

    async def forget(self, *, before: datetime) -> int:
        """Delete what was wanted or done before a moment."""
        gone = await delete_old(
            self._database, "reminders", "changed_at < :before", before=before, key="token"
        )
        return gone + await delete_old(
            self._database, "reminder_orders", "made_at < :before", before=before, key="token"
        )

    def newest(self, tx: Transaction) -> str | None:
        """Return when something here was written last."""
        return latest(tx, *_NEWEST)

    def put_back(self, tx: Transaction, back: SetBack) -> int:
        """Return 0: their times are those of the jobs that send them."""
        del tx, back
        return 0


def _order(row: Row) -> ReminderOrder:
    return ReminderOrder(row["token"], row["sender"], row["flow_id"], row["flow"], row["note"])
