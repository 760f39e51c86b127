"""The JSON of SaferMe's lists: channels, forms, states, people, and how they are paged."""

import json
import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from aiohttp import web

from sandbox.vendors.saferme.reports import (
    CHANNELS,
    DEPARTED,
    TEAM,
    ChannelPlan,
    channel_plans,
    members,
)
from sandbox.vendors.switches import Switches

RANGE = re.compile(r"\w+=(\d+)-(\d+)")
A_YEAR = 365
UPDATED = "2026-03-01T10:37:16.681+13:00"
MINUTE = timedelta(minutes=1)


def channels(switches: Switches) -> list[dict[str, Any]]:
    """Return the channels, sorted by name as the vendor does."""
    more = range(len(CHANNELS), int(switches.number("many_channels")))
    plans = [*channel_plans(switches), *(ChannelPlan(1000 + n, f"Area {n:04d}", 0) for n in more)]
    listed = [
        {
            "id": plan.id,
            "name": plan.name,
            "slug": f"channel-{plan.id}",
            "team_id": TEAM,
            "description": plan.description,
            "reports_count": int(plan.daily * A_YEAR),
            "is_manageable_by": True,
            "is_operable_by": plan.id != 503,
            "is_reportable_by": True,
            "hazard_channel": plan.id == 501,
            "are_new_reports_anonymous": switches.on("anonymous"),
        }
        for plan in plans
    ]
    return sorted(listed, key=lambda one: str(one["name"]))


def form(plan: ChannelPlan, switches: Switches) -> dict[str, Any]:
    """Return a channel's form; its number is the channel's."""
    return {
        "id": plan.id,
        "name": plan.name,
        "team_id": TEAM,
        "version": 1,
        "updated_at": UPDATED,
        "fields": [
            {
                "id": id_,
                "label": label,
                "key": f"f_{plan.id}_{id_}_1",
                "field_type": field_type(kind, switches),
                "form_order": order,
                "data": _data(plan.id, id_, kind, picks, switches),
                "mandatory": None,
            }
            for order, (id_, label, kind, picks) in enumerate(plan.fields)
        ],
    }


def field_type(kind: str, switches: Switches) -> str:
    """Return the vendor's name of a kind of field; for radio buttons it has two."""
    return switches.choice("radio_name") if kind == "Radio" else kind


def option_value(channel_id: int, field_id: int, number: int) -> str:
    """Return the value of an option in the vendor's form."""
    return f"f_{channel_id}_48_{field_id}_48_{number + 1}"


def categories(plan: ChannelPlan, fields: Sequence[str]) -> list[dict[str, Any]]:
    """Return a channel's categories below the one that holds them all: numbers, and what is asked.

    The vendor's pages give them no other default field than the number.
    """
    root = plan.id * 100
    picks = [pick for _, kind, _, picks in plan.kinds("Category") for pick in picks]
    named = [(root, "All", None), *((root + n, pick, root) for n, pick in enumerate(picks, 1))]
    return [
        {"id": id_}
        | {
            name: value
            for name, value in (
                ("name", pick.casefold()),
                ("label_name", pick),
                ("depth", 0 if parent is None else 1),
                ("parent_id", parent),
                ("account_id", plan.id),
                ("position", id_ - root),
            )
            if name in fields
        }
        for id_, pick, parent in named[: len(picks) + bool(picks)]
    ]


def states(plan: ChannelPlan) -> list[dict[str, Any]]:
    """Return the states that a channel's reports can be in."""
    return [
        {"id": id_, "account_id": plan.id, "name": name, "position": position, "notify": "all"}
        for position, (id_, name) in enumerate(plan.states())
    ]


def people(
    wanted: Sequence[str], fields: Sequence[str], switches: Switches
) -> list[dict[str, Any]]:
    """Return team members; names only when they are asked for."""
    found = []
    for user_id, (first, last, email) in members(switches).items():
        if (wanted and str(user_id) not in wanted) or (
            user_id == DEPARTED and switches.on("departed")
        ):
            continue
        names = {"first_name": first, "last_name": last, "email": email}
        asked = {name: value for name, value in names.items() if name in fields}
        found.append({"id": 9000 + user_id, "user_id": user_id, "role": "team_member", **asked})
    return found


def paged(
    request: web.Request, items: Sequence[dict[str, Any]], switches: Switches, *, unit: str
) -> web.Response:
    """Return the page that the Range header asks for."""
    if switches.on("range_ignored"):
        return web.json_response(list(items))
    match = RANGE.fullmatch(request.headers.get("Range", ""))
    first = int(match[1]) if match else 0
    size = int(match[2]) - first + 1 if match else int(switches.number("page_default"))
    page = [odd(one, switches) for one in items[first : first + _most(size, switches)]]
    if page and switches.on("odd_row"):
        page[0]["id"] = None
    total = "*" if switches.choice("page_total") == "unknown" else str(len(items))
    span = f"{first}-{first + len(page) - 1}" if page else "*"
    prefix = "" if switches.on("page_without_unit") else f"{unit} "
    headers = {"Content-Range": f"{prefix}{span}/{total}", "Accept-Ranges": unit}
    status = int(switches.choice("page_status" if page or not first else "past_the_end"))
    return web.json_response(page, status=status, headers=headers)


def odd(body: dict[str, Any], switches: Switches) -> dict[str, Any]:
    """Return an entry with fields more or less, as the switches say."""
    more = {"unheard_of": {"of": [1]}} if switches.on("extra_fields") else {}
    missing = switches.choice("missing_field")
    return {name: value for name, value in {**body, **more}.items() if name != missing}


def _most(size: int, switches: Switches) -> int:
    return max(0, min(size, int(switches.number("page_most"))))


def _data(
    channel_id: int, field_id: int, kind: str, picks: Sequence[str], switches: Switches
) -> Any:
    if not picks or kind == "Category":
        return ""
    options = [
        {
            "label": label,
            "value": option_value(channel_id, field_id, number),
            "enabled": True,
            "multi_option_id": None,
            "display_order": number,
            "is_default": False,
        }
        for number, label in enumerate(picks)
    ]
    data = {"multi_select": False, "options": options}
    forms: dict[str, Any] = {
        "a string": json.dumps(data),
        "an object": data,
        "empty": "",
        "null": None,
    }
    return forms[switches.choice("form_data")]
