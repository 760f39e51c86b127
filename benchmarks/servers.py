"""A Postgres server that can be crashed: all of it is killed with SIGKILL, and started again."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

STARTS_WITHIN = 60.0
ORDINARY = ("postgres", "nobody")
SETTINGS = ("shared_buffers=32MB", "max_connections=100", "listen_addresses=")


class Server:
    """A private server, with a socket in a temporary folder. A context manager that ends it."""

    def __init__(self) -> None:
        """Make a cluster when entered, by the `initdb` on the path."""
        self._user = self._ordinary()
        self._folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its DATABASE_URL."""
        return f"postgresql://flowbot@/postgres?host={self._folder}"

    def __enter__(self) -> Self:
        """Make it and start it."""
        if self._user:
            shutil.chown(self._folder, self._user)
        told = ("-U", "flowbot", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
        made = (self._program("initdb"), "-D", str(self._data), *told)
        subprocess.run(
            made, user=self._user, cwd=self._folder, check=True, stdout=subprocess.DEVNULL
        )
        self._start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End it, and remove all that it kept."""
        if self._process:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def crash(self) -> None:
        """Kill it with all its processes, and start it again."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        (self._data / "postmaster.pid").unlink(missing_ok=True)
        self._start()

    def cut(self) -> None:
        """End every connection but the one that says so."""
        cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        others = "pid <> pg_backend_pid() AND backend_type = 'client backend'"
        with psycopg.connect(self.url) as connection:
            connection.execute(f"{cut} WHERE {others}")  # nothing is put in

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _start(self) -> None:
        settings = [part for each in SETTINGS for part in ("-c", each)]
        command = (
            self._program("postgres"),
            "-D",
            str(self._data),
            "-k",
            str(self._folder),
            *settings,
        )
        self._process = subprocess.Popen(
            command,
            user=self._user,
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until = time.monotonic() + STARTS_WITHIN
        while not self._answers():
            if time.monotonic() > until:
                raise RuntimeError("Postgres does not start")
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url).close()
        except psycopg.OperationalError:
            return False
        return True

    @staticmethod
    def _program(name: str) -> str:
        found = shutil.which("initdb")
        if found is None:
            raise RuntimeError("no Postgres here: its server is missing (Debian: postgresql)")
        return str(Path(found).resolve().with_name(name))

    @staticmethod
    def _ordinary() -> str | None:
        """Return whom to run it as, where we are root: it refuses root."""
        if os.geteuid() != 0:
            return None
        known = {each.pw_name for each in pwd.getpwall()}
        return next(name for name in ORDINARY if name in known)
