"""Several processes, and one that dies: what rests is told once and comes back once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.troubles.intents import LookAtPlace
from tests.company import another_bot, keep_what_was_wanted, let_speak
from tests.stage import Stage, open_stage

NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAILY = "/flow subscribe report onboarding daily 09:00 Europe/Berlin"


async def states(stage: Stage) -> list[str]:
    rows = await stage.rows("SELECT state FROM subscriptions ORDER BY id")
    return [each["state"] for each in rows]


def told(stage: Stage) -> list[str]:
    return [each.text.split(",")[0] for each in stage.said("DADA")]


async def test_an_event_that_another_process_heard_is_acted_on_by_the_one_that_works(
    path: Path,
) -> None:
    async with open_stage(path) as stage, another_bot(stage.world, path) as other:
        await let_speak(stage.bot)
        await stage.command(DAILY)
        await stage.slack.admin.archive("CTRAIN", told=False)
        await other.services.inbox.accept("look:Ev1", LookAtPlace("CTRAIN"))
        await stage.settle()

        assert await states(stage) == ["stopped"]
        assert told(stage) == ["Onboarding is paused"]


async def test_what_one_process_let_rest_another_brings_back(path: Path) -> None:
    async with open_stage(path) as stage:
        await stage.command(DAILY)
        await stage.slack.admin.archive("CTRAIN")
        await stage.settle()
        await stage.slack.admin.archive("CTRAIN", back=True, told=False)
        stage.clock.advance(to=NINE + timedelta(hours=1))
        async with another_bot(stage.world, path) as other:
            for bot in (other, stage.bot):
                await let_speak(bot)
                await bot.tick()
                await bot.settle()

        assert await states(stage) == ["active"]
        assert [each.split(".")[0] for each in told(stage)] == [
            "Onboarding is paused",
            "Onboarding is back",
        ]


async def test_jobs_that_are_begun_again_after_a_crash_tell_nobody_twice(stage: Stage) -> None:
    await keep_what_was_wanted(stage.bot)
    await stage.command(DAILY)
    await stage.slack.admin.archive("CTRAIN")
    await stage.settle()
    for _ in range(2):
        await stage.bot.database.execute(
            "UPDATE jobs SET state = 'running' WHERE name IN ('look_at_place', 'tell_trouble')"
        )
        await stage.bot.engine.recover()
        await stage.settle()

    assert told(stage) == ["Onboarding is paused"]
    assert await states(stage) == ["stopped"]


async def test_a_process_that_dies_before_it_tells_leaves_that_to_the_next(path: Path) -> None:
    async with open_stage(path) as stage:
        await stage.command(DAILY)
        await stage.slack.admin.archive("CTRAIN")
        await stage.bot.engine.worker.settle()  # it rests, and its messages were not sent yet
        assert await states(stage) == ["stopped"]
        assert told(stage) == []
        async with another_bot(stage.world, path) as other:
            await other.settle()

        assert told(stage) == ["Onboarding is paused"]
