"""What a newcomer is told to try: each line is answered with what it promises, nothing refused."""

import pytest

from sandbox.guide import GUIDE
from sandbox.slack.page.guide import Try
from tests.stage import Stage

TRIES = [(place, one) for place, tries in GUIDE.tries.items() for one in tries]


@pytest.mark.parametrize(("place", "one"), TRIES, ids=[one.command for _, one in TRIES])
async def test_everything_to_try_is_answered(stage: Stage, place: str, one: Try) -> None:
    outcome = await stage.command(one.command, channel=place)
    assert outcome.error == ""
    assert stage.said(place) or stage.whispered()
    assert await stage.bot.parts.jobs.errors() == []


def test_the_page_opens_in_a_channel_with_something_to_try() -> None:
    assert GUIDE.first in GUIDE.tries
