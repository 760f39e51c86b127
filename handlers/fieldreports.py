"""The form "Field analytics": its shortcut, its pick list, and what was submitted in it."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.fieldreports.intents import RenewReportChannels
from bot.fieldreports.rendering.forms import AnalyticsForm, analytics_form
from bot.slack.blocks.ids import Action, Callback
from bot.slack_app import Services
from handlers.boundary import guarded
from handlers.payloads import Payload, from_click, from_form


def register(app: AsyncApp) -> None:
    """Add the shortcut, the pick list and the form."""
    app.global_shortcut(Callback.FIELD_ANALYTICS)(guarded(open_form))
    app.options(Action.REPORT_CHANNEL)(guarded(channel_options))
    app.view(Callback.FIELD_ANALYTICS)(guarded(submitted))


async def open_form(ack: AsyncAck, body: Payload, services: Services) -> None:
    """Open the form, and look for new channels while it is filled in."""
    await services.analytics.open(body["trigger_id"])
    key = f"shortcut:{body['trigger_id']}"
    await services.inbox.accept(key, from_click(body, RenewReportChannels()))
    await ack()


async def channel_options(ack: AsyncAck, body: Payload, services: Services) -> None:
    """Answer the pick list of channels from those kept here."""
    await ack(options=await services.analytics.options(body.get("value", "")))


async def submitted(ack: AsyncAck, body: Payload, view: Payload, services: Services) -> None:
    """Accept a question, or say beside the inputs what needs another look."""
    form = analytics_form(view["state"]["values"])
    if not isinstance(form, AnalyticsForm):
        await ack(response_action="errors", errors=form)
        return
    wanted = from_form(body, form.question, channel=form.channel)
    await services.inbox.accept(f"form:{view['id']}", wanted)
    await ack()
