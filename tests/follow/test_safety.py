"""Crashes, second processes and other workspaces: each morning is told once, and to nobody else."""

from datetime import timedelta
from pathlib import Path

from bot.assembly.shifts.agenda import Agenda
from bot.follow.model import Follower
from bot.follow.statements import DATES
from bot.follow.store import put_follower
from tests.digests.people import stand
from tests.follow.people import NINE, OVERDUE, told
from tests.stage import MONDAY, Stage, open_stage

NEWS = "Onboarding: overdue 2, 2 fewer."


async def moved(stage: Stage) -> None:
    stand(stage, done=1, late=4)
    await stage.command(OVERDUE)
    stand(stage, done=3, late=2)


async def test_what_was_accepted_before_a_crash_is_told_after_it(path: Path) -> None:
    async with open_stage(path) as stage:
        await moved(stage)
        stage.clock.advance(to=NINE)
        await stage.bot.tick()  # and it is gone before it does anything of that
    async with open_stage(path, now=NINE + timedelta(seconds=40)) as stage:
        stand(stage, done=3, late=2)
        await stage.bot.begin()
        await stage.at(NINE + timedelta(seconds=50))
        assert told(stage) == [NEWS]
        await stage.at(NINE + timedelta(minutes=5))
        assert told(stage) == [NEWS]


async def test_what_a_crash_cut_off_is_done_once_more_and_told_once(path: Path) -> None:
    async with open_stage(path) as stage:
        await moved(stage)
        await stage.at(NINE)
        await stage.bot.database.execute(
            "UPDATE jobs SET state = 'running', holder = 'gone' WHERE name = 'tell_follower'"
        )
        await stage.bot.begin()
        await stage.at(NINE + timedelta(minutes=10))

        assert told(stage) == [NEWS]


async def test_two_processes_accept_a_morning_once(path: Path) -> None:
    async with open_stage(path) as stage, open_stage(path) as other:
        await moved(stage)
        for each in (stage, other, stage):
            each.clock.advance(to=NINE)
            await each.bot.tick()
        await stage.settle()

        assert told(stage) == [NEWS]
        rows = await stage.rows("SELECT key FROM jobs WHERE name = 'tell_follower'")
        assert [row["key"] for row in rows] == ["morning:UADA:2026-11-23"]


async def test_the_followers_of_another_workspace_are_its_own(stage: Stage) -> None:
    await moved(stage)
    [mine] = await stage.rows("SELECT person, workspace FROM followers")
    other = stage.bot.database.of("TOTHER")
    one = Follower("UADA", "Europe/Berlin", NINE)
    await other.transaction(lambda tx: put_follower(tx, one, now=MONDAY))
    await stage.at(NINE)

    assert told(stage) == [NEWS]
    rows = await stage.rows("SELECT workspace, next_at FROM followers ORDER BY workspace")
    after = {row["workspace"]: row["next_at"][:10] for row in rows}
    assert after == {mine["workspace"]: "2026-11-24", "TOTHER": "2026-11-23"}


async def test_a_process_sees_that_a_morning_has_come(stage: Stage) -> None:
    await moved(stage)
    [row] = await stage.rows("SELECT workspace FROM followers")
    agenda = Agenda(stage.bot.database, queue="main", followed=(), dates=DATES)
    workspaces = [row["workspace"], "TOTHER"]

    assert not any(each.calendar for each in (await agenda.look(workspaces, now=MONDAY)).values())
    found = await agenda.look(workspaces, now=NINE)
    assert {name: each.calendar for name, each in found.items()} == {
        row["workspace"]: True,
        "TOTHER": False,
    }
