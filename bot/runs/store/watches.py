"""What channels want to hear of executions, and how far the polls have come.

The table of the latter has an older name in the database: `sweep_marks`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.asking.core.globs import fits
from bot.codec import decode, dumps, loads
from bot.runs.core.watching import Condition
from bot.runs.model import VendorRef
from bot.store.database import Database, Row, Transaction, moment, stamp
from bot.store.timekeeping import SetBack, latest, move_back

SHARED = "shared"
"""Another organisation reads the channel."""
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
"""A watch that is snoozed up to this is muted until somebody wakes it."""
GONE = "gone"
"""The channel takes no messages."""


@dataclass(frozen=True, slots=True)
class Watch:
    """A channel that wants to hear of a flow; one without an id stands for all flows.

    `parts` are patterns of the names that count then, with "!" before those that do not.
    `paused` says why nothing is told at the moment: SHARED or GONE, until the trouble `trouble_id`
    is over. `consent` names the other organisations that may read along, as a member agreed to.
    Nothing from before `created_at` is told, and nothing from before `snoozed_until`, either: a
    person wished that, for a while or up to FOREVER.
    """

    channel: str
    flow: VendorRef
    conditions: tuple[Condition, ...]
    creator: str
    created_at: datetime
    paused: str = ""
    consent: str = ""
    id: int = 0
    snoozed_until: datetime | None = None
    parts: tuple[str, ...] = ()

    def covers(self, flow: VendorRef) -> bool:
        """Return whether it is of a flow too."""
        return self.flow.id == flow.id or (not self.flow.id and fits(flow.name, self.parts))

    @property
    def since(self) -> datetime:
        """From when on what happens is told."""
        return max(self.created_at, self.snoozed_until or self.created_at)


def put_watch(tx: Transaction, watch: Watch) -> None:
    """Insert a watch, or change what an existing one tells of."""
    tx.execute(
        """INSERT INTO watches (workspace, channel, flow_id, flow_name, conditions, creator,
          created_at, consent, parts)
        VALUES (:workspace, :channel, :flow_id, :flow_name, :conditions, :creator, :created_at,
          :consent, :parts)
        ON CONFLICT (workspace, channel, flow_id) DO UPDATE SET
          conditions = excluded.conditions, flow_name = excluded.flow_name,
          parts = excluded.parts, consent = excluded.consent, trouble_id = NULL,
          created_at = CASE watches.paused WHEN '' THEN watches.created_at
            ELSE excluded.created_at END,
          paused = '', snoozed_until = NULL""",
        {
            "channel": watch.channel,
            "flow_id": watch.flow.id,
            "flow_name": watch.flow.name,
            "conditions": dumps(watch.conditions),
            "creator": watch.creator,
            "created_at": stamp(watch.created_at),
            "consent": watch.consent,
            "parts": dumps(watch.parts),
        },
    )


def watches_where(tx: Transaction, condition: str, **values: object) -> list[Watch]:
    """Return the watches of a condition, which is one of ours."""
    ours = f"workspace = :workspace AND ({condition})"
    sql = f"SELECT * FROM watches WHERE {ours} ORDER BY id"  # noqa: S608  # no value in it
    return [_watch(row) for row in tx.fetch_all(sql, values)]


def rest_watch(tx: Transaction, watch: Watch, why: str, trouble: int) -> None:
    """Let a watch tell nothing until a trouble is over."""
    tx.execute(
        """UPDATE watches SET paused = :why, trouble_id = :trouble
        WHERE workspace = :workspace AND id = :id""",
        {"why": why, "trouble": trouble, "id": watch.id},
    )


def wake_watch(tx: Transaction, watch: Watch, *, now: datetime) -> None:
    """Let a watch tell again of what happens from now on."""
    tx.execute(
        """UPDATE watches SET paused = '', trouble_id = NULL, created_at = :now
        WHERE workspace = :workspace AND id = :id""",
        {"now": stamp(now), "id": watch.id},
    )


def snooze_watch(tx: Transaction, watch: Watch, until: datetime) -> None:
    """Let a watch tell nothing of what happens before a moment."""
    tx.execute(
        "UPDATE watches SET snoozed_until = :until WHERE workspace = :workspace AND id = :id",
        {"until": stamp(until), "id": watch.id},
    )


def hand_over_watch(tx: Transaction, watch: Watch, heir: str, channel: str) -> None:
    """Let a watch be somebody else's, and post in a channel."""
    tx.execute(
        """UPDATE watches SET creator = :heir, channel = :channel
        WHERE workspace = :workspace AND id = :id
          AND NOT EXISTS (SELECT 1 FROM watches AS same WHERE same.workspace = :workspace
            AND same.channel = :channel AND same.flow_id = watches.flow_id
            AND same.id <> watches.id)""",
        {"heir": heir, "channel": channel, "id": watch.id},
    )


