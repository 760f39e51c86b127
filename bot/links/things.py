"""The things that links may lead to, and their cards, read once for all who paste the same."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from bot.asking.linking.things import LinkCard, LinkedThing
from bot.clock import Clock
from bot.errors import Reason, UserError, VendorError
from bot.feature import Switches
from bot.http.coalescing import Coalescer
from bot.links.core.addresses import id_at, path_of, read_address
from bot.links.model import FoundLink, LinkRule
from bot.memory import Memory

FRESH: Final = timedelta(minutes=2)
"""So long a card that was read serves all who paste a link to the same thing."""
MOST_KEPT: Final = 256
MOST_LINKS: Final = 8
"""So many links of one message are shown."""
MOST_LOOKED_AT: Final = 100
GONE: Final = "I can't find that any more."


class LinkedThings:
    """Knows what the services that are on have links to. Raises UserError and VendorError."""

    def __init__(self, switches: Switches, clock: Clock) -> None:
        """Read with the features' own readers."""
        self._switches = switches
        self._cards = Coalescer[LinkCard](clock, window=FRESH, size=MOST_KEPT)
        self._unknown = Memory[tuple[str, str], bool](MOST_KEPT, age=FRESH, now=clock.now)

    @property
    def kinds(self) -> dict[str, LinkedThing]:
        """What there is of services that are on, by kind."""
        return {each.kind: each for feature, _ in self._switches.on for each in feature.linked}

    def called(self, kind: str) -> str:
        """Return what people call a kind, such as "MomoFlow flow"; itself where it is unknown."""
        titles = (
            f"{feature.vendor.title} {each.noun}"
            for feature, _ in self._switches.on
            for each in feature.linked
            if each.kind == kind
        )
        return next(titles, kind)

    def service(self, kind: str) -> str:
        """Return the service that a kind is of."""
        return self.called(kind).rpartition(" ")[0]

    def found(self, links: Iterable[str], rules: Iterable[LinkRule]) -> tuple[FoundLink, ...]:
        """Return those of some links that lead to a thing, each once and not too many."""
        known = tuple(rules)
        some = list(dict.fromkeys(links))[:MOST_LOOKED_AT]
        found = (each for link in some for each in self._of(link, known))
        return tuple(each for each, _ in zip(found, range(MOST_LINKS), strict=False))

    async def card(self, kind: str, identity: str) -> LinkCard:
        """Return the card of a thing, of a moment ago where somebody else wanted it."""
        if self._unknown.get((kind, identity)):
            raise UserError(GONE)
        found = (wired.linked.get(kind) for _, wired in self._switches.on)
        read = next(filter(None, found), None)
        if read is None:  # its service is off by now
            raise UserError(GONE)
        try:
            return await self._cards.ask((kind, identity), lambda: read(identity))
        except VendorError as error:
            if error.reason is Reason.NOT_FOUND:
                self._unknown.put((kind, identity), value=True)
            raise

    def _of(self, link: str, rules: tuple[LinkRule, ...]) -> tuple[FoundLink, ...]:
        address = read_address(link)
        if address is None:
            return ()
        kinds = self.kinds
        for rule in rules:
            thing = kinds.get(rule.kind)
            if thing is None or rule.domain != address.host or is_login(thing, path_of(address)):
                continue
            identity = id_at(address, rule.pattern)
            if thing.is_id(identity):
                return (FoundLink(link, rule.kind, identity),)
        return ()


def is_login(thing: LinkedThing, path: str) -> bool:
    """Return whether a path lets somebody in."""
    return f"{path}/".lower().startswith(thing.logins)
