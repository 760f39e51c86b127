"""A local Slack and vendors on a running clock, and the command line, in this process or not."""

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
import structlog

from bot.assembly.features import blocks
from bot.cli.main import main
from bot.config import variables
from sandbox.world import World
from tests.databases import url_of

Typed = Callable[..., Awaitable[tuple[int, str, str]]]


def left_in(folder: Path) -> list[Path]:
    """Return what is in a folder."""
    return list(folder.iterdir())


@pytest.fixture
async def world() -> AsyncIterator[World]:
    """Yield everything that a bot meets."""
    async with World() as world:
        yield world


@pytest.fixture
def settings(world: World, tmp_path: Path) -> dict[str, str]:
    """Return the environment of a bot in that world, for signed HTTP."""
    return {
        **world.environment,
        "DATABASE_URL": url_of(tmp_path / "flowbot.db"),
    }


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Typed]:
    """Yield what runs `flowbot` to its end in this process, which is faster than in another.

    It is given what follows `flowbot`, and returns the exit code, the output and the errors.
    """
    for name in variables(blocks()):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    async def run(
        *arguments: str, settings: Mapping[str, str] | None = None
    ) -> tuple[int, str, str]:
        for name, value in (settings or {}).items():
            monkeypatch.setenv(name, value)
        with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
            code = await asyncio.to_thread(main, arguments)
        return code, out.getvalue(), err.getvalue()

    yield run
    structlog.reset_defaults()  # its log would go on writing to what this test has read
