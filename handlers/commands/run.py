"""/flow-run: starting Smart Flows, looking at their runs, and watching them."""

from slack_bolt.async_app import AsyncAck

from bot.asking.core.arguments import Ask, Help, OpenForm
from bot.asking.rendering import help as help_pages
from bot.runs.core.command import ListWatches, ShowRun, parse_run
from bot.runs.intents import RenewFlows
from bot.slack_app import Services
from handlers.asking import ask
from handlers.boundary import say
from handlers.payloads import Payload, from_command


async def run(ack: AsyncAck, command: Payload, services: Services) -> None:
    """Open the form or accept a wish; usage errors and help are answered at once."""
    wish = parse_run(command.get("text", ""))
    if isinstance(wish, Help):
        await say(ack, help_pages.run_help())
        return
    key = f"command:{command['trigger_id']}"
    if isinstance(wish, OpenForm):
        await services.runs.open_run(command["trigger_id"])
        await services.inbox.accept(key, from_command(command, RenewFlows()))
    elif isinstance(wish, Ask):
        await ask(wish, command, services)
    else:
        privately = isinstance(wish, ShowRun | ListWatches) and wish.privately
        wanted = from_command(command, wish, privately=privately)
        await services.inbox.accept(key, wanted)
    await ack()
