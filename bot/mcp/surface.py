"""What lets assistants ask, put together."""

from bot.jobs.calls.store import CALLS_TO_TELL, KEPT_AFTER, CallStore
from bot.mcp.desk import ToolDesk
from bot.mcp.manifest import MCP_PATH, with_server
from bot.mcp.tokens.desk import TokenDesk
from bot.mcp.tokens.looks import TokenLooks
from bot.mcp.tokens.store import TokenStore
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
    shown = DeedTokens(parts.database, catalog, parts.clock)
    writer = AnswerWriter(catalog, shown, parts.directory)
    desk = ToolDesk(calls, given.admission, parts.clock, content=writer.written, wake=parts.wake)
    tokens = TokenStore(parts.database)
    root = parts.general.public_url
    making = TokenDesk(
        tokens, parts.slack, parts.clock, address=f"{root}{MCP_PATH}" if root else ""
    )

    async def tick() -> int:
        now = parts.clock.now()
        await calls.forget(before=now - KEPT_AFTER)
        return await calls.tell_what_nobody_fetched(now=now)

    return SurfaceWiring(
        tasks=(*shown.tasks, *ToolDigests(given, catalog).tasks, *making.tasks()),
        services=(desk, making, TokenLooks(tokens, given.trail, parts.clock)),
        sections=(making.at_home,),
        rows=(tokens,),
        timed=(calls,),
        ticks=(tick,),
        woken=(desk.waiting,),
    )


SURFACE = Surface(
    name="mcp", build=build, manifest=with_server, dates=(CALLS_TO_TELL,), over_http=True
)
