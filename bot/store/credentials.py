"""Credentials that a vendor replaces while the bot runs: the pair that is alive now, by vendor."""

from dataclasses import dataclass, field
from datetime import datetime

from bot import log
from bot.store.database import Database, moment, stamp
from bot.store.secret_keys import SecretKeys


@dataclass(frozen=True, slots=True)
class KeptPair:
    """A pair of tokens. `origin` says from which settings it descends, without telling them."""

    origin: str
    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires_at: datetime | None = None


class CredentialStore:
    """One pair for each vendor, its tokens encrypted where SECRET_KEYS is set."""

    def __init__(self, database: Database, keys: SecretKeys) -> None:
        """Keep them in this database under these keys."""
        self._database = database
        self._keys = keys
        self._told: set[str] = set()

    async def get(self, vendor: str) -> KeptPair | None:
        """Return the pair kept last; None where there is none, or none that a key opens."""
        row = await self._database.fetch_one(
            "SELECT * FROM credentials WHERE workspace = :workspace AND vendor = :vendor",
            {"vendor": vendor},
        )
        if row is None:
            return None
        access, refresh = self._keys.decrypt(row["access"]), self._keys.decrypt(row["refresh"])
        if access is None or refresh is None:
            self._tell(vendor)
            return None
        return KeptPair(row["origin"], access, refresh, moment(row["expires_at"]))

    async def put(self, vendor: str, pair: KeptPair, *, now: datetime) -> None:
        """Replace a vendor's pair; it is on disk when this returns."""
        await self._database.execute(
            """INSERT INTO credentials (workspace, vendor, origin, access, refresh, expires_at,
              kept_at)
            VALUES (:workspace, :vendor, :origin, :access, :refresh, :expires_at, :now)
            ON CONFLICT (workspace, vendor) DO UPDATE SET origin = excluded.origin,
            access = excluded.access, refresh = excluded.refresh,
            expires_at = excluded.expires_at, kept_at = excluded.kept_at""",
            {
                "vendor": vendor,
                "origin": pair.origin,
                "access": self._keys.encrypt(pair.access),
                "refresh": self._keys.encrypt(pair.refresh),
                "expires_at": stamp(pair.expires_at) if pair.expires_at else None,
                "now": stamp(now),
            },
        )

    def _tell(self, vendor: str) -> None:
        """Say once that a pair cannot be read; it stays, as its key may be given later."""
        if vendor not in self._told:
            self._told.add(vendor)
            mend = "add the key it was encrypted under to SECRET_KEYS, or let a new session begin"
            log.get().warning("credential_not_readable", vendor=vendor, mend=mend)
