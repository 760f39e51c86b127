"""/flow-events: webinars, who comes to them, and what changes them."""

from slack_bolt.async_app import AsyncAck

from bot.asking.core.arguments import Help
from bot.asking.rendering import help as help_pages
from bot.slack_app import Services
from bot.webinars.core.command import OpenCreate, OpenRegister, OpenSignOn, parse_events
from handlers import webinars
from handlers.boundary import say
from handlers.payloads import Payload, from_command


async def events(ack: AsyncAck, command: Payload, services: Services) -> None:
    """Accept a wish about webinars; usage errors and help are answered at once."""
    wish = parse_events(command.get("text", ""))
    if isinstance(wish, Help):
        await say(ack, help_pages.events_help())
        return
    if isinstance(wish, OpenRegister):
        await webinars.open_form("register", command, services, typed=wish.event)
    elif isinstance(wish, OpenSignOn):
        await webinars.open_form("sign-on", command, services, typed=wish.room)
    elif isinstance(wish, OpenCreate):
        await webinars.open_form("create", command, services)
    else:
        privately = wish.for_the_asker_alone
        wanted = from_command(command, wish.question, privately=privately)
        await services.inbox.accept(f"command:{command['trigger_id']}", wanted)
    await ack()
