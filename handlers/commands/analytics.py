"""/flow-analytics: figures of field reports, the channels they are in, and the fields of forms."""

from slack_bolt.async_app import AsyncAck

from bot.asking.core.arguments import Help, OpenForm
from bot.asking.rendering import help as help_pages
from bot.fieldreports.core.command import parse_analytics
from bot.fieldreports.intents import FillAnalyticsForm, RenewReportChannels
from bot.slack_app import Services
from handlers.asking import ask
from handlers.boundary import say
from handlers.payloads import Payload, from_command


async def analytics(ack: AsyncAck, command: Payload, services: Services) -> None:
    """Open the form or accept a wish; usage errors and help are answered at once."""
    wish = parse_analytics(command.get("text", ""))
    if isinstance(wish, Help):
        await say(ack, help_pages.analytics_help())
        return
    key = f"command:{command['trigger_id']}"
    if isinstance(wish, OpenForm):
        view_id = await services.analytics.open(command["trigger_id"], channel=wish.typed)
        if view_id:
            filling = from_command(command, FillAnalyticsForm(view_id, wish.typed))
            await services.inbox.accept(f"fill:{key}", filling)
        await services.inbox.accept(key, from_command(command, RenewReportChannels()))
    else:
        await ask(wish, command, services)
    await ack()
