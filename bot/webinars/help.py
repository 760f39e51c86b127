"""The help of /flow-events."""

from bot.asking.rendering.help import Example, HelpGroup, HelpPage, MissingName

_UPCOMING = Example("/flow-events future", "upcoming webinars", "Upcoming webinars")
_ROOMS = Example("/flow-events rooms", "rooms that are always open", "Rooms")
_UNKNOWN = "I don't know the name of a webinar yet. This lists them:"
_LISTS = HelpGroup(
    "Webinars",
    (
        _UPCOMING,
        Example("/flow-events past", "those that are over; also current, week, december", "Past"),
        Example("/flow-events info {event}", "one of them, with all that can be done", "{event}"),
        Example("/flow-events operators", "who may host them", "Hosts"),
        _ROOMS,
    ),
)
_EVENT = HelpGroup(
    "One webinar",
    (
        Example("/flow-events registrants {event}", "who is registered, who came", "Registrants"),
        Example("/flow-events registrations {event}", "how registrations grow", "Registrations"),
        Example("/flow-events summary {held}", "attendance, chat and surveys", "How it went"),
        Example("/flow-events surveys {held}", "its surveys", "Surveys"),
        Example("/flow-events report {held} attendee-chat", "a report as a file", "Chat as a file"),
    ),
    small_print=(
        "Reports: compiled, registrants, attendee-chat, operator-chat, survey",
        "Personal data is shown only to you. Add here at the end to share it in the channel.",
    ),
)
_DO = HelpGroup(
    "Register and create",
    (
        Example("/flow-events register {event}", "register somebody", "Register"),
        Example("/flow-events create", "create one, with a preview first", "New webinar"),
        Example("/flow-events sign-on {room}", "a personal link into a room", "Sign on"),
    ),
)
HELP = HelpPage(
    "Webinars: what is planned, who comes, and how it went",
    groups=(_LISTS, _EVENT, _DO),
    lacking={
        "event": MissingName(_UNKNOWN, _UPCOMING),
        "held": MissingName(_UNKNOWN, _UPCOMING),
        "room": MissingName("I don't know the name of a room yet. This lists them:", _ROOMS),
    },
    digest=Example("/flow subscribe events week monday 09:00", "next week's webinars"),
)
