"""Digests arrive at their time, each once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.asking.subscription import Subscription
from bot.digests.store import add_subscription
from bot.jobs.engine import WIDTH
from bot.store.database import Transaction
from bot.training.feature import REPORT
from bot.training.question import ReportQuestion
from sandbox.slack.channels import Channel
from tests.company import another_bot, let_speak
from tests.stage import Stage, open_stage

DAILY = "/flow subscribe report onboarding daily 09:00"
NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
CHANNELS = 500


def digests(stage: Stage) -> list[str]:
    """Return the texts of what came by schedule: all but the reply to the order."""
    return [each.text for each in stage.said() if not each.text.startswith("Done.")]


async def test_a_digest_arrives_at_its_time_and_not_before(stage: Stage) -> None:
    await stage.command(DAILY)

    await stage.at(NINE - timedelta(seconds=1))
    assert digests(stage) == []

    await stage.at(NINE)
    [digest] = digests(stage)
    assert "in Onboarding (" in digest
    assert "Late" not in stage.slack.transcript("CTRAIN")


async def test_a_digest_reads_its_period_anew_each_time(stage: Stage) -> None:
    await stage.command("/flow subscribe report onboarding last-7d daily 09:00")
    await stage.at(NINE)
    await stage.at(NINE + 7 * DAY)

    first, second = digests(stage)
    assert first != second
    assert "17\N{EN DASH}23 Nov" in first


async def test_the_second_digest_says_what_changed_since_the_first(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.at(NINE)
    await stage.at(NINE + DAY)

    first, second = stage.said()[1:]
    assert "since" not in str(first.blocks).casefold()
    assert "since" in str(second.blocks).casefold()


async def test_however_often_the_clock_is_asked_a_digest_comes_once(stage: Stage) -> None:
    await stage.command(DAILY)

    for second in range(30):
        await stage.at(NINE + timedelta(seconds=second))
    assert len(digests(stage)) == 1


async def test_two_bots_on_one_database_send_a_digest_once(stage: Stage, tmp_path: Path) -> None:
    await stage.command(DAILY)
    async with another_bot(stage.world, tmp_path / "flowbot.db") as other:
        stage.clock.advance(to=NINE)
        assert sorted([await other.claims.tick(), await stage.bot.claims.tick()]) == [0, 1]
        for bot in (other, stage.bot):
            await let_speak(bot)
            await bot.settle()

    assert len(digests(stage)) == 1


async def test_a_digest_that_was_accepted_before_a_restart_comes_after_it_once(
    stage: Stage, tmp_path: Path
) -> None:
    await stage.command(DAILY)
    stage.clock.advance(to=NINE)
    await stage.bot.tick()

    async with another_bot(stage.world, tmp_path / "flowbot.db") as restarted:
        await restarted.engine.recover()
        await restarted.delivery.recover()
        await restarted.tick()
        await restarted.settle()
    await stage.at(NINE + HOUR)
    assert len(digests(stage)) == 1


async def test_the_same_slot_planned_again_is_not_sent_again(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.at(NINE)
    await stage.bot.database.execute(
        "UPDATE subscriptions SET next_run_at = :planned",
        {"planned": NINE.isoformat(timespec="microseconds")},
    )

    await stage.at(NINE + HOUR)
    assert len(digests(stage)) == 1


async def test_on_the_day_with_an_hour_twice_one_digest_comes(tmp_path: Path) -> None:
    midnight = datetime(2026, 10, 24, 22, tzinfo=UTC)  # of 25 October in Berlin
    async with open_stage(tmp_path / "flowbot.db", now=midnight) as stage:
        await stage.command("/flow subscribe report onboarding daily 02:30")
        for half in range(1, 50):
            await stage.at(midnight + half * HOUR / 2)

        assert len(digests(stage)) == 1


async def test_on_the_day_with_an_hour_missing_one_digest_comes(tmp_path: Path) -> None:
    midnight = datetime(2027, 3, 27, 23, tzinfo=UTC)  # of 28 March in Berlin
    async with open_stage(tmp_path / "flowbot.db", now=midnight) as stage:
        await stage.command("/flow subscribe report onboarding daily 02:30")
        for half in range(1, 46):
            await stage.at(midnight + half * HOUR / 2)

        assert len(digests(stage)) == 1


async def test_after_an_outage_of_three_days_one_digest_stands_for_all(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.at(NINE + 2 * DAY + HOUR)

    assert len(digests(stage)) == 1
    late = (
        "Late by 1 h: it was planned for Wed 25 Nov, 09:00. This one stands for 3 planned digests"
    )
    assert late in stage.slack.transcript("CTRAIN")

    await stage.at(NINE + 3 * DAY)
    assert len(digests(stage)) == 2
    assert stage.slack.transcript("CTRAIN").count("Late by") == 1


async def test_one_report_for_500_channels_is_asked_of_the_vendor_once(stage: Stage) -> None:
    def order(tx: Transaction) -> None:
        for number in range(CHANNELS):
            add_subscription(tx, _ordered(f"C{number:04}", stage.clock.now()))

    open_channels(stage, CHANNELS)
    await stage.bot.parts.database.transaction(order)
    stage.clock.advance(to=NINE)
    assert await stage.bot.claims.tick() == CHANNELS
    await stage.bot.engine.worker.settle()

    assert len(stage.momoflow.calls) == 1
    [told] = await stage.rows("SELECT COUNT(DISTINCT channel) AS channels FROM ledger")
    assert told["channels"] == CHANNELS


async def test_1000_digests_on_45_periods_of_one_flow_are_hardly_more_calls(stage: Stage) -> None:
    def order(tx: Transaction) -> None:
        for number in range(1_000):
            question = ReportQuestion("onboarding", period=f"last-{number % 45 + 1}d")
            ordered = _ordered(f"C{number:04}", stage.clock.now())
            add_subscription(tx, replace(ordered, question=question))

    open_channels(stage, 1_000)
    await stage.bot.parts.database.transaction(order)
    stage.clock.advance(to=NINE)
    assert await stage.bot.claims.tick() == 1_000
    await stage.bot.engine.worker.settle()

    assert len(stage.momoflow.calls) <= 2  # what is of a period is counted from one answer
    [told] = await stage.rows("SELECT COUNT(DISTINCT channel) AS channels FROM ledger")
    assert told["channels"] == 1_000


async def test_a_vendor_that_is_asked_too_fast_holds_all_digests(stage: Stage) -> None:
    def order(tx: Transaction) -> None:
        for number in range(20):
            question = ReportQuestion("onboarding", period=f"last-{number + 1}d")
            ordered = _ordered(f"C{number:04}", stage.clock.now())
            add_subscription(tx, replace(ordered, question=question))

    open_channels(stage, 20)
    await stage.bot.parts.database.transaction(order)
    stage.clock.advance(to=NINE)
    stage.momoflow.set_switch("answer_429", 1)
    stage.momoflow.set_switch("retry_after", 600)
    await stage.bot.tick()
    await stage.bot.engine.worker.settle()

    assert len(stage.momoflow.calls) <= WIDTH
    waiting = await stage.rows(
        "SELECT MIN(run_at) AS at FROM jobs WHERE state = 'queued' AND name = 'digest'"
    )
    assert datetime.fromisoformat(waiting[0]["at"]) >= NINE + timedelta(seconds=590)


def open_channels(stage: Stage, number: int) -> None:
    """Let there be so many channels, with the bot in them."""
    bot = stage.slack.bot_user_id
    stage.slack.admin.add(*(Channel(f"C{each:04}", f"c{each}", (bot,)) for each in range(number)))


def _ordered(channel: str, now: datetime) -> Subscription:
    return Subscription(
        id=0,
        channel=channel,
        kind=REPORT,
        question=ReportQuestion("onboarding", period="last-30d"),
        cron="0 9 * * *",
        words="every day at 09:00",
        zone="Europe/Berlin",
        creator="UADA",
        created_at=now,
        next_run_at=NINE,
    )


async def test_digests_wait_for_their_turn_where_a_vendor_takes_few_questions(
    stage: Stage,
) -> None:
    """At nine a vendor is asked more than it takes in a minute, and says when to come back."""
    for number in range(12):
        days = number + 3
        await stage.command(f"/flow subscribe report onboarding last-{days}d daily 09:00")
    ordered = len(stage.said())
    stage.momoflow.set_switch("rate_limit", 2)
    await stage.at(NINE)
    await stage.after(minutes=15, step=20)

    assert len(stage.said()) == ordered + 12
    assert await stage.rows("SELECT state, COUNT(*) AS n FROM digest_runs GROUP BY state") == [
        {"state": "sent", "n": 12}
    ]
    assert not stage.whispered("UADA")


async def test_digests_of_one_question_at_one_time_go_together(stage: Stage) -> None:
    for channel in ("CTRAIN", "CGENERAL"):
        await stage.command(DAILY, channel=channel)
    await stage.command("/flow subscribe report onboarding last-7d daily 09:00")
    await stage.command("/flow subscribe report onboarding daily 10:00")

    stage.clock.advance(to=NINE + HOUR)
    assert await stage.bot.claims.tick() == 4
    rows = await stage.rows(
        """SELECT COUNT(*) AS count FROM jobs WHERE workspace = :workspace AND together <> ''
        GROUP BY together ORDER BY count""",
        workspace=stage.bot.workspace,
    )
    assert [row["count"] for row in rows] == [1, 1, 2]
