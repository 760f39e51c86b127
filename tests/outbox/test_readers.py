"""Who reads a channel is asked when something is posted there, not only when it was asked for."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import BotError
from bot.outbox.entries import OutgoingAnswer
from bot.outbox.store import tell
from bot.slack.directory import PLACES_AGE
from bot.slack.messages import Answer, Message, Target
from sandbox.slack.channels import Channel
from sandbox.slack.people import PARTNER
from tests.runs.acting import TRAVEL, quiet, somebody_runs, started, thread
from tests.stage import Stage

REPORT = "/flow-report onboarding last-7d"
EXPORT = "/flow-report onboarding export csv"
DAILY = "/flow subscribe report onboarding daily 09:00"
NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)
WITHHELD = "I did not post something for you in its channel."

told_or_not = pytest.mark.parametrize("told", [True, False], ids=["event", "no event"])


async def queued(stage: Stage) -> None:
    """Let jobs be carried out whose messages still wait."""
    await stage.bot.engine.worker.settle()


async def share(stage: Stage, channel: str = "CTRAIN", *, told: bool = True) -> None:
    """Share a channel; where no event tells it, what is remembered has to be too old."""
    await stage.slack.admin.share(channel, told=told)
    if not told:
        stage.clock.advance(seconds=PLACES_AGE.total_seconds() + 1)


def direct(stage: Stage) -> list[str]:
    return [each.text for each in stage.said("DADA")]


def look_ups(stage: Stage) -> int:
    return [each.method for each in stage.slack.calls].count("conversations.info")


async def say(stage: Stage, text: str, channel: str) -> None:
    outgoing = OutgoingAnswer(key=text, target=Target(channel), answer=Answer(Message(text)))
    await stage.bot.parts.database.transaction(lambda tx: tell(tx, outgoing, now=stage.clock.now()))


@told_or_not
async def test_an_answer_is_not_posted_where_others_read_by_now(
    stage: Stage, *, told: bool
) -> None:
    await stage.slack.command(REPORT, user="UADA", channel="CTRAIN")
    await queued(stage)
    await share(stage, told=told)
    await stage.settle()

    assert stage.said() == []
    [notice] = direct(stage)
    assert notice.startswith(f"{WITHHELD} People of another organisation may read that channel.")
    assert "It begins: “" in notice
    assert "overdue in Onboarding (" in notice


@told_or_not
async def test_nor_is_a_file(stage: Stage, *, told: bool) -> None:
    stage.slack.disturb("files.getUploadURLExternal", kind="rate_limited", seconds=30)
    await stage.command(EXPORT)
    [parent] = stage.said()
    await share(stage, told=told)
    stage.clock.advance(seconds=30)
    await stage.settle()

    assert not stage.slack.files
    assert stage.said() == [parent]
    [notice] = direct(stage)
    assert notice.startswith(WITHHELD)
    assert "It is the file “Onboarding" in notice


async def test_nor_one_whose_channel_is_shared_while_its_bytes_are_on_their_way(
    stage: Stage,
) -> None:
    def shared_now(_: object) -> bool:
        stage.bot.parts.directory.place_shared("CTRAIN", PARTNER)
        return False

    stage.slack.refuse("files.getUploadURLExternal", error="never", when=shared_now)
    await stage.command(EXPORT)

    assert "files.completeUploadExternal" not in [each.method for each in stage.slack.calls]
    assert [each[: len(WITHHELD)] for each in direct(stage)] == [WITHHELD]


@told_or_not
async def test_a_message_is_not_brought_up_to_date_where_others_read_by_now(
    stage: Stage, *, told: bool
) -> None:
    await say(stage, "Asking giosg …", "CTRAIN")
    await stage.settle()
    await share(stage, told=told)
    edited = await stage.bot.parts.editor.edit("Asking giosg …", Message("12 chats"))

    assert not edited.done
    assert [each.text for each in stage.said()] == ["Asking giosg …"]


@told_or_not
async def test_a_digest_is_paused_and_its_owner_told_once(stage: Stage, *, told: bool) -> None:
    await stage.command(DAILY)
    before = stage.said()
    stage.clock.advance(to=NINE)
    await stage.bot.tick()
    await queued(stage)
    await share(stage, told=told)
    await stage.settle()

    assert stage.said() == before
    [notice] = direct(stage)
    assert notice.startswith("Onboarding is paused, as another organisation now reads its channel.")
    [row] = await stage.rows("SELECT state, failure_streak FROM subscriptions")
    assert row == {"state": "shared", "failure_streak": 0}


async def test_a_digest_for_whose_readers_a_member_agreed_is_posted(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.slack.admin.share("CTRAIN")
    await stage.command("/flow resume 1")
    await stage.at(NINE)
    assert len(stage.said()) == 2

    stage.clock.advance(to=NINE + timedelta(days=1))
    await stage.bot.tick()
    await queued(stage)
    await stage.slack.admin.share("CTRAIN", "TTHIRD")
    await stage.settle()
    assert len(stage.said()) == 2


@told_or_not
async def test_watches_are_paused_and_who_made_them_is_told(stage: Stage, *, told: bool) -> None:
    quiet(stage)
    await stage.command("/flow-run watch all", channel="CFIELD")
    await stage.after(seconds=10)
    before = stage.said("CFIELD")
    somebody_runs(stage, seconds=5)
    stage.slack.disturb("chat.postMessage", kind="rate_limited", seconds=30)
    await stage.after(seconds=25)
    assert stage.said("CFIELD") == before
    await share(stage, "CFIELD", told=told)
    await stage.after(seconds=60)

    assert stage.said("CFIELD") == before
    [notice] = direct(stage)
    assert notice.startswith("The watch of all flows is paused, as another organisation now reads")
    [row] = await stage.rows("SELECT paused FROM watches")
    assert row["paused"] == "shared"


async def test_the_thread_of_a_card_is_not_continued_where_others_read_by_now(
    stage: Stage,
) -> None:
    quiet(stage)
    shown = await started(stage)
    stage.slack.disturb(
        "chat.postMessage",
        kind="rate_limited",
        seconds=30,
        when=lambda arguments: bool(arguments.get("thread_ts")),
    )
    await stage.after(seconds=45)
    await stage.slack.admin.share("CTRAIN")
    await stage.after(seconds=60)

    assert not any("is done" in each for each in thread(stage, shown))
    [notice] = direct(stage)
    assert notice.startswith(WITHHELD)
    assert f"It begins: “{TRAVEL} is done" in notice


async def test_while_slack_does_not_say_who_reads_along_messages_wait(stage: Stage) -> None:
    stage.slack.disturb("conversations.info", kind="rate_limited", seconds=90)
    await say(stage, "first", "CTRAIN")
    await say(stage, "second", "CTRAIN")
    await say(stage, "direct", "UADA")
    await stage.bot.settle()
    assert stage.said() == []
    assert direct(stage) == ["direct"]

    stage.clock.advance(seconds=90)
    await stage.settle()
    assert [each.text for each in stage.said()] == ["first", "second"]
    assert {row["attempts"] for row in await stage.rows("SELECT attempts FROM ledger")} == {1}


async def test_what_nobody_could_tell_of_within_a_day_is_given_up(stage: Stage) -> None:
    stage.slack.refuse("conversations.info", error="fatal_error", times=100_000)
    await say(stage, "old news", "CTRAIN")
    for _ in range(26):
        stage.clock.advance(seconds=3600)
        await stage.bot.settle()

    [row] = await stage.rows("SELECT state FROM ledger")
    assert row["state"] == "failed"
    assert stage.said() == []


async def test_a_channel_that_cannot_be_seen_any_more_is_told_nothing(stage: Stage) -> None:
    stage.slack.admin.add_app("GLEADS")
    await stage.slack.command(REPORT, user="UADA", channel="GLEADS")
    await queued(stage)
    await stage.slack.admin.remove_app("GLEADS")
    await stage.settle()

    assert stage.slack.messages("GLEADS") == []
    [notice] = direct(stage)
    assert notice.startswith(f"{WITHHELD} I can't see that channel.")


async def test_a_workspace_that_refuses_this_too_is_held_as_one(stage: Stage) -> None:
    for method in ("conversations.info", "chat.postMessage"):
        stage.slack.refuse(method, error="token_revoked", times=3)
    await say(stage, "message", "CTRAIN")
    await stage.bot.settle()
    with pytest.raises(BotError, match="token_revoked"):
        await stage.bot.delivery.check()

    for _ in range(60):
        stage.clock.advance(seconds=10)
        await stage.bot.settle()
    assert [each.text for each in stage.said()] == ["message"]
    await stage.bot.delivery.check()


async def test_many_messages_to_ten_channels_cost_ten_look_ups(stage: Stage) -> None:
    channels = [f"CNEW{number}" for number in range(10)]
    bot = stage.slack.bot_user_id
    stage.slack.admin.add(*(Channel(each, each.lower(), ("UADA", bot)) for each in channels))
    for number in range(200):
        await say(stage, f"message {number}", channels[number % 10])
    await stage.settle()

    assert sum(len(stage.said(each)) for each in channels) == 200
    assert look_ups(stage) == 10


async def test_what_one_person_alone_sees_costs_none(stage: Stage) -> None:
    await stage.command(f"{REPORT} privately")
    before = look_ups(stage)
    stage.clock.advance(seconds=PLACES_AGE.total_seconds() + 1)
    target = Target("CTRAIN", "UADA", private=True)
    outgoing = OutgoingAnswer("alone", target, Answer(Message("for you")))
    await stage.bot.parts.database.transaction(lambda tx: tell(tx, outgoing, now=stage.clock.now()))
    await say(stage, "direct", "UADA")
    await stage.settle()

    assert stage.whispered()[-1] == "for you"
    assert look_ups(stage) == before
