"""The living cards: which message shows which execution, and when it may be edited next."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.codec import dumps, loads
from bot.runs.core.watching import SHORTEST_EDIT_PAUSE
from bot.store.database import MAIN, Database, Row, Transaction, stamp
from bot.store.forgetting import delete_old
from bot.store.timekeeping import SetBack, latest, move_back

PAUSE = timedelta(seconds=SHORTEST_EDIT_PAUSE)


@dataclass(frozen=True, slots=True)
class CardRow:
    """A card. Its message is the outbox's row `outbox_key`; `user` started the execution.

    The column of the key has the outbox's older name: `ledger_key`.

    `followers` are those who pressed "Watch for me". `shown` stands for what the message says.
    """

    execution_id: str
    outbox_key: str
    channel: str
    user: str
    user_name: str
    next_edit_at: datetime
    created_at: datetime
    followers: tuple[str, ...] = ()
    living: bool = True
    shown: str = ""


def add_card(tx: Transaction, card: CardRow) -> None:
    """Insert a card; one that is there stays as it is."""
    tx.execute(
        """INSERT INTO cards (workspace, execution_id, ledger_key, channel, user_id, user_name,
          next_edit_at, created_at, shown, shown_at)
        VALUES (:workspace, :id, :key, :channel, :user, :user_name, :next, :created, :shown,
          :created)
        ON CONFLICT (workspace, execution_id) DO NOTHING""",
        {
            "id": card.execution_id,
            "key": card.outbox_key,
            "channel": card.channel,
            "user": card.user,
            "user_name": card.user_name,
            "next": stamp(card.next_edit_at),
            "created": stamp(card.created_at),
            "shown": card.shown,
        },
    )


def get_card(tx: Transaction, execution_id: str) -> CardRow | None:
    """Return the card of an execution, or None."""
    row = tx.fetch_one(_GET, {"id": execution_id})
    return _card(row) if row else None


def edit_soon(tx: Transaction, execution_id: str, *, now: datetime) -> None:
    """Let a living card be edited as soon as its pace allows, as there is something to see."""
    tx.execute(f"{_SOON} AND execution_id = :id", _soon(now) | {"id": execution_id})


def follow_card(tx: Transaction, execution_id: str, user: str) -> bool:
    """Add somebody who wants to be told; False when they are told anyway."""
    card = get_card(tx, execution_id)
    if card is None or user in (card.user, *card.followers):
        return False
    tx.execute(
        """UPDATE cards SET followers = :followers
        WHERE workspace = :workspace AND execution_id = :id""",
        {"id": execution_id, "followers": dumps([*card.followers, user])},
    )
    return True


class CardStore:
    """Cards by execution, seen from one queue: what another posted is not there to be edited."""

    def __init__(self, database: Database, *, queue: str = MAIN) -> None:
        """Keep them in this database."""
        self._database = database
        self._queue = queue

    async def get(self, execution_id: str) -> CardRow | None:
        """Return one, or None."""
        row = await self._database.fetch_one(_GET, {"id": execution_id})
        return _card(row) if row else None

    async def due(self, *, now: datetime, limit: int) -> list[CardRow]:
        """Return living cards that may be edited now: ended ones, then the longest waiting."""
        rows = await self._database.fetch_all(
            _DUE, {"now": stamp(now), "limit": limit, "queue": self._queue}
        )
        return [_card(row) for row in rows]

    async def living(self) -> int:
        """Return how many cards may still change."""
        row = await self._database.fetch_one(f"SELECT COUNT(*) AS n {_LIVING}", self._own)
        return int(row["n"]) if row else 0

    async def ids(self) -> set[str]:
        """Return the executions of the living cards."""
        rows = await self._database.fetch_all(f"SELECT cards.execution_id {_LIVING}", self._own)
        return {row["execution_id"] for row in rows}

    async def flows(self) -> set[str]:
        """Return the flows of the living cards."""
        rows = await self._database.fetch_all(_FLOWS, self._own)
        return {row["flow_id"] for row in rows if row["flow_id"]}

    async def owners(self) -> set[str]:
        """Return who started what living cards show."""
        rows = await self._database.fetch_all(f"SELECT DISTINCT cards.user_id {_LIVING}", self._own)
        return {row["user_id"] for row in rows}

    async def edited(
        self, card: CardRow, *, now: datetime, next_edit_at: datetime, living: bool
    ) -> None:
        """Note what a card shows now, and when it changes again.

        That is as soon as its pace allows when something happened since the card was taken.
        """
        await self._database.execute(
            """UPDATE cards SET shown = :shown, living = :living, shown_at = :now,
              next_edit_at = CASE WHEN next_edit_at > :taken THEN :later ELSE :next END
            WHERE workspace = :workspace AND execution_id = :id""",
            {
                "id": card.execution_id,
                "shown": card.shown,
                "living": int(living),
                "next": stamp(next_edit_at),
                "taken": stamp(card.next_edit_at),
                "now": stamp(now),
                "later": stamp(now + PAUSE),
            },
        )

    async def edit_all_soon(self, *, now: datetime) -> None:
        """Let every living card be edited at once, as something changed for all of them."""
        await self._database.execute(_SOON, _soon(now))

    @property
    def _own(self) -> dict[str, str]:
        return {"queue": self._queue}

    def newest(self, tx: Transaction) -> str | None:
        """Return when a living card was shown last."""
        return latest(
            tx, "SELECT MAX(shown_at) AS at FROM cards WHERE workspace = :workspace AND living = 1"
        )

    def put_back(self, tx: Transaction, back: SetBack) -> int:
        """Let cards be edited as long after the last time as they were to be."""
        columns = ("next_edit_at", "shown_at", "created_at")
        return move_back(tx, back, "cards", columns, key="execution_id")

    def move_channel(self, tx: Transaction, old: str, new: str) -> int:
        """Let a channel's cards be of its new id."""
        return tx.execute(
            "UPDATE cards SET channel = :new WHERE workspace = :workspace AND channel = :old",
            {"old": old, "new": new},
        )

    async def forget(self, *, before: datetime) -> int:
        """Delete cards that rest since before a moment."""
        return await delete_old(
            self._database,
            "cards",
            "living = 0 AND created_at < :before",
            before=before,
            key="execution_id",
        )


