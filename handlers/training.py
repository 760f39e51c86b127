"""Training: the buttons of a previewed assignment."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.codec import decode, loads
from bot.slack_app import Services
from bot.training.core.command import Assign, CancelAssignment
from bot.training.ids import TrainingAction
from handlers.boundary import BY_JOB, guarded
from handlers.payloads import Payload, from_click


def register(app: AsyncApp) -> None:
    """Add the buttons."""
    app.action(TrainingAction.CONFIRM_ASSIGN)(guarded(confirm_assign, BY_JOB))
    app.action(TrainingAction.CANCEL_ASSIGN)(guarded(cancel_assign, BY_JOB))


async def confirm_assign(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Carry out a previewed assignment, once however often the button is pressed."""
    await _decide(Assign, body, action, services)
    await ack()


async def cancel_assign(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Drop a previewed assignment."""
    await _decide(CancelAssignment, body, action, services)
    await ack()


async def _decide(
    intent: type[Assign | CancelAssignment], body: Payload, action: Payload, services: Services
) -> None:
    """Accept a decision: both buttons share one key, so the first press wins."""
    details = loads(action["value"])
    wanted = from_click(body, decode(intent, details), replaces=True)
    await services.inbox.accept(f"assignment:{details['token']}", wanted)
