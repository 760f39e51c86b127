"""Digests are ordered and changed: by a line for one conversation, or in the form for several."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from bot.asking.composing import Composers, SettledQuestion
from bot.asking.core.finder import PickError
from bot.asking.form_filling import explained, show_view
from bot.asking.question import QuestionKinds
from bot.asking.rendering.offers import offer
from bot.asking.subscription import ACTIVE, Subscription
from bot.clock import Clock
from bot.digests.core import planning, recurrence
from bot.digests.intents import (
    ChangeDigest,
    OrderDigest,
    OrderDigests,
    read_change,
    read_order,
    read_orders,
)
from bot.digests.rendering import replies
from bot.digests.rendering.menus import resume_button
from bot.digests.rendering.order_form import FormSetting
from bot.digests.rendering.words import state_words
from bot.digests.resting import MOST_IN_CHANNEL, TOO_MANY, released
from bot.digests.store import (
    SubscriptionStore,
    add_subscription,
    edit_subscription,
    renew_subscription,
)
from bot.digests.subscriptions import HERE, Subscriptions, about, scheduled, without
from bot.errors import UserError
from bot.jobs.access import Right
from bot.jobs.admission import Admission
from bot.jobs.outcome import Outcome, Write, answer_key, reply
from bot.jobs.request import Job
from bot.jobs.tasks import Task
from bot.outbox.entries import OutgoingAnswer
from bot.outbox.store import tell
from bot.slack.blocks import problems
from bot.slack.blocks.modals import notice
from bot.slack.client import Slack
from bot.slack.messages import Answer, Message, Target
from bot.slack.people import Person
from bot.store.database import Database, Transaction

TITLE: Final = "Digests"
FormSettings = Callable[[str], FormSetting]
"""Returns what a form offers to somebody in an IANA zone, at this moment."""


class Orders:
    """Raises UserError, DeniedError, NotKnownYetError and VendorError."""

    def __init__(
        self,
        database: Database,
        subscriptions: SubscriptionStore,
        composers: Composers,
        kinds: QuestionKinds,
        admission: Admission,
        slack: Slack,
        clock: Clock,
        *,
        changeable: Subscriptions,
        settings: FormSettings,
    ) -> None:
        """Ask `changeable` which digest a request may change, `settings` what a form offers."""
        self._database = database
        self._subscriptions = subscriptions
        self._composers = composers
        self._kinds = kinds
        self._admission = admission
        self._slack = slack
        self._clock = clock
        self._changeable = changeable
        self.settings = settings

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        return (
            Task(OrderDigest, self.order, lambda row: read_order(row, self._kinds)),
            Task(OrderDigests, self.order_several, lambda row: read_orders(row, self._kinds)),
            Task(ChangeDigest, self.change, lambda row: read_change(row, self._kinds)),
        )

    async def order(self, job: Job[OrderDigest]) -> Outcome:
        """Order a digest for the conversation of a request."""
        request, now = job.request, self._clock.now()
        settled = await self._composers[job.details.kind].settled(job.details.question)
        order = replace(job.details, question=settled.question)
        new = self._new(order, request.channel, job.asker, now)
        [ordered] = await self._added([new])
        message = _ordered_words(ordered, now, remark=settled.remark)
        return Outcome((reply(job, Answer(message), question=about(ordered)),))

    async def order_several(self, job: Job[OrderDigests]) -> Outcome:
        """Order a digest for all conversations that were chosen in the form, or for none.

        Each is told what it gets; whoever ordered sees all of it in the form's window.
        """
        wanted, now = job.details, self._clock.now()
        for channel in wanted.places:
            await self._admission.admitted_there(Right.ORDER, job.asker, channel)
        settled = await self._settled(wanted.order)
        order = replace(wanted.order, question=settled.question)
        ordered = await self._added(
            [self._new(order, channel, job.asker, now) for channel in wanted.places]
        )
        said = [_ordered_words(each, now, remark=settled.remark) for each in ordered]
        await self._show(wanted.view_id, replies.together(said))
        told = [_told(job, one, each) for one, each in zip(ordered, said, strict=True)]
        return _telling(told, now)

    async def change(self, job: Job[ChangeDigest]) -> Outcome:
        """Change all of a digest at once; its number, its owner and its past stay."""
        wanted, now = job.details, self._clock.now()
        before = await self._changeable.of(job)
        after = await self._changed(job, before, now)
        said = _changed_words(before, after, now)
        await self._show(wanted.view_id, said)
        told = [_told(job, after, said)]
        if after.channel != before.channel:
            told.append(_told(job, before, replies.gone_elsewhere(before), part="before"))
        return _telling(told, now, lambda tx: edit_subscription(tx, after, now=now))

    async def _changed(
        self, job: Job[ChangeDigest], before: Subscription, now: datetime
    ) -> Subscription:
        """Return a digest as it shall be; what did not change keeps its weeks and its consent."""
        wanted, order = job.details, job.details.order
        moved = wanted.place != before.channel
        if moved:
            await self._admission.admitted_there(Right.ORDER, job.asker, wanted.place)
        if order.question != before.question:
            order = replace(order, question=(await self._settled(order)).question)
        new = self._new(order, wanted.place, job.asker, now)
        same = recurrence.unanchored(new.cron) == recurrence.unanchored(before.cron)
        kept_plan = same and new.zone == before.zone
        after = replace(
            before,
            channel=new.channel,
            kind=new.kind,
            question=new.question,
            cron=before.cron if kept_plan else new.cron,
            words=before.words if kept_plan else new.words,
            zone=new.zone,
            note=new.note,
            terms=new.terms,
            consent="" if moved else before.consent,
        )
        goes_on = released(before, after)
        return scheduled(goes_on, max(now, before.snoozed_until or now))

    def _new(self, order: OrderDigest, channel: str, asker: Person, now: datetime) -> Subscription:
        """Return a new digest. Raises UserError for a schedule that is over."""
        zone = order.zone or asker.zone
        cron = recurrence.anchored(order.cron, zone, now)
        new = Subscription(
            id=0,
            channel=channel,
            kind=self._kinds[order.kind],
            question=order.question,
            cron=cron,
            words=recurrence.once_words(cron, order.words),
            zone=zone,
            creator=asker.id,
            created_at=now,
            note=order.note,
            terms=order.terms,
        )
        return scheduled(new, now)

    async def _added(self, new: Sequence[Subscription]) -> list[Subscription]:
        return await self._database.transaction(lambda tx: [self._add(tx, each) for each in new])

    def _add(self, tx: Transaction, new: Subscription) -> Subscription:
        """Return the channel's subscription of that kind: added, or the same one, active again.

        Looking and adding are one transaction, as several orders may be carried out at once.
        """
        existing = self._subscriptions.within(tx, new.channel)
        for same in (each for each in existing if _same(each, new)):
            if same.state == ACTIVE and same.terms == new.terms:
                return same
            again = replace(new, id=same.id)
            renew_subscription(tx, again)
            return again
        if len(existing) >= MOST_IN_CHANNEL:
            raise without(TOO_MANY, HERE)
        return add_subscription(tx, new)

    async def _settled(self, order: OrderDigest) -> SettledQuestion:
        """Return an order's question with its names settled.

        In a form nothing can be picked from a list that comes later, so what may be several things
        is said in words.
        """
        try:
            return await self._composers[order.kind].settled(order.question)
        except PickError as several:
            raise UserError(problems.sentence(several)) from None

    async def _show(self, window: str, said: Message) -> None:
        """Show what was done in the window; what can be done next stands in the messages."""
        shown = [each for each in said.blocks if each["type"] != "actions"]
        if window:
            await show_view(self._slack, window, notice(TITLE, shown), explained(TITLE))


def _told(job: Job[Any], one: Subscription, said: Message, *, part: str = "") -> OutgoingAnswer:
    """Return what a digest's conversation is told of it."""
    key = f"{answer_key(job)}:{one.id}{part}"
    target = Target(channel=one.channel, user=job.request.user, consent=one.consent)
    return OutgoingAnswer(key, target, Answer(said), question=about(one))


