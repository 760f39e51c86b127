"""What tests of several features stand on: a real bot with a local Slack, or a database file."""

import gc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import structlog
from aiohttp import web_app
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from bot.store.database import Database
    from tests.postgres import Cluster
    from tests.stage import Stage

# No test is timed: on a busy machine a first example may take long, and is right all the same.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# Where rich is installed, as here for development, structlog draws a traceback for a second and
# more: as long as Slack waits for an acknowledgement on a busy machine. Flowbot itself never does.
*_others, _ = structlog.get_config()["processors"]
_plain = structlog.dev.plain_traceback
_renderer = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=_plain)
structlog.configure(processors=[*_others, _renderer])


def pytest_collection_finish() -> None:
    """Spare the garbage collector what stays to the end, which it would look through each time."""
    gc.collect()
    gc.freeze()


def pytest_runtest_logfinish() -> None:
    """Let go of the test's servers, with all that they reach: aiohttp remembers 1,024 handlers."""
    web_app._cached_build_middleware.cache_clear()


@pytest.fixture
async def stage(tmp_path: Path) -> "AsyncIterator[Stage]":
    """Yield a bot that serves signed HTTP to the local Slack, on a clock that stands still."""
    from tests.stage import open_stage  # noqa: PLC0415  # the whole bot: few tests need it

    async with open_stage(tmp_path / "flowbot.db") as stage:
        yield stage


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the database of this test is."""
    return tmp_path / "flowbot.db"


@pytest.fixture
async def database(path: Path) -> "AsyncIterator[Database]":
    """Yield an open, migrated database."""
    from bot.store.addresses import open_at  # noqa: PLC0415
    from tests.databases import url_of  # noqa: PLC0415

    database = await open_at(url_of(path))
    yield database
    await database.close()


@pytest.fixture(scope="session")
def cluster() -> "Cluster":
    """Return a Postgres server for databases of tests; without one, skip or fail."""
    from tests.postgres import cluster  # noqa: PLC0415  # few tests need it

    return cluster()


@pytest.fixture
def postgres_url(cluster: "Cluster") -> "Iterator[str]":
    """Yield the URL of a new Postgres database of today's schema, with nothing in it."""
    name = cluster.create(cluster.migrated)
    yield cluster.at(name)
    cluster.drop(name)


@pytest.fixture
def ours(database: "Database") -> "Database":
    """Return that database as a workspace sees it."""
    return database.of("TOURS")
