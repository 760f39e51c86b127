"""Scoreboards: figures that stand in a channel's canvas and are kept up to date."""

from functools import partial
from typing import Final

from bot.asking.rendering.help import Example
from bot.digests.intents import OrderDigest
from bot.digests.probing import Probe
from bot.digests.rendering.order_form import OrderTaker
from bot.scoreboards.canvases import ChannelCanvases
from bot.scoreboards.claiming import BoardClaims
from bot.scoreboards.core.command import TAKER, parse_scoreboard
from bot.scoreboards.home import BoardsAtHome
from bot.scoreboards.intents import ShowFigure
from bot.scoreboards.ordering import BoardOrdering
from bot.scoreboards.resting import BoardOrders
from bot.scoreboards.statements import DUE_ROWS
from bot.scoreboards.store import BoardStore
from bot.scoreboards.writing import BoardWriter
from bot.surface import Manifest, Surface, SurfaceParts, SurfaceWiring

_EXAMPLE: Final = Example(
    "/flow scoreboard", "figures in this channel's canvas, kept up to date", "New scoreboard figure"
)
SCOPES: Final = ("canvases:read", "canvases:write")


async def build(given: SurfaceParts) -> SurfaceWiring:
    """Return what keeps scoreboards."""
    parts, kinds = given.parts, given.kinds
    composers, clock = given.switches.composers, parts.clock
    boards = BoardStore(parts.database, kinds)
    canvases = ChannelCanvases(parts.slack, clock)
    claims = BoardClaims(parts.database, boards, clock)
    writer = BoardWriter(boards, composers, canvases, parts.troubles, parts.directory, clock)
    ordering = BoardOrdering(parts.database, boards, composers, kinds, parts.troubles, clock)
    vendors = {kind.name: each.vendor.name for each in given.features for kind in each.kinds}
    orders = BoardOrders(boards, canvases, Probe(composers, clock), vendors, clock)
    return SurfaceWiring(
        tasks=(*ordering.tasks(), *writer.tasks()),
        sections=(BoardsAtHome(boards, clock).section,),
        timed=(claims,),
        placed=(boards,),
        orders=(orders,),
        ticks=(claims.tick,),
        lines={TAKER: partial(parse_scoreboard, kinds=kinds)},
        examples=(_EXAMPLE,),
        takers={TAKER: OrderTaker("Scoreboard", "Show it", _shown)},
    )


def manifest(declared: Manifest, root: str) -> Manifest:
    """Return the app's manifest with the scopes that canvases need."""
    del root
    oauth = declared["oauth_config"]
    scopes = oauth["scopes"]
    bot = sorted({*scopes["bot"], *SCOPES})
    return {**declared, "oauth_config": {**oauth, "scopes": {**scopes, "bot": bot}}}


def _shown(order: OrderDigest) -> ShowFigure:
    return ShowFigure(order.kind, order.question, order.cron, order.words, order.zone)


SURFACE: Final = Surface(
    name="scoreboards", build=build, manifest=manifest, dates=(DUE_ROWS,), listens=False
)
