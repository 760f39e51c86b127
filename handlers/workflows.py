"""Website workflows: the buttons of their messages."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.slack_app import Services
from bot.workflows.ids import WorkflowAction
from bot.workflows.intents import OtherForm
from handlers.boundary import BY_JOB, guarded
from handlers.payloads import Payload, from_click


def register(app: AsyncApp) -> None:
    """Add the buttons."""
    app.action(WorkflowAction.FILE_COMPRESSED)(guarded(compressed, BY_JOB))
    app.action(WorkflowAction.FILE_IN_PARTS)(guarded(in_parts, BY_JOB))


async def compressed(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Bring a file that was too large compressed."""
    await _other_form("compressed", body, action, services)
    await ack()


async def in_parts(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Bring a file that was too large in parts."""
    await _other_form("parts", body, action, services)
    await ack()


async def _other_form(form: str, body: Payload, action: Payload, services: Services) -> None:
    wanted = from_click(body, OtherForm(form, action["value"]))
    key = f"{form}:{body['trigger_id']}"
    await services.inbox.accept(key, wanted)
