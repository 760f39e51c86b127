"""Where the database is, as DATABASE_URL says: which driver opens it, and how it is called."""

from pathlib import Path
from typing import Final

from bot.store.database import Database
from bot.store.opening import DatabaseNotOpenedError
from bot.store.sqlite import SqliteDatabase

SQLITE: Final = "sqlite:///"
NO_DRIVER: Final = (
    "DATABASE_URL names Postgres, whose driver is not installed. Install it with "
    "`pip install 'flowbot[postgres]'`, or let DATABASE_URL name a file, such as "
    "sqlite:///flowbot.db."
)


async def open_at(url: str) -> Database:
    """Open the database at a URL and bring its schema up to date. Raises DatabaseNotOpenedError."""
    if url.startswith(SQLITE):
        return await SqliteDatabase.open(url.removeprefix(SQLITE))
    try:
        from bot.store.postgres.driver import PostgresDatabase  # noqa: PLC0415  # only where used
    except ModuleNotFoundError as error:
        raise DatabaseNotOpenedError(NO_DRIVER) from error
    return await PostgresDatabase.open(url)


def name_of(url: str) -> str:
    """Return what the database is called: its file, or its address without the password."""
    if url.startswith(SQLITE):
        return str(Path(url.removeprefix(SQLITE)).absolute())
    from bot.store.postgres import connecting  # noqa: PLC0415  # only where used

    return connecting.name_of(connecting.address_of(url))
