"""Global shortcuts and message shortcuts."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from bot.runs.intents import RenewFlows
from bot.slack.blocks.ids import Callback
from bot.slack_app import Services
from handlers import webinars, workflows
from handlers.boundary import guarded
from handlers.payloads import Payload, from_click, shown_message


def register(app: AsyncApp) -> None:
    """Add every shortcut."""
    app.global_shortcut(Callback.GET_REPORT)(guarded(get_report))
    app.message_shortcut(Callback.EXPORT_DATA)(guarded(export_data))
    app.global_shortcut(Callback.RUN_FLOW)(guarded(run_flow))
    app.message_shortcut(Callback.RUN_WITH_THIS)(guarded(run_with_this))
    app.message_shortcut(Callback.SUBSCRIBE)(guarded(subscribe))
    app.global_shortcut(Callback.FIND_EVENT)(guarded(find_event))
    app.global_shortcut(Callback.EXPORT_STEP)(guarded(export_step))


async def get_report(ack: AsyncAck, body: Payload, services: Services) -> None:
    """Open the form of a training report."""
    await services.forms.open_report(body["trigger_id"])
    await ack()


async def export_data(
    ack: AsyncAck, body: Payload, context: AsyncBoltContext, services: Services
) -> None:
    """Open the export form for what this message tells."""
    await services.forms.open_export_of(body["trigger_id"], shown_message(body, context))
    await ack()


async def run_flow(ack: AsyncAck, body: Payload, services: Services) -> None:
    """Open the form of a run."""
    await services.runs.open_run(body["trigger_id"])
    await _renew_flows(body, services)
    await ack()


async def run_with_this(ack: AsyncAck, body: Payload, services: Services) -> None:
    """Open the form of a run with the XML file or the text of a message as its input."""
    await services.runs.open_run_with(body["trigger_id"], body["message"])
    await _renew_flows(body, services)
    await ack()


async def _renew_flows(body: Payload, services: Services) -> None:
    key = f"shortcut:{body['trigger_id']}"
    await services.inbox.accept(key, from_click(body, RenewFlows()))


async def subscribe(
    ack: AsyncAck, body: Payload, context: AsyncBoltContext, services: Services
) -> None:
    """Open the form that orders what this message tells as a digest."""
    await services.forms.open_subscribe(body["trigger_id"], shown_message(body, context))
    await ack()


async def find_event(ack: AsyncAck, body: Payload, services: Services) -> None:
    """Open the form that finds an event."""
    await webinars.open_find(body, services)
    await ack()


async def export_step(ack: AsyncAck, body: Payload, services: Services) -> None:
    """Open the form of an export of workflow events."""
    await workflows.open_form(body, services)
    await ack()
