"""How something about webinars is chosen in the form of a digest."""

from typing import Final

from bot.asking.question import Picker
from bot.webinars.ids import WebinarAction
from bot.webinars.intents import RenewEvents
from bot.webinars.question import EventsQuestion

_LISTS: Final = (
    ("week", "Webinars of the next 7 days"),
    ("future", "Upcoming webinars"),
    ("past", "Past webinars"),
)
_OF_ONE: Final = (
    ("registrations", "Registrations so far, until it begins"),
    ("summary", "How it went, once after it"),
    ("info", "What it is and when"),
)


def _made(event: str, figure: str, period: str) -> EventsQuestion:
    del period
    return EventsQuestion(figure, event=event)


PICKER: Final = Picker(
    service="Webinars",
    thing="Event",
    things=WebinarAction.EVENT,
    names=("token", "event"),
    figures=(*_LISTS, *_OF_ONE),
    made=_made,
    alone=frozenset(value for value, _ in _LISTS),
    renew=RenewEvents(),
)
