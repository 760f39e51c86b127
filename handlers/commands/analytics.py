"""/flow-analytics: figures of field reports, the channels they are in, and the fields of forms."""

from dataclasses import asdict
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.core.analytics_arguments import (
    AskAnalytics,
    ListChannels,
    ListFields,
    OpenAnalyticsForm,
    parse_analytics,
)
from bot.core.arguments import Help
from bot.rendering import help as help_pages
from bot.slack_app import Services
from handlers.boundary import say
from handlers.payloads import Payload, from_command

JOBS: dict[type, str] = {
    AskAnalytics: "analytics",
    ListChannels: "list_report_channels",
    ListFields: "list_report_fields",
}


async def analytics(ack: AsyncAck, command: Payload, services: Services) -> None:
    """Open the form or accept a wish; usage errors and help are answered at once."""
    wish = parse_analytics(command.get("text", ""))
    if isinstance(wish, Help):
        await say(ack, help_pages.analytics_help())
        return
    key = f"command:{command['trigger_id']}"
    if isinstance(wish, OpenAnalyticsForm):
        await services.analytics.open(command["trigger_id"], channel=wish.channel)
        await services.inbox.accept(key, "renew_report_channels", from_command(command))
    else:
        wanted = from_command(command, _details(wish), privately=wish.privately)
        await services.inbox.accept(key, JOBS[type(wish)], wanted)
    await ack()


def _details(wish: AskAnalytics | ListChannels | ListFields) -> dict[str, Any]:
    if isinstance(wish, AskAnalytics):
        return asdict(wish.question)
    return {"channel": wish.channel} if isinstance(wish, ListFields) else {}
