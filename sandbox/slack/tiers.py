"""How often each method may be called: Slack's tiers, per minute of the sandbox's clock."""

import math
from collections import defaultdict, deque
from typing import Final

from bot.clock import Clock
from sandbox.slack.refusals import Refusal

TIERS: Final = {1: 1, 2: 20, 3: 50, 4: 100}
SPECIAL: Final = 600  # "hundreds a minute": auth.test, chat.getPermalink
WORKSPACE_MESSAGES: Final = 300  # chat.postMessage: "several hundred" a minute in a workspace
CHANNEL_BURST: Final = 10
"""Messages a channel takes at once before the rate of one a second holds.

Slack says that bursts are tolerated and names no number; ours is small enough to find a sender
that does not pace itself.
"""


class Rates:
    """Counts calls and refuses what comes too fast."""

    def __init__(self, clock: Clock) -> None:
        """Start with nothing counted."""
        self._clock = clock
        self._calls: defaultdict[str, deque[float]] = defaultdict(deque)
        self._channels: dict[str, tuple[float, float]] = {}

    def count(self, method: str, per_minute: int) -> None:
        """Count a call; refuses `ratelimited` with the seconds until the minute has room."""
        now = self._clock.monotonic()
        recent = self._calls[method]
        while recent and now - recent[0] >= 60:
            recent.popleft()
        if len(recent) >= per_minute:
            wait = 60 - (now - recent[0])
            raise Refusal("ratelimited", retry_after=max(1, math.ceil(wait)))
        recent.append(now)

    def count_message(self, channel: str) -> None:
        """Count a message to a channel: one a second, after a burst."""
        now = self._clock.monotonic()
        room, since = self._channels.get(channel, (float(CHANNEL_BURST), now))
        room = min(float(CHANNEL_BURST), room + now - since)
        if room < 1:
            self._channels[channel] = (room, now)
            raise Refusal("ratelimited", retry_after=max(1, math.ceil(1 - room)))
        self._channels[channel] = (room - 1, now)
