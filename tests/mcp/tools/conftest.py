"""A stage on which assistants find names."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.stage import Stage, open_stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Yield a bot that takes calls of tools and knows the flows of its vendors."""
    async with open_stage(tmp_path / "flowbot.db", surfaces="mcp") as stage:
        await stage.bot.poll()
        await stage.settle()
        yield stage
