"""Typing into the terminal: what cannot be typed is said, and the next line is read."""

import asyncio
import os

import pytest

from sandbox.clock import SandboxClock
from sandbox.console import Console
from sandbox.world import World
from tests.stage import MONDAY

LINES = """\
@guest #training /flow help
#nowhere hello
@pat #partners /flow help
/invite @Flowbot
@Grace #Training good morning
"""


async def test_what_cannot_be_typed_is_said_and_the_next_line_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reading, writing = os.pipe()
    os.write(writing, LINES.encode())
    os.close(writing)
    async with World(clock=SandboxClock(MONDAY)) as world:
        with os.fdopen(reading) as typed:
            monkeypatch.setattr("sys.stdin", typed)
            async with Console(world), asyncio.timeout(10):
                while not world.slack.messages("CTRAIN"):  # noqa: ASYNC110  # read as they come
                    await asyncio.sleep(0)

        [said] = world.slack.messages("CTRAIN")
    printed = capsys.readouterr().out
    assert (said.user, said.text) == ("UGRACE", "good morning")
    assert "there is no @guest, but @ada, @grace" in printed
    assert "there is no #nowhere, but #general" in printed
    assert "Flowbot is already in #training" in printed
    assert "'UPARTNER' is of another workspace" in printed
