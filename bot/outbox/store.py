"""What is to be told, to whom, and whether it was: one row per message or file.

States: queued -> sending -> sent | retry | failed | in_doubt | skipped. Claiming and marking are
separate commits, so a row still `sending` after a crash is one that Slack may or may not have.

The table's name in the database is `ledger`, and the column `lane` names a row's queue: both are
older than the words used here, and a migration would only be a risk.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.codec import dumps, encode, loads
from bot.outbox.entries import (
    DIGESTS_LATER,
    DOUBTED,
    UNSURE,
    DueEntry,
    Entry,
    EntryChange,
    EntryKind,
    OutgoingAnswer,
    State,
    entry_of,
)
from bot.slack.messages import Answer, FileOffer, Message, Target
from bot.store.database import MAIN, Database, Transaction, stamp
from bot.store.forgetting import delete_old
from bot.store.timekeeping import SetBack, latest, move_back


def tell(tx: Transaction, outgoing: OutgoingAnswer, *, now: datetime, queue: str = MAIN) -> bool:
    """Write the rows of an answer; False when it was written before."""
    answer = outgoing.answer
    row = _Row(outgoing, queue, now)
    above = outgoing.parent_key or None
    if not _insert(
        tx, row, outgoing.key, EntryKind.MESSAGE, encode(answer.message), parent_key=above
    ):
        return False
    followers = [(EntryKind.MESSAGE, encode(reply)) for reply in answer.thread]
    followers += [(EntryKind.FILE, encode(offer)) for offer in answer.files]
    for number, (kind, payload) in enumerate(followers, start=1):
        key = f"{outgoing.key}#{number}"
        _insert(tx, row, key, kind, payload, parent_key=above or outgoing.key)
    return True


def whole_of(key: str) -> str:
    """Return the key of the answer to which a row belongs."""
    return key.partition("#")[0]


def take_back(tx: Transaction, key: str) -> Target | None:
    """Return where a message went, or is going; None where it was never told or not sent yet.

    What is not sent yet is not sent any more.
    """
    withdrawn = "UPDATE ledger SET state = 'skipped', settled_at = created_at"
    tx.execute(f"{withdrawn} WHERE key = :key AND state IN ('queued', 'retry')", {"key": key})
    row = tx.fetch_one("SELECT * FROM ledger WHERE key = :key", {"key": key})
    entry = entry_of(row) if row else None
    return entry.target if entry and entry.state is not State.SKIPPED else None


def explanation_key(key: str) -> str:
    """Return the key of what explains what became of an entry."""
    return f"{key}!"


def follow(tx: Transaction, entry: Entry, message: Message, *, now: datetime) -> None:
    """Add a thread reply that explains what became of an entry; once per entry."""
    parent_key = entry.parent_key or entry.key
    row = _Row(OutgoingAnswer(parent_key, entry.target, Answer(message)), entry.queue, now)
    _insert(
        tx,
        row,
        explanation_key(entry.key),
        EntryKind.MESSAGE,
        encode(message),
        parent_key=parent_key,
    )


def add_files(tx: Transaction, entry: Entry, offers: Iterable[FileOffer], *, now: datetime) -> None:
    """Add files to an entry's thread, once per entry."""
    parent_key = entry.parent_key or entry.key
    row = _Row(OutgoingAnswer(parent_key, entry.target, Answer(entry.message)), entry.queue, now)
    for number, offer in enumerate(offers, start=1):
        key = f"{entry.key}+{number}"
        _insert(tx, row, key, EntryKind.FILE, encode(offer), parent_key=parent_key)


def concerned(tx: Transaction, entry: Entry) -> tuple[str, ...]:
    """Return who is told of an entry's fate: who asked, and for a digest who ordered it."""
    row = tx.fetch_one(
        "SELECT creator FROM subscriptions WHERE id = :id", {"id": entry.subscription_id}
    )
    users = (entry.target.user, row["creator"] if row else "")
    return tuple(dict.fromkeys(filter(None, users)))


def settle_doubt(tx: Transaction, key: str, *, there: bool, now: datetime) -> Entry | None:
    """Let people say whether an entry is in Slack; return it unless it was settled before."""
    row = tx.fetch_one(_THERE if there else _NOT_THERE, {"key": key, "now": stamp(now)})
    if row and there:
        tx.execute(f"{_BLANK} WHERE key = :key", {"key": key})
    return entry_of(row) if row else None


