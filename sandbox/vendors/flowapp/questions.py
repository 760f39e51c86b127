"""Checking what is sent to FLOW, with refusals in the form that its rejected events have."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.vendors.flowapp.names import Series

REQUIRED = ("creatorID", "title", "description", "date", "time", "timezone", "operators")
OPERATOR = ("id", "role", "micEnabled", "camEnabled", "screenSharingEnabled")
ROLES = (5, 10)


class InvalidError(ValueError):
    """The body is refused with 400; its text is the message."""


def person(body: object) -> tuple[str, str, str, str]:
    """Return event token, e-mail, first and last name of a registration; raises InvalidError."""
    data = _object(body)
    names = ("eventSessionToken", "email", "firstName", "lastName")
    for name in names:
        if not isinstance(data.get(name), str) or not data[name].strip():
            raise InvalidError(f"{name} is required")
    if "@" not in data["email"]:
        raise InvalidError("email is not valid")
    token, email, first, last = (data[name] for name in names)
    return token, email, first, last


def new_event(body: object) -> tuple[Series, datetime]:
    """Return the event to be created and its start; raises InvalidError."""
    data = _object(body)
    missing = [name for name in REQUIRED if data.get(name) in (None, "", [])]
    if missing:
        raise InvalidError(f"{missing[0]} is required")
    for operator in data["operators"]:
        _check_operator(_object(operator))
    try:
        zone = ZoneInfo(data["timezone"])
        at = datetime.strptime(f"{data['date']} {data['time']}", "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007 - the zone follows
    except (KeyError, ValueError, OSError):
        raise InvalidError("date, time or timezone is not valid") from None
    series = Series(
        key="made",
        title=str(data["title"]),
        description=str(data["description"]),
        timezone=data["timezone"],
        weekday=at.weekday(),
        hour=at.hour,
        minute=at.minute,
        hours=float(data.get("duration") or 1),
        every_weeks=1,
        guests=0,
        published=bool(data.get("published", True)),
    )
    return series, at.replace(tzinfo=zone)


def _check_operator(data: dict[str, Any]) -> None:
    missing = [name for name in OPERATOR if name not in data]
    if missing:
        raise InvalidError(f"operators[].{missing[0]} is required")
    if data["role"] not in ROLES:
        raise InvalidError("operators[].role must be 5 or 10")


def _object(body: object) -> dict[str, Any]:
    if not isinstance(body, dict):
        raise InvalidError("Request body must be a JSON object")
    return body
