"""Running the bot against a real Slack, whole or split into web and worker."""

import asyncio
import gc
import signal
from argparse import Namespace
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from bot import log
from bot.assembly.process import Process, open_process
from bot.assembly.resources import open_database
from bot.assembly.starting import StartError, refused, tell_start
from bot.clock import Clock
from bot.config import Settings
from bot.door.observing import observed
from bot.door.readiness import Readiness
from bot.door.serving import checks_of, listening, serving
from bot.errors import SlackError, SlackUnreachableError
from bot.slack.blocks.problems import sentence
from bot.slack_app import OnWait, note_waiting


async def run(settings: Settings) -> int:
    """Serve Slack and do the work in one process, until told to stop."""
    readiness = Readiness()
    async with running(settings, Clock(), program="run", readiness=readiness) as process:
        await until_stopped(process.work(), stopping=readiness.end)
    return 0


async def web(settings: Settings, _: Namespace) -> int:
    """Take what Slack sends and write it down; a worker does the rest."""
    readiness = Readiness()
    async with running(settings, Clock(), program="web", readiness=readiness) as process:
        await until_stopped(process.attend(), stopping=readiness.end)
    return 0


async def worker(settings: Settings, _: Namespace) -> int:
    """Do the work; a second worker stands by until the first is gone."""
    clock, readiness = Clock(), Readiness()
    async with (
        observed(settings, readiness) as lookout,
        started(settings, clock, program="worker", waiting=readiness.waiting) as process,
    ):
        lookout.begin(process.resources.database, clock)
        readiness.begin(checks_of(process))
        await until_stopped(process.work(), stopping=readiness.end)
    return 0


async def migrate(settings: Settings, _: Namespace) -> int:
    """Bring the database up to date."""
    async with open_database(settings, clock=Clock()):
        log.get().info("migrated")
    return 0


@asynccontextmanager
async def running(
    settings: Settings, clock: Clock, *, program: str, readiness: Readiness | None = None
) -> AsyncIterator[Process]:
    """Yield what takes what Slack sends; alive for its host from the first. Raises StartError."""
    readiness = readiness or Readiness()
    async with (
        observed(settings, readiness) as lookout,
        listening(settings, readiness=readiness) as endpoint,
        started(settings, clock, program=program, waiting=readiness.waiting) as process,
        serving(settings, process, endpoint),
    ):
        lookout.begin(process.resources.database, clock)
        yield process


@asynccontextmanager
async def started(
    settings: Settings, clock: Clock, *, program: str, waiting: OnWait = note_waiting
) -> AsyncIterator[Process]:
    """Yield a process that Slack knows, after telling what was found. Raises StartError.

    `waiting` is told when Slack has to be waited for.
    """
    if settings.slack.bot_token is None and not settings.slack.installs:
        raise StartError("Set SLACK_BOT_TOKEN, or type `flowbot sandbox` to go without a Slack.")
    async with AsyncExitStack() as stack:
        opening = open_process(settings, clock=clock, waiting=waiting)
        try:
            process = await stack.enter_async_context(opening)
        except (SlackError, SlackUnreachableError) as error:
            raise refused(error, settings) from None
        if settings.slack.bot_token:
            await stack.enter_async_context(process.own())  # so the first request finds it ready
        await tell_start(process, settings, program=program)
        gc.freeze()  # all of it lives as long as the process, like what was imported
        yield process


async def until_stopped(
    work: Coroutine[Any, Any, None] | None = None, *, stopping: Callable[[], None] = lambda: None
) -> None:
    """Wait for SIGTERM or SIGINT, or until the work fails; then let the work end in order.

    Before that `stopping` is called, so that who hosts Flowbot sends nothing new.
    """
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    waiting = asyncio.create_task(stopped.wait())
    tasks = {waiting} if work is None else {waiting, asyncio.create_task(work)}
    done, left = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    stopping()
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
