"""What assistants may ask of webinars, in words for a model."""

from dataclasses import replace
from typing import Final

from bot.asking.core import ahead
from bot.asking.core.arguments import quoted
from bot.asking.core.declared.room_tools import (
    RoomTool,
    ToolArgument,
    ToolDeed,
    as_typed,
    checked_address,
    file,
    flag,
    one_of,
    text,
)
from bot.asking.question import TABLE_FORMATS
from bot.errors import UserError
from bot.webinars.core.command import events_question, events_words
from bot.webinars.ids import WebinarAction
from bot.webinars.intents import ProposeRegistration, Register
from bot.webinars.model import REPORTS, SURVEY
from bot.webinars.question import EVENT_LISTS, EventsQuestion

_WEBINAR: Final = ToolArgument(
    "webinar",
    text(
        "The webinar (an event in FLOW): its title or a part of it, its id, next or last. "
        "list_webinars has all titles. A title with several sessions is answered with these, to "
        "choose from.",
        examples=("Quarterly update", "next"),
    ),
    field="event",
    id_field="token",
    needed=True,
)
_FILE: Final = file(TABLE_FORMATS)
_PERSONAL: Final = "The answer has e-mail addresses, so it is for the person who asks alone."
_as_typed = as_typed(events_words, events_question)


def _listed(asked: EventsQuestion) -> EventsQuestion:
    days = ahead.canonical(asked.days) if asked.days else ""
    if asked.days and not days:
        raise UserError(
            f"I can't read {quoted(asked.days)} as days. Try tomorrow, next-week, december, "
            "next-30d or 2026-12-03."
        )
    return _as_typed(replace(asked, days=days))


def _report(asked: EventsQuestion) -> EventsQuestion:
    if asked.survey and asked.report not in {"", SURVEY}:
        raise UserError(f"A survey is part of no {asked.report} report. Leave one of them out.")
    kind = asked.report or (SURVEY if asked.survey else "")
    return _as_typed(replace(asked, report=kind))


def _registration(wanted: ProposeRegistration) -> ProposeRegistration:
    return replace(wanted, email=checked_address(wanted.email))


def _of_one(
    name: str,
    title: str,
    description: str,
    view: str,
    *arguments: ToolArgument,
    pressed: str = "",
) -> RoomTool:
    """Return a tool about one view of a webinar."""
    return RoomTool(
        name=name,
        title=title,
        description=description,
        intent=EventsQuestion,
        arguments=(_WEBINAR, *arguments),
        fixed={"view": view},
        checked=_as_typed,
        pressed={pressed: _WEBINAR.name} if pressed else {},
    )


TOOLS: Final = (
    RoomTool(
        name="list_webinars",
        title="List webinars",
        description=(
            "Lists webinars in FLOW with title, beginning and id: those to come (future), running "
            "now (current), over (past), of today, of the next seven days (week) or all; days "
            "narrow them. Use it for questions such as 'what is planned next week?' and to find a "
            "title."
        ),
        intent=EventsQuestion,
        arguments=(
            ToolArgument(
                "which", one_of("Which webinars. Without it: future.", EVENT_LISTS), field="view"
            ),
            ToolArgument(
                "days",
                text(
                    "Only those that begin on these days: tomorrow, next-week, december, next-30d, "
                    "until 15 January, or a date such as 2026-12-03.",
                    examples=("next-week", "december"),
                ),
            ),
            _FILE,
        ),
        fixed={"view": "future"},
        checked=_listed,
    ),
    _of_one(
        "get_webinar",
        "Describe a webinar",
        (
            "Describes one webinar in FLOW: when it begins, how long it lasts, who hosts it, "
            "whether it is published, and how many are registered as far as FLOW says."
        ),
        "info",
        ToolArgument("public", flag("The page as everybody sees it, without what hosts see.")),
        pressed=WebinarAction.OPEN_EVENT,
    ),
    _of_one(
        "get_webinar_registrants",
        "List who is registered for a webinar",
        (
            "Lists who is registered for one webinar in FLOW, and of one that is over who came and "
            f"how long they stayed. {_PERSONAL}"
        ),
        "registrants",
        _FILE,
    ),
    _of_one(
        "get_webinar_registrations",
        "Get how registrations of a webinar grow",
        (
            "Answers how many are registered for one webinar in FLOW that is still to come, and "
            "how that number grew, as far as Flowbot has looked before."
        ),
        "registrations",
        _FILE,
    ),
    _of_one(
        "get_webinar_summary",
        "Get how a webinar went",
        (
            "Answers how one webinar in FLOW went that is over: registered, attended, the share "
            "who came, how long they stayed, chat and surveys, against the sessions before. Use "
            "webinar last for the one that ended last."
        ),
        "summary",
    ),
    _of_one(
        "get_webinar_surveys",
        "List the surveys of a webinar",
        (
            "Lists the surveys of one webinar in FLOW. Their answers come as a file from "
            "send_webinar_report."
        ),
        "surveys",
    ),
    RoomTool(
        name="send_webinar_report",
        title="Send a report of a webinar as a file",
        description=(
            "Sends a report that FLOW makes of one webinar that is over to the person's direct "
            "messages with Flowbot, as a file: compiled (all in one workbook), registrants, "
            "attendee-chat, operator-chat, or the answers to a survey. For figures in the answer "
            f"itself use get_webinar_summary. {_PERSONAL}"
        ),
        intent=EventsQuestion,
        arguments=(
            _WEBINAR,
            ToolArgument("report", one_of("Which report. Without it: compiled.", REPORTS)),
            ToolArgument("survey", text("Of report survey: which one, where there are several.")),
            _FILE,
        ),
        fixed={"view": "report"},
        checked=_report,
    ),
    RoomTool(
        name="list_webinar_hosts",
        title="List who may host webinars",
        description=f"Lists the people who may host webinars in FLOW. {_PERSONAL}",
        intent=EventsQuestion,
        arguments=(_FILE,),
        fixed={"view": "operators"},
        checked=_as_typed,
    ),
    RoomTool(
        name="list_webinar_rooms",
        title="List always-open rooms",
        description="Lists the rooms in FLOW that are always open, without a date.",
        intent=EventsQuestion,
        arguments=(_FILE,),
        fixed={"view": "rooms"},
        checked=_as_typed,
    ),
    RoomTool(
        name="register_for_webinar",
        title="Register a person for a webinar",
        description=(
            "Proposes to register one person for one webinar in FLOW that is still to come; FLOW "
            "may send them an e-mail. It registers nobody by itself: it answers with all values "
            "and a button, and only confirm_register_for_webinar, once the person who asks has "
            "agreed, registers."
        ),
        intent=ProposeRegistration,
        arguments=(
            _WEBINAR,
            ToolArgument(
                "email",
                text("The e-mail address of who is to be registered.", examples=("a@b.com",)),
                needed=True,
            ),
            ToolArgument("first_name", text("Their first name."), needed=True),
            ToolArgument("last_name", text("Their last name."), needed=True),
        ),
        checked=_registration,
        deed=ToolDeed(title="Register the person", done=(Register,)),
    ),
)