def agree_watches(tx: Transaction, trouble: int, owner: str, consent: str) -> None:
    """Note to what a member agreed for an owner's watches that rest under a trouble."""
    tx.execute(
        """UPDATE watches SET consent = :consent
        WHERE workspace = :workspace AND trouble_id = :trouble AND creator = :owner""",
        {"consent": consent, "trouble": trouble, "owner": owner},
    )


def remove_watch(tx: Transaction, channel: str, flow_id: str) -> None:
    """Delete a channel's watch."""
    tx.execute(
        """DELETE FROM watches
        WHERE workspace = :workspace AND channel = :channel AND flow_id = :flow_id""",
        {"channel": channel, "flow_id": flow_id},
    )


def all_watches(tx: Transaction) -> list[Watch]:
    """Return every watch that is not paused."""
    return [_watch(row) for row in tx.fetch_all(_ACTIVE)]


def put_marks(tx: Transaction, marks: Mapping[str, str]) -> None:
    """Keep how far something has come, by name; an empty value is the beginning."""
    for name, value in marks.items():
        tx.execute(
            """INSERT INTO sweep_marks (workspace, name, value)
            VALUES (:workspace, :name, :value)
            ON CONFLICT (workspace, name) DO UPDATE SET value = excluded.value""",
            {"name": name, "value": value},
        )


class WatchStore:
    """Watches by channel, and the marks of the polls."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def all(self) -> list[Watch]:
        """Return every watch that is not paused."""
        rows = await self._database.fetch_all(_ACTIVE)
        return [_watch(row) for row in rows]

    async def in_channel(self, channel: str) -> list[Watch]:
        """Return a channel's watches in the order in which they were made, paused ones too."""
        rows = await self._database.fetch_all(
            """SELECT * FROM watches WHERE workspace = :workspace AND channel = :channel
            ORDER BY id""",
            {"channel": channel},
        )
        return [_watch(row) for row in rows]

    async def marks(self) -> dict[str, str]:
        """Return how far everything has come, by name."""
        rows = await self._database.fetch_all(
            "SELECT * FROM sweep_marks WHERE workspace = :workspace"
        )
        return {row["name"]: row["value"] for row in rows}

    def newest(self, tx: Transaction) -> str | None:
        """Return when somebody began to watch last."""
        return latest(tx, "SELECT MAX(created_at) AS at FROM watches WHERE workspace = :workspace")

    def put_back(self, tx: Transaction, back: SetBack) -> int:
        """Let watches tell of what happens now."""
        return move_back(tx, back, "watches", ("created_at",))

    def move_channel(self, tx: Transaction, old: str, new: str) -> int:
        """Let a channel's watches be of its new id, where that does not watch the same yet."""
        channels = {"old": old, "new": new}
        tx.execute(_MAKE_ROOM, channels)
        return tx.execute(_MOVE, channels)

    async def put_marks(self, marks: Mapping[str, str]) -> None:
        """Keep how far something has come."""
        await self._database.transaction(lambda tx: put_marks(tx, marks))


def _watch(row: Row) -> Watch:
    return Watch(
        channel=row["channel"],
        flow=VendorRef(row["flow_id"], row["flow_name"]),
        conditions=decode(tuple[Condition, ...], loads(row["conditions"])),
        creator=row["creator"],
        created_at=datetime.fromisoformat(row["created_at"]),
        paused=row["paused"],
        consent=row["consent"],
        snoozed_until=moment(row["snoozed_until"]),
        parts=decode(tuple[str, ...], loads(row["parts"])),
        id=row["id"],
    )


_MAKE_ROOM = """
DELETE FROM watches WHERE workspace = :workspace AND channel = :old AND flow_id IN (
  SELECT flow_id FROM watches WHERE workspace = :workspace AND channel = :new)"""

_MOVE = "UPDATE watches SET channel = :new WHERE workspace = :workspace AND channel = :old"

_ACTIVE = "SELECT * FROM watches WHERE workspace = :workspace AND paused = '' ORDER BY id"
