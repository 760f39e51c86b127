"""Socket Mode: the connection to Slack that Flowbot opens itself."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final

from slack_bolt.adapter.socket_mode.async_internals import (
    run_async_bolt_app,
    send_async_response,
)
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot import log, metrics
from bot.assembly.process import Process
from bot.assembly.starting import refused
from bot.clock import Clock
from bot.config import Settings
from bot.door.request_ids import request_of
from bot.errors import SlackError, SlackUnreachableError
from bot.slack.client import Slack
from bot.slack.letting_in import APP_TOKEN
from bot.slack_app import LONGEST_PAUSE, OnWait, note_waiting, patiently

PING_SECONDS: Final = 10.0
"""Between two looks whether the connection is alive, and between two tries to open one."""
TRIES: Final = 3
"""With one address. It is good for one connection and for some seconds, so it may be stale."""

Ask = Callable[[], Awaitable[str]]
"""Returns the address of a new connection. Raises SlackError and SlackUnreachableError."""


class Connector(SocketModeClient):
    """The SDK's client, which by itself would try one address for ever."""

    def __init__(
        self, token: str, ask: Ask, clock: Clock, *, ping_seconds: float = PING_SECONDS
    ) -> None:
        """Connect to the addresses that `ask` returns."""
        super().__init__(app_token=token, logger=_short_log(), ping_interval=ping_seconds)
        self._ask = ask
        self._clock = clock

    async def connect(self) -> None:
        """Return once connected, or closed."""
        while not self.closed:
            if self.wss_uri is None:
                self.wss_uri = await self.issue_new_wss_url()
            try:
                async with asyncio.timeout(TRIES * self.ping_interval):
                    await super().connect()  # type: ignore[no-untyped-call]  # left bare by the SDK
            except TimeoutError:
                log.get().warning("socket_address_failed", tries=TRIES)
                self.wss_uri = None
            else:
                return

    async def issue_new_wss_url(self) -> str:
        """Return a new address, however long that takes; empty once closed."""
        while not self.closed:
            try:
                return await patiently(self._ask, self._clock)
            except (SlackError, SlackUnreachableError) as error:
                log.get().error("socket_address_refused", error=str(error))
                await self._clock.sleep(LONGEST_PAUSE)
        return ""


@asynccontextmanager
async def connected(
    settings: Settings,
    process: Process,
    *,
    waiting: OnWait = note_waiting,
    ping_seconds: float = PING_SECONDS,
) -> AsyncIterator[None]:
    """Hold the connection, opened anew whenever Slack asks for that. Raises StartError.

    `waiting` is told when Slack has to be waited for.
    """
    assert settings.slack.app_token
    token, clock = settings.slack.app_token.get_secret_value(), process.resources.clock
    async with Slack(token=token, api_url=settings.slack.api_url) as slack:

        async def address() -> str:
            return str((await slack.call("apps.connections.open"))["url"])

        try:
            first = await patiently(address, clock, waiting=waiting)
        except (SlackError, SlackUnreachableError) as error:
            raise refused(error, settings, by=APP_TOKEN) from None
        client = Connector(token, address, clock, ping_seconds=ping_seconds)
        client.wss_uri = first
        client.socket_mode_request_listeners.append(_answering(process.app))
        try:
            await client.connect()
            yield
        finally:
            await client.close()  # type: ignore[no-untyped-call]


def _answering(
    app: AsyncApp,
) -> Callable[[AsyncBaseSocketModeClient, SocketModeRequest], Awaitable[None]]:
    async def answer(client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        began = time.time()
        with request_of(request.payload), metrics.ACK.timed():
            response = await run_async_bolt_app(app, request)
            await send_async_response(client, request, response, began)

    return answer


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
