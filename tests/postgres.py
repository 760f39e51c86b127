"""A private Postgres for the tests: started where one needs it, gone with the process that did.

Each test process has a cluster of its own: an ordinary user's, reached by a socket in a temporary
folder, without a sync to the disk. A new database in it takes some hundredths of a second.
TEST_POSTGRES_URL names another server, whose databases are made and dropped the same way.
"""

import atexit
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache, cached_property
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg.sql import SQL, Composed, Identifier

from bot.store.postgres.connecting import address_of, open_first
from tests.programs import program

PASSWORD = "hunter2"
"""Of the role `flowbot` and of `guest`; only the latter has to give it."""
MISSING = "no Postgres here: its server is missing (Debian: postgresql)"
ORDINARY = ("postgres", "nobody")
STARTS_WITHIN = 30.0
_FAST = (
    "fsync=off",
    "full_page_writes=off",
    "shared_buffers=16MB",
    "autovacuum=off",
)
_OWN = ("max_connections=80", "listen_addresses=")
_RULES = "local all guest scram-sha-256\nlocal all all trust\n"
# The server ends when nobody holds the other end of its standard input any more: whatever ends
# the tests ends it, and takes its folder away.
_WATCHED = '"$@" </dev/null & read -r _; kill -QUIT $!; wait $!; rm -rf "$0"'


class Cluster:
    """A server in which databases are made for tests; `url` is that of its database `postgres`."""

    def __init__(self, url: str) -> None:
        """Use `cluster` instead."""
        self.url = url
        self._numbers = itertools.count(1)
        self._files: dict[Path, str] = {}

    @cached_property
    def migrated(self) -> str:
        """The name of a database of today's schema, to be a template."""
        name = self.create()
        open_first(address_of(self.at(name)))
        return name

    def at(self, database: str) -> str:
        """Return the URL of a database of this server."""
        return urlsplit(self.url)._replace(path=f"/{database}").geturl()

    def standing_for(self, file: Path) -> str:
        """Return the URL of a migrated database for a file; those of other folders go."""
        for one in [each for each in self._files if each.parent != file.parent]:
            self.drop(self._files.pop(one))
        if file not in self._files:
            self._files[file] = self.create(self.migrated)
        return self.at(self._files[file])

    def create(self, template: str = "template1") -> str:
        """Return the name of a new database, with what is in the template."""
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        self.run(SQL("CREATE DATABASE {} TEMPLATE {}"), name, template)
        return name

    def drop(self, name: str) -> None:
        """Take a database away, whoever is connected to it."""
        self.run(SQL("DROP DATABASE IF EXISTS {} (FORCE)"), name)

    def run(self, sql: SQL, *names: str) -> None:
        """Run a statement about these names, as the administrator."""
        statement: Composed = sql.format(*map(Identifier, names))
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)


@cache
def cluster() -> Cluster:
    """Return the server of this process; where none can be, skip, or fail if it must be.

    It must be where OUTSIDE_PROGRAMS is "required".
    """
    if url := os.environ.get("TEST_POSTGRES_URL"):
        return Cluster(url)
    until_the_end = ExitStack()
    atexit.register(until_the_end.close)
    return until_the_end.enter_context(private_cluster(_FAST))


@contextmanager
def private_cluster(settings: Sequence[str] = ()) -> Iterator[Cluster]:
    """Yield a server of our own, as durable as any unless these settings say otherwise."""
    initdb = program("initdb", *_installed(), missing=MISSING)
    with (
        _folder() as folder,
        _server(Path(initdb).resolve().parent, folder, (*_OWN, *settings)) as url,
    ):
        yield Cluster(url)


def _installed() -> Iterator[str]:
    """Yield where Debian puts it, which is not on the path; the newest first."""
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    yield from map(str, sorted(found, key=lambda path: int(path.parts[-3]), reverse=True))


@contextmanager
def _folder() -> Iterator[Path]:
    """Yield a folder of the user who runs the server; its name is short, as a socket's must be."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # its name is its own
    try:
        if user := _user():
            shutil.chown(folder, user)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _user() -> str | None:
    """Return an ordinary user to run the server as, where we are root: it refuses root."""
    if os.geteuid() != 0:
        return None
    known = {each.pw_name for each in pwd.getpwall()}
    return next(name for name in ORDINARY if name in known)


@contextmanager
def _server(programs: Path, folder: Path, settings: Sequence[str]) -> Iterator[str]:
    data = folder / "data"
    told = ("-U", "flowbot", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
    made = (str(programs / "initdb"), "-D", str(data), *told)
    subprocess.run(made, user=_user(), check=True, stdout=subprocess.DEVNULL, cwd=folder)  # noqa: S603
    (data / "pg_hba.conf").write_text(_RULES)
    given = [part for each in settings for part in ("-c", each)]
    started = (str(programs / "postgres"), "-D", str(data), "-k", str(folder), *given)
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(  # noqa: S603
            ("/bin/sh", "-c", _WATCHED, str(folder), *started),
            user=_user(),
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            cwd=folder,
        ) as process,
    ):
        assert process.stdin is not None
        try:
            yield _ready(f"postgresql://flowbot:{PASSWORD}@/postgres?host={folder}")
        finally:
            process.stdin.close()


def _ready(url: str) -> str:
    """Return the URL once the server answers."""
    until = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(f"CREATE ROLE guest LOGIN PASSWORD '{PASSWORD}'")
                return url
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
