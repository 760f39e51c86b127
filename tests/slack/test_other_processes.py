"""What one process hears of people and places, others that remember them learn at once."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.assembly.bot import Bot
from bot.slack.people import Membership, Reach
from tests.company import another_bot, let_speak
from tests.stage import Stage

GUARD = 20.0


@pytest.fixture
async def worker(stage: Stage, tmp_path: Path) -> AsyncIterator[Bot]:
    """Yield a bot that hears no events: they come to the one on stage."""
    async with another_bot(stage.world, tmp_path / "flowbot.db") as bot:
        yield bot


async def notes(stage: Stage) -> list[str]:
    rows = await stage.rows("SELECT subject FROM change_notes ORDER BY subject")
    return [row["subject"] for row in rows]


async def test_a_channel_that_others_come_to_read_is_shared_for_all_processes(
    stage: Stage, worker: Bot
) -> None:
    directory = worker.parts.directory
    assert (await directory.place("CTRAIN")).reach is Reach.INTERNAL
    heard = asyncio.Event()

    def others_wrote(_workspace: str) -> None:
        worker.others_wrote()
        heard.set()

    await worker.database.listen(others_wrote)
    await stage.slack.admin.share("CTRAIN")
    async with asyncio.timeout(GUARD):
        await heard.wait()

    assert (await directory.place("CTRAIN")).reach is Reach.SHARED


async def test_a_digest_is_not_told_to_those_of_whom_only_the_web_process_heard(
    stage: Stage, worker: Bot
) -> None:
    await let_speak(stage.bot)
    await stage.command("/flow subscribe report onboarding daily 09:00")
    await let_speak(worker)
    await worker.parts.directory.place("CTRAIN")
    await stage.slack.admin.share("CTRAIN")
    worker.others_wrote()
    stage.clock.advance(seconds=60)
    await worker.database.execute("UPDATE subscriptions SET next_run_at = created_at")
    await worker.tick()
    await worker.settle()

    assert [each.text[:12] for each in stage.said()] == ["Done. I'll p"]


async def test_who_became_a_guest_is_one_for_all_processes(stage: Stage, worker: Bot) -> None:
    directory = worker.parts.directory
    assert (await directory.person("UADA")).membership is Membership.OURS
    await stage.slack.admin.change_person("UADA", is_restricted=True)
    worker.others_wrote()

    assert (await directory.person("UADA")).membership is Membership.GUEST


async def test_what_was_noted_before_a_start_harms_nothing(stage: Stage, tmp_path: Path) -> None:
    await stage.slack.admin.change_person("UADA", tz="Asia/Tokyo")
    async with another_bot(stage.world, tmp_path / "flowbot.db") as bot:
        assert (await bot.parts.directory.person("UADA")).zone == "Asia/Tokyo"


async def test_what_a_process_heard_itself_it_does_not_ask_again(stage: Stage) -> None:
    directory = stage.bot.parts.directory
    await stage.slack.admin.share("CTRAIN")
    before = len(stage.slack.calls)
    stage.bot.others_wrote()

    assert (await directory.place("CTRAIN")).reach is Reach.SHARED
    assert len(stage.slack.calls) == before


async def test_what_changes_nothing_for_us_is_noted_once(stage: Stage) -> None:
    for language in ("de-DE", "fr-FR", "en-GB"):
        await stage.slack.admin.change_person("UADA", locale=language)
    assert await notes(stage) == ["person UADA"]
    [first] = await stage.rows("SELECT id FROM change_notes")
    assert first["id"] == 1

    await stage.slack.admin.change_person("UADA", is_restricted=True)
    [second] = await stage.rows("SELECT id FROM change_notes")
    assert second["id"] == 2


async def test_notes_are_dropped_when_nobody_can_need_them(stage: Stage) -> None:
    await stage.slack.admin.change_person("UADA", tz="Asia/Tokyo")
    stage.clock.advance(seconds=3601)
    await stage.slack.admin.change_person("UGRACE", tz="Asia/Tokyo")

    assert await notes(stage) == ["person UGRACE"]
