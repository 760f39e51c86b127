"""Messages of which nobody knows at first whether Slack has them: nothing lost, nothing twice."""

from pathlib import Path

import pytest

from bot.asking.runner import MOST_CRASHES
from bot.assembly.bot import Bot
from bot.outbox.claims import UNDER_WAY
from bot.outbox.history import MOST_PAGES
from sandbox.slack.faults import Kind
from tests.company import another_bot
from tests.stage import Stage, open_stage

LOOKS = 3
REPORT = "/flow-report onboarding"


def reports(stage: Stage, channel: str = "CTRAIN") -> int:
    return len([each for each in stage.said(channel) if "in Onboarding (" in each.text])


async def states(stage: Stage) -> list[str]:
    return [row["state"] for row in await stage.rows("SELECT state FROM ledger ORDER BY id")]


async def forget_the_end_of_sending(stage: Stage) -> None:
    """Leave the outbox as a process does that dies between sending and noting it."""
    await stage.bot.database.execute(
        "UPDATE ledger SET state = 'sending', settled_at = NULL, ts = NULL, posted_channel = NULL"
    )
    stage.clock.advance(seconds=UNDER_WAY.total_seconds())


async def recover(bot: Bot) -> None:
    await bot.engine.recover()
    await bot.delivery.recover()
    await bot.settle()


async def test_a_message_that_arrived_unconfirmed_is_found_and_not_posted_again(
    stage: Stage,
) -> None:
    stage.slack.grant("channels:history")
    stage.slack.disturb("chat.postMessage", kind="drop_after")
    await stage.command(REPORT)

    assert reports(stage) == 1
    assert await states(stage) == ["sent"]


async def test_a_message_found_again_can_be_exported_like_any_other(stage: Stage) -> None:
    stage.slack.grant("channels:history")
    stage.slack.disturb("chat.postMessage", kind="drop_after")
    await stage.command(REPORT)

    [message] = stage.said()
    await stage.slack.message_shortcut("export_data", message=message, user="UADA")
    view = stage.slack.view_of("UADA")
    assert view is not None


async def test_a_message_that_did_not_arrive_is_posted_again_after_looking(stage: Stage) -> None:
    stage.slack.grant("channels:history")
    stage.slack.disturb("chat.postMessage", kind="drop_before")
    await stage.command(REPORT)
    assert reports(stage) == 0

    await stage.until_sure()
    assert reports(stage) == 1
    methods = [call.method for call in stage.slack.calls]
    assert methods.count("conversations.history") == LOOKS


@pytest.mark.parametrize("seconds", [5, 20, 40])
async def test_a_message_that_slack_shows_late_is_not_posted_again(
    stage: Stage, seconds: float
) -> None:
    stage.slack.grant("channels:history")
    stage.slack.disturb("chat.postMessage", kind="late", seconds=seconds)
    await stage.command(REPORT)
    await stage.until_sure()

    assert reports(stage) == 1
    assert await states(stage) == ["sent"]


@pytest.mark.parametrize("kind", ["html_after", "bare_after"])
async def test_an_answer_that_says_nothing_is_in_doubt_and_looked_up(
    stage: Stage, kind: Kind
) -> None:
    stage.slack.grant("channels:history")
    stage.slack.disturb("chat.postMessage", kind=kind)
    await stage.command(REPORT)
    await stage.until_sure()

    assert reports(stage) == 1
    assert await states(stage) == ["sent"]


async def test_in_a_busy_channel_a_message_is_found_among_all_that_came_after_it(
    stage: Stage,
) -> None:
    stage.slack.grant("channels:history")
    stage.slack.disturb("chat.postMessage", kind="drop_after")
    stage.slack.disturb("conversations.history", kind="rate_limited", seconds=5)
    await stage.slack.command(REPORT, channel="CTRAIN")
    await stage.bot.settle()
    for number in range(450):
        await stage.slack.say(f"word {number}", user="UADA", channel="CTRAIN")
    await stage.until_sure()

    assert reports(stage) == 1
    assert await states(stage) == ["sent"]


