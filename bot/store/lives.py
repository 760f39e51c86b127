"""Which processes on this machine are alive, by a lock that the operating system lets go of.

A process holds the lock of a small file of its own beside the database for as long as it lives. A
process number would prove nothing: in a container everybody is number 1. The file of a process that
ended without a word is removed by the next one that begins.
"""

import fcntl
import os
from contextlib import suppress
from pathlib import Path

PRIVATE = 0o600
MARK = "alive"


class Lives:
    """The lives of those who share one database file. Its methods block; one thread at a time."""

    def __init__(self, path: str) -> None:
        """Look beside the database at `path`."""
        self._path = Path(path)
        self._locks: dict[str, int] = {}

    def begin(self, owner: str) -> None:
        """Be known as alive under this name, of letters and digits, until `end`. May raise OSError.

        What the dead left is removed on the way.
        """
        for left in self._path.parent.glob(f"{self._path.name}.{MARK}-*"):
            _remove_if_dead(left)
        self._locks[owner] = _locked_anew(self._file(owner))

    def has_ended(self, owner: str) -> bool:
        """Return whether the process of that name, one that did begin, is gone for certain."""
        return owner not in self._locks and _remove_if_dead(self._file(owner))

    def end(self) -> None:
        """Leave nothing behind."""
        for owner, lock in self._locks.items():
            self._file(owner).unlink(missing_ok=True)
            os.close(lock)
        self._locks.clear()

    def _file(self, owner: str) -> Path:
        return self._path.with_name(f"{self._path.name}.{MARK}-{owner}")


def _locked_anew(file: Path) -> int:
    """Return the lock of a file of that name, as it may be removed before it is locked."""
    while True:
        opened = os.open(file, os.O_RDWR | os.O_CREAT, PRIVATE)
        fcntl.flock(opened, fcntl.LOCK_EX)
        with suppress(FileNotFoundError):
            if file.stat().st_ino == os.fstat(opened).st_ino:
                return opened
        os.close(opened)


def _remove_if_dead(file: Path) -> bool:
    """Remove the file unless somebody lives; return whether nobody does."""
    try:
        opened = os.open(file, os.O_RDWR)
    except FileNotFoundError:
        return True
    except OSError:
        return False  # it is somebody else's, so who knows
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        file.unlink(missing_ok=True)
    except OSError:
        return False
    finally:
        os.close(opened)
    return True
