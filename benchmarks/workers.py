"""Flowbot's workers as they are killed and frozen, and what their logs say of who speaks."""

import itertools
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

TOLD = {"working", "fenced", "lease_lost", "lease_taken_over", "leases_not_renewed"}
"""What of the logs is repeated on standard error, beside each blow."""


@dataclass(slots=True, eq=False)
class Worker:
    """One process; `frozen` says whether it was stopped by SIGSTOP."""

    process: "subprocess.Popen[str]"
    number: int
    frozen: bool = False


@dataclass(slots=True)
class Speakers:
    """Who speaks for each workspace, and how long nobody did who could."""

    of: dict[str, Worker] = field(default_factory=dict)
    orphaned: dict[str, float] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)

    def begins(self, workspace: str, worker: Worker) -> None:
        """Note that a worker speaks for a workspace from now on."""
        self.of[workspace] = worker
        self._ends(workspace)

    def struck(self, worker: Worker) -> None:
        """Note that a worker speaks no more."""
        for workspace, speaker in self.of.items():
            if speaker is worker:
                self.orphaned.setdefault(workspace, time.monotonic())

    def wakes(self, worker: Worker) -> None:
        """Note that a worker goes on, with what nobody else has taken meanwhile."""
        for workspace, speaker in self.of.items():
            if speaker is worker:
                self._ends(workspace)

    def _ends(self, workspace: str) -> None:
        since = self.orphaned.pop(workspace, None)
        if since is not None:
            self.took.append(time.monotonic() - since)


class Workers:
    """So many workers on one database. A context manager that ends them."""

    def __init__(
        self, count: int, variables: Mapping[str, str], *, hesitant: float = 0, without: str = ""
    ) -> None:
        """Start them when entered; for the others see benchmarks.unfenced."""
        self._count = count
        changed = ("benchmarks.unfenced", str(hesitant), *filter(None, (without,)))
        module = changed if hesitant or without else ("bot", "worker")
        self._command = (sys.executable, "-m", *module)
        self._environment = {**os.environ, **variables, "LOG_FORMAT": "json", "LOG_LEVEL": "info"}
        self._lock = threading.Lock()
        self.speakers = Speakers()
        self.events: Counter[str] = Counter()
        self.all: list[Worker] = []
        self._began = time.monotonic()
        self._numbers = itertools.count(1)

    def __enter__(self) -> Self:
        """Start them."""
        self.all = [self._started() for _ in range(self._count)]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End them."""
        for worker in self.all:
            worker.process.kill()
            worker.process.wait()

    def kill(self, worker: Worker) -> None:
        """Kill one with SIGKILL and start another in its place."""
        worker.process.kill()
        worker.process.wait()
        self._tell("killed", worker)
        with self._lock:
            self.speakers.struck(worker)
        self.all[self.all.index(worker)] = self._started()

    def freeze(self, worker: Worker) -> None:
        """Stop one in the middle of whatever it does."""
        worker.process.send_signal(signal.SIGSTOP)
        worker.frozen = True
        self._tell("frozen", worker)
        with self._lock:
            self.speakers.struck(worker)

    def thaw(self, worker: Worker) -> None:
        """Let one go on, unless it was killed meanwhile."""
        if worker.frozen and worker in self.all:
            worker.process.send_signal(signal.SIGCONT)
            worker.frozen = False
            self._tell("wakes", worker)
            with self._lock:
                self.speakers.wakes(worker)

    def _started(self) -> Worker:
        process = subprocess.Popen(
            self._command,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        worker = Worker(process, next(self._numbers))
        threading.Thread(target=self._listen, args=(worker,), daemon=True).start()
        return worker

    def _listen(self, worker: Worker) -> None:
        assert worker.process.stdout is not None
        for line in worker.process.stdout:
            with suppress(ValueError):
                self._heard(worker, json.loads(line))

    def _tell(self, event: str, worker: Worker, about: str = "") -> None:
        seconds = time.monotonic() - self._began
        print(f"{seconds:7.2f} {event} {worker.number} {about}", file=sys.stderr, flush=True)

    def _heard(self, worker: Worker, line: Mapping[str, Any]) -> None:
        event = str(line.get("event", ""))
        with self._lock:
            self.events[f"{event}:{line['fence']}" if event == "fenced" else event] += 1
            if event in TOLD:
                self._tell(event, worker, str(line.get("workspace") or line.get("role") or ""))
            if event == "working" and not worker.frozen:
                self.speakers.begins(str(line["workspace"]), worker)
