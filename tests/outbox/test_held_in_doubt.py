"""IN_DOUBT=hold: people are asked whether a message is there, and what follows it goes on."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sandbox.slack import Message
from tests.stage import Stage, open_stage

EXPORT = "/flow-report onboarding export csv"
REPORT = "/flow-report onboarding"
NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture
async def holding(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path / "flowbot.db", in_doubt="hold") as stage:
        yield stage


async def in_doubt(stage: Stage, command: str = REPORT) -> Message:
    """Let an answer arrive without a word of Slack's; return the question about it."""
    stage.slack.disturb("chat.postMessage", kind="drop_after")
    await stage.command(command)
    [asked] = stage.slack.messages("DADA")
    return asked


async def state(stage: Stage) -> str:
    rows = await stage.rows("SELECT state FROM ledger ORDER BY id LIMIT 1")
    return str(rows[0]["state"])


async def test_who_asked_is_told_of_a_held_message_and_can_say_that_it_is_there(
    holding: Stage,
) -> None:
    asked = await in_doubt(holding)
    assert asked.text.startswith("I do not know whether a message of mine arrived in ")
    assert "overdue in Onboarding (" in asked.text

    await holding.slack.click(asked, action_id="it_is_there")
    await holding.settle()
    assert len(holding.said()) == 1
    assert await state(holding) == "sent"


async def test_who_asked_can_have_a_held_message_sent_again_once(holding: Stage) -> None:
    holding.slack.disturb("chat.postMessage", kind="drop_before")
    await holding.command(REPORT)
    [asked] = holding.slack.messages("DADA")
    assert holding.said() == []

    for _ in range(2):
        await holding.slack.click(asked, action_id="send_again")
    await holding.settle()
    assert len(holding.said()) == 1
    assert await state(holding) == "sent"


async def test_who_ordered_a_digest_is_told_that_it_is_held(holding: Stage) -> None:
    await holding.command("/flow subscribe report onboarding daily 09:00")
    holding.slack.disturb("chat.postMessage", kind="drop_after")
    await holding.at(NINE)

    [asked] = holding.slack.messages("DADA")
    assert asked.text.startswith("I do not know whether")


async def ordered(stage: Stage) -> dict[str, object]:
    [row] = await stage.rows("SELECT last_ok_at, last_error, failure_streak FROM subscriptions")
    return row


async def test_a_digest_that_is_there_by_its_owners_word_counts_as_sent(holding: Stage) -> None:
    await holding.command("/flow subscribe report onboarding daily 09:00")
    holding.slack.disturb("chat.postMessage", kind="drop_after")
    await holding.at(NINE)
    assert (await ordered(holding))["last_ok_at"] is None

    [asked] = holding.slack.messages("DADA")
    await holding.slack.click(asked, action_id="it_is_there")
    await holding.settle()
    told = holding.clock.now().isoformat(timespec="microseconds")
    assert await ordered(holding) == {"last_ok_at": told, "last_error": "", "failure_streak": 0}
    await holding.command("/flow history 1")
    assert "sent" in holding.whispered()[-1]


async def test_a_digest_that_is_not_there_counts_once_it_is_sent_again(holding: Stage) -> None:
    await holding.command("/flow subscribe report onboarding daily 09:00")
    holding.slack.disturb("chat.postMessage", kind="drop_before")
    await holding.at(NINE)

    [asked] = holding.slack.messages("DADA")
    await holding.slack.click(asked, action_id="send_again")
    holding.slack.refuse("chat.postMessage", error="no_text")
    await holding.settle()
    assert (await ordered(holding))["last_ok_at"] is None
    assert (await ordered(holding))["failure_streak"] == 1


async def test_the_file_of_a_held_message_comes_on_its_own(holding: Stage) -> None:
    await in_doubt(holding, EXPORT)

    [file] = holding.slack.files
    assert (file.channel, file.thread_ts) == ("CTRAIN", "")
    waiting = await holding.rows("SELECT id FROM ledger WHERE state IN ('queued', 'retry')")
    assert waiting == []


async def test_the_thread_of_a_held_message_comes_on_its_own(holding: Stage) -> None:
    holding.slack.refuse("files.completeUploadExternal", error="file_uploads_disabled")
    await in_doubt(holding, EXPORT)

    [_, explained] = holding.said()
    assert "This workspace does not allow uploads." in explained.text
    assert not explained.is_reply
