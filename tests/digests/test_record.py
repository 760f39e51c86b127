"""Every planned digest has one row, whatever became of it, and as soon as it became that."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.assembly.process import assemble
from bot.config import with_values
from bot.outbox.claims import UNDER_WAY
from bot.training.feature import FEATURE as TRAINING
from sandbox.slack import Message
from sandbox.slack.faults import Arguments
from tests.asking.seeing import words
from tests.company import another_bot, let_speak, settings_of
from tests.stage import Stage, open_stage
from tests.vendors import secrets_in

DAILY = "/flow subscribe report onboarding daily 09:00"
WITH_FILE = "/flow subscribe report onboarding export csv daily 09:00"
NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
LATER = timedelta(minutes=6)


def stamped(*moments: datetime) -> list[str]:
    return [each.isoformat(timespec="microseconds") for each in moments]


def to_training(arguments: Arguments) -> bool:
    return bool(arguments["channel"] == "CTRAIN")


async def record(stage: Stage) -> list[dict[str, Any]]:
    return await stage.rows("SELECT * FROM digest_runs ORDER BY planned_at, id")


async def states(stage: Stage) -> list[str]:
    return [each["state"] for each in await record(stage)]


async def problem(stage: Stage) -> str:
    [row] = await stage.rows("SELECT last_error FROM subscriptions")
    return str(row["last_error"])


async def test_a_digest_that_came_has_its_planned_time_and_when_and_where_it_came(
    stage: Stage,
) -> None:
    await stage.command(DAILY)
    await stage.at(NINE)

    [row] = await record(stage)
    [_, told] = stage.said()
    assert (row["state"], row["cause"], row["reason"]) == ("sent", "planned", "")
    assert row["planned_at"] == stamped(NINE)[0]
    assert datetime.fromisoformat(row["told_at"]) - NINE < timedelta(minutes=1)
    assert (row["channel"], row["ts"]) == ("CTRAIN", told.ts)


async def test_one_that_is_tried_again_is_being_made_and_says_why(stage: Stage) -> None:
    await stage.command(DAILY)
    stage.momoflow.set_switch("answer_500", 1000)
    await stage.at(NINE)
    [row] = await record(stage)
    assert row["state"] == "making"
    assert "MomoFlow isn't responding" in row["reason"]

    for tries in range(1, 4):
        await stage.at(NINE + tries * LATER)
    [row] = await record(stage)
    assert row["state"] == "failed"
    assert "MomoFlow isn't responding" in row["reason"]
    assert row["told_at"] is None


async def test_one_whose_file_did_not_come_is_not_sent(stage: Stage) -> None:
    await stage.command(WITH_FILE)
    stage.slack.refuse("files.completeUploadExternal", error="file_uploads_disabled", times=9)
    await stage.at(NINE)

    [row] = await record(stage)
    assert row["state"] == "incomplete"
    assert "does not allow uploads" in row["reason"]
    assert row["told_at"]
    assert "does not allow uploads" in await problem(stage)
    [ok] = await stage.rows("SELECT last_ok_at FROM subscriptions")
    assert ok["last_ok_at"] is None


@pytest.mark.parametrize("times", [1, 2])
async def test_one_whose_file_came_by_trying_again_is_sent(stage: Stage, times: int) -> None:
    await stage.command(WITH_FILE)
    refused = "files.completeUploadExternal"
    stage.slack.refuse(refused, error="file_uploads_disabled", times=times)
    await stage.at(NINE)
    assert await states(stage) == ["incomplete"]

    for _ in range(times):
        explained = [each for each in all_said(stage) if "could not be posted" in each.text]
        await stage.slack.click(explained[-1], action_id="try_again")
        await stage.settle()

    [row] = await record(stage)
    assert (row["state"], row["reason"]) == ("sent", "")
    assert len(stage.slack.files) == 1
    [ok] = await stage.rows("SELECT last_ok_at FROM subscriptions")
    assert ok["last_ok_at"]


def all_said(stage: Stage) -> list[Message]:
    """Return what was said in #training, in threads too, oldest first."""
    return sorted(stage.slack.workspace.messages["CTRAIN"], key=lambda each: each.ts)


