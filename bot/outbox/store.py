"""What is to be told, to whom, and whether it was: one row per message or file.

States: queued -> sending -> sent | retry | failed | in_doubt | skipped. Claiming and marking are
separate commits, so a row still `sending` after a crash is one that Slack may or may not have.

The table's name in the database is `ledger`, and the column `lane` names a row's queue: both are
older than the words used here, and a migration would only be a risk.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot import log
from bot.codec import dumps, encode, loads
from bot.outbox.entries import (
    DIGESTS_LATER,
    DOUBTED,
    UNSURE,
    DueEntry,
    Entry,
    EntryKind,
    OutgoingAnswer,
    State,
    entry_of,
)
from bot.outbox.statements import (
    BLANK,
    BY_KEY,
    CAME,
    COMPLETE,
    DOUBTS,
    DUE,
    FILES,
    INSERT,
    MOVE,
    NOT_THERE,
    OF_KEY,
    REWORD,
    THERE,
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
    tx.execute(f"{withdrawn} {OF_KEY} AND state IN ('queued', 'retry')", {"key": key})
    row = tx.fetch_one(BY_KEY, {"key": key})
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
        "SELECT creator FROM subscriptions WHERE workspace = :workspace AND id = :id",
        {"id": entry.subscription_id},
    )
    users = (entry.target.user, row["creator"] if row else "")
    return tuple(dict.fromkeys(filter(None, users)))


def settle_doubt(tx: Transaction, key: str, *, there: bool, now: datetime) -> Entry | None:
    """Let people say whether an entry is in Slack; return it unless it was settled before."""
    row = tx.fetch_one(THERE if there else NOT_THERE, {"key": key, "now": stamp(now)})
    if row and there:
        tx.execute(f"{BLANK} {OF_KEY}", {"key": key})
    return entry_of(row) if row else None


def settle_lost(tx: Transaction, key: str, *, now: datetime) -> Entry | None:
    """Note of a row that did not come that it came after all, as another one; return it."""
    row = tx.fetch_one(CAME, {"key": key, "now": stamp(now)})
    return entry_of(row) if row else None


def entry_within(tx: Transaction, key: str) -> Entry | None:
    """Return a row as it is within a transaction, or None."""
    row = tx.fetch_one(BY_KEY, {"key": key})
    return entry_of(row) if row else None


def files_within(tx: Transaction, key: str) -> list[Entry]:
    """Return the files of a message as they are within a transaction."""
    rows = tx.fetch_all(FILES, {"key": key})
    return [entry_of(row) for row in rows]


def complete(tx: Transaction, key: str) -> Entry | None:
    """Return a message of which no file is missing; None of any other."""
    row = tx.fetch_one(COMPLETE, {"key": key})
    return entry_of(row) if row else None


# What follows FROM, for whoever looks at the messages of several workspaces (`mine`) at once.
MESSAGES_DUE: Final = """ledger WHERE ledger.workspace = mine.workspace AND lane = :queue
  AND state IN ('queued', 'retry') AND next_try_at <= :now"""
MESSAGES_BEGUN: Final = """ledger WHERE ledger.workspace = mine.workspace AND lane = :queue
  AND state = 'sending'"""


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
        rows = await self._database.fetch_all(DUE, wanted)
        return [
            DueEntry(row["id"], EntryKind(row["kind"]), row["channel"], row["priority"])
            for row in rows
        ]

    async def next_try(self) -> datetime | None:
        """Return when something here is to be tried next, or None where nothing is left."""
        row = await self._database.fetch_one(
            """SELECT MIN(next_try_at) AS moment FROM ledger
            WHERE workspace = :workspace AND lane = :queue AND state IN ('queued', 'retry')""",
            {"queue": self.queue},
        )
        return datetime.fromisoformat(row["moment"]) if row and row["moment"] else None

    async def unsent(self) -> list[str]:
        """Return what is wrong with each message or file here that was not sent, oldest first."""
        rows = await self._database.fetch_all(
            """SELECT payload, error FROM ledger
            WHERE workspace = :workspace AND lane = :queue AND state NOT IN ('sent', 'skipped')
            ORDER BY id""",
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
            WHERE workspace = :workspace AND lane = :queue AND settled_at IS NULL""",
            {"queue": self.queue, "now": stamp(now)},
        )

    async def waiting(self) -> int:
        """Return how many messages and files are still to be sent."""
        row = await self._database.fetch_one(
            """SELECT COUNT(*) AS count FROM ledger
            WHERE workspace = :workspace AND lane = :queue AND settled_at IS NULL""",
            {"queue": self.queue},
        )
        return int(row["count"]) if row else 0

    async def posted(self, channel: str, ts: str) -> Entry | None:
        """Return the row behind a message in Slack, or None."""
        row = await self._database.fetch_one(
            # An answer stands where the word was that it was waited for.
            """SELECT * FROM ledger
            WHERE workspace = :workspace AND posted_channel = :channel AND ts = :ts
            ORDER BY id DESC""",
            {"channel": channel, "ts": ts},
        )
        return entry_of(row) if row else None

    async def by_key(self, key: str) -> Entry | None:
        """Return a row by its key, or None."""
        row = await self._database.fetch_one(BY_KEY, {"key": key})
        return entry_of(row) if row else None

    async def refusals(self) -> list[str]:
        """Return why rows wait that were tried before, each reason once."""
        rows = await self._database.fetch_all(
            """SELECT DISTINCT error FROM ledger WHERE workspace = :workspace AND lane = :queue
            AND state IN ('queued', 'retry') AND state = 'retry'""",  # through ledger_due
            {"queue": self.queue},
        )
        return [row["error"] for row in rows]

    def newest(self, tx: Transaction) -> str | None:
        """Return when a row was written, taken or settled last, in any queue."""
        return latest(
            tx,
            *(
                f"""SELECT MAX({column}) AS at FROM ledger
                WHERE workspace = :workspace AND settled_at IS NULL"""  # noqa: S608  # ours
                for column in ("created_at", "claimed_at")
            ),
            "SELECT MAX(settled_at) AS at FROM ledger WHERE workspace = :workspace",
        )

    def put_back(self, tx: Transaction, back: SetBack) -> int:
        """Let rows of any queue be tried as long after the last time as they were to be."""
        for row in tx.fetch_all(DOUBTS):
            payload = loads(row["payload"])
            doubts = {name: back.moved(payload.get(name)) for name in (UNSURE, DOUBTED)}
            known = {name: value for name, value in doubts.items() if value}
            tx.execute(
                REWORD,
                {"id": row["id"], "payload": dumps({**payload, **known})},
            )
        return move_back(tx, back, "ledger", _MOMENTS)

    def move_channel(self, tx: Transaction, old: str, new: str) -> int:
        """Send what waits to a channel by its new id, and find there what was sent."""
        channels = {"old": old, "new": new}
        return sum(tx.execute(each, channels) for each in MOVE)

    async def forget(self, *, before: datetime) -> int:
        """Delete rows settled before a moment."""
        return await delete_old(self._database, "ledger", "settled_at < :before", before=before)


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
        "request_id": log.request_id(),
    }
    return tx.execute(INSERT, parameters) == 1


_MOMENTS = ("next_try_at", "created_at", "claimed_at", "settled_at")
