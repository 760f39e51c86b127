from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.scoreboards.acting import open_boards
from tests.stage import Stage, open_stage


@pytest.fixture
async def stage(path: Path) -> AsyncIterator[Stage]:
    async with open_boards(path) as stage:
        yield stage


@pytest.fixture
async def off_stage(path: Path) -> AsyncIterator[Stage]:
    """Yield a bot without any surface."""
    async with open_stage(path) as stage:
        yield stage
