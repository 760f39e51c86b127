"""What lets assistants ask, put together."""

from bot.jobs.calls.store import CALLS_TO_TELL, CallStore
from bot.mcp.desk import ToolDesk
from bot.mcp.manifest import with_server
from bot.mcp.tools.catalog import Catalog
from bot.mcp.tools.confirming import DeedTokens
from bot.mcp.tools.content import AnswerWriter
from bot.mcp.tools.digests import ToolDigests
from bot.surface import Surface, SurfaceParts, SurfaceWiring


async def build(given: SurfaceParts) -> SurfaceWiring:
    """Return what is added to a workspace's bot."""
    parts = given.parts
    calls = CallStore(parts.database, queue=parts.jobs.queue)
    catalog = Catalog(given.features)
    tokens = DeedTokens(parts.database, catalog, parts.clock)
    writer = AnswerWriter(catalog, tokens, parts.directory)
    desk = ToolDesk(calls, given.admission, parts.clock, content=writer.written, wake=parts.wake)
    tasks = (*tokens.tasks, *ToolDigests(given, catalog).tasks)

    async def tick() -> int:
        return await calls.tell_what_nobody_fetched(now=parts.clock.now())

    return SurfaceWiring(tasks=tasks, services=(desk,), ticks=(tick,), woken=(desk.waiting,))


SURFACE = Surface(
    name="mcp", build=build, manifest=with_server, dates=(CALLS_TO_TELL,), listens=False
)
