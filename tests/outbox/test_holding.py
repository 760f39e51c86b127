"""A workspace that refuses everything: the queue waits, nothing is lost, and somebody is told."""

from pathlib import Path

import pytest

from bot.errors import BotError
from bot.outbox.entries import DIGESTS_LATER, OutgoingAnswer
from bot.outbox.rules import WORKSPACE_WIDE
from bot.outbox.store import tell
from bot.slack.messages import Answer, Message, Target
from tests.company import another_bot
from tests.stage import Stage, open_stage

MANY = 12
CHANNELS = ("CTRAIN", "CGENERAL", "UADA")


async def say(stage: Stage, text: str, *, channel: str) -> None:
    """Write a message into the outbox, as a job does."""
    outgoing = OutgoingAnswer(
        key=text, target=Target(channel), answer=Answer(Message(text)), priority=DIGESTS_LATER
    )
    await stage.bot.parts.database.transaction(lambda tx: tell(tx, outgoing, now=stage.clock.now()))


async def say_much(stage: Stage) -> None:
    for number in range(MANY):
        await say(stage, f"message {number}", channel=CHANNELS[number % len(CHANNELS)])


async def states(stage: Stage) -> set[str]:
    return {row["state"] for row in await stage.rows("SELECT state FROM ledger")}


def posts(stage: Stage) -> int:
    return [call.method for call in stage.slack.calls].count("chat.postMessage")


async def pass_minutes(stage: Stage, minutes: int) -> None:
    for _ in range(minutes * 6):
        stage.clock.advance(seconds=10)
        await stage.bot.settle()


@pytest.mark.parametrize("error", sorted(WORKSPACE_WIDE))
async def test_what_the_workspace_refuses_as_a_whole_is_kept_and_sent_later(
    stage: Stage, error: str
) -> None:
    stage.slack.refuse("chat.postMessage", error=error, times=8)
    await say_much(stage)
    await pass_minutes(stage, 10)

    assert await states(stage) == {"sent"}
    said = [each.text for channel in ("CTRAIN", "CGENERAL", "DADA") for each in stage.said(channel)]
    assert sorted(said) == sorted(f"message {number}" for number in range(MANY))


async def test_while_the_workspace_refuses_one_message_now_and_then_asks_again(
    stage: Stage,
) -> None:
    stage.slack.refuse("chat.postMessage", error="token_revoked", times=10_000)
    await say_much(stage)
    await pass_minutes(stage, 60)

    assert posts(stage) < 130
    assert "failed" not in await states(stage)


async def test_what_was_refused_for_more_than_a_day_is_no_news_any_more(stage: Stage) -> None:
    stage.slack.refuse("chat.postMessage", error="token_revoked", times=10_000)
    await say(stage, "old news", channel="CTRAIN")
    for _ in range(26):
        stage.clock.advance(seconds=3600)
        await stage.bot.settle()

    assert await states(stage) == {"failed"}


async def test_flowbot_is_not_ready_while_the_workspace_refuses(stage: Stage) -> None:
    await stage.bot.delivery.check()
    stage.slack.refuse("chat.postMessage", error="token_revoked", times=1)
    await say(stage, "message", channel="CTRAIN")
    await stage.bot.settle()
    with pytest.raises(BotError, match="token_revoked"):
        await stage.bot.delivery.check()

    await pass_minutes(stage, 2)
    await stage.bot.delivery.check()


async def test_the_owner_is_told_once_when_messages_go_out_again(tmp_path: Path) -> None:
    async with open_stage(tmp_path / "flowbot.db", owner="UGRACE") as stage:
        stage.slack.refuse("chat.postMessage", error="account_inactive", times=3)
        await say_much(stage)
        await pass_minutes(stage, 10)

        [told] = stage.said("DGRACE")
        assert told.text.startswith("Slack takes my messages again. It refused all of them for ")
        assert "account_inactive" in told.text


async def test_the_owner_is_told_also_when_the_process_was_started_anew(tmp_path: Path) -> None:
    database = tmp_path / "flowbot.db"
    async with open_stage(database, owner="UGRACE") as stage:
        stage.slack.refuse("chat.postMessage", error="token_revoked", times=1)
        await say(stage, "message", channel="CTRAIN")
        await stage.bot.settle()
        async with another_bot(stage.world, database, owner="UGRACE") as restarted:
            await restarted.delivery.recover()
            await restarted.settle()
            assert stage.said() == []
            stage.clock.advance(seconds=30)
            await restarted.settle()

        assert [each.text for each in stage.said()] == ["message"]
        assert len(stage.said("DGRACE")) == 1


async def test_a_refusal_of_one_message_lets_the_others_out(stage: Stage) -> None:
    stage.slack.refuse("chat.postMessage", error="token_revoked", times=1)
    stage.slack.refuse("chat.postMessage", error="no_text", times=1)
    await say_much(stage)
    await pass_minutes(stage, 2)

    rows = await stage.rows("SELECT state FROM ledger WHERE state <> 'sent'")
    assert [row["state"] for row in rows] == ["failed"]


@pytest.mark.parametrize("error", ["ratelimited", "rate_limited"])
async def test_both_spellings_of_too_fast_cost_no_attempt(stage: Stage, error: str) -> None:
    stage.slack.refuse("chat.postMessage", error=error, times=20)
    await say(stage, "message", channel="CTRAIN")
    await stage.settle()
    await pass_minutes(stage, 30)

    assert await states(stage) == {"sent"}
