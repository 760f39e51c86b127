"""Both databases, for tests that each of them has to pass."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.addresses import open_at
from bot.store.database import Database


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    """Return the DATABASE_URL of an empty database."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Return the URL of a file that is not there yet."""
    return f"sqlite:///{tmp_path / 'flowbot.db'}"


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """Yield an open, migrated database."""
    database = await open_at(url)
    yield database
    await database.close()


@pytest.fixture
async def postgres(postgres_url: str) -> AsyncIterator[Database]:
    """Yield an open, migrated database on Postgres, for what SQLite cannot know."""
    database = await open_at(postgres_url)
    yield database
    await database.close()


@pytest.fixture
def guests(postgres_url: str) -> str:
    """Return the URL of the same database for a user who has to give a password."""
    return postgres_url.replace("//flowbot:", "//guest:")
