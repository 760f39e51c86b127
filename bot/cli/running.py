"""Running the bot against a real Slack, whole or split into web and worker."""

import asyncio
import errno
import gc
import signal
import socket
from argparse import Namespace
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from aiohttp import web as http
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler

from bot import log
from bot.cli.compose import Bot, assemble, open_database
from bot.clock import Clock
from bot.config import Settings
from bot.errors import BotError, SlackError, SlackUnreachableError
from bot.slack.blocks.problems import sentence

EVENTS_PATH = "/slack/events"


class StartError(BotError):
    """The start is stopped; the text says what to do."""


async def run(settings: Settings) -> int:
    """Serve Slack and do the work in one process, until told to stop."""
    async with started(settings, Clock()) as bot, serving(settings, bot):
        await until_stopped(bot.work())
    return 0


async def web(settings: Settings, _: Namespace) -> int:
    """Take what Slack sends and write it down; a worker does the rest."""
    async with started(settings, Clock()) as bot, serving(settings, bot):
        await until_stopped()
    return 0


async def worker(settings: Settings, _: Namespace) -> int:
    """Do the work; a second worker stands by until the first is gone."""
    async with started(settings, Clock()) as bot:
        await until_stopped(bot.work())
    return 0


async def migrate(settings: Settings, _: Namespace) -> int:
    """Bring the database up to date."""
    async with open_database(settings):
        log.get().info("migrated")
    return 0


@asynccontextmanager
async def started(settings: Settings, clock: Clock) -> AsyncIterator[Bot]:
    """Yield the bot, known to Slack. Raises StartError with the mend."""
    if settings.slack.bot_token is None:
        raise StartError("Set SLACK_BOT_TOKEN, or type `flowbot sandbox` to go without a Slack.")
    async with AsyncExitStack() as stack:
        try:
            bot = await stack.enter_async_context(assemble(settings, clock=clock))
        except SlackError as error:
            raise StartError(sentence(error)) from None
        except SlackUnreachableError:
            raise StartError(
                "Slack could not be reached. Check the network and SLACK_API_URL, then start again."
            ) from None
        gc.freeze()  # all of it lives as long as the process, like what was imported
        yield bot


@asynccontextmanager
async def serving(settings: Settings, bot: Bot, *, port: int | None = None) -> AsyncIterator[int]:
    """Listen on the port and, with an app token, on Socket Mode; yield the port.

    The HTTP server runs in both modes, as /healthz and /readyz are asked by whoever hosts Flowbot.
    """
    async with AsyncExitStack() as stack:
        if settings.slack.app_token:
            token = settings.slack.app_token.get_secret_value()
            handler = AsyncSocketModeHandler(bot.app, token)
            await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt leaves it bare
            stack.push_async_callback(handler.close_async)
        runner = http.AppRunner(http_app(bot, settings), access_log=None)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        door = _loopback(port) if port is not None else _door(settings.general.port)
        await http.SockSite(runner, door).start()
        listening = int(door.getsockname()[1])
        log.get().info("listening", port=listening, socket_mode=bool(settings.slack.app_token))
        yield listening


def _loopback(port: int) -> socket.socket:
    return socket.create_server(("127.0.0.1", port))


def _door(port: int) -> socket.socket:
    """Return one socket for IPv4 and IPv6: two would have two ports where any port is taken."""
    if not socket.has_dualstack_ipv6():
        return socket.create_server(("", port))
    try:
        return socket.create_server(("", port), family=socket.AF_INET6, dualstack_ipv6=True)
    except OSError as error:
        if error.errno != errno.EADDRNOTAVAIL:  # IPv6 is known but switched off
            raise
        return socket.create_server(("", port))


def http_app(bot: Bot, settings: Settings) -> http.Application:
    """Return the web app: what Slack sends (where a secret can check it), and two health addresses.

    Bolt's adapter without Bolt's server: that one offers an installation page of its own as soon as
    SLACK_CLIENT_ID and SLACK_CLIENT_SECRET are in the environment.
    """
    app = http.Application()

    async def from_slack(request: http.Request) -> http.Response:
        try:
            asked = await to_bolt_request(request)
        except (UnicodeDecodeError, LookupError):
            return http.Response(status=400, text="the body is not text\n")
        return await to_aiohttp_response(await bot.app.async_dispatch(asked))

    async def healthz(_: http.Request) -> http.Response:
        return http.Response(text="ok\n")

    async def readyz(_: http.Request) -> http.Response:
        try:
            async with asyncio.timeout(2):
                await bot.database.ping()
        except Exception:  # noqa: BLE001  # whatever it is, the answer is the same
            return http.Response(status=503, text="the database does not answer\n")
        return http.Response(text="ready\n")

    if settings.slack.signing_secret:
        app.router.add_post(EVENTS_PATH, from_slack)
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    return app


async def until_stopped(work: Coroutine[Any, Any, None] | None = None) -> None:
    """Wait for SIGTERM or SIGINT, or until the work fails; then let the work end in order."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    waiting = asyncio.create_task(stopped.wait())
    tasks = {waiting} if work is None else {waiting, asyncio.create_task(work)}
    done, left = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
    for task in done:
        task.result()


def why(error: BaseException) -> str:
    """Return why the program ends, in words."""
    if isinstance(error, OSError):
        return f"{error.strerror or error}. Is the port or the file in use by another process?"
    return str(error)
