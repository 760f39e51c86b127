"""Where the database is, as DATABASE_URL says: which driver opens it, and how it is called."""

from importlib import import_module
from pathlib import Path
from typing import Any, Final

from bot.store.database import Database
from bot.store.opening import DatabaseNotOpenedError
from bot.store.sqlite import SqliteDatabase

SQLITE: Final = "sqlite:///"
NO_DRIVER: Final = (
    "DATABASE_URL names Postgres, whose driver is not installed. Install it with `pip install "
    "--require-hashes -r requirements-postgres.lock`, or let DATABASE_URL name a file, such as "
    "sqlite:///flowbot.db."
)


def file_of(url: str) -> str:
    """Return the file of SQLite that a URL names, empty where it names another database."""
    return url.removeprefix(SQLITE) if url.startswith(SQLITE) else ""


async def open_at(url: str) -> Database:
    """Open the database at a URL and bring its schema up to date. Raises DatabaseNotOpenedError."""
    if file := file_of(url):
        return await SqliteDatabase.open(file)
    database: Database = await postgres("driver").PostgresDatabase.open(url)
    return database


def postgres(module: str) -> Any:
    """Return a module of the folder `postgres`, which is imported only where it is used.

    Raises DatabaseNotOpenedError where what it needs is not installed.
    """
    try:
        return import_module(f"bot.store.postgres.{module}")
    except ModuleNotFoundError as error:
        raise DatabaseNotOpenedError(NO_DRIVER) from error


def name_of(url: str) -> str:
    """Return what the database is called: its file, or its address without the password."""
    if file_of(url):
        return str(Path(file_of(url)).absolute())
    connecting = postgres("connecting")
    return str(connecting.name_of(connecting.address_of(url)))
