"""The processes that are killed: started again at once, and found by their port."""

import asyncio
import os
import random
import resource
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from types import TracebackType
from typing import Self

RUN = ("run",)
SPLIT = ("web", "worker", "worker")
LONGEST_START = 180.0


class Victims:
    """Flowbot's processes on one database. A context manager that ends them."""

    def __init__(
        self, commands: tuple[str, ...], database: Path, variables: Mapping[str, str]
    ) -> None:
        """Start these commands of `flowbot` when entered."""
        self._commands = commands
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            self.port = int(taken.getsockname()[1])
        self._environment = {
            **os.environ,
            **variables,
            "PORT": str(self.port),
            "DATABASE_URL": f"sqlite:///{database.resolve()}",
            "LOG_LEVEL": "warning",
        }
        self._running: list[subprocess.Popen[bytes]] = []
        self._log = database.with_suffix(".log").open("ab")

    @property
    def address(self) -> str:
        """Where Slack delivers."""
        return f"http://127.0.0.1:{self.port}/slack/events"

    def __enter__(self) -> Self:
        """Start them."""
        self._running = [self._start(command) for command in self._commands]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End them."""
        for process in self._running:
            process.kill()
            process.wait()
        self._log.close()

    def kill(self, chance: random.Random) -> None:
        """Kill one of them with SIGKILL and start it again."""
        place = chance.randrange(len(self._running))
        self._running[place].kill()
        self._running[place].wait()
        self._running[place] = self._start(self._commands[place])

    async def ready(self) -> None:
        """Wait until the one that Slack reaches answers."""
        loop = asyncio.get_running_loop()
        until = loop.time() + LONGEST_START
        while loop.time() < until:
            if await asyncio.to_thread(_answers, self.port):
                return
            for place, process in enumerate(self._running):
                if process.poll() is not None:  # it could not start, as with a full disk
                    self._running[place] = self._start(self._commands[place])
            await asyncio.sleep(0.05)
        raise RuntimeError("Flowbot does not start")

    @contextmanager
    def full(self) -> Iterator[None]:
        """Let no process write anything into a file, as on a full disk."""
        limited = list(self._running)
        for process in limited:
            _limit(process.pid, 1)
        try:
            yield
        finally:
            for process in limited:
                _limit(process.pid, resource.RLIM_INFINITY)

    def _start(self, command: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-m", "bot", command],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
        )


def _limit(pid: int, size: int) -> None:
    try:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    except ProcessLookupError:
        return  # killed meanwhile


def _answers(port: int) -> bool:
    """Return whether Slack's requests are let in, which a start that still waits does not."""
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/slack/events")
        return connection.getresponse().status == HTTPStatus.METHOD_NOT_ALLOWED
    except OSError:
        return False
    finally:
        connection.close()
