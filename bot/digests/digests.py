"""What the clock asks for: due subscriptions become jobs, jobs become messages in channels."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot import log
from bot.asking.composing import ComposedAnswer, Composers
from bot.asking.occasion import Occasion
from bot.asking.rendering.occasions import with_note
from bot.asking.subscription import ACTIVE, SHARED, SNOOZED, STOPPED, Subscription
from bot.clock import Clock
from bot.digests.core import recurrence
from bot.digests.intents import SendDigest
from bot.digests.rendering import digests
from bot.digests.store import SubscriptionStore, end_subscription, record_outcome
from bot.errors import PASSING, BotError, SlackError, UserError, VendorError
from bot.jobs.access import may_tell
from bot.jobs.outcome import Outcome
from bot.jobs.request import Job
from bot.jobs.tasks import Task
from bot.outbox.entries import DIGESTS_LATER, Entry, OutgoingAnswer
from bot.outbox.store import tell
from bot.slack.blocks import problems
from bot.slack.directory import Directory
from bot.slack.messages import Answer, Target
from bot.slack.people import Place
from bot.slack.refusals import READ_BY_OTHERS
from bot.store.database import Transaction
from bot.store.timekeeping import SetBack

TRIES = 3
PAUSE = timedelta(minutes=5)

UNREADABLE = (
    "Its schedule or its time zone cannot be read on this machine any more. Order it anew with "
    "another one, or ask your Flowbot admin to update the time zone tables."
)

DEAD_ENDS = ("is_archived", "channel_not_found", "not_in_channel")
"""What Slack says of a channel that will not take a message next time either."""


class Digests:
    """Turns time into digests."""

    def __init__(
        self,
        subscriptions: SubscriptionStore,
        composers: Composers,
        directory: Directory,
        clock: Clock,
    ) -> None:
        """Compose with the one of `composers` for a subscription's kind."""
        self._subscriptions = subscriptions
        self._composers = composers
        self._directory = directory
        self._clock = clock

    def tasks(self) -> tuple[Task[SendDigest], ...]:
        """Return the work that is done here."""
        return (Task(SendDigest, self.send, failed=self.failed),)

    async def tick(self) -> int:
        """Accept a job for every due subscription; return how many."""
        now = self._clock.now()

        def slot_key(subscription: Subscription, planned: datetime) -> str:
            try:
                return recurrence.slot_key(subscription.id, planned, subscription.zone)
            except (ValueError, LookupError):
                return recurrence.slot_key(subscription.id, planned, "UTC")

        return await self._subscriptions.enqueue_due(
            now=now, next_run=lambda one: _next_run(one, now), slot_key=slot_key
        )

    def newest(self, _: Transaction) -> None:
        """Return nothing: orders are by the calendar."""

    def put_back(self, tx: Transaction, back: SetBack) -> int:
        """Plan all anew that ran while the clock was ahead; what was sent has its key and stays."""
        return self._subscriptions.plan_anew(tx, lambda one: _next_run(one, back.now))

    async def send(self, job: Job[SendDigest]) -> Outcome:
        """Compose one digest."""
        subscription = await self._subscriptions.get(job.details.subscription)
        planned = job.details.planned
        if subscription is None or (planned and subscription.state not in {ACTIVE, SNOOZED}):
            return Outcome()
        now = self._clock.now()
        held_back = await self._held_back(job, subscription, now)
        if held_back:
            return held_back
        try:
            composed = await self._compose(job, subscription, now)
        except VendorError as error:
            if error.reason in PASSING and job.attempts < TRIES:
                patience = timedelta(seconds=error.retry_after or 0)
                return Outcome(again_at=now + max(PAUSE, patience))
            return self._failed(job, subscription, error, now)
        except UserError as error:
            return self._failed(job, subscription, error, now)
        return self._sent(job, subscription, composed, now)

    async def _held_back(
        self, job: Job[SendDigest], subscription: Subscription, now: datetime
    ) -> Outcome | None:
        """Return what comes of a digest that cannot be sent or may not be read there, or None.

        Raises NotKnownYetError.
        """
        over = subscription.next_run_at is None and not recurrence.is_once(subscription.cron)
        if job.details.planned and over:
            return self._failed(job, subscription, UserError(UNREADABLE), now, stopped=True)
        place = await readers(self._directory, subscription)
        if place.refusal:
            gone = SlackError("conversations.info", place.refusal)
            return self._failed(job, subscription, gone, now, stopped=True)
        decision = may_tell(place, consent=subscription.consent)
        if decision.again_at is None and decision.words:
            return self._shared(job, subscription, now)
        decision.enforce()
        return None

    async def failed(self, job: Job[SendDigest], error: BotError) -> Outcome:
        """Note a digest that came to nothing for a reason that nobody foresaw."""
        subscription = await self._subscriptions.get(job.details.subscription)
        if subscription is None:
            return Outcome(error=str(error))
        return self._failed(job, subscription, error, self._clock.now())

    async def _compose(
        self, job: Job[SendDigest], subscription: Subscription, now: datetime
    ) -> ComposedAnswer:
        # A late digest is about the period that it was planned for, the last one of several.
        missed = _missed(job, subscription, now)
        occasion = Occasion(
            zone=subscription.zone,
            asked_at=missed[-1] if missed else job.details.planned or now,
            now=now,
            key=job.key,
            readers=subscription.channel,
            subscription=subscription,
        )
        composer = self._composers[subscription.kind.name]
        composed = await composer.compose(subscription.question, occasion)
        return replace(composed, answer=with_note(composed.answer, occasion))

    def _sent(
        self,
        job: Job[SendDigest],
        subscription: Subscription,
        composed: ComposedAnswer,
        now: datetime,
    ) -> Outcome:
        if job.details.planned and not composed.news:
            return _quiet(subscription, now)
        missed = _missed(job, subscription, now)
        answer = digests.with_missed(composed.answer, missed) if missed else composed.answer
        outgoing = OutgoingAnswer(
            key=job.key,
            target=Target(channel=subscription.channel, consent=subscription.consent),
            answer=answer,
            question=composed.question,
            subscription_id=subscription.id,
            priority=DIGESTS_LATER,
        )
        return Outcome((outgoing,), composed.writes)

    def _failed(
        self,
        job: Job[SendDigest],
        subscription: Subscription,
        error: BotError,
        now: datetime,
        *,
        stopped: bool = False,
    ) -> Outcome:
        """Note the failure; its owner is told once in a row of failures, directly."""
        said = problems.sentence(error)
        log.get().warning("digest_failed", subscription=subscription.id, error=str(error))

        def write(tx: Transaction) -> None:
            streak = record_outcome(tx, subscription.id, error=said, now=now)
            if stopped:
                self._subscriptions.stop(tx, subscription.id, STOPPED)
            if streak == 1 or stopped:
                notice = digests.owner_notice(subscription, said, stopped=stopped)
                _tell_owner(tx, subscription, notice, key=f"{job.key}:owner", now=now)

        return Outcome(writes=(write,), error=str(error))

    def _shared(self, job: Job[SendDigest], subscription: Subscription, now: datetime) -> Outcome:
        """Pause one whose channel others read now, and tell its owner how to go on."""
        log.get().info("digest_paused", subscription=subscription.id)

        def write(tx: Transaction) -> None:
            self._pause_shared(tx, subscription.id, key=job.key, now=now)

        return Outcome(writes=(write,))

    def _pause_shared(self, tx: Transaction, number: int, *, key: str, now: datetime) -> None:
        paused = self._subscriptions.stop(tx, number, SHARED)
        if paused:
            told = digests.shared_notice(paused)
            _tell_owner(tx, paused, told, key=f"{key}:owner", now=now)

    def settled(self, tx: Transaction, entry: Entry, error: str) -> None:
        """Note what became of a digest in Slack; stop one whose channel is gone, and say so."""
        if entry.subscription_id is None:
            return
        now = self._clock.now()
        if error.endswith(READ_BY_OTHERS):
            self._pause_shared(tx, entry.subscription_id, key=entry.key, now=now)
            return
        said = problems.kept_sentence(error)
        streak = record_outcome(tx, entry.subscription_id, error=said, now=now)
        if not error:
            self._end_once(tx, entry.subscription_id)
        if not error or streak != 1:
            return
        stopped = error.endswith(DEAD_ENDS)
        subscription = self._subscriptions.stop(
            tx, entry.subscription_id, STOPPED if stopped else ""
        )
        if subscription:
            notice = digests.owner_notice(subscription, said, stopped=stopped)
            _tell_owner(tx, subscription, notice, key=f"{entry.key}:owner", now=now)

    def _end_once(self, tx: Transaction, number: int) -> None:
        """Let go of one that was to come once and came."""
        one = self._subscriptions.stop(tx, number, "")
        if one and one.next_run_at is None and recurrence.is_once(one.cron):
            end_subscription(tx, number)


