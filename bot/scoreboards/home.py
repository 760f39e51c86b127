"""A person's scoreboards in their Home tab."""

from collections.abc import Sequence
from typing import Any, Final

from bot.clock import Clock
from bot.jobs.request import Job
from bot.scoreboards.rendering.replies import at_home
from bot.scoreboards.store import BoardStore
from bot.slack.messages import Block

ROWS: Final = 3


class BoardsAtHome:
    """Shows them."""

    def __init__(self, boards: BoardStore, clock: Clock) -> None:
        """Look into `boards`."""
        self._boards = boards
        self._clock = clock

    async def section(self, job: Job[Any]) -> Sequence[Block]:
        """Return what somebody put on scoreboards; nothing where that is nothing."""
        found = await self._boards.by_creator(job.request.user, most=ROWS + 1)
        return tuple(at_home(found[:ROWS], self._clock.now(), more=len(found) > ROWS))
