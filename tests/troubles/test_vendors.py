"""Keys that are refused, services that are off, things that vanished: told once, and back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.asking.seeing import words
from tests.stage import Stage, open_stage

NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY = timedelta(days=1)


async def order(stage: Stage, *flows: str, user: str = "UADA", channel: str = "CTRAIN") -> None:
    for flow in flows:
        line = f"/flow subscribe report {flow} daily 09:00 Europe/Berlin"
        await stage.command(line, channel=channel, user=user)


async def states(stage: Stage) -> list[str]:
    rows = await stage.rows("SELECT state FROM subscriptions ORDER BY id")
    return [each["state"] for each in rows]


def told(stage: Stage, direct: str = "DADA") -> list[str]:
    return [each.text for each in stage.said(direct)]


def reports(stage: Stage) -> list[str]:
    return [each.text for each in stage.said() if not each.text.startswith("Done.")]


async def test_of_a_refused_key_each_owner_hears_once_until_it_is_mended(stage: Stage) -> None:
    await order(stage, "onboarding", "gdpr")
    await order(stage, "onboarding", user="UGRACE", channel="CGENERAL")
    await stage.command("/flow subscribe runs all daily 09:00")
    stage.momoflow.set_switch("expired_key", value=True)
    for days in range(4):
        await stage.at(NINE + days * DAY)

    assert await states(stage) == ["stopped", "stopped", "stopped", "active"]
    [notice] = told(stage)
    assert notice.startswith("2 digests are paused. MomoFlow rejected Flowbot's key.")
    assert "MOMOFLOW_API_KEY" in notice
    assert "they go on by themselves" in notice
    assert len(told(stage, "DGRACE")) == 1


async def test_a_key_that_works_again_brings_them_back_at_the_next_look(stage: Stage) -> None:
    await order(stage, "onboarding", "gdpr")
    stage.momoflow.set_switch("expired_key", value=True)
    await stage.at(NINE)
    stage.momoflow.set_switch("expired_key", value=False)
    await stage.at(NINE + timedelta(hours=2))

    assert await states(stage) == ["active", "active"]
    assert told(stage)[1:] == ["2 digests are back. What was missed meanwhile isn't sent later."]
    await stage.at(NINE + DAY)
    assert len(reports(stage)) == 2


async def test_while_a_key_is_refused_the_vendor_is_asked_seldom(stage: Stage) -> None:
    await order(stage, "onboarding", "gdpr")
    stage.momoflow.set_switch("expired_key", value=True)
    await stage.at(NINE)
    before = len(stage.momoflow.calls)
    for minutes in range(0, 24 * 60, 10):
        await stage.at(NINE + timedelta(minutes=minutes))

    assert len(stage.momoflow.calls) - before <= 30


async def test_who_runs_flowbot_hears_of_a_refused_key_too(path: Path) -> None:
    async with open_stage(path, owner="ULIN") as stage:
        await order(stage, "onboarding")
        await order(stage, "gdpr", user="UGRACE")
        stage.momoflow.set_switch("expired_key", value=True)
        await stage.at(NINE)

        [notice] = told(stage, "DLIN")
        assert notice.startswith("2 digests of 2 people are paused. MomoFlow rejected")


async def test_a_start_looks_at_once_whether_a_key_was_mended(path: Path) -> None:
    async with open_stage(path) as stage:
        await order(stage, "onboarding")
        stage.momoflow.set_switch("expired_key", value=True)
        await stage.at(NINE)
        assert await states(stage) == ["stopped"]
        now = stage.clock.now()
    async with open_stage(path, now=now + timedelta(minutes=1)) as stage:
        await stage.bot.parts.troubles.begin()
        await stage.at(stage.clock.now())

        assert await states(stage) == ["active"]


async def test_resuming_looks_at_the_key_before_it_says_so(stage: Stage) -> None:
    await order(stage, "onboarding")
    await stage.command("/flow pause 1")
    stage.momoflow.set_switch("expired_key", value=True)
    await stage.command("/flow resume 1")
    assert stage.whispered()[-1].startswith("I can't resume it yet. MomoFlow rejected")
    assert await states(stage) == ["paused"]

    stage.momoflow.set_switch("expired_key", value=False)
    await stage.command("/flow resume 1")
    assert await states(stage) == ["active"]


async def test_resuming_does_not_wait_for_a_vendor_that_only_rests(stage: Stage) -> None:
    await order(stage, "onboarding")
    await stage.command("/flow pause 1")
    stage.momoflow.set_switch("answer_500", 50)
    await stage.command("/flow resume 1")

    assert await states(stage) == ["active"]
    assert "MomoFlow isn't responding." in words(stage.said()[-1])


async def test_a_vanished_thing_lets_its_digest_rest_and_is_found_again(stage: Stage) -> None:
    await order(stage, "onboarding", "gdpr")
    await stage.bot.database.execute("UPDATE aliases SET name = 'away' WHERE name = 'onboarding'")
    await stage.at(NINE)
    await stage.at(NINE + DAY)
    assert await states(stage) == ["stopped", "active"]
    [notice] = told(stage)
    assert notice.startswith("Onboarding is paused. ")
    assert 'a flow called "onboarding"' in notice
    await stage.command("/flow resume 1")
    assert stage.whispered()[-1].startswith("I can't resume it yet. I can't find a flow")

    await stage.bot.database.execute("UPDATE aliases SET name = 'onboarding' WHERE name = 'away'")
    await stage.at(NINE + DAY + timedelta(hours=2))
    assert await states(stage) == ["active", "active"]
    assert told(stage)[1].startswith("Onboarding is back")


async def test_one_sent_by_hand_that_cannot_be_made_is_told_to_whoever_wants_it(
    stage: Stage,
) -> None:
    await order(stage, "onboarding")
    stage.momoflow.set_switch("expired_key", value=True)
    await stage.command("/flow now 1", user="UGRACE")

    assert "MomoFlow rejected Flowbot's key" in told(stage, "DGRACE")[0]
    assert told(stage) == []


async def test_a_good_answer_to_anybody_has_the_key_looked_at_soon(stage: Stage) -> None:
    await order(stage, "onboarding")
    stage.momoflow.set_switch("expired_key", value=True)
    for hours in range(6):
        await stage.at(NINE + timedelta(hours=hours))
    stage.momoflow.set_switch("expired_key", value=False)
    await stage.at(NINE + timedelta(hours=5, minutes=10))
    assert await states(stage) == ["stopped"]

    await stage.command("/flow-report gdpr", channel="CGENERAL")
    await stage.at(stage.clock.now() + timedelta(seconds=5))
    assert await states(stage) == ["active"]


async def test_who_waits_for_runs_and_has_digests_of_them_hears_of_a_refused_key_once(
    stage: Stage,
) -> None:
    await stage.command("/flow-run watch all", channel="CFIELD")
    await stage.command("/flow-run watch all", channel="CTRAIN", user="ULIN")
    await stage.command("/flow subscribe runs all daily 09:00")
    stage.smartflows.set_switch("expired_key", value=True)
    await stage.after(minutes=3, step=30)
    await stage.at(NINE)

    [notice] = told(stage)
    assert "is paused. Smart Flows rejected Flowbot's key." in notice
    assert len(told(stage, "DLIN")) == 1
    stage.smartflows.set_switch("expired_key", value=False)
    await stage.after(minutes=10, step=30)
    assert await states(stage) == ["active"]


async def test_a_watch_of_a_flow_that_was_deleted_rests_until_it_is_there_again(
    stage: Stage,
) -> None:
    await stage.command("/flow-run watch travel", channel="CFIELD")
    await stage.command("/flow-run watch welcome", channel="CFIELD")
    [travel, _] = await stage.rows("SELECT flow_id FROM watches ORDER BY id")
    stage.smartflows.engine.deleted.add(travel["flow_id"])
    await stage.after(minutes=25, step=60)

    paused = [each["paused"] for each in await stage.rows("SELECT paused FROM watches ORDER BY id")]
    assert paused == ["gone", ""]
    [notice] = told(stage)
    assert notice.startswith(
        "The watch of Travel request is paused. Smart Flows has no flow Travel"
    )

    stage.smartflows.engine.deleted.clear()
    await stage.after(minutes=25, step=60)
    paused = [each["paused"] for each in await stage.rows("SELECT paused FROM watches ORDER BY id")]
    assert paused == ["", ""]
    assert told(stage)[-1].startswith("The watch of Travel request is back")
