"""What the doctor says of the database and of what waits in it."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import pytest

from bot.doctor import storage
from bot.store.database import stamp
from bot.store.inspection.disks import Machine
from bot.store.inspection.facts import DatabaseFacts
from bot.store.opening import migrate_file
from sandbox.clock import SandboxClock
from tests.cli.conftest import left_in
from tests.doctor.conftest import Doctor
from tests.stage import MONDAY


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a migrated file where the settings have it."""
    file = tmp_path / "flowbot.db"
    migrate_file(str(file))
    return file


@pytest.fixture
def rows(file: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection to it."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        yield connection


async def test_a_database_that_is_not_there_yet_is_made_by_nobody(
    doctor: Doctor, tmp_path: Path
) -> None:
    checks = await doctor()

    assert checks["database"]["state"] == "pass"
    assert "the first start makes" in checks["database"]["about"]
    assert checks["jobs"]["state"] == "skipped"
    assert left_in(tmp_path) == []


async def test_an_open_database_is_told(doctor: Doctor, file: Path) -> None:
    checks = await doctor()

    assert checks["database"]["about"].startswith("SQLite ")
    assert str(file) in checks["database"]["about"]
    names = ("schema", "writable", "clock")
    assert {checks[f"database.{each}"]["state"] for each in names} == {"pass"}
    assert {checks[each]["state"] for each in ("jobs", "outbox", "secrets")} == {"pass"}


async def test_what_is_no_database_is_told_as_at_a_start(doctor: Doctor, tmp_path: Path) -> None:
    (tmp_path / "flowbot.db").write_text("hello " * 1000, encoding="utf-8")
    checks = await doctor()

    assert checks["database"]["state"] == "fail"
    assert checks["database"]["about"].endswith("(DATABASE_URL): it is no SQLite database.")
    assert checks["database"]["mend"].startswith("Put a backup in its place")
    assert checks["database.schema"]["state"] == "skipped"


async def test_a_place_that_can_be_none_is_told(doctor: Doctor, tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("", encoding="utf-8")
    checks = await doctor(DATABASE_URL=f"sqlite:///{tmp_path}/plain/flowbot.db")

    assert checks["database"]["state"] == "fail"
    assert "a part of its path is no folder" in checks["database"]["about"]


async def test_a_schema_of_before_is_told_with_the_command(
    doctor: Doctor, rows: sqlite3.Connection
) -> None:
    rows.execute("DELETE FROM _sqlite_migrations WHERE name = 'who_speaks'")
    checks = await doctor()

    assert checks["database.schema"]["state"] == "warn"
    assert "1 step behind" in checks["database.schema"]["about"]
    assert "flowbot migrate" in checks["database.schema"]["mend"]
    assert checks["jobs"]["state"] == "skipped"


async def test_a_newer_schema_fails(doctor: Doctor, rows: sqlite3.Connection) -> None:
    rows.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
        "VALUES ('flowbot', 'from_the_future', '')"
    )
    checks = await doctor()

    assert checks["database.schema"]["state"] == "fail"
    assert "from_the_future" in checks["database.schema"]["about"]


async def test_a_file_that_somebody_locks_takes_no_writes(
    doctor: Doctor, rows: sqlite3.Connection
) -> None:
    rows.execute("BEGIN IMMEDIATE")
    checks = await doctor()

    assert checks["database.writable"]["state"] == "fail"
    assert "another program keeps it locked" in checks["database.writable"]["about"]
    assert checks["database.schema"]["state"] == "pass"


async def test_a_file_that_everybody_may_read_is_told(doctor: Doctor, file: Path) -> None:
    await asyncio.to_thread(file.chmod, 0o644)
    found = (await doctor())["database.place"]

    assert (found["state"], found["mend"]) == ("warn", f"Type: chmod 600 {file}*")


@pytest.mark.parametrize(("age", "state"), [(3, "pass"), (20, "warn"), (90, "fail")])
async def test_work_that_nobody_does_is_told(
    doctor: Doctor, rows: sqlite3.Connection, age: int, state: str
) -> None:
    due = stamp(datetime.now(UTC) - timedelta(minutes=age))
    rows.execute(
        "INSERT INTO jobs (key, lane, name, arguments, run_at, created_at) "
        "VALUES ('1', 'main', 'x', '{}', ?, ?)",
        (due, due),
    )
    rows.execute(
        "INSERT INTO ledger (key, lane, kind, priority, channel, target, payload, next_try_at, "
        "created_at) VALUES ('1', 'main', 'message', 0, 'C1', '{}', '{}', ?, ?)",
        (due, due),
    )
    checks = await doctor()

    assert checks["jobs"]["state"] == checks["outbox"]["state"] == state
    if state != "pass":
        assert checks["jobs"]["about"].startswith("1 job should have gone on, the oldest ")
        assert "flowbot worker" in checks["jobs"]["mend"]
        assert checks["outbox"]["about"].startswith("1 message ")


async def test_a_message_in_doubt_is_told(doctor: Doctor, rows: sqlite3.Connection) -> None:
    now = stamp(datetime.now(UTC))
    rows.execute(
        "INSERT INTO ledger (key, lane, kind, priority, channel, target, payload, next_try_at, "
        "created_at, state) VALUES ('1', 'main', 'message', 0, 'C1', '{}', '{}', ?, ?, 'in_doubt')",
        (now, now),
    )
    found = (await doctor())["outbox"]

    assert found["state"] == "warn"
    assert found["about"] == "Nobody knows whether Slack took 1 message of the last day."


def test_a_disk_that_does_not_keep_the_file_is_told_as_at_a_start() -> None:
    unfit = Machine({"DYNO": "web.1"}).unfit(Path("/app/flowbot.db"))
    found = storage.place(DatabaseFacts("flowbot.db", "SQLite", "3.45", unfit=unfit))

    assert found.state == "warn"
    assert "Heroku keeps no files" in found.about
    assert found.mend == "Let DATABASE_URL name a Postgres database."


@pytest.mark.parametrize(
    ("free", "state"), [(50 << 20, "fail"), (500 << 20, "warn"), (5 << 30, "pass")]
)
def test_a_disk_that_is_nearly_full_is_told(free: int, state: str) -> None:
    found = storage.space(DatabaseFacts("flowbot.db", "SQLite", "3.45", free_bytes=free))

    assert found.state == state


async def test_no_worker_is_told(doctor: Doctor, file: Path) -> None:
    del file
    found = (await doctor())["workers"]

    assert (found["state"], "No worker runs" in found["about"]) == ("warn", True)
    assert "flowbot worker" in found["mend"]


@pytest.mark.parametrize(
    ("ours", "state", "told"),
    [(version("flowbot"), "pass", "2 leases"), ("0.0.1", "warn", "another version (0.0.1)")],
)
async def test_who_works_is_told_and_who_stopped(
    doctor: Doctor, rows: sqlite3.Connection, ours: str, state: str, told: str
) -> None:
    now = datetime.now(UTC)
    soon, past = (stamp(now + timedelta(seconds=each)) for each in (60, -60))
    for role, owner, until in (
        ("speak:T1", "a", soon),
        ("speak:T2", "a", soon),
        ("speak:T3", "b", past),
    ):
        rows.execute("INSERT INTO leases VALUES (?, ?, ?)", (role, owner, until))
    member = "INSERT INTO members (owner, until, host, version) VALUES ('a', ?, 'host', ?)"
    rows.execute(member, (soon, ours))
    found = (await doctor())["workers"]

    assert found["state"] == state
    assert found["about"].startswith("1 process of Flowbot at work on host")
    assert told in found["about"]
    if state == "pass":
        assert "1 lease ran out" in found["about"]


@pytest.mark.parametrize(("seconds", "state"), [(10, "pass"), (-90, "warn"), (400, "fail")])
def test_a_database_of_another_time_is_told(seconds: int, state: str) -> None:
    clock = SandboxClock(MONDAY)
    facts = DatabaseFacts("x", "Postgres", "15.3", at=MONDAY - timedelta(seconds=seconds))
    found = storage.skewed(facts, clock.now())

    assert found.state == state
    assert ("NTP" in found.mend) == (state != "pass")
