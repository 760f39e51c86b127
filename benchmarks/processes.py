"""Programs under measurement: started here, found by their port, ended by their pid."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.memory import resident_megabytes

LONGEST_START = 60.0
LOOK_EVERY = 0.005

BARE = ("benchmarks.bare",)
WEB = ("bot", "web")
RUN = ("bot", "run")
WORKER = ("bot", "worker")
"""It listens on METRICS_PORT alone."""
PROBED = ("benchmarks.probed", "run")


@dataclass(frozen=True, slots=True)
class Running:
    """A program that answered; `start_seconds` from its launch to its first ready answer.

    `port` is a worker's METRICS_PORT, and PORT of all others.
    """

    pid: int
    port: int
    start_seconds: float

    @property
    def resident_megabytes(self) -> float:
        """Memory that this process holds now, without what was swapped out (Linux only)."""
        return resident_megabytes(self.pid)

    @property
    def peak_megabytes(self) -> float:
        """The most memory that this process held since its start or `forget_peak` (Linux only)."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024 / 1e6

    @property
    def processor_seconds(self) -> float:
        """What this process has had of the processors since its start (Linux only)."""
        stat = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")

    def forget_peak(self) -> None:
        """Let the peak be what is held now (proc(5), clear_refs)."""
        Path(f"/proc/{self.pid}/clear_refs").write_text("5", encoding="ascii")


@contextmanager
def outside() -> Iterator[Mapping[str, str]]:
    """Run a local Slack and vendors; yield the environment that points a bot at them."""
    command = [sys.executable, "-m", "benchmarks.outside"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            yield json.loads(process.stdout.readline())
        finally:
            process.kill()


@contextmanager
def program(
    module: tuple[str, ...],
    folder: Path,
    variables: Mapping[str, str],
    *,
    database: Path | None = None,
    url: str = "",
) -> Iterator[Running]:
    """Run a program until the end of the block, with a new database unless one is given.

    `url` is that of a database on Postgres.
    """
    port = free_port()
    database = database or folder / f"{port}-{time.monotonic_ns()}.db"
    environment = {
        **os.environ,
        **({} if module == BARE else variables),
        "METRICS_PORT" if module == WORKER else "PORT": str(port),
        "DATABASE_URL": url or f"sqlite:///{database}",
        "LOG_LEVEL": "warning",
    }
    # Compiled modules are kept, as on any machine that does not forbid it.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", *module]
    launched = time.perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            _wait_ready(process, port)
            yield Running(process.pid, port, time.perf_counter() - launched)
        finally:
            # Killed, not asked: what it still has to do is no part of what is measured.
            process.kill()


def _wait_ready(process: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.perf_counter() + LONGEST_START
    while time.perf_counter() < deadline and process.poll() is None:
        if _is_ready(port):
            return
        time.sleep(LOOK_EVERY)
    raise RuntimeError(f"not ready: {process.args!r}")


def _is_ready(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def free_port() -> int:
    """Return a port of loopback that nobody has now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
