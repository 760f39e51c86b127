"""/flow-export: website workflows, and the events behind their steps."""

from dataclasses import asdict

from slack_bolt.async_app import AsyncAck

from bot.core.arguments import Help
from bot.core.export_arguments import OpenExportForm, parse_export
from bot.rendering import help as help_pages
from bot.slack_app import Services
from handlers import workflows
from handlers.boundary import say
from handlers.payloads import Payload, from_command


async def export(ack: AsyncAck, command: Payload, services: Services) -> None:
    """Accept a wish about workflows; usage errors and help are answered at once."""
    wish = parse_export(command.get("text", ""))
    if isinstance(wish, Help):
        await say(ack, help_pages.export_help())
        return
    if isinstance(wish, OpenExportForm):
        await workflows.open_form(command, services, workflow=wish.workflow)
        await ack()
        return
    wanted = from_command(command, asdict(wish.question), privately=wish.privately)
    await services.inbox.accept(f"command:{command['trigger_id']}", "export", wanted)
    await ack()
