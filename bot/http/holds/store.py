"""The holds of a workspace as rows."""

from datetime import datetime

from bot.store.database import Database, moment, stamp


class HoldStore:
    """The holds of one workspace, by vendor."""

    def __init__(self, database: Database) -> None:
        """Keep them in the view of the workspace."""
        self._database = database

    async def until(self, vendor: str) -> datetime | None:
        """Return until when nobody is to ask; None where anybody may."""
        row = await self._database.fetch_one(
            "SELECT until FROM holds WHERE workspace = :workspace AND vendor = :vendor",
            {"vendor": vendor},
        )
        return moment(row["until"]) if row else None

    async def put(self, vendor: str, until: datetime) -> None:
        """Let nobody ask before, nor before what was said earlier."""
        await self._database.execute(
            """INSERT INTO holds (workspace, vendor, until) VALUES (:workspace, :vendor, :until)
            ON CONFLICT (workspace, vendor) DO UPDATE SET until = excluded.until
            WHERE excluded.until > holds.until""",
            {"vendor": vendor, "until": stamp(until)},
        )