@pytest.mark.parametrize("arrived", [True, False], ids=["it arrived", "it did not"])
async def test_an_app_that_may_read_few_messages_at_once_gets_on_with_its_look(
    stage: Stage, *, arrived: bool
) -> None:
    stage.slack.grant("channels:history")
    stage.slack.switches.few_messages = True
    stage.slack.disturb("chat.postMessage", kind="drop_after" if arrived else "drop_before")
    stage.slack.disturb("conversations.history", kind="rate_limited", seconds=5)
    await stage.slack.command(REPORT, channel="CTRAIN")
    await stage.bot.settle()
    for number in range(100):
        await stage.slack.say(f"word {number}", user="UADA", channel="CTRAIN")
    for _ in range(40):
        stage.clock.advance(seconds=31)
        await stage.bot.settle()

    assert reports(stage) == 1
    assert await states(stage) == ["sent"]


async def test_a_look_among_few_messages_at_once_comes_to_an_end(stage: Stage) -> None:
    stage.slack.grant("channels:history")
    stage.slack.switches.few_messages = True
    stage.slack.disturb("chat.postMessage", kind="drop_before")
    await stage.slack.command(REPORT, channel="CTRAIN")
    await stage.bot.settle()
    for number in range(1_000):
        await stage.slack.say(f"word {number}", user="UADA", channel="CTRAIN")
    for _ in range(130):
        stage.clock.advance(seconds=31)
        await stage.bot.settle()

    reads = [each for each in stage.slack.calls if each.method == "conversations.history"]
    assert len(reads) <= 2 * (MOST_PAGES + 1)
    assert reports(stage) == 1


async def test_a_reply_is_found_among_few_messages_at_once(stage: Stage) -> None:
    stage.slack.grant("channels:history")
    stage.slack.switches.few_messages = True
    stage.slack.refuse("files.completeUploadExternal", error="file_uploads_disabled")
    await stage.slack.command("/flow-report onboarding export csv", channel="CTRAIN")
    stage.slack.disturb(
        "chat.postMessage", kind="drop_after", when=lambda sent: bool(sent.get("thread_ts"))
    )
    await stage.bot.settle()
    [parent] = stage.said()
    for number in range(40):
        await stage.slack.say(f"word {number}", channel="CTRAIN", thread_ts=parent.ts)
    for _ in range(20):
        stage.clock.advance(seconds=31)
        await stage.bot.settle()

    replies = stage.slack.thread("CTRAIN", parent.ts)
    assert len([each for each in replies if each.user == stage.slack.bot_user_id]) == 1
    assert await states(stage) == ["sent", "failed", "sent"]


async def test_a_message_that_slack_shows_only_after_it_was_sent_again_is_found_the_next_time(
    stage: Stage,
) -> None:
    stage.slack.grant("channels:history")
    stage.slack.disturb("chat.postMessage", kind="late", seconds=70)
    stage.slack.disturb("chat.postMessage", kind="drop_before", times=2)
    await stage.command(REPORT)
    for _ in range(5):
        await stage.until_sure()

    assert reports(stage) == 1


async def test_an_unconfirmed_reply_is_found_in_its_thread(stage: Stage) -> None:
    stage.slack.grant("channels:history")
    stage.slack.refuse("files.completeUploadExternal", error="file_uploads_disabled")
    stage.slack.disturb(
        "chat.postMessage", kind="drop_after", when=lambda sent: bool(sent.get("thread_ts"))
    )
    await stage.command("/flow-report onboarding export csv")

    [parent] = stage.said()
    assert len(stage.slack.thread("CTRAIN", parent.ts)) == 1
    assert "conversations.replies" in {call.method for call in stage.slack.calls}


async def test_where_history_cannot_be_read_the_setting_resend_posts_it_again(
    stage: Stage,
) -> None:
    stage.slack.disturb("chat.postMessage", kind="drop_after")
    await stage.command(REPORT)

    assert reports(stage) == 2
    assert await states(stage) == ["sent"]


async def test_where_history_cannot_be_read_the_setting_hold_leaves_it(tmp_path: Path) -> None:
    async with open_stage(tmp_path / "flowbot.db", in_doubt="hold") as stage:
        stage.slack.disturb("chat.postMessage", kind="drop_after")
        await stage.command(REPORT)

        assert reports(stage) == 1
        assert (await states(stage))[0] == "in_doubt"


