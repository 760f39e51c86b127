"""SQLite's own steps of the schema, and after them those that every database takes.

Nothing is appended here: a new step goes to bot/store/steps.py, in portable SQL.

Moments are ISO 8601 text in UTC with microseconds, so that they sort as text in any database and
read well in the sqlite-utils tool.
"""

import sqlite3
from collections.abc import Callable
from typing import Final

import sqlite_utils
from sqlite_utils import Migrations
from sqlite_utils.db import Database

from bot.store.older.policy_tables import AGREEMENTS, AUDIT, POLICY
from bot.store.older.rebuilding import rebuild
from bot.store.older.tables import (
    ALIASES,
    CRASHED_JOBS,
    CREDENTIALS,
    DIGEST_RUNS,
    FORGOTTEN,
    HOME_VIEWS,
    ID,
    INDEXES,
    JOBS,
    JOBS_THAT_CAN_WAIT,
    LEDGER,
    PAST_DIGESTS,
    RECENT_FILES,
    SERVICE_HEALTH,
    SMART_FLOWS,
    SNAPSHOTS,
    SUBSCRIPTIONS,
    TROUBLES,
)
from bot.store.steps import EVERYTHING, SQLITE, STEPS, SchemaStep

MIGRATIONS = Migrations("flowbot")


def migrate(connection: sqlite3.Connection) -> None:
    """Apply every step that this database does not have yet."""
    MIGRATIONS.apply(sqlite_utils.Database(connection))


def standing(connection: sqlite3.Connection) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return which steps this database does not have yet, and which it has that nobody here knows.

    Nothing is written.
    """
    db = sqlite_utils.Database(connection)
    missing = [each.name for each in MIGRATIONS.pending(db)]
    taken = [each.name for each in MIGRATIONS.applied(db)]
    return tuple(missing), tuple(each for each in taken if each not in KNOWN_STEPS)


@MIGRATIONS()
def first_light(db: Database) -> None:
    """Create jobs, the outbox, subscriptions, names and report snapshots."""
    for statement in (JOBS, LEDGER, SUBSCRIPTIONS, ALIASES, SNAPSHOTS, *INDEXES):
        db.execute(statement)


@MIGRATIONS()
def smart_flows(db: Database) -> None:
    """Create what is known of flows, executions, their cards and questions, and watches."""
    for statement in SMART_FLOWS:
        db.execute(statement)


@MIGRATIONS()
def replaced_credentials(db: Database) -> None:
    """Create the tokens that a vendor replaces while the bot runs."""
    db.execute(CREDENTIALS)


@MIGRATIONS()
def crashed_jobs(db: Database) -> None:
    """Let a job know whether it was running when a process died, and how often it was blamed."""
    for statement in CRASHED_JOBS:
        db.execute(statement)


@MIGRATIONS()
def paused_watches(db: Database) -> None:
    """Let a watch rest while its channel takes no messages."""
    db.execute("ALTER TABLE watches ADD COLUMN paused TEXT NOT NULL DEFAULT ''")


@MIGRATIONS()
def numbers_used_once(db: Database) -> None:
    """Never give the number of a subscription or a watch again, also of one that is gone."""
    _use_once(db, "subscriptions", "SELECT MAX(subscription_id) FROM ledger")
    _use_once(db, "watches", "SELECT MAX(id) FROM watches")


@MIGRATIONS()
def who_reads_along(db: Database) -> None:
    """Keep what members agreed to where other organisations read along."""
    for table in ("subscriptions", "watches"):
        db.execute(f"ALTER TABLE {table} ADD COLUMN consent TEXT NOT NULL DEFAULT ''")


def _use_once(db: Database, table: str, known: str) -> None:
    """Make a table anew whose numbers go on after the highest in it, or that `known` gives."""
    schema = db.execute(
        "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type DESC",
        [table],
    )
    (created,), *indexes = schema.fetchall()
    db.execute(f"ALTER TABLE {table} RENAME TO {table}_before")
    db.execute(created.replace(f"{ID},", f"{ID} AUTOINCREMENT,"))
    db.execute(f"INSERT INTO {table} SELECT * FROM {table}_before")  # noqa: S608  # a name of ours
    db.execute(f"DROP TABLE {table}_before")
    for (index,) in indexes:
        db.execute(index)
    both = f"SELECT MAX(id) AS n FROM {table} UNION ALL {known}"  # noqa: S608  # as above
    highest = db.execute(f"SELECT COALESCE(MAX(n), 0) FROM ({both})").fetchone()[0]  # noqa: S608
    db.execute("DELETE FROM sqlite_sequence WHERE name = ?", [table])
    db.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", [table, highest])


@MIGRATIONS()
def forgotten_when_sent(db: Database) -> None:
    """Blank what was kept of requests and private answers that are long settled."""
    for statement in FORGOTTEN:
        db.execute(statement)


@MIGRATIONS()
def vendors_own_time(db: Database) -> None:
    """Keep what the vendor's clock showed when a start began."""
    db.execute("ALTER TABLE starts ADD COLUMN vendor_began_at TEXT")


