"""Watches and cards in a channel that another organisation comes to read."""

import pytest

from tests.runs.acting import TRAVEL, quiet, somebody_runs, started, thread
from tests.stage import Stage


@pytest.fixture(autouse=True)
def still(stage: Stage) -> None:
    quiet(stage)


async def watching(stage: Stage, what: str = "all", *, user: str = "UADA") -> None:
    await stage.command(f"/flow-run watch {what}", channel="CFIELD", user=user)
    await stage.after(seconds=10)


async def run(stage: Stage, name: str = TRAVEL) -> None:
    somebody_runs(stage, name)
    await stage.after(minutes=2)


def news(stage: Stage) -> list[str]:
    return [each.text for each in stage.said("CFIELD") if " is done after " in each.text]


def notices(stage: Stage, user: str = "DADA") -> list[str]:
    return [each.text for each in stage.said(user)]


@pytest.mark.parametrize("told", [True, False], ids=["by an event", "the event was lost"])
async def test_no_news_is_told_to_another_organisation(stage: Stage, *, told: bool) -> None:
    await watching(stage)
    await stage.slack.admin.share("CFIELD", told=told)
    await stage.after(minutes=3, step=30)
    await run(stage)
    await run(stage)

    assert news(stage) == []
    [notice] = notices(stage)
    assert notice.startswith("The watch of all flows is paused, as another organisation now reads")
    await stage.command("/flow-run watches", channel="CFIELD")
    assert "Resume" in str(stage.slack.ephemerals("UADA")[-1].blocks)


async def test_who_watches_again_consents_for_those_who_read_it_then(stage: Stage) -> None:
    await watching(stage)
    await stage.slack.admin.share("CFIELD")
    await run(stage)
    before = len(stage.said("CFIELD"))
    await watching(stage, user="UGRACE")
    assert len(stage.said("CFIELD")) == before
    await run(stage)
    assert len(news(stage)) == 1

    await stage.slack.admin.share("CFIELD", "TTHIRD")
    await run(stage)
    assert len(news(stage)) == 1
    assert len(notices(stage)) == 2


async def test_a_consent_is_for_one_watch_and_not_for_the_others(stage: Stage) -> None:
    await watching(stage, "travel")
    await watching(stage, "welcome")
    await stage.slack.admin.share("CFIELD")
    await watching(stage, "travel")
    await run(stage)
    await run(stage, "Welcome letter")

    assert [each.split(" is done")[0] for each in news(stage)] == [TRAVEL]
    [notice] = notices(stage)
    assert "Welcome letter" in notice


async def test_nothing_new_is_watched_where_others_read_along(stage: Stage) -> None:
    await stage.command("/flow-run watch all", channel="CSHARED")

    assert "This channel is shared with another organisation" in stage.whispered()[-1]
    assert await stage.rows("SELECT id FROM watches") == []


async def test_a_watch_can_be_ended_where_others_read_along(stage: Stage) -> None:
    await watching(stage)
    await stage.slack.admin.share("CFIELD")
    await stage.command("/flow-run unwatch all", channel="CFIELD")

    assert await stage.rows("SELECT id FROM watches") == []
    assert "no longer post here about" in stage.whispered()[-1]


async def test_a_channel_that_cannot_be_seen_any_more_is_told_nothing(stage: Stage) -> None:
    await stage.slack.invite("GLEADS")
    await stage.command("/flow-run watch all", channel="GLEADS")
    await stage.slack.admin.remove_app("GLEADS")
    await run(stage)

    [notice] = notices(stage)
    assert "is paused, as I can't see its channel any more." in notice


async def test_while_slack_does_not_say_who_reads_along_news_waits(stage: Stage) -> None:
    await watching(stage)
    await stage.after(minutes=5, step=60)
    stage.slack.refuse("conversations.info", error="fatal_error", times=3)
    somebody_runs(stage)
    await stage.after(minutes=5)

    assert len(news(stage)) == 1


async def test_if_slack_never_says_it_who_watches_hears_that_there_was_news(stage: Stage) -> None:
    await watching(stage)
    await stage.after(minutes=5, step=60)
    stage.slack.refuse("conversations.info", error="fatal_error", times=1000)
    await run(stage)
    await stage.after(minutes=30, step=60)

    assert news(stage) == []
    [notice] = notices(stage)
    assert notice.startswith("There is news of all flows that I could not tell in its channel.")


@pytest.mark.parametrize("trouble", ["shared", "not told"])
async def test_the_end_of_a_run_goes_to_whoever_started_it_alone(
    stage: Stage, trouble: str
) -> None:
    shown = await started(stage)
    if trouble == "shared":
        await stage.slack.admin.share("CTRAIN")
    else:
        await stage.after(seconds=1)
        stage.clock.advance(seconds=1)
        stage.slack.refuse("conversations.info", error="fatal_error", times=1000)
        stage.bot.parts.directory.place_changed("CTRAIN")
    before = len([each for each in stage.slack.calls if each.method == "chat.update"])
    await stage.after(minutes=30, step=30)

    assert thread(stage, shown) == []
    assert any(f"{TRAVEL} is done" in each for each in notices(stage))
    assert len([each for each in stage.slack.calls if each.method == "chat.update"]) == before


async def test_among_ourselves_again_a_card_goes_on(stage: Stage) -> None:
    stage.smartflows.set_switch("run_seconds", 300)
    shown = await started(stage)
    await stage.slack.admin.share("CTRAIN")
    await stage.after(seconds=60)
    await stage.slack.admin.unshare("CTRAIN")
    await stage.after(minutes=6)

    assert thread(stage, shown)[0].startswith(f"{TRAVEL} is done after 5 min.")


async def test_no_flow_is_run_where_others_read_along(stage: Stage) -> None:
    await stage.command("/flow-run travel request", channel="CSHARED")

    assert stage.whispered()[-1].startswith("This channel is shared with another organisation")
    assert stage.said("CSHARED") == []


async def test_no_flow_is_run_where_nobody_knows_who_reads_along(stage: Stage) -> None:
    await stage.command("/flow-run travel request", channel="GLEADS")

    assert stage.whispered()[-1].startswith(
        "I'm not in this channel yet, so I can't see who reads it"
    )
