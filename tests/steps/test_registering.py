"""A person is registered for a webinar as a step of a workflow."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from sandbox.slack.acting.workflows import WHO_RUNS
from sandbox.slack.functions.executions import Progress
from tests.policy.test_second_person import press
from tests.stage import Stage
from tests.steps.acting import first_of, now, run, with_steps

STEP = "register_for_webinar"
GUEST = {
    "person": WHO_RUNS,
    "email": "zoe@example.com",
    "first_name": "Zoe",
    "last_name": "Abel",
}


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with with_steps(tmp_path / "bot.db") as stage:
        yield stage


async def given(stage: Stage) -> dict[str, Any]:
    """Return the inputs, with an event picked from the list."""
    await stage.command("/flow-events future")
    await first_of(stage, STEP, "event", {})
    offered = await stage.slack.workflows.options(STEP, "event", query="onboarding")
    everything = await stage.slack.workflows.options(STEP, "event")
    return {**GUEST, "event": (offered.options or everything.options)[0]["value"]}


async def test_who_is_registered_gets_in_and_the_link_stays_with_the_asker(stage: Stage) -> None:
    ended = await run(stage, STEP, await given(stage))

    assert (ended.error, ended.outputs.get("status")) == ("", "registered")
    told = stage.said("DADA")[-1]
    assert "@" in told.text
    assert ended.outputs["summary"].startswith("(address left out) is registered for ")
    assert "https://" not in ended.outputs["summary"]
    again = await run(stage, STEP, await given(stage))
    assert again.outputs["status"] in {"registered", "registered before"}


async def test_an_address_that_is_none_is_told(stage: Stage) -> None:
    ended = await run(stage, STEP, {**await given(stage), "email": "Zoe Abel"})
    assert ended.error.startswith("The e-mail address in the step is none")


async def test_a_vendor_that_does_not_answer_leaves_it_open_and_says_so(stage: Stage) -> None:
    asked = await given(stage)
    stage.flowapp.set_switch("drop_after", 1)
    ended = await run(stage, STEP, asked)

    assert ended.progress is Progress.FAILED
    assert "may or may not" in ended.error


async def test_whoever_is_named_and_did_not_start_it_is_asked(stage: Stage) -> None:
    asked = await given(stage)
    begun = await run(stage, STEP, {**asked, "person": "UGRACE"}, on_schedule=True)
    [card] = stage.said("DGRACE")
    assert "register zoe@example.com for" in card.text
    await press(stage, "Do it", "UGRACE", card)
    assert now(stage, begun).outputs["status"] == "registered"
    guest = await run(stage, STEP, asked, user="UGUEST")
    assert guest.error.startswith("Guests cannot register people.")


async def test_a_step_that_comes_twice_registers_once(stage: Stage) -> None:
    asked = await given(stage)
    before = len([each for each in stage.flowapp.calls if each.method == "POST"])
    ended = await run(stage, STEP, asked, redeliver=2)

    assert now(stage, ended).progress is Progress.SUCCEEDED
    assert len([each for each in stage.flowapp.calls if each.method == "POST"]) == before + 1
