"""/flow-report: training completion, names for flows, and assignments."""

from dataclasses import asdict
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.core.arguments import Help
from bot.core.report_arguments import (
    Ask,
    AssignFlow,
    ForgetName,
    ListNames,
    NameFlow,
    parse_report,
)
from bot.rendering import help as help_pages
from bot.slack_app import Services
from handlers.boundary import say
from handlers.payloads import Payload, from_command

JOBS: dict[type, str] = {
    NameFlow: "name_flow",
    ForgetName: "forget_name",
    ListNames: "list_names",
    AssignFlow: "preview_assignment",
}


async def report(ack: AsyncAck, command: Payload, services: Services) -> None:
    """Accept a wish about training; usage errors and help are answered at once."""
    wish = parse_report(command.get("text", ""))
    if isinstance(wish, Help):
        await say(ack, help_pages.report_help())
        return
    name, details = _job(wish)
    privately = isinstance(wish, Ask | NameFlow | ForgetName) and wish.privately
    wanted = from_command(command, details, privately=privately)
    await services.inbox.accept(f"command:{command['trigger_id']}", name, wanted)
    await ack()


def _job(wish: Any) -> tuple[str, dict[str, Any]]:
    if isinstance(wish, Ask):
        return "report", asdict(wish.question)
    return JOBS[type(wish)], asdict(wish)
