"""Digests in bad weather: nothing is lost in silence, and nobody is told too often."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.asking.subscription import SNOOZED, Subscription
from bot.codec import loads
from bot.digests.store import pause_subscription, put_off_subscription, record_outcome
from bot.store.database import Transaction
from sandbox.slack.faults import Arguments
from tests.asking.seeing import labels, words
from tests.stage import Stage

DAILY = "/flow subscribe report onboarding daily 09:00"
NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY = timedelta(days=1)
LATER = timedelta(minutes=6)
REPLIES = ("Done.", "Changed.", "Paused ", "Resumed ", "Stopped ")


def digests(stage: Stage) -> list[str]:
    return [each.text for each in stage.said() if not each.text.startswith(REPLIES)]


def told_ada(stage: Stage) -> list[str]:
    return [each.text for each in stage.slack.messages("DADA")]


def to_training(arguments: Arguments) -> bool:
    return bool(arguments["channel"] == "CTRAIN")


async def fail_at(stage: Stage, moment: datetime) -> None:
    """Let a digest fall due while the vendor is down, and be tried as often as it is."""
    stage.momoflow.set_switch("answer_500", 1000)
    for tries in range(4):
        await stage.at(moment + tries * LATER)
    stage.momoflow.set_switch("answer_500", 0)


async def test_while_the_vendor_is_down_a_digest_is_tried_again_and_then_comes(
    stage: Stage,
) -> None:
    await stage.command(DAILY)
    stage.momoflow.set_switch("answer_500", 1000)
    await stage.at(NINE)
    assert digests(stage) == []
    assert told_ada(stage) == []

    stage.momoflow.set_switch("answer_500", 0)
    await stage.at(NINE + LATER)
    assert len(digests(stage)) == 1
    assert told_ada(stage) == []
    assert "Late" not in stage.slack.transcript("CTRAIN")


async def test_the_owner_is_told_once_in_a_row_of_failures_and_how_to_mend_it(
    stage: Stage,
) -> None:
    await stage.command(DAILY)
    await fail_at(stage, NINE)
    await fail_at(stage, NINE + DAY)

    assert digests(stage) == []
    [told] = told_ada(stage)
    assert told == (
        "MomoFlow isn't responding, so Onboarding didn't go. I'll try again tomorrow at 09:00."
    )
    assert "CTRAIN" in str(stage.said("DADA")[0].blocks)
    assert labels(stage.said("DADA")[0]) == ["Send now", "Stop"]


async def test_of_a_vendors_trouble_the_owner_of_many_digests_is_told_once_a_day(
    stage: Stage,
) -> None:
    await stage.command(DAILY)
    await stage.command("/flow subscribe report gdpr daily 09:00")
    await fail_at(stage, NINE)

    [told] = stage.said("DADA")
    assert "Your other digests from there may be missing too." in told.text
    assert labels(told) == ["Send now", "All my digests", "Stop"]

    await stage.at(NINE + DAY)
    await fail_at(stage, NINE + 2 * DAY)
    assert len(stage.said("DADA")) == 2


async def test_what_ails_one_digest_alone_is_told_of_each(stage: Stage) -> None:
    for name in ("onboarding", "gdpr"):
        await stage.command(f"/flow subscribe report {name} daily 09:00")
    await stage.bot.database.execute("DELETE FROM aliases")
    await stage.at(NINE)

    assert len(told_ada(stage)) == 2


async def test_what_the_owner_is_told_mends_it_with_a_click(stage: Stage) -> None:
    await stage.command(DAILY)
    await fail_at(stage, NINE)
    [told] = stage.said("DADA")
    await stage.slack.click(told, action_id="do", user="UADA")
    await stage.settle()

    assert len(digests(stage)) == 1
    assert stage.whispered()[-1] == "The answer is in another channel."


async def test_after_a_success_the_next_failure_is_told_again(stage: Stage) -> None:
    await stage.command(DAILY)
    await fail_at(stage, NINE)
    await stage.at(NINE + DAY)
    assert len(digests(stage)) == 1

    await fail_at(stage, NINE + 2 * DAY)
    assert len(told_ada(stage)) == 2


async def test_a_failure_is_shown_in_the_list_until_it_is_over(stage: Stage) -> None:
    await stage.command(DAILY)
    await fail_at(stage, NINE)
    await stage.command("/flow list")
    shown = str(stage.slack.ephemerals("UADA")[-1].blocks)
    assert "1 digest in #training needs attention" in shown
    assert "Failed last time: MomoFlow isn't responding" in shown

    await stage.at(NINE + DAY)
    await stage.command("/flow list")
    assert "Failed last time" not in str(stage.slack.ephemerals("UADA")[-1].blocks)


async def test_a_key_that_is_refused_is_told_at_once_without_trying_for_long(
    stage: Stage,
) -> None:
    await stage.command(DAILY)
    stage.momoflow.set_switch("expired_key", value=True)
    await stage.at(NINE)

    [told] = told_ada(stage)
    assert "MOMOFLOW_API_KEY" in told
    assert len(stage.momoflow.calls) == 1


async def test_a_name_that_was_taken_away_is_told_to_the_owner(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.bot.database.execute("DELETE FROM aliases WHERE name = 'onboarding'")
    await stage.at(NINE)

    [told] = told_ada(stage)
    assert "onboarding" in told
    assert digests(stage) == []


async def test_a_digest_that_slack_refuses_as_the_channel_is_archived_rests(stage: Stage) -> None:
    await stage.command(DAILY)
    stage.slack.refuse("chat.postMessage", error="is_archived", when=to_training)
    await stage.at(NINE)

    [told] = told_ada(stage)
    assert told.startswith("Onboarding is paused, as its channel is archived.")
    await stage.command("/flow list")
    listed = words(stage.slack.ephemerals("UADA")[-1])
    assert "Paused: That channel is archived." in listed
    assert "is_archived" not in listed


async def test_one_that_rests_goes_on_when_it_is_resumed(stage: Stage) -> None:
    await stage.command(DAILY)
    stage.slack.refuse("chat.postMessage", error="is_archived", when=to_training)
    await stage.at(NINE)
    await stage.command("/flow resume 1")
    await stage.at(NINE + DAY)

    assert len([text for text in digests(stage) if "in Onboarding (" in text]) == 1


async def test_a_digest_that_was_planned_before_a_pause_is_not_sent_after_it(
    stage: Stage,
) -> None:
    await stage.command(DAILY)
    stage.momoflow.set_switch("answer_500", 1000)
    await stage.at(NINE)
    stage.momoflow.set_switch("answer_500", 0)
    await stage.command("/flow pause 1")
    await stage.at(NINE + LATER)

    assert digests(stage) == []
    assert told_ada(stage) == []


async def test_an_unknown_zone_stops_its_own_digest_and_no_other(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.command("/flow subscribe report gdpr daily 09:00")
    await stage.bot.database.execute("UPDATE subscriptions SET zone = 'Mars/Base' WHERE id = 1")
    await stage.at(NINE)

    assert len(digests(stage)) == 1
    [told] = told_ada(stage)
    assert "I can't read this digest's time zone" in told
    await stage.command("/flow list")
    assert "1 of 2 digests in #training needs attention" in stage.whispered()[-1]
    assert await stage.bot.tick() == 0


async def test_a_digest_that_is_tried_again_is_about_its_planned_day(stage: Stage) -> None:
    await stage.command("/flow subscribe report onboarding today daily 23:58 Europe/Berlin")
    stage.momoflow.set_switch("answer_500", 50)
    await stage.at(NINE.replace(hour=22, minute=58))
    stage.momoflow.set_switch("answer_500", 0)
    await stage.after(minutes=6, step=60)

    assert await periods(stage) == ["2026-11-23..2026-11-23"]


async def test_a_digest_of_a_month_that_comes_late_is_about_that_month(stage: Stage) -> None:
    order = "/flow subscribe report onboarding this-month monthly last 23:00 Europe/Berlin"
    await stage.command(order)
    await stage.at(datetime(2026, 12, 1, 7, tzinfo=UTC))

    assert await periods(stage) == ["2026-11-01..2026-11-30"]


async def test_one_digest_for_several_that_were_missed_is_about_the_last_of_them(
    stage: Stage,
) -> None:
    await stage.command("/flow subscribe report onboarding today daily 09:00 Europe/Berlin")
    await stage.at(datetime(2026, 11, 27, 3, tzinfo=UTC))

    assert await periods(stage) == ["2026-11-26..2026-11-26"]


async def periods(stage: Stage) -> list[str]:
    """Return the days that the digests of the outbox are about."""
    rows = await stage.rows("SELECT question FROM ledger WHERE subscription_id = 1 ORDER BY id")
    return [loads(row["question"])["period"] for row in rows]


@pytest.mark.parametrize("change", [put_off_subscription, lambda tx, _: pause_subscription(tx, 1)])
async def test_a_pause_or_snooze_keeps_how_a_digest_went_meanwhile(
    stage: Stage, change: Callable[[Transaction, Subscription], None]
) -> None:
    await stage.command(DAILY)
    read_before = await stage.bot.parts.digests.get(1)
    assert read_before is not None

    def went_wrong_meanwhile(tx: Transaction) -> None:
        record_outcome(tx, 1, error="MomoFlow isn't responding", now=stage.clock.now())
        change(tx, replace(read_before, state=SNOOZED))

    await stage.bot.parts.database.transaction(went_wrong_meanwhile)
    after = await stage.bot.parts.digests.get(1)
    assert after is not None
    assert after.state != read_before.state
    assert (after.failure_streak, after.last_error) == (1, "MomoFlow isn't responding")


@pytest.mark.parametrize("verb", ["resume", "now"])
async def test_a_digest_does_not_go_on_in_a_channel_that_takes_no_messages(
    stage: Stage, verb: str
) -> None:
    await stage.command(DAILY)
    await stage.slack.admin.archive("CTRAIN")
    await stage.at(NINE)
    await stage.command(f"/flow {verb} 1", channel="CGENERAL")
    assert "That channel is archived." in stage.whispered()[-1]

    await stage.slack.admin.archive("CTRAIN", back=True)
    await stage.slack.admin.remove_app("CTRAIN")
    await stage.command(f"/flow {verb} 1", channel="CGENERAL")
    assert "I'm not in that channel yet." in stage.whispered()[-1]
    assert (await stage.rows("SELECT state FROM subscriptions"))[0]["state"] == "stopped"


async def test_the_history_says_in_words_why_a_digest_did_not_arrive(stage: Stage) -> None:
    await stage.command(DAILY)
    stage.slack.refuse("chat.postMessage", error="is_archived", when=to_training)
    await stage.at(NINE)
    await stage.command("/flow history 1")

    shown = str(stage.slack.ephemerals("UADA")[-1].blocks)
    assert "That channel is archived." in shown
    assert "is_archived" not in shown


async def test_a_digest_asked_for_now_from_elsewhere_says_where_it_comes(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.command("/flow now 1", channel="CGENERAL")

    assert len(digests(stage)) == 1
    assert stage.whispered() == ["The answer is in another channel."]
    assert "CTRAIN" in str(stage.slack.ephemerals("UADA")[-1].blocks)


async def test_a_number_is_never_given_again_and_each_zone_has_its_own_run(stage: Stage) -> None:
    await stage.command(f"{DAILY} Europe/Berlin")
    await stage.at(NINE)
    await stage.command("/flow remove 1")
    await stage.command(f"{DAILY} Europe/London")
    await stage.at(NINE + timedelta(hours=1))

    assert [each["id"] for each in await stage.rows("SELECT id FROM subscriptions")] == [2]
    assert len([text for text in digests(stage) if "in Onboarding (" in text]) == 2
    await stage.command("/flow history 2")
    assert "1 of 1 digest sent" in stage.whispered()[-1]
