"""How digests stand, of one person or of all, a page at a time: each page is one query.

A page goes on after the last digest of the one before, so that the thousandth is as quick as the
first and none is shown twice while others come and go.
"""

from datetime import datetime
from typing import Any, Final

from bot.asking.subscription import AILING, Subscription
from bot.digests.overview.pages import EVERYBODY, DigestCounts, DigestPage
from bot.digests.store import SubscriptionStore
from bot.store.database import Database, stamp


class DigestOverview:
    """Reads; `owner` is a person's id, or EVERYBODY."""

    def __init__(self, database: Database, subscriptions: SubscriptionStore) -> None:
        """Read rows of this database as `subscriptions` does."""
        self._database = database
        self._subscriptions = subscriptions

    async def counts(self, owner: str) -> DigestCounts:
        """Return how many there are."""
        sql = (
            f"SELECT COUNT(*) AS total, COUNT(CASE WHEN {_AILS} THEN 1 END) AS ailing FROM {_TABLE}"  # noqa: S608
        )
        row = await self._database.fetch_one(f"{sql} WHERE {_whose(owner)}", {"owner": owner})
        return DigestCounts(int(row["total"]), int(row["ailing"])) if row else DigestCounts(0, 0)

    async def ailing(self, owner: str, *, after: str = "", most: int) -> DigestPage:
        """Return those that need attention, by channel and number."""
        return await self._page(owner, _AILS, after, most)

    async def healthy(self, owner: str, *, after: str = "", most: int) -> DigestPage:
        """Return those that need none, by channel and number."""
        return await self._page(owner, f"NOT {_AILS}", after, most)

    async def listed(self, owner: str, *, page: int, most: int) -> tuple[Subscription, ...]:
        """Return a page of all, those that need attention first, then by channel and number."""
        sql = (
            f"{_SELECT} WHERE {_whose(owner)} ORDER BY NOT {_AILS}, channel, id "
            "LIMIT :most OFFSET :start"
        )
        given = {"owner": owner, "most": most, "start": page * most}
        rows = await self._database.fetch_all(sql, given)
        return tuple(self._subscriptions.of_row(row) for row in rows)

    async def coming(self, owner: str, *, until: datetime, most: int) -> DigestPage:
        """Return those that come up to a moment, the next one first."""
        planned = "state IN ('active', 'snoozed') AND next_run_at <= :until"
        return await self._read(
            f"{_SELECT} WHERE {_whose(owner)} AND {planned} ORDER BY next_run_at, id LIMIT :most",
            {"owner": owner, "until": stamp(until)},
            most,
        )

    async def _page(self, owner: str, which: str, after: str, most: int) -> DigestPage:
        channel, _, number = after.partition(":")
        last = int(number) if number.isdecimal() else 0
        return await self._read(
            f"{_SELECT} WHERE {_whose(owner)} AND {which} "
            "AND (channel, id) > (:channel, :last) ORDER BY channel, id LIMIT :most",
            {"owner": owner, "channel": channel, "last": last},
            most,
        )

    async def _read(self, sql: str, parameters: dict[str, Any], most: int) -> DigestPage:
        rows = await self._database.fetch_all(sql, {**parameters, "most": most + 1})
        found = tuple(self._subscriptions.of_row(row) for row in rows[:most])
        return DigestPage(found, has_more=len(rows) > most)


def _whose(owner: str) -> str:
    """Return the condition that digests are of their owner; each has its index."""
    ours = "workspace = :workspace"
    return ours if owner == EVERYBODY else f"{ours} AND creator = :owner"


_TABLE: Final = "subscriptions"
_SELECT: Final = f"SELECT * FROM {_TABLE}"  # noqa: S608  # no value is put in
_STATES: Final = ", ".join(f"'{each}'" for each in AILING)
_AILS: Final = f"(last_error <> '' OR state IN ({_STATES}))"
