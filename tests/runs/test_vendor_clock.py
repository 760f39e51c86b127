"""A start whose answer is lost is found again, however far the vendor's clock is from ours."""

from pathlib import Path

import pytest

from sandbox.vendors.smartflows.courses import Course
from sandbox.vendors.smartflows.flows import BOT
from tests.asking.seeing import words
from tests.company import another_bot
from tests.runs.acting import (
    TRAVEL,
    asked,
    card,
    ours,
    plan,
    quiet,
    somebody_runs,
    started,
    thread,
)
from tests.stage import Stage

START = "/flows/executions"
APART = [
    (switch, minutes)
    for switch in ("minutes_ahead", "minutes_behind")
    for minutes in (0, 2, 3, 60, 24 * 60)
]


@pytest.fixture(autouse=True)
def still(stage: Stage) -> None:
    quiet(stage)


def lose_after(stage: Stage, path: str) -> None:
    """Let the answer to the call after the next one of a path get lost."""
    vendor, waiting = stage.smartflows, [path]

    def called() -> None:
        if waiting and vendor.calls[-1].path.endswith(path):
            waiting.clear()
            vendor.set_switch("drop_after", 1)

    vendor.on_change(called)


@pytest.mark.parametrize(("switch", "minutes"), APART)
async def test_a_start_without_an_answer_is_made_once(
    stage: Stage, switch: str, minutes: int
) -> None:
    stage.smartflows.set_switch(switch, minutes)
    await stage.bot.poll()
    stage.smartflows.set_switch("drop_after", 1)
    await stage.command("/flow-run travel request")
    await stage.after(minutes=2, step=10)

    assert asked(stage, START, "POST") == len(ours(stage)) == 1
    assert card(stage).text.startswith(f"{TRAVEL}: done")


@pytest.mark.parametrize(("switch", "minutes"), APART)
async def test_an_older_run_is_not_taken_for_the_one_that_was_started(
    stage: Stage, switch: str, minutes: int
) -> None:
    stage.smartflows.set_switch(switch, minutes)
    course = Course(working=3600, outcome="Success", pause="")
    older = stage.smartflows.engine.launch(plan(TRAVEL), user=BOT, course=course)
    stage.clock.advance(seconds=600)
    await stage.bot.poll()
    stage.smartflows.set_switch("drop_after", 1)
    await stage.command("/flow-run travel request")
    await stage.after(minutes=1, step=10)

    [shown] = await stage.rows("SELECT execution_id FROM cards")
    assert shown["execution_id"] == ours(stage)[-1].id != older.id


@pytest.mark.parametrize(("switch", "minutes"), APART)
async def test_a_process_that_takes_over_finds_it_too(
    stage: Stage, tmp_path: Path, switch: str, minutes: int
) -> None:
    stage.smartflows.set_switch(switch, minutes)
    await stage.bot.poll()
    stage.smartflows.set_switch("drop_after", 1)
    await stage.slack.command("/flow-run travel request", user="UADA", channel="CTRAIN")
    await stage.bot.engine.worker.settle()
    await stage.bot.database.execute("DELETE FROM cards")
    await stage.bot.database.execute("UPDATE starts SET execution_id = ''")
    await stage.bot.database.execute(
        "UPDATE jobs SET state = 'running', finished_at = NULL, run_at = created_at, arguments = "
        """'{"user": "UADA", "user_name": "ada", "channel": "CTRAIN", "details": {"flow": """
        """"Travel request"}}' WHERE name = 'start_run'"""
    )
    async with another_bot(stage.world, tmp_path / "flowbot.db") as bot:
        await bot.engine.recover()
        await bot.settle()

    assert asked(stage, START, "POST") == len(ours(stage)) == 1


@pytest.mark.parametrize(("switch", "value"), [("no_date", True), ("minutes_behind", 60 * 24 * 30)])
async def test_where_nobody_knows_the_vendors_time_people_are_asked(
    stage: Stage, switch: str, value: object
) -> None:
    stage.smartflows.set_switch("minutes_behind", 60)
    stage.smartflows.set_switch(switch, value)
    await stage.bot.poll()
    lose_after(stage, "/users/me")
    await stage.command("/flow-run travel request")
    await stage.after(minutes=3, step=10)

    assert asked(stage, START, "POST") == len(ours(stage)) == 1
    assert "didn't confirm that" in stage.whispered()[-1]


async def test_a_start_that_did_not_arrive_is_made_where_the_vendors_time_is_known(
    stage: Stage,
) -> None:
    stage.smartflows.set_switch("minutes_behind", 60)
    await stage.bot.poll()
    stage.smartflows.set_switch("drop", 1)
    await stage.command("/flow-run travel request")
    await stage.after(minutes=1, step=10)

    assert (asked(stage, START, "POST"), len(ours(stage))) == (2, 1)


@pytest.mark.parametrize(("switch", "minutes"), APART)
async def test_a_watch_tells_of_the_end_of_a_run_and_of_nothing_before(
    stage: Stage, switch: str, minutes: int
) -> None:
    stage.smartflows.set_switch(switch, minutes)
    somebody_runs(stage, seconds=10)
    stage.clock.advance(seconds=60)
    await stage.command("/flow-run watch all", channel="CFIELD")
    await stage.after(seconds=10)
    somebody_runs(stage, seconds=30)
    await stage.after(minutes=2)

    assert [each.text.split(" More")[0] for each in stage.said("CFIELD")[1:]] == [
        f"{TRAVEL} is done after 30 s."
    ]


@pytest.mark.parametrize(("switch", "minutes"), APART)
async def test_a_run_that_takes_as_long_as_usual_is_not_told_as_stuck(
    stage: Stage, switch: str, minutes: int
) -> None:
    stage.smartflows.set_switch(switch, minutes)
    await stage.command("/flow-run watch all finished stuck", channel="CFIELD")
    for _ in range(8):
        somebody_runs(stage, seconds=60)
    await stage.after(minutes=2)
    quiet(stage, seconds=60)
    shown = await started(stage)
    await stage.after(seconds=30)

    assert not any("longer" in each.text for each in stage.said("CFIELD")[1:])
    assert thread(stage, shown) == []
    assert "Running for less than a minute" in words(card(stage))


async def test_our_own_clock_may_be_moved_in_between(stage: Stage) -> None:
    await stage.bot.poll()
    stage.smartflows.set_switch("drop_after", 1)
    await stage.slack.command("/flow-run travel request", user="UADA", channel="CTRAIN")
    stage.clock.set_back(3600)
    stage.smartflows.set_switch("minutes_ahead", 60)
    await stage.settle()
    await stage.after(minutes=1, step=10)

    assert asked(stage, START, "POST") == len(ours(stage)) == 1
