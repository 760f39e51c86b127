"""A clock that is put right by an hour: nothing falls silent until it has caught up."""

import pytest

from tests.stage import Stage

REPORT = "/flow-report onboarding"
HOUR = 3600.0


def reports(stage: Stage) -> int:
    return len([each for each in stage.said() if each.text.startswith("Onboarding: ")])


async def test_a_channel_with_a_message_in_the_last_minute_gets_the_next_one(
    stage: Stage,
) -> None:
    await stage.command(REPORT)
    stage.clock.set_back(HOUR)
    stage.clock.advance(seconds=2)
    await stage.command(REPORT)

    assert reports(stage) == 2


async def test_what_was_accepted_before_is_not_put_off(stage: Stage) -> None:
    await stage.slack.command(REPORT, channel="CTRAIN")
    stage.clock.set_back(HOUR)
    await stage.settle()
    assert reports(stage) == 1


@pytest.mark.parametrize("error", ["internal_error", "service_unavailable"])
async def test_what_is_tried_again_is_not_put_off(stage: Stage, error: str) -> None:
    stage.slack.refuse("chat.postMessage", error=error)
    await stage.slack.command(REPORT, channel="CTRAIN")
    await stage.bot.settle()
    assert reports(stage) == 0

    stage.clock.set_back(HOUR)
    stage.clock.advance(seconds=3)
    await stage.settle()
    assert reports(stage) == 1


async def test_runs_are_looked_at_all_the_while(stage: Stage) -> None:
    await stage.command("/flow-run watch all")
    await stage.after(seconds=30)
    stage.clock.set_back(HOUR)
    asked = len(stage.smartflows.calls)
    await stage.after(seconds=60)

    assert len(stage.smartflows.calls) > asked
