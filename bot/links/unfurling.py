"""Cards under messages: what somebody pasted, shown to all in the channel if all may see it.

Nobody asked for a card, so what goes wrong makes no noise there: it is in the log.
"""

import re
from datetime import datetime, timedelta
from typing import Any, Final

from bot import log
from bot.clock import Clock
from bot.errors import DeniedError, SlackError, SlackUnreachableError
from bot.jobs.outcome import Outcome
from bot.jobs.request import Job
from bot.links.intents import UnfurlLinks
from bot.links.reading import LinkReaders, Reader, ReadLink
from bot.links.rendering.cards import LinkOccasion, card_blocks, card_buttons, draft_blocks
from bot.links.rendering.entities import Entity, channel_entity
from bot.links.store import LinkRuleStore
from bot.slack.client import Slack
from bot.talk.intents import HearLine

_LINK: Final = re.compile(r"<(https://[^|>]+)(?:\|[^>]*)?>")
COMPOSER: Final = "COMPOSER"
"""In place of a channel: the message is still being written."""
TOO_LATE: Final = timedelta(minutes=10)
DRAFT_LASTS: Final = timedelta(seconds=60)
MOST_TRIES: Final = 3
SOON: Final = timedelta(seconds=2)
LATER: Final = timedelta(seconds=15)
NOT_HEARD_YET: Final = "cannot_unfurl_url"
"""Slack's word also for links of which our acknowledgement is still on its way."""
_NO_PREVIEWS: Final = frozenset({"invalid_metadata_format", "feature_not_enabled"})
"""Slack's words where Work Objects are not switched on: then the cards come without."""


class Unfurler:
    """Shows links. Raises NotKnownYetError where Slack tells in a moment who reads along."""

    def __init__(
        self, rules: LinkRuleStore, readers: LinkReaders, slack: Slack, clock: Clock
    ) -> None:
        """Know by `rules` what leads where."""
        self._rules = rules
        self._readers = readers
        self._slack = slack
        self._clock = clock

    async def unfurl(self, job: Job[UnfurlLinks]) -> Outcome:
        """Show what a message links to."""
        wanted = job.details
        lasts = DRAFT_LASTS if wanted.channel == COMPOSER else TOO_LATE
        if self._clock.now() - job.created_at > lasts:
            return Outcome()
        found = self._readers.things.found(wanted.links, await self._rules.all())
        if not found:
            return Outcome()
        reader = await self._reader(job)
        if reader is None:
            return Outcome()
        read = await self._readers.several(found, reader)
        return await self._told(job, read, reader) if read else Outcome()

    async def shows(self, job: Job[HearLine]) -> bool:
        """Return whether a card answers what somebody said: a link that they may see shown."""
        request = job.request
        links = _LINK.findall(request.details.text)
        found = self._readers.things.found(links, await self._rules.all()) if links else ()
        if not found:
            return False
        try:
            reader = await self._readers.reader(job, request.user, channel=request.channel)
        except DeniedError:
            return False
        return not reader.is_private and bool(await self._readers.several(found, reader))

    async def refresh(self, one: ReadLink, reader: Reader, *, channel: str, ts: str) -> None:
        """Show a card anew that somebody has just looked at, where all may see it."""
        if reader.is_private:
            return
        shown = {"channel": channel, "ts": ts, **self._cards([one], reader)}
        try:
            await self._unfurl(shown)
        except (SlackError, SlackUnreachableError) as error:
            log.get().info("card_not_renewed", error=str(error))

    async def _reader(self, job: Job[UnfurlLinks]) -> Reader | None:
        """Return who pasted the links; None where not all who see the card may see what is on it.

        A guest's answers are for them alone, and so are all in a channel that is shared or unknown.
        """
        channel = "" if job.details.channel == COMPOSER else job.details.channel
        try:
            reader = await self._readers.reader(job, job.details.person, channel=channel)
        except DeniedError as error:
            log.get().info("links_not_for_them", why=type(error).__name__)
            return None
        return None if reader.is_private else reader

    async def _told(self, job: Job[UnfurlLinks], read: list[ReadLink], reader: Reader) -> Outcome:
        wanted = job.details
        if wanted.channel == COMPOSER:
            place = {"unfurl_id": wanted.unfurl_id, "source": wanted.source}
            shown: dict[str, Any] = {**place, "unfurls": self._drafts(read, reader)}
        else:
            shown = {"channel": wanted.channel, "ts": wanted.ts, **self._cards(read, reader)}
        try:
            await self._unfurl(shown)
        except (SlackError, SlackUnreachableError) as error:
            return self._again(job, error)
        return Outcome()

    def _cards(self, read: list[ReadLink], reader: Reader) -> dict[str, Any]:
        occasions = [(each, self._readers.occasion(each, reader)) for each in read]
        return {
            "unfurls": {
                each.link.url: {"blocks": card_blocks(each.card, occasion)}
                for each, occasion in occasions
            },
            "metadata": {"entities": [self._entity(*each) for each in occasions]},
        }

    def _drafts(self, read: list[ReadLink], reader: Reader) -> dict[str, Any]:
        return {
            each.link.url: {
                "blocks": draft_blocks(each.card, self._readers.occasion(each, reader)),
            }
            for each in read
        }

    def _entity(self, one: ReadLink, occasion: LinkOccasion) -> Entity:
        return channel_entity(
            one.card,
            one.link,
            kind=self._readers.things.kinds[one.link.kind].entity,
            called=occasion.called,
            buttons=card_buttons(one.card, occasion),
            now=occasion.now,
        )

    async def _unfurl(self, shown: dict[str, Any]) -> None:
        try:
            await self._slack.call("chat.unfurl", **shown)
        except SlackError as error:
            if error.code not in _NO_PREVIEWS or "metadata" not in shown:
                raise
            plain = {name: each for name, each in shown.items() if name != "metadata"}
            await self._slack.call("chat.unfurl", **plain)

    def _again(self, job: Job[UnfurlLinks], error: SlackError | SlackUnreachableError) -> Outcome:
        """Return when it is tried again: to set the same card twice changes nothing."""
        at = self._when(error)
        if at is None or job.attempts >= MOST_TRIES:
            log.get().info("links_not_shown", error=str(error))
            return Outcome(error=str(error))
        return Outcome(again_at=at)

    def _when(self, error: SlackError | SlackUnreachableError) -> datetime | None:
        now = self._clock.now()
        if isinstance(error, SlackUnreachableError):
            return now + LATER
        if error.code == NOT_HEARD_YET:
            return now + SOON
        return now + timedelta(seconds=error.retry_after) if error.retry_after else None
