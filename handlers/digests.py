"""/flow: help, and the channel's standing orders."""

from dataclasses import asdict
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.asking.core.arguments import Help
from bot.asking.model import kind_of
from bot.asking.rendering import help as help_pages
from bot.digests.core.command import (
    FlowRequest,
    History,
    ListSubscriptions,
    Now,
    Pause,
    Remove,
    Resume,
    Snooze,
    parse_flow,
)
from bot.digests.core.subscribe import Subscribe
from bot.slack_app import Services
from handlers.boundary import say
from handlers.payloads import Payload, from_command

JOBS: dict[type, str] = {
    Subscribe: "subscribe",
    ListSubscriptions: "list_subscriptions",
    Remove: "remove_subscription",
    Now: "subscription_now",
    Pause: "pause_subscription",
    Resume: "resume_subscription",
    Snooze: "snooze_subscription",
    History: "subscription_history",
}


async def flow(ack: AsyncAck, command: Payload, services: Services) -> None:
    """Accept a wish about subscriptions; usage errors and help are answered at once."""
    wish = parse_flow(command.get("text", ""))
    if isinstance(wish, Help):
        await say(ack, help_pages.flow_help())
        return
    wanted = from_command(command, _details(wish))
    await services.inbox.accept(f"command:{command['trigger_id']}", JOBS[type(wish)], wanted)
    await ack()


def _details(wish: FlowRequest) -> dict[str, Any]:
    if isinstance(wish, Subscribe):
        plan = wish.schedule
        return {
            "kind": kind_of(wish.question),
            "question": asdict(wish.question),
            "cron": plan.cron,
            "words": plan.words,
            "zone": plan.zone,
            "note": wish.note,
        }
    if isinstance(wish, Snooze):
        return {
            "number": wish.number,
            "days": wish.days,
            "until": wish.until.isoformat() if wish.until else "",
        }
    return asdict(wish)
