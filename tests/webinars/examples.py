"""Examples of webinars, for the tests that walk all rooms."""

from bot.asking.core.arguments import Ask, OpenForm
from bot.webinars.ids import WebinarCallback
from bot.webinars.question import EVENT_VIEWS, EventsQuestion
from tests.examples import Examples, Findable
from tests.stage import Stage
from tests.webinars.seeing import token_of

UPDATE = '"Quarterly update"'
UPDATED = '"Quarterly update, the last one"'
HELD = '"Safety briefing: ladders & roofs"'
SESSIONS = {UPDATE: ("quarter", "future"), UPDATED: ("quarter", "past"), HELD: ("safety", "past")}
"""How the commands below name a session: by title, with its series and the period it is in."""


async def one_session(stage: Stage, command: str) -> str:
    """Return the command with a session's token in place of a title that several have."""
    for session, (key, period) in SESSIONS.items():
        if session in command:
            return command.replace(session, token_of(stage, key, period))
    return command


EXAMPLES = Examples(
    answers=(
        *(f"/flow-events {view}" for view in ("future", "current", "past", "today", "week", "all")),
        "/flow-events future export csv",
        f"/flow-events info {UPDATE}",
        f"/flow-events registrants {UPDATE} here",
        f"/flow-events registrations {UPDATE}",
        f"/flow-events surveys {HELD}",
        f"/flow-events summary {HELD}",
        f"/flow-events report {HELD} here",
        "/flow-events operators here",
        "/flow-events rooms",
    ),
    view=lambda question: question.view,
    views=EVENT_VIEWS,
    certain=one_session,
    workbooks={
        "/flow-events past export xlsx": ("Events", "Notes"),
        f"/flow-events registrants {UPDATED} export xlsx here": ("Registrants", "Notes"),
        f"/flow-events report {UPDATED} here": (
            *("Registrants", "Chat of the attendees", "Chat of the hosts", "Survey responses"),
            "Notes",
        ),
    },
    csv_files={f"/flow-events report {UPDATED} csv here": 4},
    forms={
        "/flow-events create": WebinarCallback.CREATE_EVENT,
        "/flow-events register quarterly": WebinarCallback.REGISTER,
        "/flow-events sign-on desk": WebinarCallback.SIGN_ON,
    },
    findable={
        "event": Findable('/flow-events info "{}"', "Open office hours", "Open office hours is on")
    },
    commands=lambda name: {
        "/flow-events info {}": Ask(EventsQuestion("info", name)),
        "/flow-events register {}": OpenForm(name, WebinarCallback.REGISTER),
        "/flow-events sign-on {}": OpenForm(name, WebinarCallback.SIGN_ON),
    },
    questions=lambda name: (EventsQuestion("summary", name),),
)
