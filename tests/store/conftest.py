"""A database file of its own for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.sqlite import SqliteDatabase


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the database of this test is."""
    return tmp_path / "flowbot.db"


@pytest.fixture
async def database(path: Path) -> AsyncIterator[SqliteDatabase]:
    """Yield an open, migrated database."""
    database = await SqliteDatabase.open(str(path))
    yield database
    await database.close()