async def test_while_history_is_rate_limited_nothing_is_posted_again(stage: Stage) -> None:
    stage.slack.grant("channels:history")
    stage.slack.disturb("chat.postMessage", kind="drop_after")
    stage.slack.disturb("conversations.history", kind="rate_limited", seconds=60)
    await stage.command(REPORT)
    assert reports(stage) == 1

    stage.clock.advance(seconds=61)
    await stage.settle()
    assert reports(stage) == 1
    assert await states(stage) == ["sent"]


async def test_while_history_cannot_be_reached_nothing_is_posted_again(stage: Stage) -> None:
    stage.slack.grant("channels:history")
    stage.slack.disturb("chat.postMessage", kind="drop_after")
    stage.slack.disturb("conversations.history", kind="drop_before", times=2)
    await stage.command(REPORT)
    for _ in range(5):
        stage.clock.advance(seconds=30)
        await stage.settle()

    assert reports(stage) == 1
    assert await states(stage) == ["sent"]


async def test_a_message_that_never_arrived_is_posted_once_history_can_be_reached(
    stage: Stage,
) -> None:
    stage.slack.grant("channels:history")
    stage.slack.disturb("chat.postMessage", kind="drop_before")
    stage.slack.disturb("conversations.history", kind="rate_limited", seconds=60)
    await stage.command(REPORT)
    assert reports(stage) == 0

    for _ in range(3):
        stage.clock.advance(seconds=61)
        await stage.settle()
    assert reports(stage) == 1


async def test_after_a_crash_what_slack_has_is_found_and_not_posted_again(
    stage: Stage, tmp_path: Path
) -> None:
    stage.slack.grant("channels:history")
    await stage.command(REPORT)
    await forget_the_end_of_sending(stage)

    async with another_bot(stage.world, tmp_path / "flowbot.db") as restarted:
        await recover(restarted)
    await stage.settle()
    assert reports(stage) == 1
    assert await states(stage) == ["sent"]


async def test_after_a_crash_what_slack_does_not_have_is_posted(
    stage: Stage, tmp_path: Path
) -> None:
    stage.slack.grant("channels:history")
    await stage.slack.command(REPORT, channel="CTRAIN")
    await stage.bot.engine.worker.settle()
    await stage.bot.database.execute(
        "UPDATE ledger SET state = 'sending', attempts = 1, claimed_at = created_at"
    )
    stage.clock.advance(seconds=UNDER_WAY.total_seconds())

    async with another_bot(stage.world, tmp_path / "flowbot.db") as restarted:
        await recover(restarted)
    await stage.until_sure()
    assert reports(stage) == 1


async def test_after_a_crash_the_setting_hold_leaves_what_cannot_be_looked_up(
    stage: Stage, tmp_path: Path
) -> None:
    await stage.command(REPORT)
    await forget_the_end_of_sending(stage)

    async with another_bot(stage.world, tmp_path / "flowbot.db", in_doubt="hold") as restarted:
        await recover(restarted)
    assert reports(stage) == 1
    assert (await states(stage))[0] == "in_doubt"


async def test_a_job_that_was_running_at_a_crash_is_carried_out_after_it_once(
    stage: Stage, tmp_path: Path
) -> None:
    await stage.slack.command(REPORT, channel="CTRAIN")
    await stage.bot.database.execute("UPDATE jobs SET state = 'running', attempts = 1")

    async with another_bot(stage.world, tmp_path / "flowbot.db") as restarted:
        await recover(restarted)
        await recover(restarted)
    assert reports(stage) == 1


async def test_a_job_that_takes_the_process_down_each_time_is_given_up_with_words(
    stage: Stage, tmp_path: Path
) -> None:
    await stage.slack.command(REPORT, channel="CTRAIN")
    for _ in range(MOST_CRASHES):
        await stage.bot.database.execute("UPDATE jobs SET state = 'running'")
        await stage.bot.engine.recover()

    async with another_bot(stage.world, tmp_path / "flowbot.db") as restarted:
        await recover(restarted)
    [said] = stage.whispered()
    assert "Something went wrong in Flowbot" in said
    assert len(stage.momoflow.calls) == 0
