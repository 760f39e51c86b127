"""A Smart Flow as a step: started in the name of who started the workflow, and waited for."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.jobs.access import OTHERS
from sandbox.slack.acting.workflows import WHO_RUNS
from sandbox.slack.functions.executions import Progress
from tests.asking.seeing import interactive
from tests.policy.test_second_person import press
from tests.runs.acting import TRAVEL, WELCOME, card, our_run, ours, plan, quiet, somebody_runs
from tests.stage import Stage
from tests.steps.acting import first_of, now, run, with_steps

RUN = "run_smart_flow"
GIVEN = {"person": WHO_RUNS, "flow": plan(TRAVEL).id, "channel": "CTRAIN"}


async def answer(stage: Stage, user: str, *said: str) -> None:
    """Press buttons of the card that asks whoever a step names, before anything comes of it."""
    card = stage.said(f"D{user[1:]}")[0]
    known = {each["text"]["text"]: each["action_id"] for each in interactive(card.blocks)}
    for label in said:
        await stage.slack.click(card, action_id=known[label], user=user)
    await stage.settle()


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with with_steps(tmp_path / "bot.db") as stage:
        quiet(stage, seconds=30)
        yield stage


async def test_a_run_is_started_and_its_end_gives_documents_to_go_on_with(stage: Stage) -> None:
    begun = await run(stage, RUN, GIVEN)
    assert begun.progress is Progress.RUNNING
    await stage.after(minutes=2)

    ended, shown = now(stage, begun), card(stage)
    assert (ended.progress, ended.error) == (Progress.SUCCEEDED, "")
    assert ended.outputs["run_id"] == our_run(stage).id
    assert (ended.outputs["status"], ended.outputs["succeeded"]) == ("Success", True)
    assert len(ended.outputs["documents"]) == ended.outputs["document_count"] == 1
    assert ended.outputs["started_at"] < ended.outputs["ended_at"]
    assert ended.outputs["link"].endswith(shown.ts.replace(".", ""))
    assert stage.slack.thread("CTRAIN", shown.ts)[-1].files


@pytest.mark.parametrize("outcome", ["Error", "Warning", "Interrupted"])
async def test_how_it_went_is_there_to_branch_on(stage: Stage, outcome: str) -> None:
    stage.smartflows.set_switch("next_outcome", outcome)
    begun = await run(stage, RUN, GIVEN)
    await stage.after(minutes=3)

    ended = now(stage, begun)
    assert ended.outputs["status"] == outcome
    assert ended.outputs["succeeded"] is (outcome == "Warning")


async def test_a_run_that_is_cancelled_ends_the_step(stage: Stage) -> None:
    stage.smartflows.set_switch("run_seconds", 600)
    begun = await run(stage, RUN, GIVEN)
    await stage.command(f"/flow-run cancel {our_run(stage).id[:8]}")
    await stage.after(minutes=2)

    assert now(stage, begun).outputs["status"] == "Canceled"


async def test_a_step_that_comes_twice_starts_one_run(stage: Stage) -> None:
    await run(stage, RUN, GIVEN, redeliver=3)
    assert len(ours(stage)) == 1


async def test_a_step_waits_for_as_long_as_it_says_and_the_run_goes_on(stage: Stage) -> None:
    stage.smartflows.set_switch("run_seconds", 40_000)
    begun = await run(stage, RUN, {**GIVEN, "hours": 2})
    await stage.after(hours=1, minutes=50, step=600)
    assert now(stage, begun).progress is Progress.RUNNING
    await stage.after(minutes=15, step=60)

    ended = now(stage, begun)
    assert ended.error.startswith("It had not ended in the time that the step waits")
    assert our_run(stage).canceled is False


async def test_a_vendor_that_is_down_for_a_while_is_waited_for(stage: Stage) -> None:
    begun = await run(stage, RUN, GIVEN)
    stage.smartflows.set_switch("answer_500", 1000)
    await stage.after(minutes=5, step=30)
    assert now(stage, begun).progress is Progress.RUNNING
    stage.smartflows.set_switch("answer_500", 0)
    await stage.after(minutes=10, step=30)

    assert now(stage, begun).outputs["status"] == "Success"


async def test_what_a_flow_needs_and_did_not_get_is_told(stage: Stage) -> None:
    welcome = plan(WELCOME)
    needs = await run(stage, RUN, {**GIVEN, "flow": welcome.id})
    assert needs.error == "Welcome letter needs input."
    wrong = await run(stage, RUN, {**GIVEN, "flow": welcome.id, "input": "not XML"})
    assert "XML" in wrong.error
    assert ours(stage) == []
    assert not stage.said()

    given = await run(stage, RUN, {**GIVEN, "flow": welcome.id, "input": "<letter/>"})
    await stage.after(minutes=2)
    assert now(stage, given).progress is Progress.SUCCEEDED


async def test_whoever_is_named_and_did_not_start_it_is_asked(stage: Stage) -> None:
    await first_of(stage, RUN, "flow", {})
    begun = await run(stage, RUN, {**GIVEN, "person": "UGRACE"}, redeliver=2)
    [card] = stage.said("DGRACE")
    assert card.text == (
        "ada started a workflow that wants to run Travel request in your name. Shall I do it?"
    )
    assert (begun.progress, ours(stage)) == (Progress.RUNNING, [])

    await answer(stage, "UGRACE", "Do it", "Do it")
    await stage.after(minutes=2)
    assert now(stage, begun).outputs["status"] == "Success"
    assert len(ours(stage)) == 1
    assert stage.said("DGRACE")[0].text == "You agreed, so I'm doing it."
    rows = await stage.rows("SELECT * FROM audit WHERE right_id = 'run'")
    assert [(each["user_id"], each["came_to"]) for each in rows] == [("UGRACE", "done")]


async def test_of_two_answers_at_once_one_counts(stage: Stage) -> None:
    begun = await run(stage, RUN, {**GIVEN, "person": "UGRACE"})
    await answer(stage, "UGRACE", "Do it", "Don't")
    await stage.after(minutes=2)

    refused = "did not agree" in now(stage, begun).error
    assert refused == (ours(stage) == [])
    assert now(stage, begun).progress is not Progress.RUNNING


async def test_whoever_does_not_agree_ends_the_step(stage: Stage) -> None:
    await first_of(stage, RUN, "flow", {})
    begun = await run(stage, RUN, {**GIVEN, "person": "UGRACE"}, on_schedule=True)
    [card] = stage.said("DGRACE")
    assert card.text == "A workflow wants to run Travel request in your name. Shall I do it?"
    await answer(stage, "UGRACE", "Don't", "Do it")

    assert now(stage, begun).error == "grace did not agree to it, so nothing was done."
    assert [each.text for each in stage.said("DGRACE")] == [
        "You didn't agree, so nothing was done."
    ]
    assert ours(stage) == []


async def test_whoever_does_not_answer_ends_the_step_at_its_time(stage: Stage) -> None:
    begun = await run(stage, RUN, {**GIVEN, "person": "UGRACE", "hours": 1})
    await stage.after(minutes=61, step=60)

    assert "did not answer in time, so nothing was done" in now(stage, begun).error
    assert stage.said("DGRACE")[0].text == "Nobody answered in time, so nothing was done."
    assert ours(stage) == []


async def test_nothing_runs_in_the_name_of_who_may_not_run_it(stage: Stage) -> None:
    named = await run(stage, RUN, {**GIVEN, "person": "UGUEST"})
    assert named.error.startswith("Guests cannot run Smart Flows.")
    assert stage.said("DGUEST") == []
    guest = await run(stage, RUN, GIVEN, user="UGUEST")
    assert guest.error.startswith("Guests cannot run Smart Flows.")
    partner = await run(stage, RUN, {**GIVEN, "person": "UPARTNER"})
    assert partner.error == OTHERS
    shared = await run(stage, RUN, {**GIVEN, "channel": "CSHARED"})
    assert "another organisation" in shared.error
    assert ours(stage) == []


async def test_rules_hold_and_every_start_is_on_record(stage: Stage) -> None:
    await stage.command("/flow policy run only @grace")
    denied = await run(stage, RUN, GIVEN, user="ULIN")
    assert "An admin decided that" in denied.error
    begun = await run(stage, RUN, GIVEN, user="UGRACE")
    await stage.after(minutes=2)
    assert now(stage, begun).progress is Progress.SUCCEEDED

    rows = await stage.rows("SELECT * FROM audit WHERE right_id = 'run' ORDER BY id")
    assert [(each["user_id"], each["came_to"]) for each in rows] == [
        ("ULIN", "denied"),
        ("UGRACE", "done"),
    ]


async def test_a_second_person_is_waited_for(stage: Stage) -> None:
    await stage.command("/flow policy run second person")
    begun = await run(stage, RUN, GIVEN)
    assert (begun.progress, ours(stage)) == (Progress.RUNNING, [])

    await press(stage, "Agree", "UGRACE")
    await stage.after(minutes=2)
    assert now(stage, begun).outputs["status"] == "Success"


async def test_a_second_person_who_never_comes_ends_the_step(stage: Stage) -> None:
    await stage.command("/flow policy run second person")
    begun = await run(stage, RUN, {**GIVEN, "hours": 1})
    await stage.after(minutes=70, step=300)
    assert now(stage, begun).progress is Progress.RUNNING  # whoever agrees now starts it
    await stage.after(hours=7, step=600)

    assert "Nobody agreed" in now(stage, begun).error
    assert ours(stage) == []


async def test_a_second_person_who_refuses_ends_the_step(stage: Stage) -> None:
    await stage.command("/flow policy run second person")
    begun = await run(stage, RUN, GIVEN)
    await press(stage, "Refuse", "UGRACE")

    assert "grace refused" in now(stage, begun).error
    assert ours(stage) == []


async def test_the_end_of_a_run_of_somebody_else_is_waited_for(stage: Stage) -> None:
    theirs = somebody_runs(stage, seconds=90)
    begun = await run(stage, "wait_for_run", {"person": WHO_RUNS, "run": theirs.id[:8]})
    assert begun.progress is Progress.RUNNING
    await stage.after(minutes=8, step=10)

    ended = now(stage, begun)
    assert (ended.outputs["run_id"], ended.outputs["status"]) == (theirs.id, "Success")
    assert not stage.said()


async def test_a_run_that_nobody_knows_fails_in_words(stage: Stage) -> None:
    ended = await run(stage, "wait_for_run", {"person": WHO_RUNS, "run": "0000ffff"})
    assert ended.error.startswith("I can't find a run whose id begins with")


async def test_a_flow_is_picked_by_who_may_run_it(stage: Stage) -> None:
    assert await first_of(stage, RUN, "flow", {})
    guest = await stage.slack.workflows.options(RUN, "flow", builder="UGUEST")
    assert guest.error.startswith("Guests cannot run Smart Flows.")