async def test_one_with_a_file_is_sent_once_the_file_is_there(stage: Stage) -> None:
    await stage.command(WITH_FILE)
    await stage.at(NINE)

    assert await states(stage) == ["sent"]
    assert len(stage.slack.files) == 1


@pytest.mark.parametrize(
    ("typed", "state"), [("pause 1", "paused"), ("snooze 1 3d", "snoozed")], ids=["pause", "snooze"]
)
async def test_planned_times_of_a_rest_are_on_record_as_they_pass(
    stage: Stage, typed: str, state: str
) -> None:
    await stage.command(DAILY)
    await stage.command(f"/flow {typed}")
    await stage.at(NINE)
    assert await states(stage) == [state]

    await stage.at(NINE + 2 * DAY)
    rows = await record(stage)
    assert [each["state"] for each in rows] == [state] * 3
    assert [each["planned_at"] for each in rows] == stamped(NINE, NINE + DAY, NINE + 2 * DAY)
    await stage.command("/flow resume 1")
    await stage.at(NINE + 3 * DAY)
    assert await states(stage) == [state] * 3 + ["sent"]


async def test_a_snooze_ends_by_itself_and_the_record_goes_on(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.command("/flow snooze 1 until 2026-11-25")
    for days in range(4):
        await stage.at(NINE + days * DAY)

    assert await states(stage) == ["snoozed", "snoozed", "sent", "sent"]


async def test_one_that_was_paused_while_it_was_made_is_on_record_as_paused(stage: Stage) -> None:
    await stage.command(DAILY)
    stage.momoflow.set_switch("answer_500", 1000)
    await stage.at(NINE)
    await stage.command("/flow pause 1")
    await stage.at(NINE + LATER)

    assert await states(stage) == ["paused"]


async def test_a_channel_that_is_gone_is_the_reason_also_of_those_after_it(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.slack.admin.archive("CTRAIN", told=False)
    await stage.at(NINE)
    await stage.at(NINE + DAY)

    rows = await record(stage)
    assert [each["state"] for each in rows] == ["channel gone", "paused"]
    assert {each["reason"] for each in rows} == {await problem(stage)}
    assert "archived" in rows[0]["reason"]


async def test_what_is_withheld_from_another_organisation_is_on_record(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.slack.admin.share("CTRAIN")
    await stage.at(NINE)
    await stage.at(NINE + DAY)

    assert await states(stage) == ["withheld", "withheld"]


async def test_times_at_which_flowbot_was_not_running_are_missed_and_the_last_comes_late(
    stage: Stage,
) -> None:
    await stage.command(DAILY)
    await stage.at(NINE + 2 * DAY + 9 * HOUR)

    rows = await record(stage)
    assert [each["state"] for each in rows] == ["missed", "missed", "sent"]
    assert [each["planned_at"] for each in rows] == stamped(NINE, NINE + DAY, NINE + 2 * DAY)
    assert "was not running" in rows[0]["reason"]
    assert "Late by 9 h: it was planned for Wed 25 Nov" in stage.slack.transcript("CTRAIN")


async def test_nothing_new_is_no_failure_and_is_on_record(stage: Stage) -> None:
    await stage.command("/flow subscribe events summary quarterly daily 09:00")
    await stage.at(NINE)
    await stage.at(NINE + DAY)

    assert await states(stage) == ["sent", "unchanged"]


async def test_a_service_that_is_off_is_the_reason(stage: Stage, tmp_path: Path) -> None:
    await stage.command(DAILY)
    settings = settings_of(stage.world, tmp_path / "flowbot.db")
    keyless = with_values(settings, training=dict.fromkeys(secrets_in(TRAINING.settings)))
    async with assemble(keyless, clock=stage.clock) as other:
        await let_speak(other)
        stage.clock.advance(to=NINE)
        await other.tick()
        await other.settle()

    [row] = await record(stage)
    assert row["state"] == "vendor off"
    assert "isn't set up here" in row["reason"]


async def test_what_is_sent_by_hand_has_a_row_of_its_own_with_who_wanted_it(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.command("/flow now 1", user="UGRACE")
    await stage.at(NINE)

    by_hand, planned = await record(stage)
    assert (by_hand["cause"], by_hand["asked_by"], by_hand["state"]) == ("now", "UGRACE", "sent")
    assert (planned["cause"], planned["state"]) == ("planned", "sent")


async def test_one_that_was_removed_while_it_waited_says_so(stage: Stage) -> None:
    await stage.command(DAILY)
    stage.momoflow.set_switch("answer_500", 1000)
    await stage.at(NINE)
    await stage.command("/flow remove 1")
    await stage.at(NINE + LATER)

    assert await states(stage) == ["removed"]


@pytest.fixture
async def holding(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path / "flowbot.db", in_doubt="hold") as stage:
        yield stage


@pytest.mark.parametrize(
    ("action", "then"), [("it_is_there", "sent"), ("send_again", "sent")], ids=["there", "again"]
)
async def test_what_is_in_doubt_is_so_on_record_until_somebody_looked(
    holding: Stage, action: str, then: str
) -> None:
    await holding.command(DAILY)
    holding.slack.disturb("chat.postMessage", kind="drop_after")
    await holding.at(NINE)
    assert await states(holding) == ["in_doubt"]

    [asked] = holding.slack.messages("DADA")
    await holding.slack.click(asked, action_id=action)
    await holding.settle()
    assert await states(holding) == [then]


async def test_a_process_that_dies_between_any_two_steps_leaves_one_row_that_is_true(
    stage: Stage, tmp_path: Path
) -> None:
    """It dies after the claim, while it is made, and while it is sent; the next one ends it."""
    await stage.command(DAILY)
    stage.clock.advance(to=NINE)
    await stage.bot.tick()
    assert await states(stage) == ["making"]

    await stage.bot.engine.worker.settle()
    assert await states(stage) == ["telling"]

    [due] = await stage.bot.parts.outbox.due(now=stage.clock.now(), limit=1)
    await stage.bot.delivery.claims.take(due, now=stage.clock.now())
    stage.clock.advance(seconds=UNDER_WAY.total_seconds())
    assert await states(stage) == ["telling"]
    async with another_bot(stage.world, tmp_path / "flowbot.db") as restarted:
        await restarted.engine.recover()
        await restarted.delivery.recover()
        await restarted.tick()
        await restarted.settle()
    await stage.until_sure()
    assert await states(stage) == ["sent"]
    assert len(stage.said()) == 2


async def test_only_what_was_told_is_what_the_next_one_is_compared_with(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.at(NINE)
    [told] = await stage.rows("SELECT data FROM snapshots WHERE key LIKE 'CTRAIN|%'")
    stage.slack.refuse("chat.postMessage", error="no_text", times=100, when=to_training)
    await stage.at(NINE + DAY)

    assert await states(stage) == ["sent", "failed"]
    assert await stage.rows("SELECT data FROM snapshots WHERE key LIKE 'CTRAIN|%'") == [told]
    assert {each["remembered"] for each in await record(stage)} == {""}


async def test_the_record_is_kept_for_400_days(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.at(NINE)
    await stage.command("/flow remove 1")
    for days, left in ((399, 1), (402, 0)):
        stage.clock.advance(to=NINE + days * DAY)
        await stage.bot.tidying.tidy()
        assert len(await record(stage)) == left


async def test_a_digest_that_slack_took_late_says_so(stage: Stage) -> None:
    await stage.command(DAILY)
    stage.slack.refuse("chat.postMessage", error="token_revoked", times=10_000)
    await stage.at(NINE)
    stage.slack.mend()
    await stage.at(NINE + timedelta(hours=2))

    told = stage.said()[-1]
    assert "Late by 2 h: it was planned for Mon 23 Nov, 09:00" in words(told)
    assert "Slack did not take it before" in words(told)
    [run] = await stage.rows("SELECT state FROM digest_runs")
    assert run["state"] == "sent"
    [kept] = await stage.rows("SELECT payload FROM ledger WHERE key LIKE 'digest:%'")
    assert "Late by 2 h" in kept["payload"]


async def test_a_digest_that_slack_took_a_little_later_says_nothing_of_it(stage: Stage) -> None:
    await stage.command(DAILY)
    stage.slack.refuse("chat.postMessage", error="token_revoked", times=10_000)
    await stage.at(NINE)
    stage.slack.mend()
    await stage.at(NINE + timedelta(minutes=10))

    assert "Late by" not in words(stage.said()[-1])
