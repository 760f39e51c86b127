"""A stage on which assistants may ask."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.stage import Stage, open_stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Yield a bot that takes calls of tools, on a clock that stands still."""
    async with open_stage(tmp_path / "flowbot.db", surfaces="mcp") as stage:
        yield stage
