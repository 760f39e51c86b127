"""A look at a database before it is opened for work: nothing is changed in it, no step is taken."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.store.addresses import NO_DRIVER, file_of
from bot.store.database import Parameters, Row
from bot.store.inspection.disks import Unfit
from bot.store.opening import DatabaseNotOpenedError


@dataclass(frozen=True, slots=True)
class DatabaseFacts:
    """How a database is. What does not apply to it is None or empty.

    `name` has no password. `is_new` is one that the first start makes. `missing` are the steps of
    the schema that it does not have yet, `newer` those that a newer program took. `refusal` is why
    nothing can be written, `unfit` what is wrong with where its file lies. `at` is what its own
    clock shows; `everybody_reads` says that everybody on the machine may read the file.
    """

    name: str
    kind: str
    version: str
    is_new: bool = False
    missing: Sequence[str] = ()
    newer: Sequence[str] = ()
    refusal: str = ""
    free_bytes: int | None = None
    at: datetime | None = None
    unfit: Unfit | None = None
    everybody_reads: bool = False
    encoding: str = ""


class Inspection(Protocol):
    """A database that is open to be looked at."""

    @property
    def facts(self) -> DatabaseFacts:
        """How it is."""
        ...

    async def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """Return all rows of a reading statement."""
        ...


@asynccontextmanager
async def inspected(url: str) -> AsyncIterator[Inspection]:
    """Yield the database of a URL to be looked at. Raises DatabaseNotOpenedError, as a start."""
    # Each driver's own look knows this module, and psycopg is imported only where it is used.
    if file_of(url):
        from bot.store.inspection.sqlite import sqlite_inspected  # noqa: PLC0415

        opened: AbstractAsyncContextManager[Inspection] = sqlite_inspected(file_of(url))
    else:
        try:
            from bot.store.inspection.postgres import postgres_inspected  # noqa: PLC0415
        except ModuleNotFoundError as error:
            raise DatabaseNotOpenedError(NO_DRIVER) from error
        opened = postgres_inspected(url)
    async with opened as inspection:
        yield inspection
