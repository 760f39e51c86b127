"""/flow: help, and the channel's standing orders."""

from slack_bolt.async_app import AsyncAck

from bot.asking.core.arguments import Help
from bot.asking.rendering import help as help_pages
from bot.digests.core.command import parse_flow
from bot.digests.core.subscribe import Subscribe
from bot.digests.intents import OrderDigest
from bot.jobs.request import Intent
from bot.slack_app import Services
from handlers.boundary import say
from handlers.payloads import Payload, from_command


async def flow(ack: AsyncAck, command: Payload, services: Services) -> None:
    """Accept a wish about subscriptions; usage errors and help are answered at once."""
    wish = parse_flow(command.get("text", ""))
    if isinstance(wish, Help):
        await say(ack, help_pages.flow_help())
        return
    wanted = from_command(command, _intent(wish))
    await services.inbox.accept(f"command:{command['trigger_id']}", wanted)
    await ack()


def _intent(wish: Subscribe | Intent) -> Intent:
    if not isinstance(wish, Subscribe):
        return wish
    plan, question = wish.schedule, wish.question
    return OrderDigest(question.job, question, plan.cron, plan.words, plan.zone, wish.note)
