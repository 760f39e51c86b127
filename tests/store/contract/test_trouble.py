"""Postgres in trouble: what is repaired unseen, what is told in words, and what is never shown."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import psycopg
import pytest

from bot import metrics
from bot.store.addresses import name_of, open_at
from bot.store.database import Database, DatabaseUnavailableError, Transaction
from bot.store.opening import DatabaseNotOpenedError
from bot.store.postgres.driver import _key
from bot.store.postgres.troubles import CommitLostError
from tests.postgres import PASSWORD, Cluster
from tests.postgres_wire import Line, line_to, pooler_before
from tests.processes import LONGEST

PUT = "INSERT INTO sweep_marks (workspace, name, value) VALUES ('T1', :name, '')"
NAMES = "SELECT name FROM sweep_marks ORDER BY name"
CUT = """SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid()"""


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    database = await open_at(url)
    try:
        yield database
    finally:
        await database.close()


@pytest.fixture
async def line(postgres_url: str) -> AsyncIterator[Line]:
    async with line_to(postgres_url) as line:
        yield line


async def names(database: Database) -> list[str]:
    return [row["name"] for row in await database.fetch_all(NAMES)]


def put(name: str) -> "Put":
    return Put(name)


class Put:
    """A unit that counts how often it was run."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.runs = 0

    def __call__(self, tx: Transaction) -> int:
        self.runs += 1
        return tx.execute(PUT, {"name": self.name})


async def test_a_connection_that_was_cut_while_it_rested_is_repaired(
    postgres: Database, postgres_url: str
) -> None:
    await postgres.execute(PUT, {"name": "before"})
    with psycopg.connect(postgres_url) as admin:
        admin.execute(CUT)

    assert await postgres.execute(PUT, {"name": "after"}) == 1
    assert await postgres.transaction(put("in a unit"), alone="T1") == 1
    assert await names(postgres) == ["after", "before", "in a unit"]


async def test_a_unit_whose_connection_is_cut_is_done_again(
    postgres: Database, postgres_url: str
) -> None:
    runs: list[int] = []

    def cut_once(tx: Transaction) -> int:
        tx.execute(PUT, {"name": "kept once"})
        if not runs:
            runs.append(1)
            with psycopg.connect(postgres_url) as admin:
                admin.execute(CUT)
        return tx.execute(PUT, {"name": "and this"})

    assert await postgres.transaction(cut_once) == 1
    assert await names(postgres) == ["and this", "kept once"]


async def test_two_units_that_lock_each_other_out_are_both_done(postgres: Database) -> None:
    for name in ("a", "b"):
        await postgres.execute(PUT, {"name": name})
    met = threading.Barrier(2)
    change = "UPDATE sweep_marks SET value = value || :by WHERE name = :name"

    def unit(first: str, second: str) -> Put:
        def work(tx: Transaction) -> None:
            tx.execute(change, {"by": first, "name": first})
            with suppress(threading.BrokenBarrierError):  # the other one is through
                met.wait(2)
            tx.execute(change, {"by": first, "name": second})

        return work  # type: ignore[return-value]

    before = metrics.DB_RETRIES.read()[()]
    await asyncio.gather(postgres.transaction(unit("a", "b")), postgres.transaction(unit("b", "a")))
    assert metrics.DB_RETRIES.read()[()] == before + 1

    rows = await postgres.fetch_all("SELECT value FROM sweep_marks")
    assert {"".join(sorted(row["value"])) for row in rows} == {"ab"}


async def test_an_ack_does_not_wait_for_units_that_others_keep_waiting(
    postgres: Database, postgres_url: str
) -> None:
    workspaces = [f"T{number}" for number in range(10)]
    with psycopg.connect(postgres_url) as other:
        for each in workspaces:
            other.execute("SELECT pg_advisory_xact_lock(%s)", [_key(each)])
        units = [
            asyncio.create_task(postgres.transaction(put(each), alone=each)) for each in workspaces
        ]
        async with asyncio.timeout(LONGEST / 4):
            assert await postgres.execute(PUT, {"name": "accepted"}) == 1
        assert not any(unit.done() for unit in units)
        assert await names(postgres) == ["accepted"]
    await asyncio.gather(*units)

    assert await names(postgres) == [*workspaces, "accepted"]


async def test_a_unit_whose_commit_is_lost_is_never_done_again(line: Line) -> None:
    async with opened(line.url) as database:
        unit = put("kept")
        await database.fetch_all(NAMES)
        line.lose_answer_to(b"COMMIT")
        with pytest.raises(CommitLostError, match="may or may not have been done"):
            await database.transaction(unit)

        assert unit.runs == 1
        assert await names(database) == ["kept"]


