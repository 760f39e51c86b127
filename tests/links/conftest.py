from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.links.steps import DOMAINS
from tests.stage import Stage, open_stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A bot for which links are on."""
    async with open_stage(tmp_path / "bot.db", surfaces="links", link_domains=DOMAINS) as opened:
        yield opened
