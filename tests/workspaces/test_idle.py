"""What a workspace costs that has all further places and nothing to do: statements, counted."""

from collections.abc import AsyncIterator
from itertools import chain
from pathlib import Path
from typing import Self

import pytest

from bot.assembly.shifts.agenda import Agenda
from bot.assembly.surfaces import surfaces_of
from bot.follow.statements import DATES
from bot.store.sqlite import SqliteDatabase
from tests.databases import ON_POSTGRES
from tests.digests.people import stand
from tests.follow.people import OVERDUE
from tests.stage import Stage, open_stage

pytestmark = pytest.mark.skipif(ON_POSTGRES, reason="the statements are the same there")
WRITES = ("INSERT", "UPDATE", "DELETE")
MOST_A_MINUTE = 9
"""Digests 2, troubles 2, followers 2, calls 2 and scoreboards 1; each by an index to no row."""


@pytest.fixture(params=["agent,links,mcp,scoreboards", "steps"])
async def stage(path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    """Yield a workspace that was used, and where nothing is due now."""
    async with open_stage(path, surfaces=request.param) as opened:
        stand(opened, done=3, late=2)
        await opened.command(OVERDUE)
        await opened.command("/flow-report onboarding")
        await opened.command("/flow subscribe report onboarding daily 18:00")
        await opened.after(minutes=2, step=20)
        yield opened


class Counted:
    """The statements of a workspace's rows, as SQLite is given them."""

    def __init__(self, stage: Stage) -> None:
        database = stage.bot.database
        assert isinstance(database, SqliteDatabase)
        self._connections = (database._writer, database._reader)
        self._workspace = stage.slack.team_id
        self.all: list[str] = []
        self._changes = database._writer.total_changes

    def __enter__(self) -> Self:
        for each in self._connections:
            each.set_trace_callback(self._heard)
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._connections:
            each.set_trace_callback(None)

    def _heard(self, sql: str) -> None:
        if self._workspace in sql:
            self.all.append(sql.strip())

    @property
    def changed(self) -> int:
        return self._connections[0].total_changes - self._changes

    @property
    def writes(self) -> list[str]:
        return [each for each in self.all if each.startswith(WRITES)]


async def test_each_second_there_is_one_look(stage: Stage) -> None:
    resources = stage.bot.process.resources
    followed = chain.from_iterable(each.followed for each in resources.features)
    surfaces = surfaces_of(resources.settings)
    dates = (*DATES, *chain.from_iterable(each.dates for each in surfaces))
    agenda = Agenda(stage.bot.database, queue=resources.queue, followed=followed, dates=dates)
    with Counted(stage) as counted:
        found = await agenda.look([stage.slack.team_id], now=stage.clock.now())

    [plan] = found.values()
    assert not any((plan.due, plan.begun, plan.calendar, plan.followed))
    assert len(counted.all) == 1


async def test_each_minute_there_are_a_few_and_no_rows_change(stage: Stage) -> None:
    with Counted(stage) as counted:
        assert await stage.bot.tick() == 0

    assert len(counted.all) <= MOST_A_MINUTE
    assert [each for each in counted.writes if not each.startswith("DELETE FROM calls ")] == []
    assert counted.changed == 0