def settle_lost(tx: Transaction, key: str, *, now: datetime) -> Entry | None:
    """Note of a row that did not come that it came after all, as another one; return it."""
    row = tx.fetch_one(_CAME, {"key": key, "now": stamp(now)})
    return entry_of(row) if row else None


def complete(tx: Transaction, key: str) -> Entry | None:
    """Return a message of which no file is missing; None of any other."""
    row = tx.fetch_one(_COMPLETE, {"key": key})
    return entry_of(row) if row else None


class OutboxStore:
    """The outbox, seen from one queue."""

    def __init__(self, database: Database, *, queue: str = MAIN) -> None:
        """Work on this queue only."""
        self._database = database
        self.queue = queue

    async def due(
        self, *, now: datetime, limit: int, least_urgent: int = DIGESTS_LATER
    ) -> list[DueEntry]:
        """Return rows to send now, answers first; a follower waits until its parent is sent.

        None of a priority that is less urgent than `least_urgent`.
        """
        wanted = {"queue": self.queue, "now": stamp(now), "limit": limit, "least": least_urgent}
        rows = await self._database.fetch_all(_DUE, wanted)
        return [
            DueEntry(row["id"], EntryKind(row["kind"]), row["channel"], row["priority"])
            for row in rows
        ]

    async def claim(self, waiting: DueEntry, *, now: datetime) -> Entry | None:
        """Take a row for sending; None when somebody else has it."""
        row = await self._database.transaction(
            lambda tx: tx.fetch_one(_CLAIM, {"id": waiting.id, "now": stamp(now)})
        )
        return entry_of(row) if row else None

    async def reword(self, entry: Entry) -> None:
        """Keep what an entry says by now."""
        await self._database.execute(
            "UPDATE ledger SET payload = :payload WHERE id = :id",
            {"id": entry.id, "payload": dumps(entry.payload)},
        )

    async def mark(self, change: EntryChange, *, now: datetime) -> None:
        """Record what became of a row."""
        await self._database.transaction(lambda tx: mark(tx, change, now=now))

    async def unsettled(self) -> list[Entry]:
        """Return rows a dead process left in the middle of sending."""
        rows = await self._database.fetch_all(
            "SELECT * FROM ledger WHERE state = 'sending' AND lane = :queue ORDER BY id",
            {"queue": self.queue},
        )
        return [entry_of(row) for row in rows]

    async def next_try(self) -> datetime | None:
        """Return when something here is to be tried next, or None where nothing is left."""
        row = await self._database.fetch_one(
            """SELECT MIN(next_try_at) AS moment FROM ledger
            WHERE lane = :queue AND state IN ('queued', 'retry')""",
            {"queue": self.queue},
        )
        return datetime.fromisoformat(row["moment"]) if row and row["moment"] else None

    async def unsent(self) -> list[str]:
        """Return what is wrong with each message or file here that was not sent, oldest first."""
        rows = await self._database.fetch_all(
            """SELECT payload, error FROM ledger
            WHERE lane = :queue AND state NOT IN ('sent', 'skipped') ORDER BY id""",
            {"queue": self.queue},
        )
        return [
            f"{loads(row['payload']).get('filename', 'A message')} did not come: {row['error']}"
            for row in rows
        ]

    async def abandon(self, *, now: datetime) -> None:
        """Try nothing here again, as nobody will work on this queue any more."""
        await self._database.execute(
            """UPDATE ledger SET state = 'failed', settled_at = :now
            WHERE lane = :queue AND settled_at IS NULL""",
            {"queue": self.queue, "now": stamp(now)},
        )

    async def waiting(self) -> int:
        """Return how many messages and files are still to be sent."""
        row = await self._database.fetch_one(
            "SELECT COUNT(*) AS count FROM ledger WHERE lane = :queue AND settled_at IS NULL",
            {"queue": self.queue},
        )
        return int(row["count"]) if row else 0

    async def posted(self, channel: str, ts: str) -> Entry | None:
        """Return the row behind a message in Slack, or None."""
        row = await self._database.fetch_one(
            "SELECT * FROM ledger WHERE posted_channel = :channel AND ts = :ts "
            "ORDER BY id DESC",  # an answer stands where the word was that it was waited for
            {"channel": channel, "ts": ts},
        )
        return entry_of(row) if row else None

    async def by_key(self, key: str) -> Entry | None:
        """Return a row by its key, or None."""
        row = await self._database.fetch_one("SELECT * FROM ledger WHERE key = :key", {"key": key})
        return entry_of(row) if row else None

    async def refusals(self) -> list[str]:
        """Return why rows wait that were tried before, each reason once."""
        rows = await self._database.fetch_all(
            "SELECT DISTINCT error FROM ledger WHERE state = 'retry' AND lane = :queue",
            {"queue": self.queue},
        )
        return [row["error"] for row in rows]

    def newest(self, tx: Transaction) -> str | None:
        """Return when a row was written, taken or settled last, in any queue."""
        return latest(
            tx,
            "SELECT created_at AS at FROM ledger ORDER BY id DESC LIMIT 1",
            f"SELECT MAX(claimed_at) AS at FROM ledger WHERE {_UNSETTLED}",  # noqa: S608
            "SELECT MAX(settled_at) AS at FROM ledger",
        )

    def put_back(self, tx: Transaction, back: SetBack) -> int:
        """Let rows of any queue be tried as long after the last time as they were to be."""
        for row in tx.fetch_all(_DOUBTS):
            payload = loads(row["payload"])
            doubts = {name: back.moved(payload.get(name)) for name in (UNSURE, DOUBTED)}
            known = {name: value for name, value in doubts.items() if value}
            tx.execute(
                "UPDATE ledger SET payload = :payload WHERE id = :id",
                {"id": row["id"], "payload": dumps({**payload, **known})},
            )
        return move_back(tx, back, "ledger", _MOMENTS)

    def move_channel(self, tx: Transaction, old: str, new: str) -> int:
        """Send what waits to a channel by its new id, and find there what was sent."""
        channels = {"old": old, "new": new}
        return sum(tx.execute(each, channels) for each in _MOVE)

    async def forget(self, *, before: datetime) -> int:
        """Delete rows settled before a moment."""
        return await delete_old(self._database, "ledger", "settled_at < :before", before=before)


