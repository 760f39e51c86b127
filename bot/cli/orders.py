"""What rests where it cannot be told: the digests, and what rooms add."""

from collections.abc import Sequence
from itertools import chain

from bot.cli.features import Features
from bot.digests.probing import Probe
from bot.digests.resting import DigestOrders
from bot.feature import Parts, Wiring
from bot.troubles.model import OrderRoom


def orders_of(
    parts: Parts, features: Features, wirings: Sequence[Wiring], probe: Probe
) -> tuple[OrderRoom, ...]:
    """Return every room whose orders rest, digests first."""
    asked = {kind.name: each.vendor.name for each in features for kind in each.kinds}
    digests = DigestOrders(parts.digests, probe, asked, parts.clock)
    return (digests, *chain.from_iterable(each.orders for each in wirings))
