"""Digests as a section of the text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.asking.composing import Composers
from bot.asking.question import Question, QuestionKind, QuestionKinds
from bot.asking.subscription import PAUSED, Subscription
from bot.digests.as_code import entries as coding
from bot.digests.as_code.document import CodedEntry
from bot.digests.as_code.sections import CodedPlace, OrderThere, WantedOrder
from bot.digests.core.planning import next_time
from bot.digests.resting import MOST_IN_CHANNEL
from bot.digests.store import (
    SubscriptionStore,
    add_subscription,
    edit_subscription,
    pause_subscription,
    remove_subscription,
    renew_subscription,
)
from bot.errors import UserError
from bot.store.database import Transaction


class DigestSection:
    """Reads and writes a channel's digests."""

    name = coding.SECTION
    fields: Mapping[str, type] = coding.FIELDS

    def __init__(
        self, subscriptions: SubscriptionStore, composers: Composers, kinds: QuestionKinds
    ) -> None:
        """Settle names with the one of `composers` for a question's kind."""
        self._subscriptions = subscriptions
        self._composers = composers
        self._kinds = kinds

    def there(self, tx: Transaction, channel: str) -> Sequence[OrderThere]:
        """Return what a channel has."""
        return [self._standing(each) for each in self._subscriptions.within(tx, channel)]

    def channels(self, tx: Transaction) -> Iterable[str]:
        """Return the channels that have any."""
        return self._subscriptions.channels(tx)

    async def wanted(
        self, entries: Sequence[CodedEntry], place: CodedPlace, now: datetime
    ) -> Sequence[WantedOrder]:
        """Return what entries want. Raises CodeError and VendorError."""
        return [await self._wanted(each, place, now) for each in entries]

    def _standing(self, one: Subscription) -> OrderThere:
        order = replace(coding.coded(one), id=one.id)
        fields = coding.written(one, self._kinds)
        return OrderThere(order, fields, lambda tx, now: remove_subscription(tx, one.id, now=now))

    async def _wanted(self, entry: CodedEntry, place: CodedPlace, now: datetime) -> WantedOrder:
        kind, asked = coding.question_of(entry, self._kinds)
        question = asked if entry.text(coding.EXACT) else await self._settled(entry, kind, asked)
        template = Subscription(
            id=0,
            channel=place.channel,
            kind=kind,
            question=question,
            cron="",
            words="",
            zone=place.zone,
            creator=place.owner,
            created_at=now,
            consent=place.consent,
        )
        one = coding.subscription_of(entry, kind, question, template, now)
        try:
            coming = next_time(one, now)
        except UserError as error:
            raise entry.fault(coding.WHEN, str(error)) from None
        planned = replace(one, next_run_at=coming)
        return WantedOrder(coding.coded(one), lambda tx, there: self._put(tx, planned, there, now))

    async def _settled(
        self, entry: CodedEntry, kind: QuestionKind[Any], asked: Question
    ) -> Question:
        try:
            return (await self._composers[kind.name].settled(asked)).question
        except UserError as error:
            raise entry.fault(coding.WHAT, str(error)) from None

    def _put(self, tx: Transaction, one: Subscription, there: int, now: datetime) -> None:
        """Write one, in place of the one that is there if any. Raises UserError for one too many.

        A rest that nobody wrote down, such as that of a channel that was archived, goes on.
        """
        here = self._subscriptions.within(tx, one.channel)
        if not there:
            if len(here) >= MOST_IN_CHANNEL:
                raise UserError(
                    f"A channel has {MOST_IN_CHANNEL} digests at most, so nothing was changed."
                )
            added = add_subscription(tx, one)
        else:
            (before,) = (each for each in here if each.id == there)
            added = replace(
                one,
                id=there,
                creator=before.creator,
                created_at=before.created_at,
                consent=before.consent,
            )
            edit_subscription(tx, added, now=now)
            if before.state == PAUSED and one.state != PAUSED:
                renew_subscription(tx, added)
        if one.state == PAUSED:
            pause_subscription(tx, added.id)
