"""How fast messages may follow each other in one workspace."""

import math
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

MINUTE: Final = 60.0
HOUR: Final = 3600.0
CHANNEL_SECONDS: Final = 1.0
"""Slack takes one message a second a channel."""
FULL_BUDGET: Final = 240
LEAST_BUDGET: Final = 15
MOST_BUDGET: Final = 480
"""Messages a minute for the whole workspace. Slack says several hundred and no number. So we begin
with the first, go on to more while there is more to say and Slack takes it, and halve it when Slack
objects."""
KEPT_FOR_PEOPLE: Final = 50
"""One in so many is for what people asked for, however much can wait."""
SPREAD_SECONDS: Final = 10.0
"""In so many seconds no more goes out of what can wait than is due to them: all at once, it would
leave people nothing for the rest of the minute."""
AT_PACE: Final = 0.9
"""From this share of the budget on it is the budget that Slack objects to, and not one channel."""
JUST_BELOW: Final = 0.98


@dataclass(slots=True)
class Pace:
    """The pace of one workspace. Mutable, but it knows only the seconds that it is given.

    These are of a clock that nobody sets back.
    """

    budget: int = FULL_BUDGET
    _most: int = MOST_BUDGET
    _learnt_at: float | None = None
    _grown_at: float | None = None
    _last: dict[str, float] = field(default_factory=dict)
    _minute: deque[float] = field(default_factory=deque)
    _slowed_at: float | None = None
    _rest_until: dict[str, float] = field(default_factory=dict)

    def full(self, *, now: float, can_wait: bool = False) -> float:
        """Return in how many seconds the workspace takes one more; 0 means now."""
        self._pass(now)
        if not can_wait:
            return self._until_room(self.budget, MINUTE, now)
        most = self.budget - self.budget // KEPT_FOR_PEOPLE
        spread = math.ceil(most * SPREAD_SECONDS / MINUTE)
        return max(
            self._until_room(most, MINUTE, now), self._until_room(spread, SPREAD_SECONDS, now)
        )

    def _until_room(self, most: int, seconds: float, now: float) -> float:
        """Return in how many seconds fewer than `most` went out in the last so many seconds."""
        if len(self._minute) < most:
            return 0.0
        return max(0.0, seconds - (now - self._minute[-most]))

    def wait(self, channel: str, *, now: float, kind: str = "", can_wait: bool = False) -> float:
        """Return how many seconds a message to this channel must still wait; 0 means now."""
        seconds = max(self._rest_until.get(kind, now) - now, self.full(now=now, can_wait=can_wait))
        if channel in self._last:
            seconds = max(seconds, CHANNEL_SECONDS - (now - self._last[channel]))
        return max(0.0, seconds)

    def sent(self, channel: str, *, now: float) -> None:
        """Count a message."""
        self._last.pop(channel, None)  # so that those of long ago come first
        self._last[channel] = now
        self._minute.append(now)

    def take_up(self, sent: Iterable[tuple[str, float]]) -> None:
        """Count what went out in the last minute, oldest first, instead of what was counted so far.

        Each is a channel and when; others may have sent it.
        """
        self._minute.clear()
        for channel, at in sent:
            self.sent(channel, now=at)

    def answered(self, channel: str, *, now: float) -> None:
        """Let the channel's pause begin now: a message may arrive as late as its answer comes."""
        self._last[channel] = max(now, self._last.get(channel, now))

    def rest(self, channel: str, *, now: float, wait: float) -> None:
        """Let a channel rest to which nothing was sent after all."""
        self._last[channel] = now + wait - CHANNEL_SECONDS
        if self._minute:
            self._minute.pop()

    def slow_down(self, *, now: float, wait: float = 0.0, kind: str = "") -> None:
        """Send less, as Slack asked for patience.

        What it asked for holds for all of that kind: Slack counts a method and not a channel. Where
        it was the budget that was too much, it stays just below that for an hour; else, and when
        that was too much as well, it is halved and grows back after a quiet minute.
        """
        self._forget(now)
        reached = len(self._minute)
        at_pace = self._slowed_at is None and reached >= AT_PACE * self.budget
        is_known = self._learnt_at is not None
        if at_pace:
            self._most, self._learnt_at = max(LEAST_BUDGET, int(JUST_BELOW * reached)), now
        if at_pace and not is_known:
            self.budget = self._most
        else:
            self.budget = max(LEAST_BUDGET, self.budget // 2)
            self._slowed_at = now
        self._rest_until[kind] = max(self._rest_until.get(kind, now), now + wait)

    def _pass(self, now: float) -> None:
        """Let go of what is more than a minute ago, and let the budget grow where it may."""
        self._forget(now)
        if self._learnt_at is not None and now - self._learnt_at >= HOUR:
            self._most, self._learnt_at = MOST_BUDGET, None
        if self._slowed_at is not None:
            self._recover(now)
        elif len(self._minute) >= AT_PACE * self.budget:
            self._grow(now)

    def _forget(self, now: float) -> None:
        while self._minute and now - self._minute[0] >= MINUTE:
            self._minute.popleft()
        while self._last and now - (first := next(iter(self._last.items())))[1] >= MINUTE:
            del self._last[first[0]]

    def _recover(self, now: float) -> None:
        assert self._slowed_at is not None
        if now - self._slowed_at < MINUTE:
            return
        full = FULL_BUDGET if self._learnt_at is None else self._most
        self.budget = min(full, self.budget * 2)
        self._slowed_at = now if self.budget < full else None

    def _grow(self, now: float) -> None:
        """Let a tenth more go out after each minute at this pace to which Slack did not object."""
        if self._grown_at is None or now - self._grown_at >= 2 * MINUTE:
            self._grown_at = now  # the minute begins
        elif now - self._grown_at >= MINUTE:
            self.budget = max(self.budget, min(self._most, self.budget + self.budget // 10))
            self._grown_at = now