def _soon(now: datetime) -> dict[str, object]:
    return {"now": stamp(now), "recently": stamp(now - PAUSE), "later": stamp(now + PAUSE)}


def _card(row: Row) -> CardRow:
    return CardRow(
        execution_id=row["execution_id"],
        outbox_key=row["ledger_key"],
        channel=row["channel"],
        user=row["user_id"],
        user_name=row["user_name"],
        followers=tuple(loads(row["followers"])),
        living=bool(row["living"]),
        shown=row["shown"],
        next_edit_at=datetime.fromisoformat(row["next_edit_at"]),
        created_at=datetime.fromisoformat(row["created_at"]),
    )


_GET = "SELECT * FROM cards WHERE workspace = :workspace AND execution_id = :id"
_LIVING = """
FROM cards JOIN ledger ON ledger.workspace = :workspace AND ledger.key = cards.ledger_key
WHERE cards.workspace = :workspace AND cards.living = 1 AND ledger.lane = :queue"""
_DUE = """
SELECT cards.* FROM cards
JOIN ledger ON ledger.workspace = :workspace AND ledger.key = cards.ledger_key
LEFT JOIN executions
  ON executions.workspace = :workspace AND executions.id = cards.execution_id
WHERE cards.workspace = :workspace AND cards.living = 1 AND ledger.lane = :queue
  AND cards.next_edit_at <= :now AND ledger.ts IS NOT NULL
ORDER BY executions.alive NULLS FIRST, cards.next_edit_at LIMIT :limit"""
_SOON = """
UPDATE cards SET next_edit_at = CASE
  WHEN shown_at > :recently THEN :later ELSE :now END
WHERE workspace = :workspace AND living = 1"""
# A left join, so that it goes from the few cards to their executions and not the other way.
_FLOWS = """
SELECT DISTINCT executions.flow_id FROM cards
JOIN ledger ON ledger.workspace = :workspace AND ledger.key = cards.ledger_key
LEFT JOIN executions
  ON executions.workspace = :workspace AND executions.id = cards.execution_id
WHERE cards.workspace = :workspace AND cards.living = 1 AND ledger.lane = :queue"""
