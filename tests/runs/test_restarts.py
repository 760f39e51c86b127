"""A process that dies at any moment: every end is told exactly once."""

from pathlib import Path

import pytest

from bot.outbox.claims import UNDER_WAY
from tests.company import another_bot, keep_what_was_wanted
from tests.runs.acting import TRAVEL, asked, card, our_run, ours, quiet, somebody_runs, started
from tests.runs.acting import thread as thread_of
from tests.runs.test_questions import GOOD, answer, form_for
from tests.stage import Stage

DATABASE = "flowbot.db"


@pytest.fixture(autouse=True)
def still(stage: Stage) -> None:
    quiet(stage)


@pytest.fixture(autouse=True)
async def wanted(stage: Stage) -> None:
    await keep_what_was_wanted(stage.bot)


async def restart(stage: Stage, folder: Path, *, seconds: float = 60) -> None:
    """Let another process take over what a dead one left, and work for a while."""
    async with another_bot(stage.world, folder / DATABASE) as bot:
        await bot.engine.recover()
        await bot.delivery.recover()
        await bot.settle()
        for _ in range(int(seconds / 5)):
            stage.clock.advance(seconds=5)
            await bot.poll()
            await bot.settle()


def ends(stage: Stage) -> list[str]:
    return [text for text in thread_of(stage, card(stage)) if "is done" in text]


async def test_killed_before_the_start_was_asked_for_it_starts_once(
    stage: Stage, tmp_path: Path
) -> None:
    await stage.slack.command("/flow-run travel request", user="UADA", channel="CTRAIN")
    await stage.bot.database.execute("UPDATE jobs SET state = 'running', attempts = 1")
    await restart(stage, tmp_path)

    assert len(ours(stage)) == 1
    assert len(ends(stage)) == 1


async def test_killed_after_the_vendor_started_it_the_run_is_found_and_not_repeated(
    stage: Stage, tmp_path: Path
) -> None:
    await started(stage)
    for table in ("cards", "executions", "ledger"):
        await stage.bot.database.execute(f"DELETE FROM {table}")  # noqa: S608  # our own names
    await stage.bot.database.execute("UPDATE starts SET execution_id = ''")
    await stage.bot.database.execute(
        "UPDATE jobs SET state = 'running', finished_at = NULL WHERE name = 'start_run'"
    )
    await restart(stage, tmp_path)

    assert asked(stage, "/flows/executions", "POST") == 1
    assert card(stage).text.startswith(f"{TRAVEL}: done")


async def test_two_runs_of_one_flow_are_never_taken_for_one(stage: Stage, tmp_path: Path) -> None:
    await started(stage)
    stage.smartflows.set_switch("drop_after", 1)
    await stage.command("/flow-run travel request")
    await restart(stage, tmp_path)

    cards = await stage.rows("SELECT execution_id FROM cards")
    assert {row["execution_id"] for row in cards} == {run.id for run in ours(stage)}
    assert len(ours(stage)) == 2


async def test_killed_between_seeing_the_end_and_telling_it_tells_it_once(
    stage: Stage, tmp_path: Path
) -> None:
    await started(stage)
    stage.clock.advance(seconds=40)
    await stage.bot.poll()  # the state and the job are there, and nobody carries it out
    [job] = await stage.rows("SELECT state FROM jobs WHERE name = 'tell_run'")
    assert job["state"] == "queued"
    await restart(stage, tmp_path)

    assert len(ends(stage)) == 1


@pytest.mark.parametrize("attempts", [1, 2])
async def test_killed_while_telling_the_end_tells_it_once(
    stage: Stage, tmp_path: Path, attempts: int
) -> None:
    await started(stage)
    stage.clock.advance(seconds=40)
    await stage.bot.poll()
    await stage.bot.database.execute(
        f"UPDATE jobs SET state = 'running', attempts = {attempts} WHERE name = 'tell_run'"  # noqa: S608
    )
    await restart(stage, tmp_path)
    await restart(stage, tmp_path)

    assert len(ends(stage)) == 1
    assert len(stage.slack.files) == 1