async def test_a_statement_whose_answer_is_lost_is_never_run_again(line: Line) -> None:
    async with opened(line.url) as database:
        await database.fetch_all(NAMES)
        line.lose_answer_to(b"INSERT INTO")
        with pytest.raises(CommitLostError):
            await database.execute(PUT, {"name": "kept"})

        assert await names(database) in (["kept"], [])


async def test_while_the_database_is_away_it_is_said_at_once_and_nothing_is_kept(
    line: Line,
) -> None:
    async with opened(line.url) as database:
        await database.execute(PUT, {"name": "before"})
        line.go_away()
        async with asyncio.timeout(2):
            for attempt in (
                database.execute(PUT, {"name": "during"}),
                database.transaction(put("during"), within=1),
                database.fetch_all(NAMES),
            ):
                with pytest.raises(DatabaseUnavailableError, match="Flowbot's database is away"):
                    await attempt
        line.come_back()

        assert await database.execute(PUT, {"name": "after"}) == 1
        assert await names(database) == ["after", "before"]


async def test_wake_ups_are_heard_again_when_the_database_is_back(
    line: Line, postgres_url: str
) -> None:
    heard = asyncio.Queue[str]()
    async with opened(line.url) as database, opened(postgres_url) as other:
        await database.listen(heard.put_nowait)
        line.go_away()
        line.come_back()
        async with asyncio.timeout(LONGEST):
            assert await heard.get() == ""  # whatever was told meanwhile
            other.nudge("T1")
            assert await heard.get() == "T1"
            line.cut()
            assert await heard.get() == ""
            database.nudge("T2")
            await other.execute(PUT, {"name": "still there"})


async def test_a_table_may_be_changed_while_others_read_it(
    postgres: Database, postgres_url: str
) -> None:
    await postgres.execute(PUT, {"name": "a"})
    for _ in range(10):  # until the statement is kept as it was planned
        await postgres.fetch_all("SELECT * FROM sweep_marks")
    with psycopg.connect(postgres_url) as other:
        other.execute("ALTER TABLE sweep_marks ADD COLUMN more TEXT")

    assert (await postgres.fetch_all("SELECT * FROM sweep_marks"))[0]["more"] is None


@pytest.mark.parametrize(
    ("setup", "user", "words"),
    [
        ("", "flowbot:hunter2@nowhere.invalid:1", "no machine has that name"),
        ("", "flowbot:hunter2@127.0.0.1:1", "nobody answers there"),
        ("", "guest:hunter2-wrong@", "it refuses the user or the password"),
        ("", "nobody_here:hunter2@", "no such database or user"),
        ("ALTER ROLE guest CONNECTION LIMIT 0", "guest:hunter2@", "it has no connection left"),
        (
            "ALTER DATABASE {} SET default_transaction_read_only = on",
            "flowbot:hunter2@",
            "may not be written",
        ),
        ("", "guest:hunter2@", "may not be written"),
        ("", "flowbot:hunter2/1@", "it cannot be read"),
        ("", "flowbot:hunter2@2@127.0.0.1", "it cannot be read"),
        ("", "flowbot:hunter2?2@127.0.0.1", "it cannot be read"),
        ("", "flowbot:hunter2@127.0.0.1:hunter2", "it cannot be read"),
    ],
)
async def test_why_it_is_not_opened_is_said_without_the_password(
    cluster: Cluster, postgres_url: str, setup: str, user: str, words: str
) -> None:
    if setup:
        name = postgres_url.rpartition("?")[0].rpartition("/")[2]
        with psycopg.connect(postgres_url, autocommit=True) as admin:
            admin.execute(setup.format(name))
    url = postgres_url.replace(f"flowbot:{PASSWORD}@", user)
    if not user.endswith("@"):
        url = url.partition("?")[0]
    try:
        with pytest.raises(DatabaseNotOpenedError, match=words) as told:
            await open_at(url)
    finally:
        with psycopg.connect(cluster.url, autocommit=True) as admin:
            admin.execute("ALTER ROLE guest CONNECTION LIMIT -1")

    chain: BaseException | None = told.value
    while chain is not None:
        assert PASSWORD not in str(chain)
        chain = chain.__cause__ or (None if chain.__suppress_context__ else chain.__context__)


async def test_its_name_is_told_without_the_password() -> None:
    assert name_of("postgresql://me:hunter2@db.example:5433/bot?sslmode=require") == (
        "postgresql://me@db.example:5433/bot"
    )


async def test_a_pooler_of_transactions_is_recognised_at_the_start(postgres_url: str) -> None:
    async with pooler_before(postgres_url) as url:
        with pytest.raises(DatabaseNotOpenedError, match="a pooler in transaction mode"):
            await open_at(url)
