"""Where no flow or run is found, a button does what helps."""

import pytest

from tests.runs.test_buttons import press, window
from tests.stage import Stage

CHOOSE = "Choose a flow"


@pytest.mark.parametrize("typed", ["banana", "start", "flow banana"])
async def test_a_flow_that_nobody_knows_can_be_chosen(stage: Stage, typed: str) -> None:
    await stage.command(f"/flow-run {typed}")

    told = stage.slack.ephemerals("UADA")[-1]
    assert "/flow-run" not in told.text
    await press(stage, told, CHOOSE)
    assert window(stage).title == "Run a Smart Flow"


async def test_without_a_name_the_flows_are_to_pick_from(stage: Stage) -> None:
    await stage.command("/flow-run flow")

    assert stage.whispered()[-1].startswith("Which Smart Flow?")


async def test_what_is_watched_here_is_a_button_away(stage: Stage) -> None:
    await stage.command("/flow-run watch all")
    await stage.command("/flow-run unwatch")

    told = stage.slack.ephemerals("UADA")[-1]
    assert told.text == "Which flow?"
    await press(stage, told, "Watched here")
    assert "all flows" in stage.whispered()[-1]


@pytest.mark.parametrize("typed", ["status banana", "cancel", "status no such run"])
async def test_the_latest_runs_are_a_button_away(stage: Stage, typed: str) -> None:
    await stage.command(f"/flow-run {typed}")

    await press(stage, stage.slack.ephemerals("UADA")[-1], "Latest runs")
    assert stage.said()[-1].text.startswith("Latest runs")
