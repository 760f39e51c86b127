"""/flow-report: training completion, names for flows, and assignments."""

from slack_bolt.async_app import AsyncAck

from bot.asking.core.arguments import Ask, Help
from bot.asking.rendering import help as help_pages
from bot.slack_app import Services
from bot.training.core.command import ForgetName, NameFlow, parse_report
from handlers.asking import ask
from handlers.boundary import say
from handlers.payloads import Payload, from_command


async def report(ack: AsyncAck, command: Payload, services: Services) -> None:
    """Accept a wish about training; usage errors and help are answered at once."""
    wish = parse_report(command.get("text", ""))
    if isinstance(wish, Help):
        await say(ack, help_pages.report_help())
        return
    if isinstance(wish, Ask):
        await ask(wish, command, services)
    else:
        privately = isinstance(wish, NameFlow | ForgetName) and wish.privately
        wanted = from_command(command, wish, privately=privately)
        await services.inbox.accept(f"command:{command['trigger_id']}", wanted)
    await ack()
