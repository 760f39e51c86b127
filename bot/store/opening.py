"""Opening a database file; where that cannot be, the file, the trouble and the mend in words."""

import errno
import fcntl
import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot import log
from bot.errors import BotError
from bot.store.migrations import migrate, standing
from bot.store.steps import of_a_newer_program

BUSY_SECONDS = 10.0
PRIVATE = 0o600
"""The mode of a new database: it holds people's names and the tokens that vendors replace."""
LOG_PAGES = 2_000
"""How long the write-ahead log grows before SQLite copies it back by itself, in pages of 4 KiB. It
does so in the middle of a commit, which then waits for two more syncs: rarely is better."""

_ELSEWHERE = "or let DATABASE_URL name another file"
_MENDS = {
    sqlite3.SQLITE_NOTADB: f"it is no SQLite database. Put a backup in its place, {_ELSEWHERE}",
    sqlite3.SQLITE_CORRUPT: f"it is damaged. Put the last backup in its place, {_ELSEWHERE}",
    sqlite3.SQLITE_BUSY: "another program keeps it locked. Stop that one, then start again",
    sqlite3.SQLITE_FULL: "its disk is full. Make room, then start again",
    sqlite3.SQLITE_READONLY: "it may not be written. Give it, and its folder, to the user who runs "
    f"Flowbot, {_ELSEWHERE}",
    sqlite3.SQLITE_CANTOPEN: "it, or its folder, may not be written. Give both to the user who "
    f"runs Flowbot, {_ELSEWHERE}",
    sqlite3.SQLITE_IOERR: f"its disk fails. Look at the disk, {_ELSEWHERE}",
}
_FILE_MENDS = {
    errno.EISDIR: "it is a folder. Let DATABASE_URL name a file in it, such as sqlite:///{}/"
    "flowbot.db",
    errno.ENOTDIR: "a part of its path is no folder. Correct DATABASE_URL",
    errno.EEXIST: "a part of its path is no folder. Correct DATABASE_URL",
    errno.ENOENT: f"no such folder. Make it, {_ELSEWHERE}",
    errno.EACCES: _MENDS[sqlite3.SQLITE_READONLY],
    errno.EPERM: _MENDS[sqlite3.SQLITE_READONLY],
    errno.EROFS: f"its disk can only be read. Let it be written, {_ELSEWHERE}",
    errno.ENOSPC: _MENDS[sqlite3.SQLITE_FULL],
}


class DatabaseNotOpenedError(BotError):
    """The database cannot be opened; the text names the file and the mend."""


class DatabaseAwayError(DatabaseNotOpenedError):
    """Nobody answers where the database should be; it may be there in a moment."""


def cannot_open(name: str, why: str, *, away: bool = False) -> DatabaseNotOpenedError:
    """Return that the database of this name is not opened; `why` is a clause and the mend."""
    kind = DatabaseAwayError if away else DatabaseNotOpenedError
    return kind(f"Can't open the database {name} (DATABASE_URL): {why}.")


def not_opened(path: str, error: sqlite3.Error | OSError) -> DatabaseNotOpenedError:
    """Return why the file at a path is not opened."""
    if isinstance(error, OSError):
        mend = _FILE_MENDS.get(
            error.errno or 0, f"{error.strerror or error}. Mend it, {_ELSEWHERE}"
        )
    else:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        mend = _MENDS.get(code, f"SQLite says: {error}. Mend it, {_ELSEWHERE}")
    why = mend.replace("{}", path)
    return cannot_open(str(Path(path).absolute()), why)


def migrate_file(path: str) -> None:
    """Create the file's folder and bring its schema up to date.

    A new file is its owner's alone, and with it the log that SQLite makes beside it. One that was
    there keeps its mode, which somebody may have chosen, but is warned of if all may read it.
    """
    if Path(path).is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    with _alone_in(Path(path).parent):
        _migrate(path)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Wait until no other process brings a schema up to date there.

    Two that start at once would take the same step, and the later one would fail. The operating
    system lets go of the folder's lock when a process ends.
    """
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        os.close(opened)


def _migrate(path: str) -> None:
    Path(path).touch(PRIVATE)
    if Path(path).stat().st_mode & stat.S_IROTH:
        log.get().warning("database_readable_by_everybody", mend=f"chmod 600 {Path(path).name}*")
    connection = connect(path)
    try:
        _, newer = standing(connection)
        if newer:
            raise cannot_open(str(Path(path).absolute()), of_a_newer_program(newer))
        migrate(connection)
    finally:
        connection.close()


def connect(path: str) -> sqlite3.Connection:
    """Return a connection that waits for locks, and whose commits outlast a power cut."""
    connection = sqlite3.connect(
        path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    connection.row_factory = sqlite3.Row
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")  # SQLite's default on some systems alone
    except sqlite3.Error:  # it is no database, or the disk is at fault
        connection.close()
        raise
    return connection
