"""The tokens of a workspace's people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.mcp.tokens.model import BEGINS, LONGEST, AssistantToken, digest_of
from bot.store.database import Database, Row, Transaction, moment, stamp

USED_ANEW: Final = timedelta(minutes=1)
"""So often at most is noted that one was used."""
_PUT = """
INSERT INTO assistant_tokens (workspace, key, user_id, name, prefix, digest, made_at, expires_at)
VALUES (:workspace, :key, :user, :name, :prefix, :digest, :now, :until)
ON CONFLICT (workspace, key) DO UPDATE SET prefix = excluded.prefix, digest = excluded.digest"""
_GOOD = """
SELECT * FROM assistant_tokens
WHERE workspace = :workspace AND user_id = :user AND revoked_at IS NULL AND expires_at > :now
ORDER BY id"""
_REVOKE = """
UPDATE assistant_tokens SET revoked_at = :now
WHERE workspace = :workspace AND id = :id AND user_id = :user AND revoked_at IS NULL"""
_USED = """
UPDATE assistant_tokens SET used_at = :now
WHERE workspace = :workspace AND id = :id AND (used_at IS NULL OR used_at < :since)"""
_OF_DIGEST = "SELECT * FROM assistant_tokens WHERE digest = :digest"
_FORGET = "DELETE FROM assistant_tokens WHERE workspace = :workspace AND expires_at < :before"


def put_token(
    tx: Transaction,
    key: str,
    *,
    user: str,
    name: str,
    prefix: str,
    digest: str,
    now: datetime,
    until: datetime,
) -> None:
    """Keep a token; one that the same job made before is of no use any more."""
    given = {"key": key, "user": user, "name": name, "prefix": prefix, "digest": digest}
    tx.execute(_PUT, {**given, "now": stamp(now), "until": stamp(until)})


def revoke_token(tx: Transaction, number: int, user: str, *, now: datetime) -> bool:
    """End one of somebody's own tokens; False where there is none of that number."""
    return tx.execute(_REVOKE, {"id": number, "user": user, "now": stamp(now)}) == 1


@dataclass(frozen=True, slots=True)
class FoundToken:
    """A token, and the workspace of whoever made it."""

    workspace: str
    token: AssistantToken


async def find_token(database: Database, token: str) -> FoundToken | None:
    """Return what is kept of a token, good or not; None of one that nobody made.

    All workspaces are asked, as a token does not say from which it is.
    """
    if not token.startswith(BEGINS) or len(token) > LONGEST:
        return None
    row = await database.fetch_one(_OF_DIGEST, {"digest": digest_of(token)})
    return FoundToken(row["workspace"], token_of(row)) if row else None


class TokenStore:
    """Reads them."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def good(self, user: str, *, now: datetime) -> Sequence[AssistantToken]:
        """Return the tokens with which somebody may ask now, oldest first."""
        rows = await self._database.fetch_all(_GOOD, {"user": user, "now": stamp(now)})
        return [token_of(row) for row in rows]

    async def used(self, number: int, *, now: datetime) -> None:
        """Note that a token was used."""
        since = stamp(now - USED_ANEW)
        await self._database.execute(_USED, {"id": number, "now": stamp(now), "since": since})

    async def forget(self, *, before: datetime) -> int:
        """Delete those that ended by themselves before a moment."""
        return await self._database.execute(_FORGET, {"before": stamp(before)})


def token_of(row: Row) -> AssistantToken:
    """Return the token of a row."""
    return AssistantToken(
        id=row["id"],
        user=row["user_id"],
        name=row["name"],
        prefix=row["prefix"],
        made_at=datetime.fromisoformat(row["made_at"]),
        expires_at=datetime.fromisoformat(row["expires_at"]),
        used_at=moment(row["used_at"]),
        revoked_at=moment(row["revoked_at"]),
    )
