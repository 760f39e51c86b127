"""A process that runs while another version changes the database says so and ends."""

import asyncio

import pytest

from bot.assembly import process
from bot.cli.running import why
from bot.store.database import SchemaChangedError
from tests.databases import ON_POSTGRES
from tests.processes import LONGEST
from tests.stage import Stage

TOMORROW = (
    "INSERT INTO schema_steps (name) VALUES ('tomorrow')"
    if ON_POSTGRES
    else "INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('flowbot', 'tomorrow')"
)


@pytest.mark.parametrize("part", ["attend", "work"])
async def test_it_ends_and_says_what_to_start(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    monkeypatch.setattr(process, "SCHEMA_SECONDS", 0.01)
    running = stage.bot.process
    working = asyncio.create_task(getattr(running, part)())
    await asyncio.sleep(0.1)  # several looks, which find all as it was
    assert not working.done()
    await running.resources.database.execute(TOMORROW)
    with pytest.raises(SchemaChangedError) as ended:
        async with asyncio.timeout(LONGEST):
            await working

    assert "Start that version in its place" in why(ended.value)
