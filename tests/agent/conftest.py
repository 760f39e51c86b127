from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.stage import Stage, open_stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Yield a stage with Flowbot as an agent."""
    async with open_stage(tmp_path / "flowbot.db", surfaces="agent") as opened:
        yield opened


@pytest.fixture
async def known(stage: Stage) -> Stage:
    """Return a stage where the names of things are known."""
    await stage.bot.learn_names()
    await stage.after(seconds=30)
    return stage
