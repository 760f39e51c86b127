"""What is sent to Smart Flows, from our values: conservative, only what is documented. Pure."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.runs.model import Execution, ExecutionFilter

ZONES = timedelta(hours=14)
"""How far the vendor's own day may begin from ours: only whole days are documented as dates."""
SMALLEST_PAGE = 20
"""The vendor's default page size; no server was ever said to give less than asked below it."""
LONGEST_SEARCH = 100


def paging(*, page: int, size: int, sort: str = "", search: str = "") -> dict[str, str]:
    """Return the query of a list call; `page` counts from 0, `search` is part of a name."""
    query = {"page": str(page), "size": str(size)}
    if sort:
        query["sort"] = sort
    # A filter has the form field:text,field:text and no documented way to write : or , in a text.
    plain = search.translate({ord(":"): " ", ord(","): " "}).strip()[:LONGEST_SEARCH]
    if plain:
        query["filter"] = f"displayName:{plain}"
    return query


def has_more(received: int, size: int) -> bool:
    """Return whether a next page may hold anything.

    There is no total, and the largest size a server accepts is not documented: where it silently
    gives less than we asked for, a page is still only the last when it is shorter than its default.
    """
    return received >= min(size, SMALLEST_PAGE) > 0


def filter_body(asked: ExecutionFilter) -> dict[str, Any]:
    """Return the FilterGroupNode, or {} where nothing narrows.

    Keys and operators are those that the vendor's guide shows.
    The day in it is early enough for a server in any time zone, and the flow is not in it at all
    (`flow.id` is no documented key): `narrowed` cuts the rest.
    """
    nodes = []
    if asked.statuses:
        nodes.append(_condition("status", "in", list(asked.statuses)))
    if asked.since is not None:
        nodes.append(since_day((asked.since.astimezone(UTC) - ZONES).date()))
    return {"group": {"type": "and", "nodes": nodes}} if nodes else {}


def since_day(day: date) -> dict[str, Any]:
    """Return the FilterGroupNode of what was created on a day of the vendor's, or later."""
    return _condition("createdAt", "greaterThanOrEqualTo", [day.isoformat()])


def narrowed(found: tuple[Execution, ...], asked: ExecutionFilter) -> tuple[Execution, ...]:
    """Return those that were really asked for; what has no date or status known is kept."""
    return tuple(one for one in found if _fits(one, asked))


def created_since(found: tuple[Execution, ...], since: datetime) -> tuple[Execution, ...]:
    """Return those created at `since` or later, oldest first; those without a date are dropped."""
    dated = [(one.created_at, one) for one in found if one.created_at and one.created_at >= since]
    return tuple(one for _, one in sorted(dated, key=lambda pair: pair[0]))


def _condition(key: str, operator: str, values: list[str]) -> dict[str, Any]:
    return {"condition": {"key": key, "operator": operator, "values": values}}


def _fits(one: Execution, asked: ExecutionFilter) -> bool:
    if asked.statuses and one.status not in asked.statuses:
        return False
    if asked.flow_id and one.flow.id != asked.flow_id:
        return False
    return not (asked.since and one.created_at and one.created_at < asked.since)
