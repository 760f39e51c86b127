"""One workspace's view of either database: its own rows alone, and no statement that forgets it."""

import pytest

from bot.store.database import Database, Transaction
from bot.store.workspaces import WorkspaceForgottenError

PUT = "INSERT INTO sweep_marks (workspace, name, value) VALUES (:workspace, 'same', :value)"
ALL = "SELECT value FROM sweep_marks WHERE workspace = :workspace"
FORGETFUL = "UPDATE sweep_marks SET value = ''"


async def test_the_same_name_in_two_workspaces_is_two_rows(database: Database) -> None:
    ours, theirs = database.of("T1"), database.of("T2")
    await ours.execute(PUT, {"value": "ours"})
    await theirs.transaction(lambda tx: tx.execute(PUT, {"value": "theirs"}))

    assert await ours.fetch_all(ALL) == [{"value": "ours"}]
    assert await theirs.transaction(lambda tx: tx.fetch_one(ALL)) == {"value": "theirs"}


async def test_a_statement_that_names_no_workspace_is_refused(database: Database) -> None:
    ours = database.of("T1")
    await ours.execute(PUT, {"value": "kept"})

    def forget(tx: Transaction) -> None:
        tx.execute("UPDATE sweep_marks SET value = 'undone' WHERE workspace = :workspace")
        tx.execute(FORGETFUL)

    for attempt in (ours.execute(FORGETFUL), ours.transaction(forget)):
        with pytest.raises(WorkspaceForgottenError):
            await attempt

    assert await ours.fetch_all(ALL) == [{"value": "kept"}]
