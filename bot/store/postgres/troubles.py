"""What Postgres reports, in words: what may pass, what has to be mended, and how."""

from dataclasses import dataclass
from typing import Final

import psycopg
from psycopg import errors

from bot.store.database import DatabaseDamagedError, DatabaseUnavailableError
from bot.store.opening import DatabaseNotOpenedError, cannot_open

AWAY: Final = "Flowbot's database is away"
LOCKED: Final = "Flowbot's database is in use by another program"
TOO_MUCH: Final = "Flowbot has too much to write down"
_FULL: Final = "The disk with Flowbot's database is full"
_READ_ONLY: Final = "Flowbot's database may not be written"
_CROWDED: Final = "Flowbot's database has too many connections"
_REFUSED: Final = "Flowbot's database lets Flowbot not in"

_CLAUSES: Final = {
    "53100": _FULL,
    "53200": "Flowbot's database has no memory left",
    "53300": _CROWDED,
    "25006": _READ_ONLY,
    "42501": _READ_ONLY,
    "28000": _REFUSED,
    "28P01": _REFUSED,
    "40001": LOCKED,
    "40P01": LOCKED,
    "55P03": LOCKED,
    "58030": "The disk with Flowbot's database cannot be read or written",
}
"""By SQLSTATE; what is not here, and ends the connection, is that the database is away."""
_DAMAGED: Final = frozenset({"XX001", "XX002"})
PASSING: Final = frozenset({"40001", "40P01", "25P03", "57P01", "57P02", "57P03"})
"""What undid a unit of work for certain, and is over at the next try: others who wrote at the same
time, and a connection that the server ended.
"""
STALE: Final = "0A000"
"""A table was changed since the statement was planned on this connection."""


@dataclass(frozen=True, slots=True)
class _Refusal:
    """A refused connection: how it is told from others, what it is called, and its mend."""

    words: tuple[str, ...]
    clause: str
    mend: str


_REFUSALS: Final = (
    _Refusal(
        ("password authentication failed", "no password supplied"),
        _REFUSED,
        "it refuses the user or the password. Correct DATABASE_URL",
    ),
    _Refusal(
        ("pg_hba.conf",),
        _REFUSED,
        "it lets this machine not in as that user. Let it in with a line of its pg_hba.conf",
    ),
    _Refusal(
        ("too many clients", "remaining connection slots", "too many connections"),
        _CROWDED,
        "it has no connection left. Raise its max_connections, or run fewer processes",
    ),
    _Refusal(
        ("does not exist",),
        _REFUSED,
        "no such database or user. Make it with createdb or createuser, or correct DATABASE_URL",
    ),
    _Refusal(
        ("unsupported startup parameter",),
        _REFUSED,
        "a pooler stands in between that refuses what Flowbot asks for. Let DATABASE_URL name "
        "Postgres itself",
    ),
    _Refusal(
        ("translate host name", "Name or service not known", "resolve host"),
        AWAY,
        "no machine has that name. Correct DATABASE_URL",
    ),
    _Refusal(
        ("SSL", "certificate"),
        _REFUSED,
        "no secure connection can be made to it. Correct sslmode in DATABASE_URL, or its "
        "certificates",
    ),
    _Refusal(
        ("starting up", "shutting down", "recovery"),
        AWAY,
        "it is just starting or stopping. Start again in a moment",
    ),
)
_NOBODY: Final = _Refusal((), AWAY, "nobody answers there. Start Postgres, or correct DATABASE_URL")
# Any of them may hold parts of the URL, so that none of the driver's own words are passed on.

_LOST: Final = (
    f"{AWAY} since the moment in which this was written down, so it may or may not have been "
    "done. Look before you try again; if it stays, tell whoever runs Flowbot."
)


class CommitLostError(DatabaseUnavailableError):
    """The connection ended while it was being kept: it may or may not have been done."""

    def __init__(self) -> None:
        super().__init__(AWAY)
        self.args = (_LOST,)


def understood(error: psycopg.Error) -> Exception:
    """Return what callers may wait out, or cannot mend, in words; and any other error as it is."""
    if error.sqlstate in _DAMAGED:
        return DatabaseDamagedError()
    if clause := _CLAUSES.get(error.sqlstate or ""):
        return DatabaseUnavailableError(clause)
    ended = isinstance(error, psycopg.OperationalError | errors.AdminShutdown)
    return DatabaseUnavailableError(AWAY) if ended else error


def refused(error: psycopg.Error) -> DatabaseUnavailableError:
    """Return why there is no connection, for who asks while the bot runs."""
    return DatabaseUnavailableError(_refusal(error).clause)


def not_opened(name: str, error: psycopg.Error) -> DatabaseNotOpenedError:
    """Return why the database is not opened at the start, and the mend."""
    if error.sqlstate is None:  # there was no connection yet
        refusal = _refusal(error)
        return cannot_open(name, refusal.mend, away=refusal.clause is AWAY)
    why = _CLAUSES.get(error.sqlstate) or f"Postgres says: {error.diag.message_primary}"
    return cannot_open(name, f"{why}. Mend that first")


def _refusal(error: psycopg.Error) -> _Refusal:
    told = str(error)
    found = (each for each in _REFUSALS if any(words in told for words in each.words))
    return next(found, _NOBODY)
