"""Connections to Postgres: as every one of ours has to be, and what is looked at with the first."""

import secrets
import select
from collections.abc import Mapping
from typing import Any, Final

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import DictRow, dict_row

from bot.store.opening import cannot_open
from bot.store.postgres.dialect import ADAPTERS
from bot.store.postgres.steps import migrate
from bot.store.postgres.troubles import not_opened

Link = psycopg.Connection[DictRow]
Address = Mapping[str, Any]
"""What is needed to connect, the password with it: never to be shown."""

OLDEST: Final = 13
IDLE_SECONDS: Final = 5
"""So long may a process stand still in the middle of a unit of work before it is undone."""
LOCK_SECONDS: Final = 10
PREPARED: Final = 500
_USUAL: Final = {
    "application_name": "flowbot",
    "connect_timeout": "5",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
}
_SESSION: Final = f"""
SET timezone = 'UTC'; SET idle_in_transaction_session_timeout = '{IDLE_SECONDS}s';
SET lock_timeout = '{LOCK_SECONDS}s'; SET standard_conforming_strings = on"""
_UNREADABLE: Final = (
    "it cannot be read. Write postgresql://user:password@host:5432/database, with special signs of "
    "the password as %40 for @, %2F for / and so on"
)
_POOLED: Final = (
    "a pooler in transaction mode stands in between (such as pgbouncer with pool_mode = "
    "transaction), in which locks and wake-ups are lost. Let DATABASE_URL name Postgres itself, or "
    "set the pooler to session mode"
)


def address_of(url: str) -> Address:
    """Return what a URL says. Raises DatabaseNotOpenedError, without its text.

    A password with special signs in it is easily taken for something that may be shown.
    """
    try:
        found = conninfo_to_dict(url)
    except psycopg.Error:
        raise cannot_open("of DATABASE_URL", _UNREADABLE) from None
    port, places = str(found.get("port", "")), f"{found.get('host')}{found.get('dbname')}"
    if port.strip("0123456789,") or "@" in places:
        raise cannot_open("of DATABASE_URL", _UNREADABLE)
    return {**_USUAL, **found}


def name_of(address: Address) -> str:
    """Return which database it is, without the password."""
    user, port = address.get("user"), address.get("port")
    before, after = f"{user}@" if user else "", f":{port}" if port else ""
    host = address.get("host") or "localhost"
    return f"postgresql://{before}{host}{after}/{address.get('dbname') or user or ''}"


def connect(address: Address) -> Link:
    """Return a connection on which each statement is committed by itself. Raises psycopg.Error."""
    link = psycopg.connect(**address, autocommit=True, context=ADAPTERS, row_factory=dict_row)
    try:
        link.execute(_SESSION)
    except psycopg.Error:
        link.close()
        raise
    link.prepared_max = PREPARED
    return link


def is_cut(link: Link) -> bool:
    """Return whether the other side has ended a connection that rests; nothing is sent."""
    if link.closed:
        return True
    readable = select.poll()
    readable.register(link.fileno(), select.POLLIN)
    try:
        # One that rests has nothing to read but the server's last words, and then its end.
        while readable.poll(0):
            link.pgconn.consume_input()
    except psycopg.Error:
        return True
    return False


def open_first(address: Address) -> None:
    """Look whether the database can serve, and bring its schema up to date.

    Raises DatabaseNotOpenedError.
    """
    name = name_of(address)
    try:
        with connect(address) as link:
            look_at(address, link)
            migrate(link, name)
    except psycopg.Error as error:
        raise not_opened(name, error) from None


def look_at(address: Address, link: Link) -> None:
    """Raise DatabaseNotOpenedError where the server is too old, or a pooler stands before it."""
    version = link.info.server_version // 10_000
    if version < OLDEST:
        raise cannot_open(
            name_of(address),
            f"it is Postgres {version}, and Flowbot needs {OLDEST} or later. Bring the server up "
            "to date, or let DATABASE_URL name another one",
        )
    _look_for_a_pooler(address, link)


def _look_for_a_pooler(address: Address, link: Link) -> None:
    """Set something for this session alone, and see whether it stays with it when two talk."""
    mark = secrets.token_hex(8)
    link.execute(f"SET flowbot.session = '{mark}'")
    with connect(address) as other, other.transaction():
        theirs, ours = _session(other), _session(link)
    if (theirs, ours) != ("", mark):
        raise cannot_open(name_of(address), _POOLED)


def _session(link: Link) -> str:
    row = link.execute("SELECT current_setting('flowbot.session', true) AS mark").fetchone()
    return (row and row["mark"]) or ""
