"""Stages on which names are known."""

import pytest

from tests.stage import Stage


@pytest.fixture
async def known(stage: Stage) -> Stage:
    """Return a stage on which the lists of names were brought up to date."""
    await stage.bot.talk.learn_names()
    await stage.settle()
    return stage
