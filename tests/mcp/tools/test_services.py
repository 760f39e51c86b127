"""A service that is off has no tools, and says so where one is called all the same."""

from pathlib import Path
from typing import Any

import pytest

from bot.assembly.features import FEATURES
from bot.feature import Feature
from tests.asking.test_vendor_failures import without_key
from tests.stage import Stage


@pytest.mark.parametrize("feature", FEATURES, ids=lambda each: each.name)
async def test_a_service_that_is_off_has_no_tools(
    stage: Stage, path: Path, feature: Feature[Any]
) -> None:
    before = {each.name for each in await stage.slack.slackbot.tools()}
    async with without_key(stage, path, feature, surfaces="mcp") as keyless:
        after = {each.name for each in await keyless.slack.slackbot.tools()}

    its_own = {each.name for each in feature.tools()}
    confirming = {f"confirm_{each.name}" for each in feature.tools() if each.deed}
    assert before - after == its_own | confirming
    assert after < before
