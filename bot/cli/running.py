"""Running the bot against a real Slack, whole or split into web and worker."""

import asyncio
import gc
import signal
from argparse import Namespace
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from bot import log
from bot.assembly.bot import Bot
from bot.assembly.process import assemble
from bot.assembly.resources import open_database
from bot.assembly.starting import StartError, refused, tell_start
from bot.clock import Clock
from bot.config import Settings
from bot.door.serving import listening, serving
from bot.errors import SlackError, SlackUnreachableError
from bot.slack.blocks.problems import sentence
from bot.slack_app import OnWait, note_waiting


async def run(settings: Settings) -> int:
    """Serve Slack and do the work in one process, until told to stop."""
    async with running(settings, Clock(), program="run") as bot:
        await until_stopped(bot.process.work())
    return 0


async def web(settings: Settings, _: Namespace) -> int:
    """Take what Slack sends and write it down; a worker does the rest."""
    async with running(settings, Clock(), program="web") as bot:
        await bot.process.listen()  # other processes may hear events too
        await until_stopped()
    return 0


async def worker(settings: Settings, _: Namespace) -> int:
    """Do the work; a second worker stands by until the first is gone."""
    async with started(settings, Clock(), program="worker") as bot:
        await until_stopped(bot.process.work())
    return 0


async def migrate(settings: Settings, _: Namespace) -> int:
    """Bring the database up to date."""
    async with open_database(settings):
        log.get().info("migrated")
    return 0


@asynccontextmanager
async def running(settings: Settings, clock: Clock, *, program: str) -> AsyncIterator[Bot]:
    """Yield the bot that takes what Slack sends; alive for its host from the first. StartError."""
    async with (
        listening(settings) as endpoint,
        started(settings, clock, program=program, waiting=endpoint.waiting) as bot,
        serving(settings, bot, endpoint),
    ):
        yield bot


@asynccontextmanager
async def started(
    settings: Settings, clock: Clock, *, program: str, waiting: OnWait = note_waiting
) -> AsyncIterator[Bot]:
    """Yield the bot, known to Slack, after telling what was found. Raises StartError.

    `waiting` is told when Slack has to be waited for.
    """
    if settings.slack.bot_token is None:
        raise StartError("Set SLACK_BOT_TOKEN, or type `flowbot sandbox` to go without a Slack.")
    async with AsyncExitStack() as stack:
        try:
            bot = await stack.enter_async_context(assemble(settings, clock=clock, waiting=waiting))
        except (SlackError, SlackUnreachableError) as error:
            raise refused(error, settings) from None
        await tell_start(bot, settings, program=program)
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
    if isinstance(error, SlackError | SlackUnreachableError):
        return sentence(error)
    if isinstance(error, OSError):
        about = f" ({error.filename})" if error.filename else ""
        return f"{error.strerror or error}{about}."
    return str(error)
