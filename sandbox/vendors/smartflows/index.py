"""Finding executions without looking at all of them: by age, by status, by flow, by person.

Dictionaries keep the order in which things were put in. So the newest are at the end of the
first three, and the last changed at the end of `by_change` and of each status: a list call for the
newest fifty costs fifty steps, however many there are.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator

from sandbox.vendors.smartflows.runs import Run

FEW = 4
"""A status is sorted by age when it holds less than one in so many; else all are walked through."""

Runs = dict[str, Run]


class RunIndex:
    """All executions that are not cleaned up."""

    def __init__(self) -> None:
        """Begin empty."""
        self.runs: Runs = {}
        self.by_change: Runs = {}
        self.by_status: defaultdict[str, Runs] = defaultdict(dict)
        self.by_flow: defaultdict[str, Runs] = defaultdict(dict)
        self.by_user: defaultdict[str, Runs] = defaultdict(dict)

    def add(self, run: Run) -> None:
        """Take in a new one; they come in the order of their creation."""
        self.runs[run.id] = self.by_change[run.id] = run
        self.by_status[run.status][run.id] = run
        self.by_user[run.user.id][run.id] = run
        if run.plan:
            self.by_flow[run.plan.id][run.id] = run

    def moved(self, run: Run, *, before: str) -> None:
        """Note that a status changed, as the last of all."""
        del self.by_status[before][run.id], self.by_change[run.id]
        self.by_status[run.status][run.id] = self.by_change[run.id] = run

    def drop(self, run: Run) -> None:
        """Forget one."""
        del self.runs[run.id], self.by_change[run.id]
        del self.by_status[run.status][run.id], self.by_user[run.user.id][run.id]
        if run.plan:
            self.by_flow[run.plan.id].pop(run.id, None)

    def by_last_change(self, statuses: Iterable[str] | None, *, newest: bool) -> Iterator[Run]:
        """Yield executions in the order of their last change."""
        if statuses is None:
            return _in_order(self.by_change, newest=newest)
        pools = (_in_order(self.by_status[one], newest=newest) for one in set(statuses))
        return heapq.merge(*pools, key=lambda run: run.changed_at, reverse=newest)

    def by_creation(
        self, statuses: Iterable[str] | None, *, flow: str, user: str, newest: bool
    ) -> Iterator[Run]:
        """Yield executions in the order of their creation, and among them all that may fit."""
        found = [self.by_status[one] for one in set(statuses or ())]
        few = statuses is not None and sum(map(len, found)) * FEW < len(self.runs)
        if few:
            runs = (run for pool in found for run in pool.values())
            return iter(sorted(runs, key=lambda run: run.number, reverse=newest))
        pools = [self.runs]
        if flow:
            pools.append(self.by_flow.get(flow, {}))
        if user:
            pools.append(self.by_user.get(user, {}))
        return _in_order(min(pools, key=len), newest=newest)


def _in_order(pool: Runs, *, newest: bool) -> Iterator[Run]:
    return reversed(pool.values()) if newest else iter(pool.values())
