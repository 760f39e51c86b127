"""A port for whoever operates Flowbot: how this process does, in numbers, and whether it is well.

It is never the port that Slack comes to, as nothing here asks who somebody is. A worker listens
nowhere else: with PORT, which those of one machine share, it would be in the way of a web process.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from aiohttp import web as http

from bot import log, metrics
from bot.clock import Clock
from bot.config import Settings
from bot.door.pages import Page, Pages, received
from bot.door.ports import listener
from bot.door.readiness import Readiness
from bot.door.serving import answering
from bot.store.backlog import Backlogs, backlogs
from bot.store.database import Database

KEPT_SECONDS = 5.0
"""So long what waits is not counted again, however many ask."""
LONGEST_SECONDS = 2.0
"""So long the database may take to tell; the rest of the page does not wait for it any longer."""
LAG_SECONDS = 0.5
METRICS_PATH = "/metrics"


class Lookout:
    """What an operator sees: where, and what waits in the database, counted now and then."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """Know nothing before there is a database; `now` is in seconds."""
        self.port = 0
        """Where it is to be seen; 0 where nowhere."""
        self._database: Database | None = None
        self._clock = Clock()
        self._known: Backlogs | None = None
        self._now = now
        self._until = now()
        self._looking = asyncio.Lock()

    def begin(self, database: Database, clock: Clock) -> None:
        """Count in this database from now on."""
        self._database, self._clock = database, clock
        self._until = self._now()

    async def read(self) -> Backlogs | None:
        """Return what waits, or None where the database does not tell."""
        async with self._looking:
            if self._database and self._now() >= self._until:
                self._known = await self._count(self._database)
                self._until = self._now() + KEPT_SECONDS
            return self._known

    async def _count(self, database: Database) -> Backlogs | None:
        try:
            async with asyncio.timeout(LONGEST_SECONDS):
                return await backlogs(database, now=self._clock.now())
        except Exception as error:  # noqa: BLE001  # in trouble of any kind: the page says the rest
            log.get().warning("backlog_not_counted", error=type(error).__name__)
            return None


@asynccontextmanager
async def observed(
    settings: Settings,
    readiness: Readiness,
    *,
    port: int | None = None,
    now: Callable[[], float] = time.monotonic,
) -> AsyncIterator[Lookout]:
    """Answer at METRICS_PORT, if it is set, for as long as this lasts. Raises StartError.

    `port` is another one, 0 for any, and `now` is as of a lookout, which is yielded and wants to be
    told of the database.
    """
    lookout = Lookout(now)
    general = settings.general
    number = general.metrics_port if port is None else port
    if not general.metrics_port and port is None:
        yield lookout
        return
    pages = Pages({METRICS_PATH: {"GET": _page_of(lookout)}}, readiness)
    taken = listener(general.metrics_host, number, named="METRICS_")
    async with answering(pages.server, taken), _looking_at_the_loop():
        lookout.port = taken.getsockname()[1]
        log.get().info("observed", port=lookout.port)
        yield lookout


def _page_of(lookout: Lookout) -> Page:
    from bot.door.exposition import exposition  # noqa: PLC0415  # Prometheus only where it is asked

    async def page(request: http.BaseRequest) -> http.Response:
        received(request)
        text, content_type = exposition(await lookout.read(), request.headers.get("Accept", ""))
        return http.Response(body=text, headers={"Content-Type": content_type})

    return page


@asynccontextmanager
async def _looking_at_the_loop() -> AsyncIterator[None]:
    """See now and then how late the loop comes back to what is due."""
    task = asyncio.create_task(_look_at_the_loop())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _look_at_the_loop() -> None:
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + LAG_SECONDS
        await asyncio.sleep(LAG_SECONDS)
        metrics.LOOP_LAG.took(max(0.0, loop.time() - due))
