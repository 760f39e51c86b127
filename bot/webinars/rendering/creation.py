"""Creating an event and what else changes something in FLOW: preview, results, links."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.asking.occasion import Occasion
from bot.asking.rendering.dates import weekday_and_time, zone_words
from bot.asking.rendering.offers import offer, opening
from bot.asking.rendering.shape import Shape, laid_out
from bot.slack.blocks.blocks import (
    Element,
    bold,
    bullets,
    code,
    context,
    header,
    link,
    paragraph,
    plain,
)
from bot.slack.blocks.budget import clean, cut
from bot.slack.blocks.modals import View, modal
from bot.slack.messages import Block, Message
from bot.webinars.ids import WebinarCallback
from bot.webinars.model import ROLES, CreatedEvent, Event, NewEvent, NewHost, Registration
from bot.webinars.question import EventsQuestion
from bot.webinars.rendering.event_words import SOURCE, when_words

ONLY_IN_FLOW: Final = "You can change or delete it only in FLOW."
_LONGEST_IN_NEWS: Final = 60
_PERSONAL: Final = "The link is personal: whoever has it enters under this name. Only you see it."
_TWICE: Final = "Clocks go back that day, so this time comes twice; FLOW decides which is meant"
_DEVICE_WORDS: Final = (
    ("microphone", "microphone"),
    ("camera", "camera"),
    ("screen_sharing", "screen sharing"),
)


def event_preview(
    new: NewEvent, names: Mapping[int, str], *, this_year: int, metadata: str = ""
) -> View:
    """Return the page that shows an event before it is created; nothing was sent to FLOW yet.

    `names` are the operators' names by id.
    """
    state = "Published at once" if new.published else "Draft"
    return modal(
        WebinarCallback.CONFIRM_EVENT,
        "Create this event?",
        (
            header(new.title),
            paragraph(bold(_span(new, this_year)), plain(f" · {state}. {ONLY_IN_FLOW}")),
            paragraph(plain(new.description)),
            bullets(*_facts(new, names)),
        ),
        submit="Create",
        close="Back",
        metadata=metadata,
    )


def event_created(new: NewEvent, created: CreatedEvent, occasion: Occasion) -> Message:
    """Return that the event is made, and what to do next; FLOW may not say its token."""
    state = "published" if new.published else "saved as a draft"
    year = occasion.now.year
    starts = weekday_and_time(new_start(new), occasion.zone, this_year=year)
    known = EventsQuestion("info", created.token, token=created.token)
    register = opening("Register someone", WebinarCallback.REGISTER, about=created.token)
    shape = Shape(
        news=f"{_short(new.title)} {state}: {starts}",
        buttons=(
            *(offer("Open it", known, privately=True) if created.token else ()),
            *(register if created.token and new.published else ()),
            *offer("Upcoming events", EventsQuestion("future"), privately=True),
        ),
        facts=(ONLY_IN_FLOW.rstrip("."), SOURCE),
        orders=False,
        exports=False,
    )
    return laid_out(shape, occasion).message


def event_uncertain(new: NewEvent, occasion: Occasion) -> Message:
    """Return that FLOW did not answer, so that nobody creates the event twice."""
    return _uncertain(
        f"{_short(new.title)} may or may not have been created",
        "FLOW did not confirm in time. Look before you create it again.",
        offer("Upcoming events", EventsQuestion("future"), privately=True),
        occasion,
    )


def registered(
    registration: Registration,
    occasion: Occasion,
    *,
    event: str,
    person: str,
    hosts: Collection[str],
) -> Message:
    """Return the personal link, for the asker alone; `hosts` are the trusted hosts of links.

    `person` is the e-mail address, `event` a title.
    """
    known = registration.is_new is False
    word = "was registered before" if known else "is registered"
    begins = _begins(registration, occasion)
    shape = Shape(
        news=f"{person} {word} for {_short(event)}",
        changed=f"Begins {begins}" if begins else "",
        body=_link_blocks(registration, hosts, "This is the same link." if known else ""),
        facts=(SOURCE,),
        orders=False,
        exports=False,
    )
    return laid_out(shape, occasion).message


def registration_uncertain(occasion: Occasion, *, event: str, person: str, token: str) -> Message:
    """Return that FLOW did not answer, and that asking again is no harm."""
    registrants = EventsQuestion("registrants", token, token=token)
    return _uncertain(
        f"{person} may or may not be registered for {_short(event)}",
        "FLOW did not confirm in time. Registering once more does no harm: FLOW seems to keep "
        "one registration for each e-mail address.",
        (
            *offer("Registrants", registrants, privately=True),
            *opening("Register again", WebinarCallback.REGISTER, about=token),
        ),
        occasion,
    )


def sign_on_uncertain(occasion: Occasion, *, room: str, person: str, room_id: int) -> Message:
    """Return that FLOW did not answer, where signing on may have registered the person."""
    return _uncertain(
        f"{person} may or may not be registered for {_short(room)}",
        "FLOW did not confirm in time, and no link came back. Signing on once more does no harm: "
        "FLOW seems to keep one registration for each e-mail address.",
        opening("Sign on again", WebinarCallback.SIGN_ON, about=f"{room_id}"),
        occasion,
    )


def signed_on(
    registration: Registration,
    occasion: Occasion,
    *,
    room: str,
    person: str,
    hosts: Collection[str],
) -> Message:
    """Return the personal link into a room, for the asker alone."""
    known = registration.is_new is False
    shape = Shape(
        news=f"{person} can enter {_short(room)}",
        body=_link_blocks(registration, hosts, "This is the same link as before." if known else ""),
        facts=(SOURCE,),
        orders=False,
        exports=False,
    )
    return laid_out(shape, occasion).message


def _uncertain(
    news: str, sentence: str, buttons: tuple[Element, ...], occasion: Occasion
) -> Message:
    body = (paragraph(plain(sentence)),)
    shape = Shape(
        news=news, body=body, buttons=buttons, facts=(SOURCE,), orders=False, exports=False
    )
    return laid_out(shape, occasion).message


def new_start(new: NewEvent) -> datetime:
    """Return when the event begins, aware, in its own zone."""
    return datetime.combine(new.date, new.time, tzinfo=ZoneInfo(new.timezone))


def _way_in(url: str, hosts: Collection[str]) -> tuple[Element, ...]:
    """Return the link, or its address to be looked at where its host is not a trusted one."""
    linked = link("Enter here", url, hosts=hosts, local=True)
    if linked["type"] == "link":
        return (linked,)
    return plain("FLOW sent a link to a host that is not on the list of trusted ones: "), code(url)


def _begins(registration: Registration, occasion: Occasion) -> str:
    """Return when the session begins, as far as the confirmation says so."""
    if not registration.when:
        return ""
    session = Event("", "", registration.starts_at, registration.when, registration.timezone)
    said = when_words(session, occasion.zone, this_year=occasion.now.year)
    return said if registration.starts_at else f"{said} {registration.timezone}".strip()


def _link_blocks(
    registration: Registration, hosts: Collection[str], said: str
) -> tuple[Block, ...]:
    way_in = _way_in(registration.url, hosts)
    return (
        paragraph(*way_in, *([plain(f"  {said}")] if said else []), *_pass_code(registration)),
        context(_PERSONAL),
    )


def _pass_code(registration: Registration) -> tuple[Element, ...]:
    given = registration.pass_code
    return (plain("\nPass code: "), code(given)) if given else ()


def _short(title: str) -> str:
    return cut(clean(title), _LONGEST_IN_NEWS)


def _span(new: NewEvent, this_year: int) -> str:
    """Return from when to when it is, in its own zone."""
    starts, zone = new_start(new), zone_words(new.timezone)
    begins = weekday_and_time(starts, new.timezone, this_year=this_year)
    if new.duration is None:
        return f"{begins} ({zone})"
    ends = starts.astimezone(UTC) + timedelta(hours=new.duration)
    return f"{begins}\N{EN DASH}{ends.astimezone(starts.tzinfo):%H:%M} ({zone})"


def _facts(new: NewEvent, names: Mapping[int, str]) -> list[tuple[Element, ...]]:
    """Return what is to be created, line by line, every operator with role and devices."""
    facts = (
        ("Owner", names.get(new.creator_id, f"Operator {new.creator_id}")),
        *((ROLES[each.role].capitalize(), _host(each, names)) for each in new.hosts),
        ("Doors open", _minutes(new.early_access_minutes)),
        ("Recorded", "yes" if new.recorded else ""),
        ("Replays", "yes" if new.replays else ""),
        ("Mind", _TWICE if _comes_twice(new_start(new)) else ""),
    )
    return [(plain(f"{label}: "), bold(fact)) for label, fact in facts if fact]


def _comes_twice(starts: datetime) -> bool:
    """Return whether clocks go back that day and show this time again an hour later."""
    return starts.utcoffset() != starts.replace(fold=1).utcoffset()


def _host(host: NewHost, names: Mapping[int, str]) -> str:
    devices = [word for name, word in _DEVICE_WORDS if getattr(host, name)]
    return f"{names.get(host.id, f'Operator {host.id}')} ({', '.join(devices) or 'no device'})"


def _minutes(early: int | None) -> str:
    return "" if early is None else f"{early} minutes before"
