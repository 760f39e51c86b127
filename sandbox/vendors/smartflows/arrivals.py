"""Executions that other people and plug-ins start, again and again."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from sandbox.vendors.smartflows.flows import PEOPLE, PLUG_IN, FlowPlan, User

LONGEST_GAP = timedelta(days=2)
"""After a longer jump of the clock only so much is caught up."""


class Arrivals:
    """When the next one comes, and what it is. Decided by a seed, so every sandbox is alike."""

    def __init__(self, start: datetime) -> None:
        """Begin at a moment."""
        self._chance = random.Random("others")
        self._last = start
        self._next: datetime | None = None

    def next(self, every: float, now: datetime) -> datetime | None:
        """Return when the next comes with one about every so many seconds; None for 0."""
        if not every:
            self._last, self._next = now, None
        elif self._next is None or self._next < now - LONGEST_GAP:
            self._next = self._after(max(self._last, now - LONGEST_GAP), every)
        return self._next

    def take(self, at: datetime, every: float, plans: Sequence[FlowPlan]) -> tuple[FlowPlan, User]:
        """Return what comes at that moment, one of the flows, and plan the one after."""
        self._last, self._next = at, self._after(at, every)
        plan = self._chance.choices(plans, [plan.weight for plan in plans])[0]
        user = PLUG_IN if plan.input == "plugin" else self._chance.choice(PEOPLE)
        return plan, user

    def _after(self, moment: datetime, every: float) -> datetime:
        return moment + timedelta(seconds=self._chance.expovariate(1 / every))
