"""What rests where it cannot be told, the digests and what rooms add, and what heals it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from bot.assembly.features import Features
from bot.digests.probing import Probe
from bot.digests.resting import DigestOrders
from bot.feature import Parts, Wiring
from bot.follow.store import forget_follower
from bot.jobs.tasks import Workplace
from bot.surface import SurfaceWiring
from bot.troubles.keeper import Troubles
from bot.troubles.mending import WaysOut
from bot.troubles.owners import Owners
from bot.troubles.weekly import QuietWeek


def serve_orders(
    parts: Parts,
    features: Features,
    wirings: Sequence[Wiring],
    added: Sequence[Wiring | SurfaceWiring],
    probe: Probe,
) -> None:
    """Let the troubles know every room whose orders rest, digests first, and how vendors are."""
    asked = {kind.name: each.vendor.name for each in features for kind in each.kinds}
    digests = DigestOrders(parts.digests, probe, asked, parts.clock)
    rooms = (digests, *chain.from_iterable(each.orders for each in added))
    connections = [each.connection for each in wirings]
    parts.troubles.serve(
        rooms,
        lambda: {each.vendor.name: each.beat.answered_at for each in connections},
        forgetting=(forget_follower,),
    )


@dataclass(frozen=True, slots=True)
class Healers:
    """All that notices, tells and mends what keeps orders from being told."""

    troubles: Troubles
    ways_out: WaysOut
    owners: Owners
    quiet: QuietWeek

    @property
    def workplaces(self) -> tuple[Workplace, ...]:
        """Where its work is done."""
        return self.troubles, self.ways_out, self.owners, self.quiet

    async def tick(self) -> int:
        """Accept what is to be looked at or said by now; return how much that is."""
        looks = await self.troubles.tick() + await self.owners.tick()
        return looks + await self.quiet.tick()


def healers_of(parts: Parts) -> Healers:
    """Return it, made of the parts."""
    shared = parts.database, parts.troubles, parts.directory, parts.clock
    general = parts.general
    quiet = QuietWeek(
        parts.database,
        parts.troubles,
        parts.clock,
        zone=general.timezone,
        wanted=general.quiet_report,
    )
    return Healers(parts.troubles, WaysOut(*shared), Owners(*shared), quiet)
