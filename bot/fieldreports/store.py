"""Credentials that a vendor replaces while the bot runs: the pair that is alive now, by vendor."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.store.database import Database, moment, stamp


@dataclass(frozen=True, slots=True)
class KeptPair:
    """A pair of tokens. `origin` says from which settings it descends, without telling them."""

    origin: str
    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires_at: datetime | None = None


class CredentialStore:
    """One pair for each vendor."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def get(self, vendor: str) -> KeptPair | None:
        """Return the pair kept last."""
        row = await self._database.fetch_one(
            "SELECT * FROM credentials WHERE vendor = :vendor", {"vendor": vendor}
        )
        if row is None:
            return None
        return KeptPair(row["origin"], row["access"], row["refresh"], moment(row["expires_at"]))

    async def put(self, vendor: str, pair: KeptPair, *, now: datetime) -> None:
        """Replace a vendor's pair; it is on disk when this returns."""
        await self._database.execute(
            """INSERT INTO credentials (vendor, origin, access, refresh, expires_at, kept_at)
            VALUES (:vendor, :origin, :access, :refresh, :expires_at, :now)
            ON CONFLICT (vendor) DO UPDATE SET origin = excluded.origin, access = excluded.access,
            refresh = excluded.refresh, expires_at = excluded.expires_at,
            kept_at = excluded.kept_at""",
            {
                "vendor": vendor,
                "origin": pair.origin,
                "access": pair.access,
                "refresh": pair.refresh,
                "expires_at": stamp(pair.expires_at) if pair.expires_at else None,
                "now": stamp(now),
            },
        )
