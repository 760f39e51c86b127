"""What the doctor says of a database on a Postgres server."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from bot.doctor import storage
from bot.store.addresses import open_at
from bot.store.database import stamp
from bot.store.inspection.facts import DatabaseFacts
from bot.store.opening import DatabaseNotOpenedError
from tests.doctor.conftest import Doctor
from tests.postgres import PASSWORD, Cluster
from tests.postgres_wire import pooler_before

ALL = ("", ".schema", ".writable", ".space", ".place", ".clock")
Run = Callable[[str], None]


@pytest.fixture
def run(postgres_url: str) -> Run:
    """Return what runs a statement in the database."""

    def run(sql: str) -> None:
        with psycopg.connect(postgres_url, autocommit=True) as link:
            link.execute(sql.encode())

    return run


async def test_an_open_database_is_told_without_its_password(
    doctor: Doctor, postgres_url: str
) -> None:
    checks = await doctor(DATABASE_URL=postgres_url)

    states = {each: checks[f"database{each}"]["state"] for each in ALL}
    assert states == {**dict.fromkeys(ALL, "pass"), ".space": "skipped"}
    assert checks["database"]["about"].startswith("Postgres 1")
    assert {checks[each]["state"] for each in ("jobs", "outbox", "secrets")} == {"pass"}
    assert PASSWORD not in str(checks)


async def test_an_empty_database_is_made_by_the_first_start(
    doctor: Doctor, cluster: Cluster
) -> None:
    name = cluster.create()
    checks = await doctor(DATABASE_URL=cluster.at(name))

    assert "the first start makes" in checks["database"]["about"]
    assert {checks[f"database{each}"]["state"] for each in ("", ".schema", ".writable")} == {"pass"}
    with psycopg.connect(cluster.at(name)) as link:
        assert link.execute("SELECT COUNT(*) FROM pg_tables WHERE schemaname='public'").fetchone()
        assert link.execute("SELECT to_regclass('schema_steps')").fetchone() == (None,)
    cluster.drop(name)


async def test_a_pooler_of_transactions_is_told_as_at_a_start(
    doctor: Doctor, postgres_url: str
) -> None:
    async with pooler_before(postgres_url) as url:
        checks = await doctor(DATABASE_URL=url)

    assert checks["database"]["state"] == "fail"
    assert "pooler in transaction mode" in checks["database"]["about"]
    assert "Let DATABASE_URL name Postgres itself" in checks["database"]["mend"]


async def test_a_postgres_that_is_too_old_is_told_as_at_a_start(
    doctor: Doctor, postgres_url: str
) -> None:
    async with pooler_before(postgres_url, version="12.9") as url:
        checks = await doctor(DATABASE_URL=url)
        with pytest.raises(DatabaseNotOpenedError) as refused:
            await open_at(url)

    found = checks["database"]
    assert found["state"] == "fail"
    assert "it is Postgres 12, and Flowbot needs 13 or later." in found["about"]
    assert f"{found['about']} {found['mend']}" == str(refused.value)


async def test_nobody_there_is_told(doctor: Doctor) -> None:
    checks = await doctor(DATABASE_URL="postgresql://flowbot:hunter2@127.0.0.1:9/x")

    assert checks["database"]["state"] == "fail"
    assert "nobody answers there" in checks["database"]["about"]
    assert checks["jobs"]["state"] == "skipped"
    assert "hunter2" not in str(checks)


async def test_a_standby_takes_no_writes(doctor: Doctor, postgres_url: str, run: Run) -> None:
    run("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', "
        "current_database()); END $$")  # fmt: skip
    checks = await doctor(DATABASE_URL=postgres_url)

    assert checks["database.writable"]["state"] == "fail"
    assert "name the primary server" in checks["database.writable"]["mend"]


async def test_older_and_newer_schemas_are_told(
    doctor: Doctor, postgres_url: str, run: Run
) -> None:
    run("DELETE FROM schema_steps WHERE name = 'who_speaks'")
    older = await doctor(DATABASE_URL=postgres_url)
    run("INSERT INTO schema_steps (name) VALUES ('who_speaks'), ('of_tomorrow')")
    newer = await doctor(DATABASE_URL=postgres_url)

    assert older["database.schema"]["state"] == "warn"
    assert "1 step behind" in older["database.schema"]["about"]
    assert newer["database.schema"]["state"] == "fail"
    assert "of_tomorrow" in newer["database.schema"]["about"]


async def test_an_encoding_that_loses_letters_is_told() -> None:
    facts = DatabaseFacts("postgresql://x/y", "Postgres", "15.3", encoding="SQL_ASCII")

    assert storage.opened(facts).state == "warn"
    assert "UTF8" in storage.opened(facts).mend


async def test_what_waits_is_read_there_too(doctor: Doctor, postgres_url: str) -> None:
    due = stamp(datetime.now(UTC) - timedelta(hours=2))
    with psycopg.connect(postgres_url, autocommit=True) as link:
        link.execute(
            "INSERT INTO jobs (workspace, key, lane, name, arguments, run_at, created_at) "
            "VALUES ('T1', '1', 'main', 'x', '{}', %s, %s)",
            [due, due],
        )
    checks = await doctor(DATABASE_URL=postgres_url)

    assert checks["jobs"]["state"] == "fail"
    assert checks["jobs"]["about"] == "1 job should have gone on, the oldest 2 h ago."
