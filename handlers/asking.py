"""A question in a command becomes a job of its kind, whichever command it was typed after."""

from bot.asking.core.arguments import Ask
from bot.asking.model import Question
from bot.slack_app import Services
from handlers.payloads import Payload, from_command


async def ask(wish: Ask[Question], command: Payload, services: Services) -> None:
    """Accept a question, once however often Slack sends the command."""
    wanted = from_command(command, wish.question, privately=wish.privately)
    key = f"command:{command['trigger_id']}"
    await services.inbox.accept(key, wanted)
