"""What an operator learns of both databases: what waits in all workspaces, whose schema it is."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest

from bot import log
from bot.jobs.request import Intent
from bot.jobs.store import JobStore
from bot.outbox.entries import DIGESTS_LATER, OutgoingAnswer
from bot.outbox.store import tell
from bot.slack.messages import Answer, Message, Target
from bot.store import backlog
from bot.store.addresses import open_at
from bot.store.backlog import Backlog, backlogs
from bot.store.database import Database, SchemaChangedError, Transaction

NOW = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
TAKEN = {
    "sqlite": "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
    "VALUES ('flowbot', 'of_next_year', '2027-01-01')",
    "postgresql": "INSERT INTO schema_steps (name) VALUES ('of_next_year')",
}


@dataclass(frozen=True, slots=True)
class Wanted(Intent):
    """Something to do."""

    job: ClassVar[str] = "wanted"


async def accept(database: Database, key: str, *, seconds_ago: float) -> None:
    at = NOW - timedelta(seconds=seconds_ago)
    await JobStore(database).add(key=key, wanted=Wanted(), now=at)


async def say(database: Database, key: str, *, seconds_ago: float, priority: int = 0) -> None:
    outgoing = OutgoingAnswer(key, Target("C1"), Answer(Message(key)), priority=priority)
    at = NOW - timedelta(seconds=seconds_ago)

    def write(tx: Transaction) -> None:
        tell(tx, outgoing, now=at)

    await database.transaction(write)


async def test_what_waits_is_counted_over_all_workspaces(database: Database) -> None:
    assert await backlogs(database, now=NOW) == backlog.Backlogs(Backlog(), {})
    one, other = database.of("T1"), database.of("T2")
    await accept(one, "a", seconds_ago=30)
    await accept(other, "a", seconds_ago=90)
    await accept(other, "later", seconds_ago=-60)
    await say(one, "b", seconds_ago=5)
    await say(other, "b", seconds_ago=7, priority=DIGESTS_LATER)
    await say(other, "c", seconds_ago=6, priority=DIGESTS_LATER)

    found = await backlogs(database, now=NOW)
    assert found.jobs == Backlog(2, 90)
    assert found.messages == {0: Backlog(1, 5), 1: Backlog(2, 7)}

    await database.execute("UPDATE jobs SET state = 'running'")
    await database.execute("UPDATE ledger SET state = 'sent'")
    assert await backlogs(database, now=NOW) == backlog.Backlogs(Backlog(), {})


async def test_rows_have_the_id_of_the_request_in_which_they_are_written(
    database: Database,
) -> None:
    with log.about(request_id="cafe0001"):
        await accept(database.of("T1"), "a", seconds_ago=0)
        await say(database.of("T1"), "b", seconds_ago=0)
    await accept(database.of("T1"), "c", seconds_ago=0)

    [job, untold] = await database.fetch_all("SELECT request_id FROM jobs ORDER BY key")
    [message] = await database.fetch_all("SELECT request_id FROM ledger")
    assert job["request_id"] == message["request_id"] == "cafe0001"
    assert untold["request_id"] == ""


async def test_a_schema_that_another_version_changed_is_noticed(
    database: Database, url: str
) -> None:
    await database.check_schema()
    await database.execute(TAKEN[url.partition(":")[0]])

    with pytest.raises(SchemaChangedError):
        await database.check_schema()
    with pytest.raises(SchemaChangedError):
        await database.of("T1").check_schema()


async def test_the_count_looks_at_nothing_that_is_done(sqlite_url: str) -> None:
    database = await open_at(sqlite_url)
    plan = await database.fetch_all(
        f"EXPLAIN QUERY PLAN {backlog._WAITING}", {"queue": "main", "now": ""}
    )
    await database.close()
    steps = [row["detail"] for row in plan if "jobs" in row["detail"] or "ledger" in row["detail"]]
    assert len(steps) == 2
    assert all("_due" in step for step in steps), steps
