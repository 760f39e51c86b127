"""`flowbot ask`: one command or plain line without Slack, and what would be sent."""

import html
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

from bot.assembly.bot import Bot
from bot.assembly.process import assemble
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
    """Carry out one line in a queue of its own and print its messages; 1 when it failed.

    A line without a slash is answered like a direct message.
    """
    if not options.text.strip():
        raise UserError(f"Give a line in quotes, such as: {EXAMPLE}")
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
        problems = await _dispatch(bot, slack, options)
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


async def _dispatch(bot: Bot, slack: DrySlack, options: Namespace) -> list[str]:
    line, problems = options.text.strip(), list[str]()
    is_command = line.startswith("/")
    if not is_command:
        await bot.talk.learn_names()
        await settle(bot)
    request = AsyncBoltRequest(
        mode="socket_mode",
        body=_command(line, options) if is_command else _message(line, options),
        context={"problems": problems},
    )
    response = await bot.app.async_dispatch(request)
    if response.status != 200:  # noqa: PLR2004
        name = line.partition(" ")[0]
        raise UserError(f"There is no command {name}. Try: flowbot ask '/flow help'")
    body = json.loads(response.body) if is_command and response.body else {}
    if body:
        arguments = {"channel": options.channel, "user": options.user, **body}
        arguments.pop("response_type", None)
        slack.recorded.insert(0, {"method": "chat.postEphemeral", "arguments": arguments})
    return problems


def _command(line: str, options: Namespace) -> dict[str, Any]:
    """Return what Slack sends of a slash command."""
    command, _, text = line.partition(" ")
    return {
        "command": command,
        "text": text,
        "user_id": options.user,
        "user_name": options.user,
        "channel_id": options.channel,
        "team_id": "",
        "trigger_id": secrets.token_hex(12),
    }


def _message(line: str, options: Namespace) -> dict[str, Any]:
    """Return what Slack sends of a direct message."""
    return {
        "type": "event_callback",
        "event_id": secrets.token_hex(12),
        "team_id": "",
        "event": {
            "type": "message",
            "channel_type": "im",
            "user": options.user,
            "channel": options.channel,
            "text": html.escape(line, quote=False),
            "ts": "1.0",
        },
    }


def _print(recorded: list[dict[str, Any]], problems: list[str], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(recorded, indent=2, ensure_ascii=False))
    else:
        print("\n\n".join(as_text(each["method"], each["arguments"]) for each in recorded))
    for problem in problems if as_json else ():
        print(problem, file=sys.stderr)