@MIGRATIONS()
def change_notes(db: Database) -> None:
    """Create the notes of what changed in Slack, for processes that do not hear its events."""
    db.execute(
        f"""CREATE TABLE change_notes (
          {ID} AUTOINCREMENT,
          subject TEXT NOT NULL UNIQUE,
          origin TEXT NOT NULL,
          noted_at TEXT NOT NULL
        )"""
    )


@MIGRATIONS()
def what_became_of_digests(db: Database) -> None:
    """Create the record of what became of each digest, with what the outbox still knows."""
    for statement in DIGEST_RUNS:
        db.execute(statement)


@MIGRATIONS()
def terms_of_digests(db: Database) -> None:
    """Keep what else is wished of a digest, as JSON."""
    db.execute("ALTER TABLE subscriptions ADD COLUMN terms TEXT NOT NULL DEFAULT '{}'")


@MIGRATIONS()
def jobs_that_can_wait(db: Database) -> None:
    """Let digests that are due wait until what people asked for is under way."""
    for statement in JOBS_THAT_CAN_WAIT:
        db.execute(statement)


@MIGRATIONS()
def troubles(db: Database) -> None:
    """Keep what standing orders rest under, so that they come back by themselves."""
    for statement in TROUBLES:
        db.execute(statement)


@MIGRATIONS()
def what_home_shows(db: Database) -> None:
    """Create what is known of each person's Home tab."""
    for statement in HOME_VIEWS:
        db.execute(statement)


@MIGRATIONS()
def who_may_do_what(db: Database) -> None:
    """Create the rules of who may do what."""
    db.execute(POLICY)


@MIGRATIONS()
def who_did_what(db: Database) -> None:
    """Create the table of who did what, and what came of it."""
    for statement in AUDIT:
        db.execute(statement)


@MIGRATIONS()
def services_and_files(db: Database) -> None:
    """Create the health of services, and find the files that were sent last."""
    db.execute(SERVICE_HEALTH)
    db.execute(RECENT_FILES)


@MIGRATIONS()
def second_persons(db: Database) -> None:
    """Create what waits for a second person to agree."""
    for statement in AGREEMENTS:
        db.execute(statement)


@MIGRATIONS()
def digests_that_ended(db: Database) -> None:
    """Keep what digests were that are over, so that their past can still be looked up."""
    for statement in PAST_DIGESTS:
        db.execute(statement)


@MIGRATIONS()
def snoozed_watches(db: Database) -> None:
    """Let a watch tell nothing until a moment."""
    db.execute("ALTER TABLE watches ADD COLUMN snoozed_until TEXT")


@MIGRATIONS()
def parts_of_watches(db: Database) -> None:
    """Keep which flows a watch of all tells of, by patterns of their names."""
    db.execute("ALTER TABLE watches ADD COLUMN parts TEXT NOT NULL DEFAULT '[]'")


def _taking(step: SchemaStep) -> Callable[[Database], None]:
    def take(db: Database) -> None:
        for statement in step.statements:
            db.execute(SQLITE.spelled(statement))

    return take


MIGRATIONS(name=EVERYTHING.name)(rebuild)
for _step in STEPS[1:]:
    MIGRATIONS(name=_step.name)(_taking(_step))
KNOWN_STEPS: Final = frozenset(each.name for each in MIGRATIONS._migrations)  # noqa: SLF001  # no other way
STEPS_TAKEN: Final = "SELECT name FROM _sqlite_migrations WHERE migration_set = 'flowbot'"
