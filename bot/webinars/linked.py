"""What a link to an event shows: when it is, and for one alone who runs it and who comes."""

import re
from typing import Final

from bot.asking.linking.things import LinkCard, LinkedThing, LinkFact, stated
from bot.errors import VendorError
from bot.slack.blocks.wording import counted, some_of
from bot.webinars.events import Events
from bot.webinars.model import Event, Phase
from bot.webinars.question import EventsQuestion
from bot.webinars.rendering.event_words import end_of, length_words, start_of, title_of

EVENT: Final = LinkedThing(
    kind="flow_event",
    noun="event",
    form=re.compile(r"[A-Za-z0-9]{8,20}"),
    example="LKo586mmk7g",
    logins=("/s/",),
)
"""What FLOW sends a registrant is a login: https://prod.flowapp.com/s/..., and no event."""
_NEWS: Final = {
    Phase.TO_COME: "Upcoming.",
    Phase.RUNNING: "Running now.",
    Phase.OVER: "It is over.",
}


class EventLinks:
    """Raises VendorError."""

    def __init__(self, events: Events) -> None:
        """Ask `events`."""
        self._events = events

    async def card(self, token: str) -> LinkCard:
        """Return the card of an event."""
        event = await self._events.flowapp.event(token)
        phase = await self._events.phase(event)
        title = title_of(event)
        return LinkCard(
            title=title,
            news=_NEWS[phase],
            state="Draft" if event.published == 0 else "",
            facts=stated(
                ("Begins", start_of(event) or event.when),
                ("Ends", end_of(event)),
                ("Duration", length_words(event)),
            ),
            details=await self._details(event),
            question=EventsQuestion("info", event=title, token=token),
        )

    async def _details(self, event: Event) -> tuple[LinkFact, ...]:
        return stated(
            ("Registered", await self._registered(event)),
            ("Hosts", some_of([each.name for each in event.hosts if each.name])),
        )

    async def _registered(self, event: Event) -> str:
        try:
            found = await self._events.flowapp.registrants(event.token)
        except VendorError:  # the rest of it is worth showing
            return ""
        return counted(sum(not each.is_host for each in found), "person", "people")