def _telling(told: Sequence[OutgoingAnswer], now: datetime, *writes: Write) -> Outcome:
    """Return what is written and told; the window has said where, so no other word does."""

    def tell_all(tx: Transaction) -> None:
        for each in told:
            tell(tx, each, now=now)

    return Outcome(writes=(*writes, tell_all))


def _ordered_words(one: Subscription, now: datetime, *, remark: str) -> Message:
    runs = planning.next_times(one, now)
    return replies.subscribed(one, runs, now, remark=remark)


def _changed_words(before: Subscription, after: Subscription, now: datetime) -> Message:
    """Return what a digest is from now on; one that rests says so and offers to go on."""
    undo, rests = offer("Undo", _as_before(before)), after.state != ACTIVE
    return replies.subscribed(
        after,
        () if rests else planning.next_times(after, now),
        now,
        lead=replies.CHANGED,
        remark=f"{state_words(after, now)}." if rests else "",
        more=(*(resume_button(after) if rests else ()), *undo),
    )


def _as_before(one: Subscription) -> ChangeDigest:
    """Return the change that makes a digest what it was."""
    question = one.question
    order = OrderDigest(question.job, question, one.cron, one.words, one.zone, one.note, one.terms)
    return ChangeDigest(one.id, order, one.channel)


def _same(one: Subscription, other: Subscription) -> bool:
    def essence(each: Subscription) -> tuple[object, ...]:
        return each.question, recurrence.unanchored(each.cron), each.zone

    return essence(one) == essence(other)
