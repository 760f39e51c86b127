"""Every step comes to one end, whatever happens on the way: nothing stays in progress for ever."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.asking.runner import MOST_CRASHES
from sandbox.slack.acting.workflows import WHO_RUNS
from sandbox.slack.functions.executions import Progress
from tests.stage import Stage, open_stage
from tests.steps.acting import REPORT, now, run, with_steps

SUCCESS = "functions.completeSuccess"
FAILURE = "functions.completeError"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with with_steps(tmp_path / "bot.db") as stage:
        yield stage


def ends(stage: Stage, method: str = SUCCESS) -> list[str]:
    """Return what Slack answered to the ends that it was told."""
    return [each.error for each in stage.slack.calls if each.method == method]


def why(stage: Stage) -> str:
    """Return the words with which a step failed."""
    [call] = [each for each in stage.slack.calls if each.method == FAILURE]
    return str(call.arguments["error"])


async def states(stage: Stage) -> list[dict[str, Any]]:
    return await stage.rows("SELECT state, inputs, so_far, awaits FROM step_executions")


async def test_a_step_that_comes_several_times_is_carried_out_once(stage: Stage) -> None:
    ended = await run(stage, "get_report", REPORT, redeliver=3)

    assert ended.progress is Progress.SUCCEEDED
    assert (len(stage.said()), ends(stage)) == (1, [""])
    over = {"state": "told", "inputs": "{}", "so_far": "{}", "awaits": ""}
    assert await states(stage) == [over]


async def test_of_the_secrets_that_come_with_a_step_nothing_is_kept(stage: Stage) -> None:
    begun = await stage.slack.workflows.run("get_report", REPORT)
    secret = begun.inputs["started_by"]["interactor"]["secret"]
    kept = [await stage.rows("SELECT * FROM jobs")]
    await stage.settle()
    kept += [await stage.rows(f"SELECT * FROM {each}") for each in ("jobs", "ledger")]  # noqa: S608
    assert secret not in repr(kept)
    assert "xwfp" not in repr(kept)


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "http_500", "rate_limited"])
async def test_slack_is_told_again_where_it_did_not_answer(stage: Stage, kind: Any) -> None:
    stage.slack.disturb(SUCCESS, kind=kind, times=2, seconds=20)

    begun = await run(stage, "get_report", REPORT)
    await stage.after(minutes=2)

    assert now(stage, begun).progress is Progress.SUCCEEDED
    assert [each["state"] for each in await states(stage)] == ["told"]
    assert len(stage.said()) == 1


async def test_an_end_that_slack_knows_already_is_over(stage: Stage) -> None:
    stage.slack.refuse(SUCCESS, error="execution_not_in_running_state")

    await run(stage, "get_report", REPORT)

    assert [each["state"] for each in await states(stage)] == ["told"]
    assert ends(stage) == ["execution_not_in_running_state"]


async def test_outputs_that_do_not_fit_fail_it_in_words(stage: Stage) -> None:
    stage.slack.refuse(SUCCESS, error="parameter_validation_failed")

    ended = await run(stage, "get_report", REPORT)

    assert ended.error.startswith("What came of it does not fit this step as Slack knows it.")
    assert "manifest.steps.yml" in ended.error


async def test_slack_that_takes_no_end_for_a_day_is_asked_no_longer(stage: Stage) -> None:
    stage.slack.refuse(SUCCESS, error="internal_error", times=1_000)

    begun = await run(stage, "get_report", REPORT)
    await stage.after(hours=26, step=600)

    assert now(stage, begun).progress is Progress.RUNNING
    assert [each["state"] for each in await states(stage)] == ["told"]
    assert len(ends(stage)) < 150


async def test_a_message_that_slack_does_not_take_in_time_fails_the_step(stage: Stage) -> None:
    stage.slack.disturb("chat.postMessage", kind="rate_limited", seconds=4000, times=1_000)

    begun = await run(stage, "get_report", REPORT)
    assert begun.progress is Progress.RUNNING
    await stage.after(minutes=61, step=60)

    ended = now(stage, begun)
    assert ended.error == "Slack did not take the message in time, so the step gave up."
    stage.slack.mend()
    await stage.after(hours=2, step=600)
    assert (len(stage.said()), ends(stage), ends(stage, FAILURE)) == (1, [], [""])


async def test_a_channel_that_takes_nothing_fails_the_step_at_once(stage: Stage) -> None:
    stage.slack.refuse("chat.postMessage", error="is_archived", times=9)

    ended = await run(stage, "get_report", REPORT)

    assert ended.error == "That channel is archived. Unarchive it, or ask in another one."


async def test_a_process_that_dies_between_a_message_and_its_end_tells_both_once(
    tmp_path: Path,
) -> None:
    path = tmp_path / "bot.db"
    async with with_steps(path) as stage:
        await stage.bot.parts.speaks.take()
        begun = await stage.slack.workflows.run("get_report", REPORT)
        await stage.bot.engine.worker.settle()  # what begins a step, and its answer
        stage.clock.advance(seconds=5)
        await stage.bot.delivery.worker.settle()
        assert now(stage, begun).progress is Progress.RUNNING
        assert len(stage.said()) == 1
        await stage.bot.parts.jobs.claim(now=stage.clock.now(), limit=9)  # and dies of it
        await stage.bot.engine.recover()

        await stage.settle()
        assert now(stage, begun).progress is Progress.SUCCEEDED
        assert (len(stage.said()), ends(stage)) == (1, [""])


async def test_a_step_that_kills_its_process_fails(stage: Stage) -> None:
    begun = await stage.slack.workflows.run("get_report", REPORT)
    for _ in range(MOST_CRASHES):
        await stage.bot.parts.jobs.claim(now=stage.clock.now(), limit=9)
        await stage.bot.engine.recover()

    await stage.settle()
    ended = now(stage, begun)
    assert ended.progress is Progress.FAILED
    assert "went wrong" in ended.error
    assert stage.said() == []


async def test_a_step_that_nobody_carried_out_for_a_day_ends_all_the_same(stage: Stage) -> None:
    """Stop the process as soon as it has taken the step, and start it a day later."""
    begun = await stage.slack.workflows.run("get_report", REPORT)
    stage.clock.advance(to=stage.clock.now() + timedelta(days=1))
    await stage.settle()

    assert now(stage, begun).progress is Progress.SUCCEEDED  # late, and an end


async def test_a_step_of_another_version_says_so(stage: Stage) -> None:
    event = {
        "type": "function_executed",
        "function": {"callback_id": "water_plants"},
        "inputs": {"person": "UADA"},
        "function_execution_id": "Fx9",
        "workflow_execution_id": "Wx9",
        "bot_access_token": "xwfp-1",
    }
    await stage.slack.event(event)
    await stage.settle()

    assert why(stage).startswith("This step is of another version of Flowbot.")


async def test_without_a_person_nothing_is_done(stage: Stage) -> None:
    event = {
        "type": "function_executed",
        "function": {"callback_id": "get_report"},
        "inputs": {**REPORT, "person": ""},
        "function_execution_id": "Fx9",
        "workflow_execution_id": "Wx9",
        "bot_access_token": "xwfp-1",
    }
    await stage.slack.event(event)
    await stage.settle()

    assert why(stage).startswith("The step does not say in whose name it asks.")
    assert stage.said() == []


async def test_where_steps_are_off_nothing_of_them_is_heard(tmp_path: Path) -> None:
    async with open_stage(tmp_path / "bot.db") as stage:
        assert stage.slack.workflows.steps == ()
        with pytest.raises(ValueError, match="no step get_report"):
            await stage.slack.workflows.run("get_report", {"person": WHO_RUNS})
