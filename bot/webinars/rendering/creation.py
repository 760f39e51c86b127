"""Creating an event and what else changes something in FLOW: preview, confirmation, links."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.asking.rendering.dates import day_and_time
from bot.slack.blocks.blocks import (
    Element,
    actions,
    bold,
    bullets,
    button,
    code,
    confirm,
    context,
    header,
    link,
    message,
    moment,
    paragraph,
    plain,
)
from bot.slack.messages import Message
from bot.webinars.ids import WebinarAction, WebinarBlock
from bot.webinars.model import ROLES, CreatedEvent, Event, NewEvent, NewHost, Registration
from bot.webinars.rendering.events import when

_TWICE: Final = "clocks go back that day, so this time comes twice; FLOW decides which is meant"
_DEVICE_WORDS: Final = (
    ("microphone", "microphone"),
    ("camera", "camera"),
    ("screen_sharing", "screen sharing"),
)


def event_preview(new: NewEvent, names: Mapping[int, str], *, value: str) -> Message:
    """Return the event as it would be created, for the asker alone; `value` comes back on a click.

    `names` are the operators' names by id.
    """
    starts = new_start(new)
    state = "published at once" if new.published else "kept as a draft"
    sure = confirm(
        title="Create this event?",
        text=f"It is {state}. FLOW has no call to change or delete it; that is done in FLOW.",
        yes="Create",
        no="Back",
    )
    return message(
        f"Create {new.title}, {day_and_time(starts, new.timezone)} {new.timezone}, {state}?",
        paragraph(bold("Create this event?"), plain(" Nothing has been sent to FLOW yet.")),
        header(new.title),
        paragraph(plain(new.description)),
        bullets(*_facts(new, names, state)),
        actions(
            WebinarBlock.CREATE_BUTTONS,
            button("Create", WebinarAction.CONFIRM_EVENT, value=value, style="primary", asks=sure),
            button("Change", WebinarAction.EDIT_EVENT, value=value),
            button("Cancel", WebinarAction.CANCEL_EVENT, value=value),
        ),
    )


def event_created(new: NewEvent, created: CreatedEvent, *, asked_by: str) -> Message:
    """Return that the event is made, and what to do next; FLOW may not say its token."""
    state = "published" if new.published else "a draft"
    starts = new_start(new)
    sentence = f"{new.title} is created, {state}. It begins "
    spoken = f"{day_and_time(starts, new.timezone)} {new.timezone}"
    next_step = (
        (plain("Its card: "), code(f"/flow-events info {created.token}"))
        if created.token
        else (plain("FLOW did not say its token. To find it: "), code("/flow-events future"))
    )
    return message(
        f"{sentence}{spoken}.",
        paragraph(bold(new.title), plain(f" is created, {state}. It begins "), moment(starts)),
        paragraph(*next_step),
        context(f"Asked by {asked_by}" if asked_by else "", "Source: FLOW"),
    )


def event_cancelled(new: NewEvent) -> Message:
    """Return that nothing was created."""
    text = f"Cancelled: {new.title} was not created."
    return message(text, paragraph(plain(text)))


def event_uncertain(new: NewEvent) -> Message:
    """Return that FLOW did not answer, so that nobody creates the event twice."""
    text = (
        f"FLOW did not confirm in time, so {new.title} may or may not have been created. Look "
        "before you create it again: "
    )
    lists = "/flow-events future"
    return message(f"{text}{lists}", paragraph(plain(text), code(lists)))


def event_refused(new: NewEvent, problem: Message, *, value: str) -> Message:
    """Return why nothing was created, with what was entered one click away; `value` as before."""
    sentence = f"{new.title} was not created."
    return message(
        f"{sentence} {problem.text}",
        paragraph(bold(sentence)),
        *problem.blocks,
        actions(
            WebinarBlock.CREATE_BUTTONS,
            button(
                "Change it and try again", WebinarAction.EDIT_EVENT, value=value, style="primary"
            ),
        ),
    )


def registered(
    registration: Registration, *, event: str, person: str, hosts: Collection[str]
) -> Message:
    """Return the personal link, for the asker alone; `hosts` are the trusted hosts of links.

    `person` is the e-mail address, `event` a title.
    """
    news = {
        True: f"{person} is registered for {event}.",
        False: f"{person} was registered for {event} before; this is the same link.",
        None: f"{person} is registered for {event}. FLOW does not say whether they were before.",
    }[registration.is_new]
    begins = _begins(registration)
    return message(
        f"{news} The personal link is in the message.",
        paragraph(plain(news), *([plain(" Begins: "), *begins] if begins else [])),
        paragraph(*_way_in(registration.url, hosts), *_pass_code(registration)),
        context("The link is personal: whoever has it enters under this name. Only you see it."),
    )


def registration_uncertain(*, event: str, person: str) -> Message:
    """Return that FLOW did not answer, and that asking again is no harm."""
    text = (
        f"FLOW did not confirm in time, so {person} may or may not be registered for {event}. "
        "Look at the registrants, or register once more: FLOW seems to keep one registration for "
        "each e-mail address."
    )
    return message(text, paragraph(plain(text)))


def sign_on_uncertain(*, room: str, person: str) -> Message:
    """Return that FLOW did not answer, where signing on may have registered the person."""
    text = (
        f"FLOW did not confirm in time, so {person} may or may not be registered for {room}. No "
        "link came back. To get one, sign on once more: FLOW seems to keep one registration for "
        "each e-mail address. "
    )
    lists = "/flow-events rooms"
    return message(f"{text}{lists}", paragraph(plain(text), code(lists)))


def signed_on(
    registration: Registration, *, room: str, person: str, hosts: Collection[str]
) -> Message:
    """Return the personal link into a room, for the asker alone."""
    known = registration.is_new is False
    before = " They were registered before; this is the same link." if known else ""
    return message(
        f"{person} can enter {room}.{before} The personal link is in the message.",
        paragraph(plain(f"{person} can enter "), bold(room), plain(f".{before}")),
        paragraph(*_way_in(registration.url, hosts), *_pass_code(registration)),
        context("The link is personal: whoever has it enters under this name. Only you see it."),
    )


def new_start(new: NewEvent) -> datetime:
    """Return when the event begins, aware, in its own zone."""
    return datetime.combine(new.date, new.time, tzinfo=ZoneInfo(new.timezone))


def _way_in(url: str, hosts: Collection[str]) -> tuple[Element, ...]:
    """Return the link, or its address to be looked at where its host is not a trusted one."""
    linked = link("Enter here", url, hosts=hosts, local=True)
    if linked["type"] == "link":
        return (linked,)
    return plain("FLOW sent a link to a host that is not on the list of trusted ones: "), code(url)


def _begins(registration: Registration) -> tuple[Element, ...]:
    """Return when the session begins, as far as the confirmation says so."""
    if not registration.when:
        return ()
    session = Event("", "", registration.starts_at, registration.when, registration.timezone)
    return (when(session),)


def _pass_code(registration: Registration) -> tuple[Element, ...]:
    given = registration.pass_code
    return (plain("\nPass code: "), code(given)) if given else ()


def _facts(new: NewEvent, names: Mapping[int, str], state: str) -> list[tuple[Element, ...]]:
    """Return what is to be created, line by line, every operator with role and devices."""
    starts = new_start(new)
    facts = (
        ("Begins", f"{day_and_time(starts, new.timezone)} {new.timezone}"),
        ("Mind", _TWICE if _comes_twice(starts) else ""),
        ("Lasts", "" if new.duration is None else f"{new.duration:g} h"),
        ("Doors open", _minutes(new.early_access_minutes)),
        ("Whose", names.get(new.creator_id, f"Operator {new.creator_id}")),
        *((ROLES[each.role].capitalize(), _host(each, names)) for each in new.hosts),
        ("Recorded", "yes" if new.recorded else "no"),
        ("Replays", "yes" if new.replays else "no"),
        ("State", state),
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
