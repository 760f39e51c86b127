"""A clock that is put right by an hour, or by a month: nothing falls silent until it catches up."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.company import another_bot
from tests.runs.acting import TRAVEL, card, our_run, quiet, somebody_runs, started
from tests.stage import Stage

REPORT = "/flow-report onboarding"
DAILY = "/flow subscribe report onboarding daily 09:00"
NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)
HOUR = 3600.0
DAY = 24 * HOUR
MONTH = 30 * DAY


@pytest.fixture(params=["set back", "ahead, and put right"])
async def gone_wrong(stage: Stage, request: pytest.FixtureRequest) -> float:
    """Return by how much the clock will be set back, which may be ahead until then."""
    quiet(stage)
    await stage.bot.tick()
    seconds = MONTH if request.param == "ahead, and put right" else HOUR
    if seconds == MONTH:
        stage.clock.set_forward(MONTH)
        await stage.bot.tick()
    return seconds


def reports(stage: Stage) -> int:
    return len([each for each in stage.said() if "in Onboarding (" in each.text])


async def test_a_channel_with_a_message_in_the_last_minute_gets_the_next_one(
    stage: Stage, gone_wrong: float
) -> None:
    await stage.command(REPORT)
    stage.clock.set_back(gone_wrong)
    await stage.after(seconds=2)
    await stage.command(REPORT)

    assert reports(stage) == 2


async def test_what_was_accepted_before_is_not_put_off(stage: Stage, gone_wrong: float) -> None:
    await stage.slack.command(REPORT, channel="CTRAIN")
    stage.clock.set_back(gone_wrong)
    await stage.after(seconds=5)

    assert reports(stage) == 1


@pytest.mark.parametrize("error", ["internal_error", "service_unavailable"])
async def test_what_is_tried_again_is_not_put_off(
    stage: Stage, gone_wrong: float, error: str
) -> None:
    stage.slack.refuse("chat.postMessage", error=error)
    await stage.slack.command(REPORT, channel="CTRAIN")
    await stage.bot.settle()
    assert reports(stage) == 0

    stage.clock.set_back(gone_wrong)
    await stage.after(seconds=5)
    assert reports(stage) == 1


async def test_what_is_tried_again_waits_as_long_as_slack_asked_for(
    stage: Stage, gone_wrong: float
) -> None:
    stage.slack.disturb("chat.postMessage", kind="rate_limited", seconds=120)
    await stage.slack.command(REPORT, channel="CTRAIN")
    await stage.bot.settle()
    stage.clock.set_back(gone_wrong)
    await stage.after(seconds=110)
    assert reports(stage) == 0

    await stage.after(seconds=15)
    assert reports(stage) == 1


async def test_what_is_in_doubt_is_settled_as_soon_as_ever(stage: Stage, gone_wrong: float) -> None:
    stage.slack.grant("channels:history")
    stage.slack.disturb("chat.postMessage", kind="drop_before")
    await stage.slack.command(REPORT, channel="CTRAIN")
    await stage.bot.settle()
    stage.clock.set_back(gone_wrong)
    await stage.after(seconds=70)

    assert reports(stage) == 1


async def test_a_job_that_is_to_try_again_does_so(stage: Stage, gone_wrong: float) -> None:
    await stage.command("/flow subscribe report onboarding daily 10:00")
    stage.clock.advance(to=_next(stage, 10))
    stage.momoflow.set_switch("answer_500", 3)
    await stage.bot.tick()
    await stage.bot.settle()
    [waiting] = await stage.rows("SELECT key FROM jobs WHERE state = 'queued'")
    stage.clock.set_back(gone_wrong)
    await stage.after(minutes=5)

    [job] = await stage.rows("SELECT state FROM jobs WHERE key = :key", key=waiting["key"])
    assert job["state"] == "done"
    assert reports(stage) == 1


async def test_runs_are_looked_at_all_the_while(stage: Stage, gone_wrong: float) -> None:
    await stage.command("/flow-run watch all")
    await stage.after(seconds=30)
    stage.clock.set_back(gone_wrong)
    asked = len(stage.smartflows.calls)
    await stage.after(seconds=60)

    assert len(stage.smartflows.calls) > asked


async def test_a_watch_tells_of_what_happens_then(stage: Stage, gone_wrong: float) -> None:
    await stage.command("/flow-run watch all")
    await stage.after(seconds=10)
    stage.clock.set_back(gone_wrong)
    await stage.after(seconds=10)
    somebody_runs(stage, seconds=30)
    await stage.after(minutes=2)

    assert "is done after 30 s" in stage.said()[-1].text


async def test_a_card_shows_what_becomes_of_its_run(stage: Stage, gone_wrong: float) -> None:
    quiet(stage, seconds=600)
    stage.smartflows.set_switch("cancel_seconds", 0)
    await started(stage)
    await stage.after(seconds=30)
    stage.clock.set_back(gone_wrong)
    stage.smartflows.engine.cancel(our_run(stage))
    await stage.after(seconds=20)

    assert "cancelled" in card(stage).text.replace("canceled", "cancelled")


async def test_a_reminder_comes_when_it_was_to_come(stage: Stage, gone_wrong: float) -> None:
    quiet(stage, pause="UserInput")
    await started(stage)
    await stage.after(seconds=30)
    stage.clock.set_back(gone_wrong)
    await stage.after(minutes=61, step=60)

    replies = stage.slack.thread("CTRAIN", card(stage).ts)
    assert len([each for each in replies if "answer" in each.text]) == 2


async def test_a_second_person_is_asked_when_a_deadline_was_to_pass(
    stage: Stage, gone_wrong: float
) -> None:
    quiet(stage, pause="UserInput")
    await stage.command(f"/flow-run deadline {TRAVEL} 4h then <@UADA>", user="UGRACE")
    await started(stage, TRAVEL)
    await stage.after(seconds=30)
    stage.clock.set_back(gone_wrong)
    await stage.after(hours=4, minutes=10, step=300)

    replies = stage.slack.thread("CTRAIN", card(stage).ts)
    assert [each.pages for each in replies if "still needs an answer" in each.text] == [("UADA",)]


async def test_a_digest_comes_once_for_each_planned_time(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.at(NINE + timedelta(minutes=30))
    assert reports(stage) == 1

    stage.clock.set_back(HOUR)
    await stage.after(hours=2, step=300)
    assert reports(stage) == 1

    await stage.at(NINE + timedelta(days=1))
    assert reports(stage) == 2


async def test_a_digest_comes_at_its_time_after_a_month_that_was_none(stage: Stage) -> None:
    """What came in that month was planned for its last day; each day of ours has its own."""
    await stage.command(DAILY)
    await stage.at(NINE)
    stage.clock.set_forward(MONTH)
    await stage.after(minutes=1)
    stage.clock.set_back(MONTH)
    await stage.after(minutes=1)
    assert reports(stage) == 2

    for day in range(1, 4):
        await stage.at(NINE + timedelta(days=day))
    assert reports(stage) == 5


async def test_a_digest_that_is_snoozed_sleeps_on(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.command("/flow snooze 1 2d")
    stage.clock.set_back(HOUR)
    await stage.at(NINE + timedelta(days=1))
    assert reports(stage) == 0

    await stage.at(NINE + timedelta(days=2))
    assert reports(stage) == 1


@pytest.mark.parametrize("seconds", [HOUR, MONTH])
async def test_a_process_that_starts_with_an_earlier_clock_goes_on(
    stage: Stage, tmp_path: Path, seconds: float
) -> None:
    stage.clock.set_forward(seconds)
    stage.slack.refuse("chat.postMessage", error="internal_error")
    await stage.slack.command(REPORT, channel="CTRAIN")
    await stage.bot.settle()
    await stage.slack.command(REPORT, channel="CFIELD")
    stage.clock.set_back(seconds)
    async with another_bot(stage.world, tmp_path / "flowbot.db") as bot:
        await bot.engine.recover()
        await bot.delivery.recover()
        await bot.tick()
        stage.clock.advance(seconds=5)
        await bot.settle()

    assert (len(stage.said("CTRAIN")), len(stage.said("CFIELD"))) == (1, 1)


async def test_a_clock_that_is_right_moves_nothing(stage: Stage, tmp_path: Path) -> None:
    await stage.command(DAILY)
    await stage.command("/flow-run watch all")
    before = await _moments(stage)
    for seconds in (0, 3, 86_400):
        stage.clock.advance(seconds=seconds)
        stage.clock.set_back(2)
        assert await stage.bot.timekeeper.look() == 0
    async with another_bot(stage.world, tmp_path / "flowbot.db") as bot:
        assert await bot.timekeeper.look() == 0

    assert await _moments(stage) == before


def _next(stage: Stage, hour: int) -> datetime:
    """Return the next such hour of Berlin in winter."""
    now = stage.clock.now()
    today = now.replace(hour=hour - 1, minute=0, second=0)
    return today if today > now else today + timedelta(days=1)


async def _moments(stage: Stage) -> list[dict[str, object]]:
    return [
        *await stage.rows("SELECT run_at, created_at, finished_at FROM jobs ORDER BY id"),
        *await stage.rows("SELECT next_try_at, created_at, settled_at FROM ledger ORDER BY id"),
        *await stage.rows("SELECT next_run_at FROM subscriptions"),
        *await stage.rows("SELECT created_at FROM watches"),
    ]
