"""Who reads a card, and what is shown of the things of a message to those readers."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot import log
from bot.asking.linking.things import LinkCard
from bot.clock import Clock
from bot.errors import UserError, VendorError
from bot.jobs.access import Right
from bot.jobs.admission import Admission
from bot.jobs.policy import Thing
from bot.jobs.request import Intent, Job, Request
from bot.links.intents import AskThing
from bot.links.model import FoundLink
from bot.links.rendering.cards import LinkOccasion
from bot.links.things import LinkedThings

AT_ONCE = 3
"""Things that are read at the same time."""
Reader = Job[AskThing]
"""A job that was let in: who reads, where, and what the rules say of them."""


@dataclass(frozen=True, slots=True)
class ReadLink:
    """A link with the card of what it leads to."""

    link: FoundLink
    card: LinkCard


class LinkReaders:
    """Reads things for those who may. Raises DeniedError, NotKnownYetError."""

    def __init__(self, things: LinkedThings, admission: Admission, clock: Clock) -> None:
        """Let people in by `admission`, as for everything that they ask."""
        self.things = things
        self._admission = admission
        self._clock = clock

    async def reader(
        self, job: Job[Intent], user: str, *, channel: str, alone: bool = False
    ) -> Reader:
        """Return who asks, if they may; `alone` is for what nobody else is shown."""
        request = Request(user, "", channel, AskThing(), privately=alone)
        asked: Reader = Job(job.id, job.key, request, job.attempts, job.created_at, job.crashes)
        return await self._admission.admitted(asked)

    async def several(self, links: Iterable[FoundLink], reader: Reader) -> list[ReadLink]:
        """Return the cards of things; what cannot be had, or not by this reader, is left out."""
        turn = asyncio.Semaphore(AT_ONCE)

        async def one(link: FoundLink) -> ReadLink | None:
            async with turn:
                return await self._one(link, reader)

        found = await asyncio.gather(*map(one, links))
        return [each for each in found if each]

    async def card(self, link: FoundLink, reader: Reader) -> LinkCard:
        """Return the card of a thing. Raises UserError, VendorError and DeniedError."""
        card = await self.things.card(link.kind, link.id)
        reader.decided(Right.ASK, reader.place, thing=Thing(link.id, card.title)).enforce()
        return card

    async def _one(self, link: FoundLink, reader: Reader) -> ReadLink | None:
        thing = Thing(link.id, link.id)
        if reader.decided(Right.ASK, reader.place, thing=thing).words:
            return None
        try:
            return ReadLink(link, await self.card(link, reader))
        except (UserError, VendorError) as error:
            reason = error.reason if isinstance(error, VendorError) else type(error).__name__
            log.get().info("link_not_shown", kind=link.kind, why=str(reason))
        return None

    def occasion(self, one: ReadLink, reader: Reader) -> LinkOccasion:
        """Return for whom a card is made: without buttons that nobody who sees it may press."""
        thing = Thing(one.link.id, one.card.title)

        def open_to_somebody(right: Right) -> bool:
            if reader.is_private:
                return not reader.decided(right, thing=thing).words
            return not reader.policy.nobody_may(right, reader.place.channel, thing)

        return LinkOccasion(
            zone=reader.asker.zone,
            now=self._clock.now(),
            called=self.things.called(one.link.kind),
            orders=open_to_somebody(Right.ORDER),
            runs=open_to_somebody(Right.RUN),
        )


def for_nobody_else(reader: Reader) -> Reader:
    """Return the same reader of something that is shown to them alone."""
    return replace(reader, request=replace(reader.request, privately=True))