def mark(tx: Transaction, change: EntryChange, *, now: datetime) -> None:
    """Record what became of a row; the followers of one that never arrived are skipped."""
    settled = change.state not in {State.QUEUED, State.SENDING, State.RETRY}
    tx.execute(
        _MARK,
        {
            "id": change.entry.id,
            "state": change.state,
            "channel": change.channel,
            "ts": change.ts,
            "error": change.error,
            "next_try_at": stamp(change.next_try_at or now),
            "payload": None if change.payload is None else dumps(change.payload),
            "uncounted": 0 if change.count_attempt else 1,
            "settled_at": stamp(now) if settled else None,
        },
    )
    target = change.entry.target
    if change.state in _OVER and (target.private or target.response_url):
        tx.execute(f"{_BLANK} WHERE id = :id", {"id": change.entry.id})
    if change.state in {State.FAILED, State.SKIPPED}:
        tx.execute(_SKIP_FOLLOWERS, {"key": change.entry.key, "now": stamp(now)})
        skipped = "WHERE parent_key = :key AND state = 'skipped'"
        tx.execute(f"{_BLANK} {skipped}", {"key": change.entry.key})


@dataclass(frozen=True, slots=True)
class _Row:
    """What all rows of one answer have in common."""

    outgoing: OutgoingAnswer
    queue: str
    now: datetime


def _insert(
    tx: Transaction,
    row: _Row,
    key: str,
    kind: EntryKind,
    payload: dict[str, Any],
    *,
    parent_key: str | None = None,
) -> bool:
    outgoing = row.outgoing
    parameters = {
        "key": key,
        "queue": row.queue,
        "kind": kind,
        "priority": outgoing.priority,
        "channel": outgoing.target.channel,
        "target": dumps(outgoing.target),
        "payload": dumps(payload),
        "question": dumps(outgoing.question),
        "parent_key": parent_key,
        "subscription_id": outgoing.subscription_id,
        "now": stamp(row.now),
    }
    return tx.execute(_INSERT, parameters) == 1


