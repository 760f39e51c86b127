"""A figure against a threshold, to branch on: nothing of it is told in Slack."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.assembly.features import FEATURES
from sandbox.slack.acting.workflows import WHO_RUNS
from sandbox.slack.functions.executions import Progress
from tests.stage import MONDAY, Stage
from tests.steps.acting import first_of, now, run, with_steps

CHECK = {
    "person": WHO_RUNS,
    "service": "report",
    "report": "everybody",
    "about": "flow_onb001",
    "figure": "completion",
    "comparison": "below",
    "threshold": 80,
}


KINDS = [kind for feature in FEATURES for kind in feature.kinds if kind.picker]
CHECKED = [each.name for each in KINDS if each.measures(None)]


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with with_steps(tmp_path / "bot.db") as stage:
        yield stage


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


async def test_a_check_says_whether_and_since_when(stage: Stage) -> None:
    first = await run(stage, "check_figure", CHECK)
    stage.clock.advance(seconds=7200)
    second = await run(stage, "check_figure", CHECK)
    other = await run(stage, "check_figure", {**CHECK, "comparison": "above"})

    assert first.progress is Progress.SUCCEEDED
    assert (first.outputs["crossed"], at(first.outputs["since"])) == (True, MONDAY)
    assert first.outputs["value_text"] == f"{first.outputs['value']:g}%"
    assert (second.outputs["crossed"], at(second.outputs["since"])) == (True, MONDAY)
    assert (other.outputs["crossed"], at(other.outputs["since"])) == (False, stage.clock.now())
    assert [stage.said(), stage.whispered(), stage.said("DADA")] == [[], [], []]


async def test_what_turned_meanwhile_is_so_from_now_on(stage: Stage) -> None:
    value = (await run(stage, "check_figure", CHECK)).outputs["value"]
    asked = {**CHECK, "comparison": "at most", "threshold": value}
    before = await run(stage, "check_figure", asked)
    stage.clock.advance(seconds=4 * 86_400)
    after = await run(stage, "check_figure", asked)

    assert (before.outputs["crossed"], at(before.outputs["since"])) == (True, MONDAY)
    assert after.outputs["value"] > value
    assert (after.outputs["crossed"], at(after.outputs["since"])) == (False, stage.clock.now())


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"figure": "height"}, "This report has no figure called “height”."),
        ({"comparison": "about"}, "I don't understand “about”."),
    ],
)
async def test_what_cannot_be_compared_is_told_in_words(
    stage: Stage, changed: dict[str, str], why: str
) -> None:
    ended = await run(stage, "check_figure", {**CHECK, **changed})
    assert ended.error.startswith(why)


async def test_a_vendor_that_is_down_fails_the_check(stage: Stage) -> None:
    stage.momoflow.set_switch("answer_500", 9)
    ended = await run(stage, "check_figure", CHECK)
    assert ended.error.startswith("MomoFlow isn't responding.")


async def test_a_vendor_that_asks_for_a_pause_is_asked_again(stage: Stage) -> None:
    stage.momoflow.set_switch("answer_429", 9)
    stage.momoflow.set_switch("retry_after", 30)
    begun = await run(stage, "check_figure", CHECK)
    stage.momoflow.set_switch("answer_429", 0)
    await stage.after(seconds=40)
    assert now(stage, begun).outputs["crossed"] is True


@pytest.mark.parametrize("service", CHECKED)
async def test_every_service_has_reports_with_figures_that_can_be_checked(
    stage: Stage, service: str
) -> None:
    """Pick everything from the lists, as somebody does who knows nothing of the services."""
    offered = stage.slack.workflows.options
    chosen = {"service": service}
    chosen["about"] = await first_of(stage, "check_figure", "about", chosen)
    for report in (await offered("check_figure", "report", values=chosen)).options:
        chosen["report"] = report["value"]
        figures = (await offered("check_figure", "figure", values=chosen)).options
        if figures:
            break
    figure = figures[0]["value"]

    given = {**chosen, "figure": figure, "comparison": "at least", "threshold": 0}
    ended = await run(stage, "check_figure", {"person": WHO_RUNS, **given})

    assert (ended.error, ended.outputs.get("crossed")) == ("", True)


def test_a_service_that_counts_can_be_checked() -> None:
    assert {"report", "events", "runs", "analytics"} <= {*CHECKED}
