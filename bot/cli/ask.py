"""`flowbot ask`: one slash command without Slack, and what would be sent."""

import json
import secrets
import sys
import tempfile
from argparse import Namespace
from contextlib import AsyncExitStack, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from slack_bolt.request.async_request import AsyncBoltRequest

from bot.cli.compose import Bot, assemble
from bot.cli.with_sandbox import sandbox_settings
from bot.clock import Clock
from bot.config import Settings
from bot.errors import UserError
from bot.slack.blocks.text import as_text
from bot.slack.dry_client import DrySlack

LOOK_AGAIN = 0.25
"""Seconds; what is due may have to wait for its place in the pace of its channel."""
PATIENCE = timedelta(seconds=60)
SAMPLE_DATA = "No vendor is set up, so the sandbox's sample data answers, and nothing is kept."
EXAMPLE = "flowbot ask '/flow-report onboarding last-30d'"


async def ask(settings: Settings, options: Namespace) -> int:
    """Carry out one command in a queue of its own and print its messages; 1 when it failed."""
    command, _, text = options.text.strip().partition(" ")
    if not command.startswith("/"):
        raise UserError(f"Give a slash command in quotes, such as: {EXAMPLE}")
    if options.deliver and settings.slack.bot_token is None:
        raise UserError("--deliver posts with the bot's token: set SLACK_BOT_TOKEN first.")
    async with AsyncExitStack() as stack:
        if not settings.has_slack and not settings.has_vendor:
            print(SAMPLE_DATA, file=sys.stderr)
            settings = await stack.enter_async_context(
                sandbox_settings(settings, odd=options.odd_data)
            )
        token = settings.slack.bot_token
        folder = Path(tempfile.mkdtemp(prefix="flowbot-"))
        stack.callback(_remove_empty, folder)
        slack = DrySlack(
            token=token.get_secret_value() if token else "",
            api_url=settings.slack.api_url,
            folder=folder,
            deliver=options.deliver,
        )
        queue = f"ask-{secrets.token_hex(8)}"
        bot = await stack.enter_async_context(
            assemble(settings, clock=Clock(), slack=slack, queue=queue)
        )
        problems = await _dispatch(bot, slack, command, text, options)
        await settle(bot)
        problems += await bot.parts.jobs.errors()
        unsent = await bot.parts.outbox.unsent()
        await bot.parts.outbox.abandon(now=bot.parts.clock.now())
    _print(slack.recorded, problems, as_json=options.json)
    for each in unsent:
        print(each, file=sys.stderr)
    return 1 if problems or unsent else 0


async def settle(bot: Bot) -> None:
    """Do all there is to do, what has to be tried again included, if it is soon."""
    clock = bot.parts.clock
    until = clock.now() + PATIENCE
    await bot.settle()
    while (moment := await bot.parts.outbox.next_try()) and max(moment, clock.now()) <= until:
        await clock.sleep(max(LOOK_AGAIN, (moment - clock.now()).total_seconds()))
        await bot.settle()


def _remove_empty(folder: Path) -> None:
    """Leave nothing behind where no file was written."""
    with suppress(OSError):
        folder.rmdir()


async def _dispatch(
    bot: Bot, slack: DrySlack, command: str, text: str, options: Namespace
) -> list[str]:
    problems: list[str] = []
    request = AsyncBoltRequest(
        mode="socket_mode",
        body={
            "command": command,
            "text": text,
            "user_id": options.user,
            "user_name": options.user,
            "channel_id": options.channel,
            "team_id": "",
            "trigger_id": secrets.token_hex(12),
        },
        context={"problems": problems},
    )
    response = await bot.app.async_dispatch(request)
    if response.status != 200:  # noqa: PLR2004
        raise UserError(f"There is no command {command}. Try: flowbot ask '/flow help'")
    body = json.loads(response.body) if response.body else {}
    if body:
        arguments = {"channel": options.channel, "user": options.user, **body}
        arguments.pop("response_type", None)
        slack.recorded.insert(0, {"method": "chat.postEphemeral", "arguments": arguments})
    return problems


def _print(recorded: list[dict[str, Any]], problems: list[str], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(recorded, indent=2, ensure_ascii=False))
    else:
        print("\n\n".join(as_text(each["method"], each["arguments"]) for each in recorded))
    for problem in problems if as_json else ():
        print(problem, file=sys.stderr)
