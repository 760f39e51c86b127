"""Watches that rest for a while because somebody wishes it, and go on with a click."""

from datetime import timedelta

import pytest

from sandbox.slack import Message
from tests.asking.seeing import interactive, words
from tests.runs.acting import TRAVEL, quiet, somebody_runs
from tests.stage import Stage

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def still(stage: Stage) -> None:
    quiet(stage)


async def watching(stage: Stage, flow: str = "all") -> None:
    await stage.command(f"/flow-run watch {flow}", channel="CFIELD")
    await stage.after(seconds=10)


async def a_run(stage: Stage) -> None:
    somebody_runs(stage)
    await stage.after(minutes=2)


def told(stage: Stage) -> list[str]:
    return [each.text for each in stage.said("CFIELD") if each.text.startswith(TRAVEL)]


async def press(stage: Stage, on: Message, label: str) -> None:
    [action] = [
        each["action_id"]
        for each in interactive(on.blocks)
        if each.get("text", {}).get("text") == label
    ]
    await stage.slack.click(on, action_id=action, user="UADA")
    await stage.settle()


async def choose(stage: Stage, on: Message, label: str) -> None:
    """Choose in the menu of a message."""
    menus = [each for each in interactive(on.blocks) if each["type"] == "static_select"]
    values = {one["text"]["text"]: one["value"] for each in menus for one in each["options"]}
    await stage.slack.click(on, action_id=menus[0]["action_id"], value=values[label], user="UADA")
    await stage.settle()


async def test_a_snoozed_watch_tells_nothing_of_what_happens_meanwhile(stage: Stage) -> None:
    await watching(stage)
    await stage.command("/flow-run snooze all 1d", channel="CFIELD")
    said = stage.said("CFIELD")[-1].text
    assert said.startswith("I won't post here about all flows until Tue 24 Nov, ")

    await a_run(stage)
    assert told(stage) == []

    stage.clock.advance(seconds=DAY.total_seconds())
    await stage.after(seconds=30)
    assert told(stage) == []
    await a_run(stage)
    assert len(told(stage)) == 1


async def test_muted_it_rests_until_it_is_resumed(stage: Stage) -> None:
    await watching(stage, "travel request")
    await stage.command("/flow-run mute travel request", channel="CFIELD")
    assert "until somebody resumes it." in stage.said("CFIELD")[-1].text

    stage.clock.advance(seconds=30 * DAY.total_seconds())
    await a_run(stage)
    assert told(stage) == []

    await stage.command("/flow-run unmute travel request", channel="CFIELD")
    assert stage.said("CFIELD")[-1].text.startswith("From now on I post here again when ")
    await a_run(stage)
    assert len(told(stage)) == 1


async def test_the_news_itself_has_the_menu_and_the_reply_undoes_it(stage: Stage) -> None:
    await watching(stage)
    await a_run(stage)
    await choose(stage, stage.said("CFIELD")[-1], "For 1 week")
    reply = stage.said("CFIELD")[-1]
    assert "until Mon 30 Nov" in reply.text

    await press(stage, reply, "Undo")
    await a_run(stage)
    assert len(told(stage)) == 2


async def test_the_list_says_until_when_and_has_a_menu_for_each(stage: Stage) -> None:
    await watching(stage)
    await stage.command("/flow-run watches", channel="CFIELD")
    await choose(stage, stage.slack.ephemerals("UADA")[-1], "Mute until resumed")
    await stage.command("/flow-run watches", channel="CFIELD")

    listed = stage.slack.ephemerals("UADA")[-1]
    assert "Snoozed until somebody resumes it" in words(listed)
    await press(stage, listed, "Resume")
    await a_run(stage)
    assert len(told(stage)) == 1


async def test_watching_again_ends_a_snooze(stage: Stage) -> None:
    await watching(stage)
    await stage.command("/flow-run mute all", channel="CFIELD")
    await watching(stage)
    await a_run(stage)

    assert len(told(stage)) == 1


async def test_what_is_not_watched_cannot_rest(stage: Stage) -> None:
    await stage.command("/flow-run mute all", channel="CFIELD")

    assert stage.whispered()[-1] == "This channel doesn't watch that."


async def test_a_day_that_has_passed_is_refused(stage: Stage) -> None:
    await watching(stage)
    await stage.command("/flow-run snooze all until 2026-11-01", channel="CFIELD")

    assert stage.whispered()[-1] == "That day has passed."
