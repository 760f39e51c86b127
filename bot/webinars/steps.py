"""What FLOW can do as steps of workflows."""

from typing import Final

from bot.asking.core.room_steps import RoomStep, StepInput, StepOutput, StepValues
from bot.errors import UserError
from bot.webinars.ids import WebinarAction
from bot.webinars.intents import Register

NO_ADDRESS: Final = "The e-mail address in the step is none: it needs an @. Check where it is from."


def _register(given: StepValues) -> Register:
    email = str(given["email"]).strip()
    if "@" not in email:
        raise UserError(NO_ADDRESS)
    token, title = str(given["event"]), str(given.get("event_title") or given["event"])
    first, last = (str(given[each]).strip() for each in ("first_name", "last_name"))
    return Register(token, title, email, first, last)


def _does(given: StepValues) -> str:
    return f"register {given['email']} for {given.get('event_title') or given['event']}"


STEPS: Final = (
    RoomStep(
        callback="register_for_webinar",
        title="Register a person for a webinar",
        description="Registers somebody; the personal link goes to whoever the step asks for",
        inputs=(
            StepInput(name="event", title="Webinar", picks=WebinarAction.EVENT),
            StepInput(name="email", title="E-mail address"),
            StepInput(name="first_name", title="First name"),
            StepInput(name="last_name", title="Last name"),
        ),
        outputs=(
            StepOutput(
                name="status",
                title="Status",
                description="“registered”, or “registered before”",
                sure=True,
            ),
        ),
        wanted=_register,
        does=_does,
        in_channel=False,
    ),
)
