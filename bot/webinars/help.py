"""The help of /flow-events."""

from collections.abc import Sequence

from bot.asking.rendering.help import Example, HelpPage

_LISTS: Sequence[Example] = (
    ("/flow-events future", "what is to come; also current, past, week and all"),
    ("/flow-events info Quarterly update", "one event; public at the end: as everybody sees it"),
    ("/flow-events operators", "who may run events; rooms lists what is always open"),
)
_EVENT: Sequence[Example] = (
    ("/flow-events registrants Quarterly update export csv", "who is registered, and who came"),
    ("/flow-events registrations Quarterly update", "how registrations grow, without names"),
    ("/flow-events summary Quarterly update", "how it went: attendance, chat, survey"),
    ("/flow-events surveys Quarterly update", "its surveys, their answers a click away"),
    (
        "/flow-events report Quarterly update attendee-chat",
        "as a file: compiled, registrants, attendee-chat, operator-chat or survey",
    ),
)
_DO: Sequence[Example] = (
    ("/flow-events register Quarterly update", "register somebody; the link comes to you alone"),
    ("/flow-events create", "create an event, with a preview before it is made"),
    ("/flow-events sign-on Open office", "a personal link into a room"),
)
_PERSONAL = (
    "E-mail addresses and phone numbers are for your eyes only, unless you put here at the end"
)

HELP = HelpPage(
    "Webinars of FLOW. Try /flow-events future, info, registrants or report with an event, "
    "register or create",
    groups=(("Look", _LISTS), ("One event", _EVENT), ("Do", _DO)),
    small_print=(_PERSONAL, 'Quotes keep words together: "Export of surveys"'),
)
