"""What lets assistants ask, put together."""

from bot.jobs.calls.store import CALLS_TO_TELL, CallStore
from bot.mcp.desk import ToolDesk
from bot.mcp.manifest import with_server
from bot.mcp.tools.content import content
from bot.surface import Surface, SurfaceParts, SurfaceWiring


async def build(given: SurfaceParts) -> SurfaceWiring:
    """Return what is added to a workspace's bot."""
    parts = given.parts
    calls = CallStore(parts.database, queue=parts.jobs.queue)
    desk = ToolDesk(calls, given.admission, parts.clock, content=content, wake=parts.wake)

    async def tick() -> int:
        return await calls.tell_what_nobody_fetched(now=parts.clock.now())

    return SurfaceWiring(services=(desk,), ticks=(tick,), woken=(desk.waiting,))


SURFACE = Surface(
    name="mcp", build=build, manifest=with_server, dates=(CALLS_TO_TELL,), listens=False
)
