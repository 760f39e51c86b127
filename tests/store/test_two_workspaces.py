"""Two workspaces in one file, with the same channels, names, keys and ids of vendors.

Nothing that one does changes a row of the other, and nothing that it reads is the other's: whatever
is called comes to the same, and leaves the same rows, as if the other were not there.
"""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from bot.store.database import Transaction
from bot.store.sqlite import SqliteDatabase
from bot.store.steps import WITH_WORKSPACE
from tests.store.fuzzing import HOLDER, RAISED, Call, arguments, calls

OURS: Final = "T1"
OTHERS: Final = "T2"
CALLS: Final = calls()
RANDOM: Final = {"origin", "claim", "holder"}
"""Columns with words that are made up anew each time."""
ENDS: Final = ("forget", "drop", "remove", "close", "put_back", "abandon", "move", "take_back")
"""So begin those that do away with rows, of which there are to be some first."""
ENOUGH: Final = 5
MOST: Final = 100
"""So often is each called, and so often where nothing has come of it yet."""
Rows = dict[str, list[dict[str, Any]]]

FILLING: Final = [each for each in CALLS if not each.name.rpartition(".")[2].startswith(ENDS)]
TOLD: Final = {"user_name", "flow_name", "note", "created_by", "made_by", "error", "reason"}
"""Columns whose text nobody goes by: in rows of the others it says that it is theirs."""
IN_HAND: Final = (
    "INSERT INTO leases (role, owner, until) VALUES (:holder, :holder, '9')",
    "UPDATE jobs SET state = 'running', attempts = 1, holder = :holder WHERE id % 4 > 0",
    "UPDATE ledger SET state = 'sending', claim = 'claim-1' WHERE id < 7",
    "UPDATE ledger SET state = 'queued' WHERE id >= 7",
)


def fixed(examples: int) -> settings:
    """Return how the same examples are drawn each time."""
    return settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        deadline=None,
    )


class Shared:
    """A file of both, on a loop of its own, with many rows of each that are alike."""

    def __init__(self, path: Path, runner: asyncio.Runner) -> None:
        self.runner = runner
        self.whole = runner.run(SqliteDatabase.open(str(path)))
        self.whole._writer.execute("PRAGMA synchronous = OFF")  # no test cuts the power
        for call in (*FILLING, *FILLING):
            self._fill(call)
        for sql in IN_HAND:
            runner.run(self.whole.execute(sql, {"holder": HOLDER}))
        self._kept = {each: self.rows(each) for each in (OURS, OTHERS)}
        for row in (row for rows in self._kept[OTHERS].values() for row in rows):
            row.update({name: f"{row[name]} of others" for name in row.keys() & TOLD})
        numbers = "SELECT name, seq FROM sqlite_sequence"
        self._numbers = [dict(row) for row in runner.run(self.whole.fetch_all(numbers))]

    def _fill(self, call: Call) -> None:
        @fixed(5)
        @given(drawn=arguments(call))
        def fill(drawn: dict[str, Any]) -> None:
            for workspace in (OURS, OTHERS):
                self.run(call, drawn, workspace)

        fill()

    def run(self, call: Call, drawn: dict[str, Any], workspace: str = OURS) -> str:
        """Return what comes of a call."""
        return self.runner.run(call.run(self.whole.of(workspace), drawn))

    def rows(self, workspace: str) -> Rows:
        """Return all rows of a workspace."""
        return self.runner.run(self.whole.transaction(lambda tx: _rows(tx, workspace)))

    def untouched(self, workspace: str) -> bool:
        """Whether all rows of a workspace are as each test finds them."""
        return self.rows(workspace) == self._kept[workspace]

    def after(self, call: Call, drawn: dict[str, Any], *there: str) -> tuple[str, Rows]:
        """Return what comes of our call, and our rows then, where no others than these are."""
        self.runner.run(self.whole.transaction(lambda tx: self._reset(tx, there)))
        return self.run(call, drawn), without_chance(self.rows(OURS))

    def _reset(self, tx: Transaction, there: tuple[str, ...]) -> None:
        for table in WITH_WORKSPACE:
            tx.execute(f"DELETE FROM {table}")  # noqa: S608
            for row in (row for each in there for row in self._kept[each][table]):
                marks = ", ".join(f":{name}" for name in row)
                put = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})"  # noqa: S608
                tx.execute(put, row)
        for row in self._numbers:
            tx.execute("UPDATE sqlite_sequence SET seq = :seq WHERE name = :name", row)


def _rows(tx: Transaction, workspace: str) -> Rows:
    sql = "SELECT * FROM {} WHERE workspace = :workspace ORDER BY rowid"
    given = {"workspace": workspace}
    return {
        table: [dict(row) for row in tx.fetch_all(sql.format(table), given)]
        for table in WITH_WORKSPACE
    }


def without_chance(rows: Rows) -> Rows:
    return {
        table: [{name: row[name] for name in row if name not in RANDOM} for row in found]
        for table, found in rows.items()
    }


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    """Yield a file of two workspaces; nothing in it is changed for good."""
    with asyncio.Runner() as runner:
        both = Shared(tmp_path_factory.mktemp("shared") / "flowbot.db", runner)
        yield both
        runner.run(both.whole.close())


def check(shared: Shared, call: Call, drawn: dict[str, Any]) -> bool:
    """Return whether a call worked, after making sure that it knows nothing of the others."""
    told, left = shared.after(call, drawn, OURS, OTHERS)
    assert shared.untouched(OTHERS)
    alone, left_alone = shared.after(call, drawn, OURS)
    assert told == alone
    assert left == left_alone
    return not told.startswith(RAISED)


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)
def test_it_is_as_if_the_others_were_not_there(shared: Shared, call: Call) -> None:
    worked = list[bool]()

    @fixed(MOST)
    @given(drawn=arguments(call))
    def compared(drawn: dict[str, Any]) -> None:
        if len(worked) < ENOUGH or not any(worked):
            worked.append(check(shared, call, drawn))

    compared()
    assert any(worked)


def test_there_is_much_to_confuse(shared: Shared) -> None:
    rows = shared.rows(OURS)
    assert [table for table in rows if not rows[table]] == []
    assert len(CALLS) > 180


def test_a_call_that_reads_along_or_writes_too_much_is_found(shared: Shared) -> None:
    def read(tx: Transaction) -> list[Any]:
        return tx.fetch_all("SELECT key FROM jobs WHERE :workspace <> ''")

    def write(tx: Transaction) -> int:
        return tx.execute("UPDATE aliases SET name = 'x' WHERE :workspace <> ''")

    for leak in (read, write):
        with pytest.raises(AssertionError):
            check(shared, Call("leak", leak), {})
