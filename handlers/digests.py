"""/flow: help, and a channel's digests."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.asking.core.arguments import Help
from bot.asking.services import CommonServices
from bot.digests.core.command import NAME, parse_flow
from bot.digests.core.subscribe import Subscribe
from bot.digests.intents import OrderDigest
from bot.jobs.request import Intent
from bot.slack_app import Services
from handlers.boundary import BY_JOB, guarded, say
from handlers.payloads import Payload, from_command


def register(app: AsyncApp) -> None:
    """Add the command."""
    app.command(NAME)(guarded(flow, BY_JOB))


async def flow(ack: AsyncAck, command: Payload, services: Services) -> None:
    """Accept a request about digests; usage errors and help are answered at once."""
    parsed = parse_flow(command.get("text", ""), services.kinds)
    if isinstance(parsed, Help):
        await say(ack, services.of(CommonServices).help_page)
        return
    request = from_command(command, _intent(parsed))
    await services.inbox.accept(f"command:{command['trigger_id']}", request)
    await ack()


def _intent(parsed: Subscribe | Intent) -> Intent:
    if not isinstance(parsed, Subscribe):
        return parsed
    plan, question = parsed.schedule, parsed.question
    return OrderDigest(question.job, question, plan.cron, plan.words, plan.zone, parsed.note)
