"""What can be asked about webinars: a plain value that fits into a job's row."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from bot.asking.question import Question, with_export

EVENT_LISTS = ("future", "current", "past", "today", "week", "all")
"""Lists of events; "week" are those of the next seven days."""
NEXT = "next"
LAST = "last"
RELATIVE_EVENTS = (NEXT, LAST)
"""In an event's place: that which comes next, and that which was last."""
OF_ONE_EVENT = ("info", "registrants", "registrations", "surveys", "summary", "report")
"""Of one event; "registrations" is how they grow before it, "summary" how it went after it."""
EVENT_VIEWS = (*EVENT_LISTS, *OF_ONE_EVENT, "operators", "rooms")
PERSONAL_VIEWS = ("registrants", "report", "operators")
"""Views with e-mail addresses and phone numbers in them."""


@dataclass(frozen=True, slots=True)
class EventsQuestion(Question):
    """Something about webinars as it was asked for.

    `view` is one of EVENT_VIEWS; `event` is what was typed for those in OF_ONE_EVENT: a title, a
    part of one, a token, or one of RELATIVE_EVENTS. `report` is one of model.webinars.REPORTS,
    `survey` what was typed for a survey; `export` is empty or one of TABLE_FORMATS. `public` asks
    for what everybody may see.
    `days` narrow a list, in the canonical words of core.ahead: "next-week", "december".
    `token` is that of an event that was asked for by it: then no other session of its title is
    meant, whatever becomes of it.
    """

    job: ClassVar[str] = "events"

    view: str
    event: str = ""
    report: str = ""
    survey: str = ""
    export: str = ""
    public: bool = False
    token: str = ""
    days: str = ""


def is_personal(question: EventsQuestion) -> bool:
    """Return whether the answer has e-mail addresses and phone numbers in it."""
    return question.view in PERSONAL_VIEWS


def as_file(question: EventsQuestion, form: str) -> EventsQuestion:
    """Return the question for the data behind an answer as a file."""
    if question.view in {"info", "surveys", "summary"}:
        return EventsQuestion("report", question.event, report="compiled", export=form)
    return with_export(question, form)


def order_notes(question: EventsQuestion) -> Iterator[str]:
    """Yield what whoever orders a digest should know: when it comes, and who sees what.

    A digest is seen by everybody in its channel, which was chosen on purpose.
    """
    if question.view == "registrations":
        yield "It comes until the session begins; with no session ahead nothing is sent."
    if question.view == "summary":
        yield "It comes once after each session, when it is over; on other days nothing is sent."
        yield "The compiled report in it has e-mail addresses, for all in this channel to see."
    if is_personal(question):
        yield "It has e-mail addresses and phone numbers, for all in this channel to see."
