"""The stage of every test that goes through the front door: a real bot, a local Slack, vendors."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.stage import Stage, open_stage

# No test is timed: on a busy machine a first example may take long, and is right all the same.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Yield a bot that serves signed HTTP to the local Slack, on a clock that stands still."""
    async with open_stage(tmp_path / "flowbot.db") as stage:
        yield stage
