"""FLOW's JSON into our values. Pure; tolerant where its pages are silent."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from bot.errors import Reason
from bot.http.answers import Refusal, json_or_none, reason_of
from bot.http.fields import Fields, Rows, flattened, rows
from bot.webinars.client import times
from bot.webinars.model import (
    CreatedEvent,
    Event,
    Host,
    Operator,
    Registrant,
    Registration,
    Room,
    Survey,
)

T = TypeVar("T")

FINE = range(200, 300)
REFUSALS = range(400, 600)
REJECTED = 400
FORBIDDEN = 403
_PEOPLE = ("creator", "operators", "user")
_SURELY_FINE = re.compile(rb'\s*\{\s*"code"\s*:\s*2\d\d\s*,')


def inner_status(body: bytes) -> int | None:
    """Return the HTTP status that a failing `code` inside a 2xx amounts to, or None.

    A code that is no HTTP status is the vendor's own way to say no, so it counts as 400.
    """
    if _SURELY_FINE.match(body) or body.lstrip()[:1] != b"{":
        return None
    payload = json_or_none(body)
    code = payload.get("code") if isinstance(payload, dict) else None
    if isinstance(code, str) and code.strip().isdecimal():
        code = int(code)
    if isinstance(code, bool) or not isinstance(code, int) or code in FINE:
        return None
    return code if code in REFUSALS else REJECTED


def reason(refusal: Refusal) -> Reason:
    """Return why FLOW refused; a 403 to a change is about the change ("Registration closed").

    A key that is refused altogether answers 401, or 403 to reading as well.
    """
    if refusal.changes and refusal.status == FORBIDDEN:
        return Reason.REJECTED
    return reason_of(refusal.status)


def unwrapped(parse: Callable[[Any], T]) -> Callable[[Any], T]:
    """Return `parse` made to read what is inside the envelope, where there is one."""

    def read(payload: Any) -> T:
        enveloped = isinstance(payload, dict) and "data" in payload
        return parse(payload["data"] if enveloped else payload)

    return read


def events(data: Any) -> Rows[Event]:
    """Return the events of a list."""
    return _rows(data, _event)


def event(data: Any) -> Event:
    """Return one event."""
    return _event(Fields(data, "data"))


def public_event(data: Any, *, token: str) -> Event:
    """Return one event from the public answer, no field of which is known for sure.

    `token` is what was asked by, for an answer that does not repeat it.
    """
    body = Fields(data, "data").rest()
    return _event(Fields(body if body.get("token") else {**body, "token": token}, "data"))


def registrants(data: Any) -> Rows[Registrant]:
    """Return everybody who is registered, hosts among them."""
    return _rows(data, _registrant)


def operators(data: Any) -> Rows[Operator]:
    """Return the operators of the account."""
    return _rows(data, _operator)


def surveys(data: Any) -> Rows[Survey]:
    """Return the surveys of an event."""
    return _rows(data, _survey)


def rooms(data: Any) -> Rows[Room]:
    """Return the rooms of an account; `id` stands in where `room_id` is missing."""
    return _rows(data, _room)


def registration(payload: Any) -> Registration:
    """Return the confirmation of a whole answer; the link may stand in the envelope alone."""
    envelope = Fields(payload)
    data = envelope.child_or_empty("data") if "data" in payload else envelope
    starts_at, when = _start(data)
    return Registration(
        url=data.text_or_empty("url") or envelope.text_or_empty("redirectURL") or data.text("url"),
        token=data.text_or_empty("token"),
        is_new=data.flag_or_none("isNew"),
        pass_code=data.text_or_empty("passCode"),
        id=data.integer_or_none("id"),
        starts_at=starts_at,
        when=when,
        timezone=data.text_or_empty("timezone"),
    )


def created_event(data: Any) -> CreatedEvent:
    """Return whatever tokens an undocumented answer holds; never raises.

    Of several the outermost counts: a creator or an operator inside has a token of its own.
    """
    pairs: dict[str, str] = {}
    for path, value in sorted(flattened(data), key=lambda pair: pair[0].count(".")):
        if not any(person in path for person in _PEOPLE):
            pairs.setdefault(path.rpartition(".")[2], value)
    token = pairs.get("sessionToken") or pairs.get("eventSessionToken") or pairs.get("token", "")
    return CreatedEvent(token=token, event_token=pairs.get("eventToken", ""))


def created_body(body: bytes) -> Any:
    """Return the JSON of a yes to a creation, None for an empty one: nobody documents its body.

    Raises ValueError for what is neither, such as the page of a proxy.
    """
    return json.loads(body) if body.strip() else None


def _rows(data: Any, parse: Callable[[Fields], T]) -> Rows[T]:
    """Return what can be read of a list; null is how some back ends write an empty one."""
    return rows([] if data is None else data, parse, "data")


def _survey(item: Fields) -> Survey:
    return Survey(
        id=item.integer("id"),
        name=item.text_or_empty("name"),
        text=item.text_or_empty("text"),
        anonymous=item.flag_or_none("anonymous"),
    )


def _room(item: Fields) -> Room:
    return Room(
        room_id=item.integer("id" if item.integer_or_none("room_id") is None else "room_id"),
        title=item.text("title"),
        description=item.text_or_empty("description"),
        id=item.integer_or_none("id"),
    )


def _event(item: Fields) -> Event:
    starts_at, when = _start(item)
    extra = item.rest()
    return Event(
        token=item.text("token"),
        title=item.text_or_empty("title"),
        starts_at=starts_at,
        when=when,
        timezone=item.text_or_empty("timezone"),
        event_token=item.text_or_empty("eventToken"),
        description=item.text_or_empty("description"),
        duration=item.number_or_none("duration"),
        early_access_minutes=item.number_or_none("earlyAccessPeriod"),
        access_status=item.integer_or_none("accessStatus"),
        published=item.flag_or_none("published"),
        recorded=item.flag_or_none("videoRecord"),
        replays=item.flag_or_none("onDemandReplays"),
        created=item.text_or_empty("createDate"),
        creator=_host(extra.get("creator")).name,
        hosts=tuple(map(_host, _listed(extra.get("operators")))),
        analytics=flattened(extra.get("analytics") or {}),
        questions=tuple(filter(None, map(_question, _listed(extra.get("feedbackQuestions"))))),
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _question(value: Any) -> str:
    texts = (value.get(n) for n in ("question", "text", "title", "name")) if _is(value) else [value]
    return next((text for text in texts if isinstance(text, str)), "")


def _is(value: Any) -> bool:
    return isinstance(value, dict)


def _host(value: Any) -> Host:
    """Return a person whose fields nobody documented, as far as they look like an operator's."""
    data: dict[str, Any] = value if _is(value) else {}
    texts = {name: text for name, text in data.items() if isinstance(text, str)}
    name = f"{texts.get('firstName', '')} {texts.get('lastName', '')}".strip()
    email = texts.get("email", "")
    return Host(
        name=name or texts.get("name", "") or email,
        email=email,
        id=_number(data.get("id")),
        role=_number(data.get("role")),
    )


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _operator(item: Fields) -> Operator:
    name = f"{item.text_or_empty('firstName')} {item.text_or_empty('lastName')}".strip()
    return Operator(
        id=item.integer("id"),
        name=name or item.text_or_empty("email"),
        email=item.text_or_empty("email"),
        user_id=item.integer_or_none("userID"),
        title=item.text_or_empty("title"),
        company=item.text_or_empty("company"),
        permission=item.integer_or_none("permission"),
        account_token=item.text_or_empty("accountToken"),
    )


def _registrant(item: Fields) -> Registrant:
    entered, left = item.text_or_empty("entryTime"), item.text_or_empty("exitTime")
    return Registrant(
        email=item.text_or_empty("email"),
        first_name=item.text_or_empty("firstName"),
        last_name=item.text_or_empty("lastName"),
        phone=item.text_or_empty("phone"),
        location=item.text_or_empty("location"),
        token=item.text_or_empty("token"),
        user_id=item.integer_or_none("userID"),
        role=item.integer_or_none("role"),
        attended=times.is_said(entered),
        entered=entered,
        left=left,
        entered_at=times.moment(entered),
        left_at=times.moment(left),
        minutes=times.minutes(entered, left),
        microphone=item.flag_or_none("micEnabled"),
        camera=item.flag_or_none("camEnabled"),
        screen_sharing=item.flag_or_none("screenSharingEnabled"),
    )


def _start(item: Fields) -> tuple[datetime | None, str]:
    words = (item.text_or_empty(name) for name in ("date", "time", "timezone"))
    return times.start(*words)
