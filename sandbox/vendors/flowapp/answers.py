"""The JSON of FLOW's answers as far as it is documented; inner objects and formats are made up."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox.vendors.flowapp.account import Guest, Session, token_of
from sandbox.vendors.flowapp.names import STAFF, SURVEYS, TITLES
from sandbox.vendors.switches import ODD_DATA, Switches

ACCOUNT_TOKEN = "sBx4cC0unt7"
ORGANIZER, PRESENTER = 10, 5


def event(one: Session, switches: Switches, now: datetime, *, analytics: bool) -> dict[str, Any]:
    """Return an event as the list shows it."""
    in_minutes = switches.choice("duration_unit") == "minutes"
    zone = "Mars/Olympus" if switches.on("odd_zone") else one.series.timezone
    body: dict[str, Any] = {
        "token": one.token,
        "eventToken": token_of("event", one.token),
        "title": one.series.title,
        "description": one.series.description,
        "date": f"{one.starts_at:%Y-%m-%d}",
        "time": f"{one.starts_at:%H:%M:%S}",
        "timezone": zone,
        "duration": one.series.hours * (60 if in_minutes else 1),
        "earlyAccessPeriod": 15,
        "accessStatus": 1,
        "published": flag(switches, value=one.series.published),
        "videoRecord": flag(switches, value=True),
        "onDemandReplays": flag(switches, value=False),
        "createDate": f"{one.starts_at - timedelta(days=30):%Y-%m-%d %H:%M:%S}",
        "creator": {},
        "operators": [],
        "analytics": {},
    }
    if not switches.on("bare_events"):
        body |= {"creator": _host(0, switches), "operators": [_host(n, switches) for n in (0, 1)]}
    if analytics and not switches.on("bare_events"):
        body["analytics"] = _analytics(one, now)
    if switches.on("extra_fields"):
        body |= {"theme": {"color": "#123456"}, "seats": None}
    body.pop(switches.choice("missing_field"), None)
    return body


def public(body: dict[str, Any]) -> dict[str, Any]:
    """Return the little of an event that might be all that everybody may see."""
    return {name: body[name] for name in ("title", "date", "time", "timezone") if name in body}


def registration(
    one: Session, guest: Guest, switches: Switches, *, root: str, new: bool
) -> dict[str, Any]:
    """Return the confirmation of a registration."""
    return {
        "url": f"{root}/s/{token_of('event', one.token, length=10)}/{guest.token}/314159",
        "token": guest.token,
        "date": f"{one.starts_at:%Y-%m-%d}",
        "time": f"{one.starts_at:%H:%M:%S}",
        "timezone": one.series.timezone,
        "isNew": new,
        "passCode": 271828 if switches.choice("pass_code") == "number" else None,
        "id": guest.id,
    }


def registrants(one: Session, switches: Switches, now: datetime) -> list[dict[str, Any]]:
    """Return everybody who has registered, hosts first where they are listed."""
    guests = one.registered(now)
    wanted = int(switches.number("many_registrants"))
    if guests and wanted > len(guests):
        rounds = itertools.cycle(guests)
        guests = [replace(next(rounds), id=number) for number in range(wanted)]
    hosts = _hosting(one) if switches.on("hosts_listed") else []
    listed = [_registrant(one, guest, switches, now) for guest in [*hosts, *guests]]
    if switches.on("odd_row") and listed:
        listed[0]["role"] = {"of": "nobody"}
    return listed


def operators(switches: Switches) -> list[dict[str, Any]]:
    """Return the account's operators."""
    return [
        {
            **_person(number),
            "id": 40 + number,
            "userID": 140 + number,
            "token": token_of("operator", str(number), length=10),
            "title": TITLES[number],
            "company": "Example Ltd",
            "permission": 3,
            "accountToken": "" if switches.on("no_account_token") else ACCOUNT_TOKEN,
            "accountServiceLevel": 2,
            "createdBy": 40,
            "createdDate": 1_700_000_000,
            **({"theme": None} if switches.on("extra_fields") else {}),
        }
        for number in range(len(STAFF))
    ]


