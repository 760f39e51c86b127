"""Events of Slack's that nobody asked for with a command."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.asking.services import ShowHelp
from bot.jobs.request import Request
from bot.slack_app import Services
from handlers.boundary import guarded
from handlers.payloads import Payload


def register(app: AsyncApp) -> None:
    """Add every event."""
    app.event("app_mention")(guarded(mentioned))


async def mentioned(ack: AsyncAck, body: Payload, event: Payload, services: Services) -> None:
    """Answer who calls the bot by name with what it can do, for them alone and once an event."""
    wanted = Request(event["user"], "", event["channel"], ShowHelp(), privately=True)
    await services.inbox.accept(f"event:{body['event_id']}", wanted)
    await ack()