@pytest.mark.parametrize("state", ["queued", "retry", "sending"])
async def test_killed_with_the_end_in_the_outbox_in_any_state_tells_it_once(
    stage: Stage, tmp_path: Path, state: str
) -> None:
    stage.slack.grant("channels:history")
    await started(stage)
    stage.clock.advance(seconds=40)
    await stage.bot.poll()
    await stage.bot.engine.worker.settle()
    await stage.bot.database.execute(
        "UPDATE ledger SET state = :state, claimed_at = :now WHERE state = 'queued'",
        {"state": state, "now": stage.clock.now().isoformat(timespec="microseconds")},
    )
    stage.clock.advance(seconds=UNDER_WAY.total_seconds())
    await restart(stage, tmp_path)

    assert len(ends(stage)) == 1
    assert len(stage.slack.files) == 1


async def test_killed_after_the_end_was_posted_and_before_that_was_noted_it_is_found(
    stage: Stage, tmp_path: Path
) -> None:
    stage.slack.grant("channels:history")
    await started(stage)
    await stage.after(seconds=60)
    await stage.bot.database.execute(
        "UPDATE ledger SET state = 'sending', settled_at = NULL, ts = NULL WHERE key LIKE 'run:%'"
        " AND kind = 'message'"
    )
    stage.clock.advance(seconds=UNDER_WAY.total_seconds())
    await restart(stage, tmp_path)

    assert len(ends(stage)) == 1


async def test_killed_while_a_watch_was_told_it_is_told_once(stage: Stage, tmp_path: Path) -> None:
    await stage.command("/flow-run watch all", channel="CFIELD")
    await stage.after(seconds=5)
    somebody_runs(stage, seconds=20)
    stage.clock.advance(seconds=60)
    await stage.bot.poll()
    await stage.bot.database.execute("UPDATE jobs SET state = 'running' WHERE name = 'tell_watch'")
    await restart(stage, tmp_path)
    await restart(stage, tmp_path)

    assert len(stage.said("CFIELD")) == 2


async def test_a_question_is_asked_once_through_restarts_and_can_be_answered(
    stage: Stage, tmp_path: Path
) -> None:
    quiet(stage, pause="UserInput")
    shown = await started(stage)
    stage.clock.advance(seconds=20)
    await stage.bot.poll()
    await stage.bot.database.execute("UPDATE jobs SET state = 'running' WHERE name = 'tell_run'")
    await restart(stage, tmp_path)
    await restart(stage, tmp_path)

    asked_for = [text for text in thread_of(stage, shown) if "needs an answer" in text]
    assert len(asked_for) == 1
    assert our_run(stage).status == "UserInput"


@pytest.mark.parametrize(("minutes", "files"), [(2, 1), (90, 0)], ids=["a while", "very long"])
async def test_a_vendor_that_fails_while_the_end_is_told_only_delays_it(
    stage: Stage, minutes: int, files: int
) -> None:
    await started(stage)
    stage.clock.advance(seconds=40)
    await stage.bot.poll()
    stage.smartflows.set_switch("answer_500", 100_000)
    await stage.after(minutes=minutes, step=60)
    stage.smartflows.set_switch("answer_500", 0)
    await stage.after(minutes=10, step=60)

    assert len(ends(stage)) == 1
    assert len(stage.slack.files) == files


async def test_a_start_that_is_never_confirmed_is_told_and_not_repeated_for_ever(
    stage: Stage,
) -> None:
    await stage.bot.poll()
    for _ in range(3):
        stage.smartflows.set_switch("drop", 1)
        if not await stage.rows("SELECT id FROM jobs WHERE name = 'start_run'"):
            await stage.command("/flow-run travel request")
        stage.clock.advance(seconds=20)
        await stage.settle()

    assert asked(stage, "/flows/executions", "POST") <= 2
    assert len(stage.whispered()) + len(stage.said()) == 1


async def test_an_answer_that_got_lost_on_its_way_can_be_given_again(stage: Stage) -> None:
    quiet(stage, pause="UserInput")
    shown = await started(stage)
    await stage.after(seconds=15)
    question = stage.slack.thread("CTRAIN", shown.ts)[0]
    view = await form_for(stage, question)
    stage.smartflows.set_switch("answer_500", 100)
    await stage.slack.submit(view, values=answer(view, **GOOD), user="UADA")
    await stage.settle()
    stage.smartflows.set_switch("answer_500", 0)
    again = await form_for(stage, question)
    await stage.slack.submit(again, values=answer(again, **GOOD), user="UADA")
    await stage.after(minutes=2)

    assert len(stage.whispered()) == 1
    assert len(ends(stage)) == 1