def surveys(switches: Switches) -> list[dict[str, Any]]:
    """Return the surveys that every event has."""
    return [
        {
            "id": id_,
            "name": name,
            "text": text,
            "anonymous": flag(switches, value=False),
            "resultDisplayOption": 1,
        }
        for id_, name, text in (() if switches.on("no_surveys") else SURVEYS)
    ]


def rooms(switches: Switches) -> list[dict[str, Any]]:
    """Return the always-open rooms."""
    lounge = "<!here> lounge" if switches.on(ODD_DATA) else "Lounge"
    names = (("Help desk", "Weekdays 9 to 17"), (lounge, ""))
    return [
        {
            "id": 10 + number,
            "title": title,
            "room_id": 310 + number,
            "description": description,
            "account_token": ACCOUNT_TOKEN,
            "creator_id": 40,
            "account_id": 7,
        }
        for number, (title, description) in enumerate(names)
    ]


def flag(switches: Switches, *, value: object) -> bool | int:
    """Return a flag as the switch wants it."""
    return bool(value) if switches.choice("flags") == "booleans" else int(bool(value))


def moment(at: datetime | None, switches: Switches, now: datetime) -> str | int | None:
    """Return a time of entry or exit in the form of the switch; one to come is none yet."""
    if at is None or at > now:
        nothing: dict[str, str | None] = {"null": None, "empty": "", "zeros": "0000-00-00 00:00:00"}
        return nothing[switches.choice("no_show")]
    seconds = int(at.timestamp())
    forms: dict[str, str | int] = {
        "plain": f"{at:%Y-%m-%d %H:%M:%S}",
        "iso": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "seconds": seconds,
        "milliseconds": seconds * 1000,
        "time alone": f"{at:%H:%M:%S}",
        "words": f"{at.day} {at:%b %Y, %H:%M}",
    }
    return forms[switches.choice("time_form")]


def _registrant(one: Session, guest: Guest, switches: Switches, now: datetime) -> dict[str, Any]:
    host = guest.role in (ORGANIZER, PRESENTER)
    return {
        "userID": guest.id,
        "eventSessionID": one.id,
        "token": guest.token,
        "email": guest.email,
        "firstName": guest.first_name,
        "lastName": guest.last_name,
        "phone": guest.phone,
        "location": guest.location,
        "role": guest.role,
        "entryTime": moment(guest.entered_at, switches, now),
        "exitTime": moment(guest.left_at, switches, now),
        "micEnabled": flag(switches, value=host),
        "camEnabled": flag(switches, value=host),
        "screenSharingEnabled": flag(switches, value=host),
    }


def _hosting(one: Session) -> list[Guest]:
    return [
        Guest(
            id=140 + number,
            token=token_of(one.token, "host", str(number), length=10),
            first_name=STAFF[number][0],
            last_name=STAFF[number][1],
            email=STAFF[number][2],
            registered_at=one.starts_at,
            entered_at=one.starts_at - timedelta(minutes=10),
            left_at=one.ends_at,
            role=role,
        )
        for number, role in enumerate((ORGANIZER, PRESENTER))
    ]


def _person(number: int) -> dict[str, str]:
    first, last, email = STAFF[number]
    return {"firstName": first, "lastName": last, "email": email}


def _host(number: int, switches: Switches) -> dict[str, Any]:
    role = ORGANIZER if number == 0 else PRESENTER
    on = {name: flag(switches, value=True) for name in ("micEnabled", "camEnabled")}
    return {"id": 40 + number, "role": role, **_person(number), **on}


def _analytics(one: Session, now: datetime) -> dict[str, Any]:
    guests = one.registered(now)
    came = [guest for guest in guests if guest.entered_at and guest.entered_at <= now]
    return {"registrants": len(guests), "attendees": len(came)}
