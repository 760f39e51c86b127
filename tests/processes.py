"""Flowbot as a process of its own: started, listened to, and ended for certain."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

LONGEST = 20.0
"""Real seconds for anything awaited here; only a failure ever waits so long."""


class Process:
    """A running `flowbot`; what it prints is kept line by line."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        """Begin to listen to what it prints."""
        assert process.stdout is not None
        assert process.stderr is not None
        self._process = process
        self._printed = asyncio.Condition()
        self.out: list[str] = []
        self.err: list[str] = []
        self._listeners = (
            asyncio.ensure_future(self._listen(process.stdout, self.out)),
            asyncio.ensure_future(self._listen(process.stderr, self.err)),
        )

    async def line(self, words: str) -> str:
        """Return the first line with these words, now or once it is printed."""

        def found() -> str | None:
            return next((line for line in (*self.out, *self.err) if words in line), None)

        async with asyncio.timeout(LONGEST), self._printed:
            await self._printed.wait_for(lambda: found() or self._ended())
        line = found()
        assert line is not None, f"ended without saying {words!r}: {self.out} {self.err}"
        return line

    async def event(self, name: str) -> dict[str, Any]:
        """Return the values of the first log event of that name."""
        values: dict[str, Any] = json.loads(await self.line(f'"event": "{name}"'))
        return values

    def send(self, number: signal.Signals) -> None:
        """Send a signal."""
        self._process.send_signal(number)

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    def write(self, text: str) -> None:
        """Let it read this, if it was started to be written to."""
        assert self._process.stdin is not None
        self._process.stdin.write(text.encode())

    async def ended(self) -> int:
        """Return the exit code once the process has ended and all it printed was heard."""
        async with asyncio.timeout(LONGEST):
            code = await self._process.wait()
            await asyncio.gather(*self._listeners)
        return code

    async def end(self) -> None:
        """Make sure that it has ended."""
        if self._process.returncode is None:
            self._process.kill()
        await self.ended()

    def _ended(self) -> bool:
        return all(listener.done() for listener in self._listeners)

    async def _listen(self, stream: asyncio.StreamReader, lines: list[str]) -> None:
        async for line in stream:
            async with self._printed:
                lines.append(line.decode())
                self._printed.notify_all()
        asyncio.get_running_loop().call_soon(asyncio.ensure_future, self._tell_the_end())

    async def _tell_the_end(self) -> None:
        async with self._printed:
            self._printed.notify_all()


@asynccontextmanager
async def flowbot(
    *arguments: str,
    folder: Path,
    settings: Mapping[str, str] | None = None,
    files: int | None = None,
) -> AsyncIterator[Process]:
    """Yield a started `flowbot` that knows these settings and nothing of the test's own.

    `files` is how many it may have open at once.
    """
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    limited = ("sh", "-c", f'ulimit -n {files}; exec "$@"', "sh") if files else ()
    started = await asyncio.create_subprocess_exec(
        *limited,
        *(sys.executable, "-m", "bot"),
        *arguments,
        cwd=folder,
        env={**kept, "LOG_FORMAT": "json", "PORT": "0", **(settings or {})},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    process = Process(started)
    try:
        yield process
    finally:
        await process.end()


async def said(
    *arguments: str, folder: Path, settings: Mapping[str, str] | None = None
) -> tuple[int, str, str]:
    """Run `flowbot` to its end; return its exit code, output and errors."""
    async with flowbot(*arguments, folder=folder, settings=settings) as process:
        code = await process.ended()
        return code, "".join(process.out), "".join(process.err)
