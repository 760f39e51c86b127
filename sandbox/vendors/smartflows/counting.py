"""The statistics call: counts by time, by flow and by person."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from sandbox.vendors.smartflows.runs import Run
from sandbox.vendors.smartflows.wire import Wire

LABELS: dict[str, Callable[[datetime], str]] = {
    "Hour": lambda at: f"{at:%Y-%m-%d %H}:00",
    "HourOfDay": lambda at: f"{at:%H}",
    "Day": lambda at: f"{at:%Y-%m-%d}",
    "DayOfWeek": lambda at: f"{at:%A}",
    "DayOfMonth": lambda at: f"{at:%d}",
    "Week": lambda at: f"{at:%G-W%V}",
    "WeekOfYear": lambda at: f"{at:%V}",
    "Month": lambda at: f"{at:%Y-%m}",
    "MonthOfYear": lambda at: f"{at:%B}",
}
"""How the vendor labels its groups is not documented; these are inventions."""


def statistics(runs: Iterable[Run], group: str, wire: Wire) -> dict[str, Any]:
    """Return the counts of runs, grouped by one of LABELS."""
    label = LABELS[group]
    per_time: defaultdict[str, Counter[str]] = defaultdict(Counter)
    flows: Counter[Any] = Counter()
    users: Counter[Any] = Counter()
    for run in runs:
        per_time[label(run.created_at + wire.ahead)][wire.status(run)] += 1
        users[run.user] += 1
        flows[run.plan] += run.plan is not None
    return {
        "perTime": [_bucket(name, per_time[name]) for name in sorted(per_time)],
        "perObject": _shares(flows, "object", wire.flow_name),
        "perUser": _shares(users, "user", wire.user),
    }


def _bucket(label: str, counts: Counter[str]) -> dict[str, Any]:
    found = [{"status": status, "count": count} for status, count in counts.items()]
    return {"label": label, "totalCount": counts.total(), "perStatus": found}


def _shares(
    counts: Counter[Any], name: str, named: Callable[[Any], dict[str, str]]
) -> list[dict[str, Any]]:
    total = counts.total()
    return [
        {name: named(one), "count": count, "percentage": round(100 * count / total)}
        for one, count in counts.most_common()
        if count
    ]
