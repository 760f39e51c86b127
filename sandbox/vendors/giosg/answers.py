"""The JSON of giosg's answers, as its pages show it, and the odd forms that switches ask for."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sandbox.vendors.giosg.events import Event, Plan, first_event_at
from sandbox.vendors.giosg.files import COLUMNS, row, stamp
from sandbox.vendors.switches import Switches

ORGANIZATION = "9b6f0f5e-0c8d-4a55-9a35-5d0a5f5c2b10"
USER = "1c2d3e4f-0c8d-4a55-9a35-5d0a5f5c2b11"


def me(switches: Switches) -> dict[str, Any]:
    """Return the owner of the token."""
    body = {
        "id": USER,
        "email": "flowbot@example.com",
        "first_name": "Flow",
        "last_name": "Bot",
        "full_name": "Flow Bot",
        "organization_id": ORGANIZATION,
        "organization": {"name": "Example & Söner Oy"},
    }
    return made_odd(body, switches)


def workflow(plan: Plan, switches: Switches, begun: datetime) -> dict[str, Any]:
    """Return a workflow as the list shows it."""
    created = begun - timedelta(days=plan.age_days + 1)
    body = {
        "id": plan.id,
        "organization_id": ORGANIZATION,
        "created_by_user": USER,
        "updated_by_user": USER,
        "name": plan.name,
        "description": plan.description,
        "modified_at": stamp(begun - timedelta(days=7)),
        "created_at": stamp(created),
    }
    return made_odd(body, switches)


def info(plan: Plan, switches: Switches, *, begun: datetime, now: datetime) -> dict[str, Any]:
    """Return a workflow with its kind and dates."""
    first = first_event_at(plan, begun)
    body = {
        "id": plan.id,
        "org_id": ORGANIZATION,
        "type": plan.kind,
        "name": plan.name,
        "description": plan.description,
        "modified_at": stamp(begun - timedelta(days=7)),
        "is_published": plan.published,
        "start_date": f"{first:%Y-%m-%dT%H:%M:%SZ}" if first else None,
        "end_date": f"{now:%Y-%m-%dT00:00:00Z}" if first else None,
    }
    return made_odd(body, switches)


def sidedata(events: Iterable[Event], switches: Switches) -> dict[str, Any]:
    """Return the counts beside a chart."""
    listed = list(events)
    form = switches.choice("sidedata_form")
    if form == "of interactions":
        goals = sum(one.goal for one in listed)
        return made_odd(
            {"goals_triggered": {"total": goals}, "started_workflow_count": len(listed)}, switches
        )
    days = Counter(one.at.isoweekday() for one in listed)
    hours = Counter(one.at.hour for one in listed)
    stat = {
        "day_in_week": [[days[n], n] for n in range(1, 8)],
        "hour_in_day": [[hours[n], n] for n in sorted(hours)],
    }
    for alone, other in (("day", "hour_in_day"), ("hour", "day_in_week")):
        if form == f"of pages, by {alone} alone":
            del stat[other]
    body = {
        "timeframe_stat": stat,
        "unique_visitors_count": len({one.visitor_id for one in listed}),
        "unique_sessions_count": len({one.session_id for one in listed}),
    }
    return made_odd(body, switches)


def chart(steps: Mapping[int, Sequence[Event]], switches: Switches) -> dict[str, Any]:
    """Return the figures of a Sankey diagram; nothing of its shape is known, all of it invented."""
    nodes = [
        {"step": step, "action": action, "count": count}
        for step, events in steps.items()
        for action, count in Counter(one.action for one in events).most_common()
    ]
    return made_odd({"nodes": nodes, "total": sum(map(len, steps.values()))}, switches)


def rows(events: Iterable[Event], switches: Switches) -> Any:
    """Return events as JSON, whose shape nobody documented."""
    cells = [row(one, switches) for one in events]
    named = [dict(zip(COLUMNS, one, strict=True)) for one in cells]
    forms: dict[str, Any] = {
        "a list": named,
        "results": {"results": named, "count": len(named)},
        "fields and data": {"fields": list(COLUMNS), "data": [list(one) for one in cells]},
        "something else": {"answer": {"events": len(named)}},
    }
    return forms[switches.choice("rows_form")]


def refusal(words: str, switches: Switches, *, field: str = "") -> Any:
    """Return the body of a refusal, none of which could be read in the vendor's pages."""
    form = switches.choice("error_form")
    if form == "list":
        return [words]
    if form == "text":
        return words
    return {field: [words]} if field else {"detail": words}


def made_odd(body: dict[str, Any], switches: Switches) -> dict[str, Any]:
    """Return an answer with fields more or less, as the switches say."""
    if switches.on("extra_fields"):
        body["unheard_of"] = {"of": [1]}
    body.pop(switches.choice("missing_field"), None)
    return body
