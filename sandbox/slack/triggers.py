"""Trigger ids: one use within three seconds of the sandbox's clock."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from sandbox.slack import limits
from sandbox.slack.refusals import Refusal

_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class Trigger:
    """What a person did: who, in which channel (empty at a modal or Home), in which modal."""

    user: str
    channel: str
    view_id: str
    at: datetime


class Triggers:
    """The trigger ids that were handed out."""

    def __init__(self, clock: Clock, mark: str) -> None:
        """Start with none."""
        self._clock = clock
        self._mark = mark
        self._minted = 0
        self.last = ""
        self._open: OrderedDict[str, Trigger] = OrderedDict()
        self._used: OrderedDict[str, None] = OrderedDict()

    def mint(self, *, user: str, channel: str = "", view_id: str = "") -> str:
        """Return a new trigger id for something a person just did."""
        self._minted += 1
        trigger_id = f"{self._minted}.1000.sandboxtrigger{self._mark}{self._minted:08d}"
        self.last = trigger_id
        self._open[trigger_id] = Trigger(user, channel, view_id, self._clock.now())
        if len(self._open) > _KEPT:
            self._open.popitem(last=False)
        return trigger_id

    def knows(self, trigger_id: str) -> bool:
        """Tell whether a trigger id was handed out here."""
        return trigger_id in self._open or trigger_id in self._used

    def check(self, trigger_id: str) -> Trigger:
        """Return what a trigger id stands for; refuses used, old and unknown ones."""
        if trigger_id in self._used:
            raise Refusal("exchanged_trigger_id")
        trigger = self._open.get(trigger_id)
        if trigger is None:
            raise Refusal("invalid_trigger_id")
        if self._clock.now() - trigger.at > timedelta(seconds=limits.TRIGGER_SECONDS):
            raise Refusal("expired_trigger_id")
        return trigger

    def use(self, trigger_id: str) -> None:
        """Mark a trigger id as exchanged."""
        self._open.pop(trigger_id, None)
        self._used[trigger_id] = None
        if len(self._used) > _KEPT:
            self._used.popitem(last=False)
