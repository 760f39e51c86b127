"""What can be done about events, as buttons: the likeliest of an event, and the events of a list.

A list of a few has a button for each, a longer one a select that opens the event.
"""

from collections.abc import Sequence
from typing import Final

from bot.asking.occasion import Occasion
from bot.asking.rendering.offers import offer, opening
from bot.slack.blocks.blocks import Element
from bot.slack.blocks.budget import LIMITS, cut
from bot.slack.blocks.inputs import chooser, option
from bot.webinars.ids import WebinarAction, WebinarCallback
from bot.webinars.model import Event, Phase
from bot.webinars.question import EventsQuestion, is_personal
from bot.webinars.rendering.event_words import day_words, title_of, when_words

FEW: Final = 5
"""So many choices are buttons."""
_LONGEST_LABEL: Final = 24


def event_buttons(
    event: Event, phase: Phase, occasion: Occasion, *, but: str = ""
) -> tuple[Element, ...]:
    """Return what can be done about an event, the likeliest first; `but` is the view that shows it.

    Until its end that is registering somebody, after it how it went.
    """
    register = opening("Register someone", WebinarCallback.REGISTER, about=event.token)
    people = asking("Registrants", "registrants", event, occasion)
    summary = asking("Summary", "summary", event, occasion)
    grown = asking("Registrations", "registrations", event, occasion)
    rows = {
        Phase.TO_COME: {"": register, "registrants": people, "registrations": grown},
        Phase.RUNNING: {"registrants": people, "": register, "summary": summary},
        Phase.OVER: {"summary": summary, "registrants": people},
    }
    shown = (made for view, made in rows[phase].items() if not view or view != but)
    return tuple(each for made in shown for each in made)


def asking(label: str, view: str, event: Event, occasion: Occasion) -> tuple[Element, ...]:
    """Return the button that asks for a view of this very session."""
    wanted = EventsQuestion(view, event.token, token=event.token)
    private = occasion.private or is_personal(wanted)
    who = " to me alone" if private else ""
    spoken = f"{label} of {title_of(event)}{who}"
    return offer(label, wanted, spoken=spoken, privately=private)


def event_choices(events: Sequence[Event], occasion: Occasion) -> tuple[Element, ...]:
    """Return what opens the events of a list: a button for each of a few, else a select."""
    known = {each.token: each for each in events if len(each.token) <= LIMITS.option_value}
    if len(known) <= FEW:
        labels = _labels([*known.values()], occasion)
        return tuple(
            button
            for each, label in zip(known.values(), labels, strict=True)
            for button in asking(label, "info", each, occasion)
        )
    shown = [*known.values()][: LIMITS.options]
    options = [option(_line(each, occasion), each.token) for each in shown]
    return (chooser(WebinarAction.OPEN_EVENT, options, placeholder="Open an event"),)


def session_buttons(
    events: Sequence[Event], occasion: Occasion, *, view: str
) -> tuple[Element, ...]:
    """Return a button for each of other sessions of an event, by their days."""
    return tuple(
        button
        for each in events
        for button in asking(f"{day_words(each, occasion.zone)} session", view, each, occasion)
    )


def _labels(events: Sequence[Event], occasion: Occasion) -> list[str]:
    """Return what tells events apart: their titles, their days, or both."""
    titles = [cut(title_of(each), _LONGEST_LABEL) for each in events]
    days = [day_words(each, occasion.zone) for each in events]
    if len(set(titles)) == 1 and len(events) > 1:
        return days
    return [
        f"{title}, {day}" if titles.count(title) > 1 else title
        for title, day in zip(titles, days, strict=True)
    ]


def _line(event: Event, occasion: Occasion) -> str:
    when = when_words(event, occasion.zone, this_year=occasion.now.year)
    return f"{when} · {title_of(event)}"