_INSERT = """
INSERT INTO ledger (key, lane, kind, priority, channel, target, payload, question, parent_key,
  subscription_id, next_try_at, created_at)
VALUES (:key, :queue, :kind, :priority, :channel, :target, :payload, :question, :parent_key,
  :subscription_id, :now, :now)
ON CONFLICT (key) DO NOTHING"""

# Of each conversation only the first in line, so that one with a long queue holds up no other; and
# without the payload, which is read when a row is claimed.
_DUE = """
SELECT id, kind, channel, priority FROM (
  SELECT entry.id, entry.kind, entry.channel, entry.priority, ROW_NUMBER() OVER (
    PARTITION BY entry.kind, entry.channel ORDER BY entry.priority, entry.id) AS place_in_line
  FROM ledger entry LEFT JOIN ledger parent ON parent.key = entry.parent_key
  WHERE entry.state IN ('queued', 'retry') AND entry.lane = :queue
    AND entry.next_try_at <= :now AND entry.priority <= :least
    AND (entry.parent_key IS NULL OR parent.state IN ('sent', 'in_doubt'))) AS waiting
WHERE place_in_line = 1 ORDER BY priority, id LIMIT :limit"""

_CLAIM = """
UPDATE ledger SET state = 'sending', claimed_at = :now, attempts = attempts + 1
WHERE id = :id AND state IN ('queued', 'retry') RETURNING *"""

_MARK = """
UPDATE ledger SET state = :state, error = :error, next_try_at = :next_try_at,
  payload = COALESCE(:payload, payload),
  posted_channel = COALESCE(NULLIF(:channel, ''), posted_channel),
  ts = COALESCE(NULLIF(:ts, ''), ts),
  settled_at = :settled_at, attempts = attempts - :uncounted
WHERE id = :id"""

_MOVE = (
    """
UPDATE ledger SET channel = :new, target = json_set(target, '$.channel', :new)
WHERE channel = :old""",
    "UPDATE ledger SET posted_channel = :new WHERE posted_channel = :old",
)

_MOMENTS = ("next_try_at", "created_at", "claimed_at", "settled_at")

_UNSETTLED = "state IN ('queued', 'retry', 'sending', 'in_doubt')"

_DOUBTS = f"""
SELECT id, payload FROM ledger WHERE {_UNSETTLED}
  AND json_extract(payload, '$.doubted_since') IS NOT NULL"""  # noqa: S608  # no value is put in

_OVER = frozenset({State.SENT, State.FAILED, State.SKIPPED})
"""Nobody sends it any more; what is in doubt may still be sent."""

# What one person alone was to see is not kept, nor the address that answers in their name.
_BLANK = """
UPDATE ledger SET target = json_set(target, '$.response_url', ''),
  payload = CASE WHEN kind = 'message' AND CAST(json_extract(target, '$.private') AS INTEGER) = 1
    THEN '{"text": "", "blocks": []}' ELSE payload END"""

_THERE = """
UPDATE ledger SET state = 'sent', error = '', settled_at = :now
WHERE key = :key AND state = 'in_doubt' RETURNING *"""

_NOT_THERE = """
UPDATE ledger SET state = 'queued', error = '', settled_at = NULL, attempts = 0,
  next_try_at = :now, created_at = :now,
  payload = json_remove(payload, '$.unsure_since', '$.doubted_since', '$.look')
WHERE key = :key AND state = 'in_doubt' RETURNING *"""

_CAME = """
UPDATE ledger SET state = 'sent', error = '', settled_at = :now
WHERE key = :key AND state IN ('failed', 'skipped') RETURNING *"""

_COMPLETE = """
SELECT * FROM ledger WHERE key = :key AND NOT EXISTS (SELECT 1 FROM ledger AS one
WHERE one.parent_key = :key AND one.kind = 'file' AND one.state IN ('failed', 'skipped'))"""

_SKIP_FOLLOWERS = """
UPDATE ledger SET state = 'skipped', settled_at = :now
WHERE parent_key = :key AND state IN ('queued', 'retry')"""
