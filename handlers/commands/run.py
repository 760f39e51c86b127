"""/flow-run: starting Smart Flows, looking at their runs, and watching them."""

from dataclasses import asdict
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.asking.core.arguments import Ask, Help, OpenForm
from bot.asking.rendering import help as help_pages
from bot.runs.core.command import (
    CancelRun,
    ListWatches,
    ShowRun,
    StartFlow,
    UnwatchFlow,
    WatchFlow,
    parse_run,
)
from bot.slack_app import Services
from handlers.asking import ask
from handlers.boundary import say
from handlers.payloads import Payload, from_command

JOBS: dict[type, str] = {
    StartFlow: "start_run",
    ShowRun: "show_run",
    CancelRun: "ask_cancel_run",
    WatchFlow: "watch_flow",
    UnwatchFlow: "unwatch_flow",
    ListWatches: "list_watches",
}


async def run(ack: AsyncAck, command: Payload, services: Services) -> None:
    """Open the form or accept a wish; usage errors and help are answered at once."""
    wish = parse_run(command.get("text", ""))
    if isinstance(wish, Help):
        await say(ack, help_pages.run_help())
        return
    key = f"command:{command['trigger_id']}"
    if isinstance(wish, OpenForm):
        await services.runs.open_run(command["trigger_id"])
        await services.inbox.accept(key, "renew_flows", from_command(command))
    elif isinstance(wish, Ask):
        await ask(wish, command, services)
    else:
        details: dict[str, Any] = asdict(wish)
        privately = bool(details.pop("privately", False))
        wanted = from_command(command, details, privately=privately)
        await services.inbox.accept(key, JOBS[type(wish)], wanted)
    await ack()
