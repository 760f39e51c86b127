"""The pane beside the messages: a thing as one person may see it, all of it.

Slack's trigger lasts a few seconds. Where the service takes longer the pane says so, and what it
answers then is there when the pane is opened again.
"""

import asyncio
from datetime import timedelta
from typing import Any, Final

from bot import log
from bot.asking.linking.things import LinkCard
from bot.clock import Clock
from bot.errors import (
    BotError,
    DeniedError,
    NotKnownYetError,
    SlackError,
    SlackUnreachableError,
    UserError,
)
from bot.jobs.outcome import Outcome
from bot.jobs.request import Job
from bot.links.intents import PresentThing
from bot.links.model import FoundLink
from bot.links.reading import LinkReaders, Reader, ReadLink, for_nobody_else
from bot.links.rendering.cards import card_buttons
from bot.links.rendering.entities import pane_entity
from bot.links.store import LinkRuleStore
from bot.links.unfurling import Unfurler
from bot.slack.blocks.problems import problem
from bot.slack.client import Slack

TRIGGER_LASTS: Final = timedelta(seconds=3)
SECONDS: Final = 1.5
"""So long a service may take."""
NOT_YET: Final = "Not yet"
NOTHING: Final = "I can't show this"
UNKNOWN: Final = "I don't know what this link leads to. An admin can add it in my Home tab."
SLOW: Final = "{service} takes long to answer. Open this again in a moment."
RESTRICTED: Final = "Not for you"


class Panes:
    """Fills panes. Nothing is told of what goes wrong but in the pane itself."""

    def __init__(
        self,
        rules: LinkRuleStore,
        readers: LinkReaders,
        unfurler: Unfurler,
        slack: Slack,
        clock: Clock,
    ) -> None:
        """Let `unfurler` renew the card beside which a pane was opened."""
        self._rules = rules
        self._readers = readers
        self._unfurler = unfurler
        self._slack = slack
        self._clock = clock
        self._reading: set[asyncio.Task[LinkCard]] = set()

    async def close(self) -> None:
        """Give up what is still being read."""
        for task in self._reading:
            task.cancel()
        await asyncio.gather(*self._reading, return_exceptions=True)

    async def present(self, job: Job[PresentThing]) -> Outcome:
        """Fill the pane that somebody opened."""
        wanted = job.details
        if self._clock.now() - job.created_at > TRIGGER_LASTS:
            log.get().info("pane_too_late")
            return Outcome()
        reader: Reader | None = None
        read: ReadLink | None = None
        try:
            reader = await self._readers.reader(
                job, wanted.person, channel=wanted.channel, alone=True
            )
            read = await self._read(wanted, reader)
            filled = self._filled(read, reader)
        except DeniedError as error:
            filled = _says("restricted", RESTRICTED, str(error))
        except NotKnownYetError as error:
            filled = _says("custom_partial_view", NOT_YET, str(error))
        except TimeoutError:
            filled = _says("custom_partial_view", NOT_YET, self._slow(wanted))
        except BotError as error:
            filled = _says("custom_partial_view", NOTHING, problem(error).text)
        if await self._told(wanted.trigger, filled) and read and reader:
            await self._renewed(wanted, read, reader)
        return Outcome()

    async def _read(self, wanted: PresentThing, reader: Reader) -> ReadLink:
        link = await self._link(wanted)
        task = asyncio.create_task(self._readers.card(link, reader))
        self._reading.add(task)
        task.add_done_callback(self._reading.discard)
        done, _ = await asyncio.wait({task}, timeout=SECONDS)
        if not done:
            task.add_done_callback(_noted)
            raise TimeoutError
        return ReadLink(link, task.result())

    async def _link(self, wanted: PresentThing) -> FoundLink:
        """Return what is to be shown: by the id that we gave, or by the link where Slack has none.

        Raises UserError.
        """
        card = wanted.card or next(iter(wanted.links), "")
        thing = self._readers.things.kinds.get(wanted.kind)
        if thing and thing.is_id(wanted.id):
            return FoundLink(card, wanted.kind, wanted.id)
        found = self._readers.things.found(wanted.links, await self._rules.all())
        if not found:
            raise UserError(UNKNOWN)
        return found[0]

    def _filled(self, read: ReadLink, reader: Reader) -> dict[str, Any]:
        occasion = self._readers.occasion(read, for_nobody_else(reader))
        entity = pane_entity(
            read.card,
            kind=self._readers.things.kinds[read.link.kind].entity,
            called=occasion.called,
            buttons=card_buttons(read.card, occasion),
        )
        return {"metadata": entity}

    async def _told(self, trigger: str, filled: dict[str, Any]) -> bool:
        try:
            await self._slack.call("entity.presentDetails", trigger_id=trigger, **filled)
        except (SlackError, SlackUnreachableError) as error:
            log.get().info("pane_not_filled", error=str(error))
            return False
        return True

    async def _renewed(self, wanted: PresentThing, read: ReadLink, reader: Reader) -> None:
        """Renew the card in the channel: it is as old as the message."""
        if wanted.channel and wanted.ts and wanted.card == read.link.url:
            public = await self._public(wanted, reader)
            if public:
                await self._unfurler.refresh(read, public, channel=wanted.channel, ts=wanted.ts)

    async def _public(self, wanted: PresentThing, reader: Reader) -> Reader | None:
        try:
            return await self._readers.reader(reader, wanted.person, channel=wanted.channel)
        except (DeniedError, NotKnownYetError):
            return None

    def _slow(self, wanted: PresentThing) -> str:
        service = self._readers.things.service(wanted.kind)
        return SLOW.format(service=service or "The service")


def _noted(task: asyncio.Task[LinkCard]) -> None:
    """Take note of what became of what came too late, so that no failure of it is lost."""
    if not task.cancelled() and (error := task.exception()):
        log.get().info("pane_not_read", why=type(error).__name__)


def _says(status: str, title: str, words: str) -> dict[str, Any]:
    return {"error": {"status": status, "custom_title": title, "custom_message": words}}
