"""What people call a question about webinars, to stand within a sentence. Pure."""

from typing import Final

from bot.asking.core.ahead import spoken as spoken_days
from bot.slack.blocks.wording import FORMATS
from bot.webinars.question import LAST, NEXT, EventsQuestion

_LISTS: Final = {
    "future": "upcoming events",
    "current": "events on now",
    "past": "past events",
    "today": "today's events",
    "week": "next week's events",
    "all": "all events",
    "operators": "the hosts",
    "rooms": "always-open rooms",
}
_OF_ONE: Final = {
    "registrants": "the registrants of",
    "registrations": "registrations for",
    "surveys": "the surveys of",
    "summary": "how it went:",
    "report": "the report of",
}
_RELATIVE: Final = {NEXT: "the next event", LAST: "the last event"}


def events_title(question: EventsQuestion) -> str:
    """Return a title such as "next week's events" or "registrations for Quarterly update"."""
    event = _RELATIVE.get(question.event, question.event)
    of_one = " ".join(filter(None, (_OF_ONE.get(question.view, ""), event)))
    days = f" {spoken_days(question.days)}" if question.days else ""
    file = f", as {FORMATS[question.export]}" if question.export else ""
    listed = "events" if days and question.view == "all" else _LISTS.get(question.view, of_one)
    return f"{listed}{days}{file}"
