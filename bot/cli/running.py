"""Running the bot against a real Slack, whole or split into web and worker."""

import asyncio
import gc
import signal
from argparse import Namespace
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from bot import log
from bot.cli.compose import Bot, assemble, open_database
from bot.cli.serving import StartError, serving
from bot.clock import Clock
from bot.config import Settings
from bot.errors import SlackError, SlackUnreachableError
from bot.slack.blocks.problems import sentence


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
