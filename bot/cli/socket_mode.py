"""Socket Mode: the connection to Slack that Flowbot opens itself."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler

from bot.cli.compose import Bot
from bot.cli.starting import APP_TOKEN, refused
from bot.config import Settings
from bot.errors import SlackError, SlackUnreachableError
from bot.slack.client import Slack
from bot.slack_app import patiently


@asynccontextmanager
async def connected(settings: Settings, bot: Bot) -> AsyncIterator[None]:
    """Hold the connection, opened anew whenever Slack asks for that. Raises StartError."""
    assert settings.slack.app_token
    token = settings.slack.app_token.get_secret_value()
    handler = AsyncSocketModeHandler(bot.app, token, logger=_short_log())
    async with Slack(token=token, api_url=settings.slack.api_url) as slack:

        async def address() -> str:
            return str((await slack.call("apps.connections.open"))["url"])

        try:
            handler.client.wss_uri = await patiently(address, bot.parts.clock)
        except (SlackError, SlackUnreachableError) as error:
            raise refused(error, settings, by=APP_TOKEN) from None
    await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt leaves it bare
    try:
        yield
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


def _short_log() -> logging.Logger:
    """Return a log for the SDK, which tells with a trace each time that Slack is away."""
    logger = logging.getLogger("slack.socket_mode")
    logger.setLevel(logging.WARNING)
    if not logger.filters:
        logger.addFilter(_without_trace)
    return logger


def _without_trace(record: logging.LogRecord) -> bool:
    record.exc_info = None
    return True
