"""/flow-export: website workflows, and the events behind their steps."""

from slack_bolt.async_app import AsyncAck

from bot.asking.core.arguments import Help, OpenForm
from bot.asking.rendering import help as help_pages
from bot.slack_app import Services
from bot.workflows.core.command import parse_export
from handlers import workflows
from handlers.asking import ask
from handlers.boundary import say
from handlers.payloads import Payload


async def export(ack: AsyncAck, command: Payload, services: Services) -> None:
    """Accept a wish about workflows; usage errors and help are answered at once."""
    wish = parse_export(command.get("text", ""))
    if isinstance(wish, Help):
        await say(ack, help_pages.export_help())
        return
    if isinstance(wish, OpenForm):
        await workflows.open_form(command, services, workflow=wish.typed)
    else:
        await ask(wish, command, services)
    await ack()
