"""The rows of a workspace's own access to vendors, its secrets encrypted."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot import log
from bot.store.database import Database, Row, Transaction, moment, stamp
from bot.store.secret_keys import SecretKeys


@dataclass(frozen=True, slots=True)
class KeptConnection:
    """A workspace's access to a vendor: `vendor` is the name of its feature.

    `values` are those of its settings; None where no key opens its secrets.
    """

    vendor: str
    set_by: str
    set_at: datetime
    values: Mapping[str, Any] | None = field(repr=False)


class ConnectionStore:
    """The connections of one workspace."""

    def __init__(self, database: Database, keys: SecretKeys) -> None:
        """Keep them in this workspace's view of the database, under these keys."""
        self._database = database
        self._keys = keys

    async def all(self) -> dict[str, KeptConnection]:
        """Return all, by the name of the feature."""
        rows = await self._database.fetch_all(
            "SELECT * FROM connections WHERE workspace = :workspace ORDER BY vendor"
        )
        return {row["vendor"]: self._read(row) for row in rows}

    def put(
        self,
        tx: Transaction,
        vendor: str,
        *,
        values: Mapping[str, Any],
        secrets: Mapping[str, str],
        by: str,
        now: datetime,
    ) -> None:
        """Keep a connection in place of an earlier one."""
        _changed(tx, vendor, now)
        tx.execute(
            """INSERT INTO connections (workspace, vendor, settings, secrets, set_by, set_at)
            VALUES (:workspace, :vendor, :settings, :secrets, :by, :now)
            ON CONFLICT (workspace, vendor) DO UPDATE SET settings = excluded.settings,
            secrets = excluded.secrets, set_by = excluded.set_by, set_at = excluded.set_at""",
            {
                "vendor": vendor,
                "settings": json.dumps(dict(values)),
                "secrets": self._keys.encrypt(json.dumps(dict(secrets))),
                "by": by,
                "now": stamp(now),
            },
        )

    def drop(self, tx: Transaction, vendor: str, *, now: datetime) -> None:
        """Delete a connection."""
        _changed(tx, vendor, now)
        tx.execute(
            "DELETE FROM connections WHERE workspace = :workspace AND vendor = :vendor",
            {"vendor": vendor},
        )

    def _read(self, row: Row) -> KeptConnection:
        set_at = moment(row["set_at"])
        assert set_at is not None
        values = self._values(row)
        if values is None:
            log.get().error("connection_not_readable", vendor=row["vendor"], mend=MEND)
        return KeptConnection(row["vendor"], row["set_by"], set_at, values)

    def _values(self, row: Row) -> dict[str, Any] | None:
        texts = self._keys.decrypt(row["secrets"])
        if texts is None:
            return None
        try:
            return {**json.loads(row["settings"]), **json.loads(texts)}
        except (ValueError, TypeError):
            return None


MEND = "add the key it was encrypted under to SECRET_KEYS, or let an admin connect it again"


def _changed(tx: Transaction, vendor: str, now: datetime) -> None:
    """Have every process read the workspace anew, and drop tokens of an earlier session."""
    tx.execute(
        "UPDATE installations SET changed_at = :now WHERE workspace = :workspace",
        {"now": stamp(now)},
    )
    tx.execute(
        "DELETE FROM credentials WHERE workspace = :workspace AND vendor = :vendor",
        {"vendor": vendor},
    )
