"""What gets stuck while something around Flowbot falters: it is found while running."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.outbox.claims import UNDER_WAY
from sandbox.slack.faults import Arguments
from tests.databases import sqlite_alone
from tests.stage import Stage

REPORT = "/flow-report onboarding"
MOVES = 3
"""So often is the clock moved, by who waits, before the database can be written again."""


def reports(stage: Stage) -> int:
    return len([each for each in stage.said() if "in Onboarding (" in each.text])


class Lock:
    """Another program that holds the database from a call of Slack on, for some seconds."""

    def __init__(self, stage: Stage, path: Path) -> None:
        self._stage = stage
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._moves = MOVES
        self.held = False

    def on_call(self, _: Arguments) -> bool:
        """Take the lock, as a fault of the sandbox's that never happens."""
        if not self.held and self._moves == MOVES:
            self._connection.execute("BEGIN IMMEDIATE")
            self.held = True
            self._stage.clock.on_move(self._moved)
        return False

    def _moved(self) -> None:
        self._moves -= 1
        if self.held and self._moves <= 0:
            self.release()

    def release(self) -> None:
        self.held = False
        self._connection.execute("ROLLBACK")
        self._connection.close()


@contextmanager
def locked_at(stage: Stage, path: Path, method: str) -> Iterator[Lock]:
    lock = Lock(stage, path)
    stage.slack.disturb(method, kind="http_500", when=lock.on_call)
    yield lock
    assert not lock.held


async def give_up_locks_at_once(stage: Stage) -> None:
    await stage.bot.database.transaction(lambda tx: tx.fetch_all("PRAGMA busy_timeout = 0"))


async def states(stage: Stage) -> list[str]:
    return [row["state"] for row in await stage.rows("SELECT state FROM ledger ORDER BY id")]


@sqlite_alone
async def test_a_message_sent_while_the_database_is_locked_is_noted_and_not_sent_again(
    stage: Stage, path: Path
) -> None:
    await give_up_locks_at_once(stage)
    with locked_at(stage, path, "chat.postMessage"):
        await stage.command(REPORT)

    assert reports(stage) == 1
    assert await states(stage) == ["sent"]


@sqlite_alone
async def test_an_answer_composed_while_the_database_is_locked_is_kept_until_it_can_be_written(
    stage: Stage, path: Path
) -> None:
    await give_up_locks_at_once(stage)
    asked = len(stage.momoflow.calls)
    with locked_at(stage, path, "users.info"):
        await stage.command(REPORT)

    assert reports(stage) == 1
    [job] = await stage.rows("SELECT state, attempts FROM jobs")
    assert job == {"state": "done", "attempts": 1}
    once = len(stage.momoflow.calls) - asked
    await stage.command(REPORT)
    assert len(stage.momoflow.calls) - asked <= 2 * once


async def test_a_job_that_is_running_in_the_table_alone_is_found_while_running(
    stage: Stage,
) -> None:
    await stage.slack.command(REPORT, channel="CTRAIN")
    await stage.bot.database.execute("UPDATE jobs SET state = 'running', attempts = 1")
    await stage.settle()
    assert reports(stage) == 0

    assert await stage.bot.engine.mend() == 1
    await stage.settle()
    assert reports(stage) == 1


async def test_a_message_that_is_being_sent_in_the_table_alone_is_looked_up_while_running(
    stage: Stage,
) -> None:
    stage.slack.grant("channels:history")
    await stage.command(REPORT)
    await stage.bot.database.execute(
        "UPDATE ledger SET state = 'sending', settled_at = NULL, ts = NULL, posted_channel = NULL"
    )

    assert await stage.bot.mend() == 0
    stage.clock.advance(seconds=UNDER_WAY.total_seconds() - 1)
    assert await stage.bot.mend() == 0, "a call for it may be under way"
    stage.clock.advance(seconds=1)
    assert await stage.bot.mend() == 1
    await stage.settle()
    assert reports(stage) == 1
    assert await states(stage) == ["sent"]


async def test_what_is_under_way_is_not_taken_for_stuck(stage: Stage) -> None:
    found: list[int] = []

    async def look() -> None:
        found.append(await stage.bot.mend())

    stage.slack.disturb("chat.postMessage", kind="slow", seconds=5)
    await stage.slack.command(REPORT, channel="CTRAIN")
    await stage.bot.engine.worker.settle()
    await look()
    await stage.settle()
    await look()
    assert found == [0, 0]
    assert reports(stage) == 1


async def test_a_wait_beyond_all_reason_is_cut_to_a_day_and_breaks_nothing(stage: Stage) -> None:
    stage.slack.disturb("chat.postMessage", kind="rate_limited", seconds=99999999999999999999)
    await stage.command(REPORT)
    assert await states(stage) == ["retry"]

    stage.clock.advance(seconds=86_400)
    await stage.settle()
    assert await states(stage) == ["sent"]
