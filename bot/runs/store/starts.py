"""Starts that were intended, written down before the vendor is asked: none is repeated blindly."""

from dataclasses import dataclass
from datetime import datetime

from bot.store.database import Database, Transaction, moment, stamp
from bot.store.forgetting import delete_old
from bot.store.timekeeping import SetBack, move_back


@dataclass(frozen=True, slots=True)
class Start:
    """An intended start; `execution_id` is empty until it is known to have happened.

    `tries` counts how often the vendor was asked to start, also where no answer came.
    `vendor_began_at` is what its clock showed at `began_at`, None where nobody knows.
    """

    key: str
    flow_id: str
    began_at: datetime
    tries: int = 0
    execution_id: str = ""
    vendor_began_at: datetime | None = None

    @property
    def is_dated(self) -> bool:
        """Whether what the vendor made before it can be told from what it made since."""
        return self.vendor_began_at is not None


def confirm_start(tx: Transaction, key: str, execution_id: str) -> None:
    """Note which execution a start made."""
    tx.execute(
        "UPDATE starts SET execution_id = :execution WHERE workspace = :workspace AND key = :key",
        {"key": key, "execution": execution_id},
    )


class StartStore:
    """Starts by the key of their job."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def begin(
        self, key: str, flow_id: str, *, now: datetime, vendor_now: datetime | None
    ) -> Start:
        """Write an intention down, or return the one that is there already."""
        row = await self._database.transaction(
            lambda tx: tx.fetch_one(
                """INSERT INTO starts (workspace, key, flow_id, began_at, vendor_began_at)
                VALUES (:workspace, :key, :flow, :now, :vendor_now)
                ON CONFLICT (workspace, key) DO UPDATE SET key = excluded.key RETURNING *""",
                {
                    "key": key,
                    "flow": flow_id,
                    "now": stamp(now),
                    "vendor_now": stamp(vendor_now) if vendor_now else None,
                },
            )
        )
        assert row is not None
        return Start(
            row["key"],
            row["flow_id"],
            datetime.fromisoformat(row["began_at"]),
            row["tries"],
            row["execution_id"],
            moment(row["vendor_began_at"]),
        )

    async def count_try(self, key: str) -> None:
        """Note that the vendor is about to be asked."""
        await self._database.execute(
            "UPDATE starts SET tries = tries + 1 WHERE workspace = :workspace AND key = :key",
            {"key": key},
        )

    async def confirm(self, key: str, execution_id: str) -> None:
        """Note at once which execution a start made."""
        await self._database.transaction(lambda tx: confirm_start(tx, key, execution_id))

    async def confirmed(self, flow_id: str) -> set[str]:
        """Return the executions of a flow whose start is known."""
        rows = await self._database.fetch_all(
            """SELECT execution_id FROM starts
            WHERE workspace = :workspace AND flow_id = :flow AND execution_id <> ''""",
            {"flow": flow_id},
        )
        return {row["execution_id"] for row in rows}

    def newest(self, _: Transaction) -> None:
        """Return nothing: a start is a job, which says when it was written."""

    def put_back(self, tx: Transaction, back: SetBack) -> int:
        """Keep starts no longer than others; what they wait for is told by the vendor's clock."""
        return move_back(tx, back, "starts", ("began_at",), key="key")

    async def forget(self, *, before: datetime) -> int:
        """Delete starts that began before a moment."""
        return await delete_old(
            self._database, "starts", "began_at < :before", before=before, key="key"
        )
