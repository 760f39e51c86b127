"""What is picked while a workflow is built: from local rows, at once, and what the builder may."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.assembly.features import FEATURES
from bot.jobs.access import OTHERS
from tests.stage import Stage
from tests.steps.acting import first_of, with_steps

REPORT = "get_report"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with with_steps(tmp_path / "bot.db") as stage:
        yield stage


async def labels(stage: Stage, name: str, step: str = REPORT, **how: Any) -> list[str]:
    shown = await stage.slack.workflows.options(step, name, **how)
    assert shown.error == ""
    return [str(each["text"]["text"]) for each in shown.options]


async def test_every_service_that_can_be_picked_in_a_form_can_be_in_a_step(stage: Stage) -> None:
    pickers = [kind.picker for feature in FEATURES for kind in feature.kinds if kind.picker]
    assert await labels(stage, "service") == [each.service for each in pickers]
    assert await labels(stage, "service", query="train") == ["Training"]
    for feature in FEATURES:
        for kind in feature.kinds:
            chosen = {"service": kind.name}
            shown = await labels(stage, "report", values=chosen)
            assert kind.picker is None or shown == [label for _, label in kind.picker.figures]


async def test_what_it_is_about_is_found_as_in_a_form_without_asking_a_vendor(
    stage: Stage,
) -> None:
    chosen = {"service": "report"}
    await first_of(stage, REPORT, "about", chosen)
    before = len(stage.momoflow.calls)

    assert "onboarding" in (await labels(stage, "about", values=chosen, query="onb"))[0]
    assert len(stage.momoflow.calls) == before


async def test_periods_formats_and_figures_follow_what_was_chosen(stage: Stage) -> None:
    training = {"service": "report", "report": "everybody"}
    assert "All dates" in await labels(stage, "period", values=training)
    assert await labels(stage, "period", values={"service": "events"}) == []
    assert "Excel" in await labels(stage, "format", values=training)
    assert "Completion" in await labels(stage, "figure", values=training)
    assert "at least" in await labels(stage, "comparison", step="check_figure")
    assert await labels(stage, "figure", values={}) == []


async def test_nobody_is_offered_what_they_may_not_see(stage: Stage) -> None:
    await stage.command("/flow policy ask only @grace")
    for name in ("service", "about"):
        shown = await stage.slack.workflows.options(
            REPORT, name, builder="ULIN", values={"service": "report"}
        )
        assert "An admin decided that" in shown.error
        assert shown.options == []
    assert await labels(stage, "service", builder="UGRACE")


async def test_without_a_builder_of_ours_nothing_is_offered(stage: Stage) -> None:
    for builder, why in (({}, "did not say who builds"), ({"id": "UPARTNER"}, OTHERS)):
        event = {
            "type": "function_executed",
            "function": {"callback_id": "list_services"},
            "inputs": {"builder": builder},
            "function_execution_id": "Fx9",
        }
        await stage.slack.event(event)
        call = stage.slack.calls[-1]
        assert call.method == "functions.completeError"
        assert why in call.arguments["error"]


async def test_a_list_that_slack_does_not_take_is_only_logged(stage: Stage) -> None:
    stage.slack.disturb("functions.completeSuccess", kind="http_500")
    shown = await stage.slack.workflows.options(REPORT, "service")
    assert shown.error == "options_not_ready"
    assert await labels(stage, "service")