def _next_run(one: Subscription, now: datetime) -> datetime | None:
    """Return the first run after `now`, or after a snooze that lasts longer."""
    try:
        snooze = one.snoozed_until - timedelta(seconds=1) if one.snoozed_until else now
        runs = recurrence.next_runs(one.cron, one.zone, max(now, snooze), count=1)
        if not runs and recurrence.is_once(one.cron):
            return None  # its only run is the one that is due
        return runs[0] if runs else recurrence.next_run(one.cron, one.zone, now)
    except (ValueError, LookupError, BotError):  # a zone that was abolished, say
        log.get().exception("schedule_unreadable", subscription=one.id)
        return None  # this one is stopped by its job; the others must not wait for it


async def readers(directory: Directory, subscription: Subscription) -> Place:
    """Return where a digest is told; a direct message is one with who ordered it there.

    That needs no scope to look into direct messages.
    """
    is_direct = subscription.channel.startswith("D")
    return await directory.place(subscription.creator if is_direct else subscription.channel)


def _quiet(subscription: Subscription, now: datetime) -> Outcome:
    """Return a run that went well and had nothing new to tell."""
    log.get().info("digest_without_news", subscription=subscription.id)

    def write(tx: Transaction) -> None:
        record_outcome(tx, subscription.id, error="", now=now)

    return Outcome(writes=(write,))


def _tell_owner(
    tx: Transaction, subscription: Subscription, answer: Answer, *, key: str, now: datetime
) -> None:
    target = Target(channel=subscription.creator, user=subscription.creator)
    tell(tx, OutgoingAnswer(key=key, target=target, answer=answer), now=now)


def _missed(
    job: Job[SendDigest], subscription: Subscription, now: datetime
) -> tuple[datetime, ...]:
    """Return the runs an outage swallowed: one digest stands for all of them."""
    planned = job.details.planned
    return recurrence.missed(subscription.cron, subscription.zone, planned, now) if planned else ()
