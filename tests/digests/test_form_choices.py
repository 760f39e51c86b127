"""What a digest is about, chosen in its form from each service, with lists that are up to date."""

import asyncio

import pytest

from tests.asking.seeing import words
from tests.digests.forms import choose, held, new, of_answer, shown, submit
from tests.stage import Stage


@pytest.mark.parametrize(
    ("kind", "things", "figure", "said"),
    [
        ("report", "flow", "by week", "every weekday at 09:00"),
        ("events", "event", "registrations", "every weekday at 09:00"),
        ("export", "workflow", "counts", "every weekday at 09:00"),
        ("analytics", "report_channel", "heatmap", "every weekday at 09:00"),
        ("runs", "flow_to_run", "one", "every weekday at 09:00"),
    ],
)
async def test_every_service_has_its_things_and_figures(
    stage: Stage, kind: str, things: str, figure: str, said: str
) -> None:
    await stage.command("/flow-report names")  # the names are learned
    await new(stage)
    await choose(stage, "digest_kind", kind)
    await stage.settle()
    found = await stage.slack.options(shown(stage), action_id=things, query="")
    assert found.options

    await choose(stage, things, found.options[0]["value"])
    await choose(stage, "digest_figure", figure)
    assert (await submit(stage, places=["CTRAIN"])).errors == {}
    assert said in stage.said()[-1].text
    [row] = await stage.rows("SELECT kind FROM subscriptions")
    assert row["kind"] == kind

    stage.clock.advance(seconds=40 * 60)
    await stage.bot.tick()
    await stage.settle()
    [run] = await stage.rows("SELECT state FROM digest_runs")
    assert run["state"] in {"sent", "unchanged"}


async def test_of_two_choices_at_once_the_later_one_counts(stage: Stage) -> None:
    view = await of_answer(stage)
    both = (
        stage.slack.click(view, action_id="digest_often", value="weekly"),
        stage.slack.click(view, action_id="digest_often", value="monthly"),
    )
    await asyncio.gather(*both)

    assert held(shown(stage), "digest_often") == "monthly"
    assert "Day of the month" in words(shown(stage))


async def test_the_services_that_are_on_are_offered(stage: Stage) -> None:
    view = await new(stage)
    [about] = [each for each in view.blocks if each["block_id"] == "digest_kind"]
    offered = {each["value"] for each in about["element"]["options"]}

    assert offered == {feature.kinds[0].name for feature, _ in stage.bot.services.switches.on}
