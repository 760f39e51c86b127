"""What cannot be written down is refused in words before Slack gives up, and is then not done."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from bot.errors import NotKeptError
from bot.jobs.inbox import PATIENCE_SECONDS
from bot.slack.blocks.ids import Callback
from tests.asking.answers import opened
from tests.asking.seeing import words
from tests.stage import Stage

REPORT = "/flow-report onboarding last-7d"
FILL = """INSERT INTO jobs (key, lane, name, arguments, run_at, created_at)
VALUES (:key, 'nobody', 'nothing', zeroblob(:size), '2026', '2026')"""
LOCKED = "in use by another program, so nothing was done"


@contextmanager
def locked(stage: Stage, path: Path) -> Iterator[sqlite3.Connection]:
    """Hold the database as another program would; the bot does not wait for it."""
    inbox = stage.bot.services.inbox
    patience, inbox.patience = inbox.patience, 0
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other
    inbox.patience = patience


async def test_a_command_is_refused_in_words_and_not_carried_out_later(
    stage: Stage, path: Path
) -> None:
    with locked(stage, path):
        refused = await stage.slack.command(REPORT, channel="CTRAIN")
    await stage.settle()

    assert refused.status == 200
    assert LOCKED in refused.text
    assert stage.said() == []

    await stage.command(REPORT)
    assert len(stage.said()) == 1


async def test_what_was_typed_into_a_window_is_answered_in_the_window(
    stage: Stage, path: Path
) -> None:
    await stage.command(REPORT)
    window = await opened(stage, Callback.EXPORT_DATA, stage.said()[0])
    with locked(stage, path):
        await stage.slack.submit(window, values={"format": {"format": "csv"}})
    await stage.settle()

    problem = stage.slack.view_of("UADA")
    assert problem is not None
    assert LOCKED in words(problem)
    assert stage.slack.files == []


async def test_an_event_is_not_acknowledged_so_that_slack_sends_it_again(
    stage: Stage, path: Path
) -> None:
    def release() -> None:
        stage.bot.services.inbox.patience = PATIENCE_SECONDS
        if other.in_transaction:
            other.execute("ROLLBACK")
            stage.bot.services.inbox.patience = PATIENCE_SECONDS

    stage.clock.on_move(release)
    with locked(stage, path) as other:
        outcome = await stage.slack.event(
            {"type": "app_mention", "user": "UADA", "channel": "CTRAIN", "text": "?", "ts": "1.0"}
        )
    await stage.settle()

    assert [each.status for each in outcome.deliveries] == [503, 503, 200]
    assert len(stage.whispered()) == 1


async def test_a_full_disk_is_told_in_words(stage: Stage) -> None:
    await stage.bot.database.transaction(lambda tx: tx.fetch_all("PRAGMA max_page_count = 1"))
    for size in (4_000, 1):
        await fill(stage, size)

    refused = await stage.slack.command(REPORT, channel="CTRAIN")

    assert refused.status == 200
    assert "disk with Flowbot's database is full" in refused.text


async def fill(stage: Stage, size: int) -> None:
    """Put rows of that size into the table of jobs, for a queue of nobody, until none fits."""
    fitting = 1_000
    with suppress(NotKeptError):
        for number in range(fitting):
            await stage.bot.database.execute(FILL, {"key": f"{size} {number}", "size": size})
        raise AssertionError("the disk is not full")
