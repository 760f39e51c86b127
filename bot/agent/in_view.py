"""What is meant by "here" in the conversation with Flowbot: the channel that somebody looks at."""

from datetime import timedelta
from typing import Final

from bot.agent.sight import Sight
from bot.agent.store import LookStore
from bot.clock import Clock
from bot.jobs.request import Job
from bot.talk.intents import HearLine

FRESH: Final = timedelta(hours=12)
"""Where somebody looked before that says nothing of where they look now."""


class ChannelInView:
    """Knows it of lines that are said in direct messages."""

    def __init__(self, looks: LookStore, sight: Sight, clock: Clock) -> None:
        """Go by what was heard of where people look."""
        self._looks = looks
        self._sight = sight
        self._clock = clock

    async def of(self, job: Job[HearLine]) -> str:
        """Return the channel; empty for none, or for one that may not be spoken of."""
        if not job.place.user:
            return ""
        look = await self._looks.of(job.request.user)
        if not look or not look.channel or self._clock.now() - look.changed_at > FRESH:
            return ""
        seen = await self._sight.of(job.request.user, look.channel)
        return seen.channel if seen else ""
