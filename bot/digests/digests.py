"""Digests: jobs become messages in channels, and what became of those goes on the record."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot import log
from bot.asking.composing import ComposedAnswer, Composers
from bot.asking.core.quiet import quiet_until
from bot.asking.occasion import Occasion
from bot.asking.store import LastTold, SnapshotStore
from bot.asking.subscription import ACTIVE, SNOOZED, Subscription
from bot.clock import Clock
from bot.digests.core import planning, recurrence
from bot.digests.core.outcomes import RESTING, Cause, DigestRun, DigestState
from bot.digests.core.terms.worth import Worth
from bot.digests.intents import SendDigest
from bot.digests.making import made
from bot.digests.probing import hindrance_in
from bot.digests.record.store import DIGEST, note_run, settle_run
from bot.digests.rendering import digests
from bot.digests.resting import NOUN
from bot.digests.store import SubscriptionStore, end_subscription, record_outcome
from bot.digests.telling import Acquaintance
from bot.errors import PASSING, BotError, Reason, UserError, VendorError
from bot.jobs.access import may_tell
from bot.jobs.outcome import Outcome, Write
from bot.jobs.request import Job
from bot.jobs.tasks import Task
from bot.outbox.entries import DIGESTS_LATER, Entry, OutgoingAnswer
from bot.outbox.store import tell, whole_of
from bot.slack.blocks import problems
from bot.slack.directory import Directory
from bot.slack.messages import Answer, Target
from bot.slack.people import Place
from bot.slack.refusals import READ_BY_OTHERS
from bot.store.database import Transaction
from bot.troubles.keeper import Troubles
from bot.troubles.model import (
    DEAD_ENDS,
    PLACES,
    Evidence,
    Hindrance,
    TroubleKind,
    hindrance_at,
    hindrance_of_word,
)

TRIES = 3
PAUSE = timedelta(minutes=5)
TURN_PATIENCE = timedelta(hours=1)
"""So long digests wait for their turn where a vendor takes only so many questions a minute."""

UNREADABLE = (
    "I can't read this digest's time zone or schedule any more. Order it anew with another one, or "
    "ask your Flowbot admin to update the time zone tables."
)


class Digests:
    """Makes digests, and hears what became of them."""

    def __init__(
        self,
        subscriptions: SubscriptionStore,
        composers: Composers,
        troubles: Troubles,
        snapshots: SnapshotStore,
        directory: Directory,
        clock: Clock,
    ) -> None:
        """Compose with the one of `composers` for a subscription's kind."""
        self._subscriptions = subscriptions
        self._troubles = troubles
        self._composers = composers
        self._readers = Acquaintance(snapshots, clock)
        self._directory = directory
        self._clock = clock

    def tasks(self) -> tuple[Task[SendDigest], ...]:
        """Return the work that is done here."""
        return (Task(SendDigest, self.send, failed=self.failed),)

    async def send(self, job: Job[SendDigest]) -> Outcome:
        """Compose one digest."""
        known, wanted = self._subscriptions, job.details
        subscription = await (known.at_any_time if wanted.again else known.get)(wanted.subscription)
        now = self._clock.now()
        if subscription is None:
            return Outcome(writes=(self._noted(job, DigestState.REMOVED),))
        held_back = await self._held_back(job, subscription)
        if held_back:
            return held_back
        try:
            composed = await self._compose(job, subscription, now)
        except VendorError as error:
            if again_at := _next_try(job, error, now):
                waits = self._noted(job, DigestState.MAKING, problems.sentence(error))
                return Outcome(writes=(waits,), again_at=again_at)
            return self._not_made(job, subscription, error)
        except UserError as error:
            return self._not_made(job, subscription, error)
        return await self._composed(job, subscription, composed)

    async def _held_back(self, job: Job[SendDigest], subscription: Subscription) -> Outcome | None:
        """Return what comes of a digest that cannot be sent or may not be read there, or None.

        Raises NotKnownYetError.
        """
        if job.details.scheduled and subscription.state not in {ACTIVE, SNOOZED}:
            rests = RESTING.get(subscription.state, DigestState.PAUSED)
            return Outcome(writes=(self._noted(job, rests, subscription.last_error),))
        over = subscription.next_run_at is None and not recurrence.is_once(subscription.cron)
        if job.details.scheduled and over:
            unreadable = Hindrance(TroubleKind.SCHEDULE, f"{subscription.id}", UNREADABLE)
            return self._rests(
                job, subscription, unreadable, DigestState.FAILED, _one(subscription)
            )
        place = await readers(self._directory, subscription)
        decision = may_tell(place, consent=subscription.consent)
        cause = hindrance_at(place)
        if cause and (place.obstacle or decision.words):
            state = DigestState.GONE if place.obstacle else DigestState.WITHHELD
            return self._rests(job, subscription, cause, state, Evidence(place))
        decision.enforce()
        return self._until_quiet_ends(job, subscription) if job.details.scheduled else None

    def _until_quiet_ends(self, job: Job[SendDigest], one: Subscription) -> Outcome | None:
        """Return that one which is late waits for the end of its quiet hours, or None."""
        quiet = one.terms.quiet
        ends = quiet_until(quiet, one.zone, self._clock.now()) if quiet else None
        if ends is None:
            return None
        why = f"It waits until {ends.astimezone(ZoneInfo(one.zone)):%H:%M}, as it is quiet hours."
        return Outcome(writes=(self._noted(job, DigestState.MAKING, why),), again_at=ends)

    def _not_made(
        self, job: Job[SendDigest], subscription: Subscription, error: BotError
    ) -> Outcome:
        """Let one rest that cannot be made until somebody mends it; else note the failure."""
        cause = hindrance_in(error, subscription)
        if cause is None:
            return self._failed(job, subscription, error)
        state = DigestState.OFF if cause.kind is TroubleKind.OFF else DigestState.FAILED
        return self._rests(job, subscription, cause, state, _one(subscription))

    def _rests(
        self,
        job: Job[SendDigest],
        subscription: Subscription,
        cause: Hindrance,
        state: DigestState,
        found: Evidence,
    ) -> Outcome:
        """Let it rest, with all that the same cause concerns; who wanted it by hand is told so."""
        log.get().info("digest_rests", subscription=subscription.id, why=cause.kind)
        by_hand = not job.details.scheduled and (job.details.again or cause.kind not in PLACES)

        def write(tx: Transaction) -> None:
            if by_hand:
                asker = job.details.asked_by
                self._tell_asker(tx, subscription, asker, cause.reason, key=job.key)
            else:
                self._troubles.arises(tx, cause, found)

        return Outcome(writes=(write, self._noted(job, state, cause.reason)))

    async def failed(self, job: Job[SendDigest], error: BotError) -> Outcome:
        """Note a digest that came to nothing for a reason that nobody foresaw."""
        subscription = await self._subscriptions.get(job.details.subscription)
        if subscription is None:
            return Outcome(writes=(self._noted(job, DigestState.REMOVED),), error=str(error))
        return self._failed(job, subscription, error)

    async def _compose(
        self, job: Job[SendDigest], subscription: Subscription, now: datetime
    ) -> ComposedAnswer:
        planned, again = job.details.planned, job.details.again
        occasion = Occasion(
            zone=subscription.zone,
            # however late it is, it is about what it was planned for
            asked_at=planning.meant_for(subscription, planned) if planned else now,
            now=now,
            key=job.key,
            readers="" if again else subscription.channel,  # what was told since is no base for it
            subscription=subscription,
            formats=subscription.question.formats,
        )
        return await made(self._composers, subscription, occasion)

    async def _composed(
        self, job: Job[SendDigest], subscription: Subscription, composed: ComposedAnswer
    ) -> Outcome:
        wanted, now = job.details, self._clock.now()
        found = await self._readers.worth(subscription, composed, scheduled=wanted.scheduled)
        if wanted.scheduled and (found.reason or composed.nothing):
            return self._quiet(job, subscription, found, found.reason or composed.nothing)
        planned, calls = wanted.planned, found.calls
        answer = digests.as_digest(composed.answer, subscription, planned, calls=calls)
        late = digests.late_words(wanted, subscription.zone, now)
        outgoing = OutgoingAnswer(
            key=job.key,
            target=Target(channel=subscription.channel, consent=subscription.consent),
            answer=digests.with_line(answer, late) if late else answer,
            question=composed.question,
            subscription_id=subscription.id,
            priority=DIGESTS_LATER,
        )
        known = self._readers.known(subscription, found)
        told = () if wanted.again else (*composed.told, *known)
        noted = self._noted(job, DigestState.TELLING, told=told)
        return Outcome((outgoing,), (*composed.writes, noted))

    def _quiet(
        self, job: Job[SendDigest], subscription: Subscription, found: Worth, reason: str
    ) -> Outcome:
        """Return a run that went well and had nothing worth telling."""
        now = self._clock.now()
        log.get().info("digest_without_news", subscription=subscription.id)

        def write(tx: Transaction) -> None:
            record_outcome(tx, subscription.id, error="", now=now)

        state = DigestState.NOT_MET if found.not_met else DigestState.UNCHANGED
        kept = (self._readers.not_told(subscription, found),) if found.reason else ()
        return Outcome(writes=(write, *kept, self._noted(job, state, reason)))

    def _noted(
        self,
        job: Job[SendDigest],
        state: DigestState,
        reason: str = "",
        *,
        told: Sequence[LastTold] = (),
    ) -> Write:
        """Return the write that puts on the record how far a digest is."""
        now = self._clock.now()
        return lambda tx: note_run(tx, job.key, state, reason=reason, remembered=told, now=now)

    def _failed(
        self,
        job: Job[SendDigest],
        subscription: Subscription,
        error: BotError,
    ) -> Outcome:
        """Note the failure; its owner is told once in a row of failures, directly."""
        said, now = problems.sentence(error), self._clock.now()
        log.get().warning("digest_failed", subscription=subscription.id, error=str(error))

        def write(tx: Transaction) -> None:
            if job.details.again:
                self._tell_asker(tx, subscription, job.details.asked_by, said, key=job.key)
                return
            if record_outcome(tx, subscription.id, error=said, now=now) == 1:
                self._tell_trouble(tx, subscription, error, key=job.key)

        return Outcome(writes=(write, self._noted(job, DigestState.FAILED, said)), error=str(error))

    def _tell_trouble(
        self, tx: Transaction, one: Subscription, error: BotError, *, key: str
    ) -> None:
        """Tell its owner what went wrong; of a vendor's trouble once a day for all of theirs."""
        now = self._clock.now()
        cause = _cause(error)
        notice = digests.owner_notice(
            one,
            problems.sentence(error),
            now=now,
            passing=isinstance(error, VendorError) and error.reason in PASSING,
            others=bool(cause) and self._subscriptions.has_others(tx, one),
        )
        day = f"{now:%Y-%m-%d}"
        once = f"trouble:{one.creator}:{cause}:{day}" if cause else f"{key}:owner"
        _tell_owner(tx, one, notice, key=once, now=now)

    def _tell_asker(
        self, tx: Transaction, one: Subscription, user: str, said: str, *, key: str
    ) -> None:
        """Tell who wanted a digest of the past once more that it did not come."""
        asked = replace(one, creator=user or one.creator, next_run_at=None)  # it isn't tried again
        self._tell_trouble(tx, asked, UserError(said), key=key)

    def became(self, tx: Transaction, entry: Entry, error: BotError | None) -> None:
        """Note what became of a digest in Slack; stop one whose channel is gone, and say so.

        It is sent once all of it is there: a digest whose file did not come is not.
        """
        key, now = whole_of(entry.parent_key or entry.key), self._clock.now()
        if not key.startswith(DIGEST):
            return
        failed = _not_there(str(error or ""))
        run = settle_run(tx, key, reason=_words(error), failed=failed, now=now)
        if run is None:
            return
        resent = run.cause is Cause.RESENT  # it says nothing of how those of today go
        if run.state in {DigestState.SENT, DigestState.INCOMPLETE} and not resent:
            record_outcome(tx, run.subscription_id, error=run.reason, now=now)
            self._end_once(tx, run.subscription_id)
        elif run.state in {DigestState.FAILED, DigestState.GONE, DigestState.WITHHELD}:
            one = self._subscriptions.one(tx, run.subscription_id)
            if one:
                self._not_told(tx, one, run, word=str(error or "").rpartition(" ")[2])

    def _not_told(self, tx: Transaction, one: Subscription, run: DigestRun, *, word: str) -> None:
        """Let one rest that Slack won't take; `word` is Slack's for why."""
        place = one.creator if one.channel.startswith("D") else one.channel
        if run.cause is Cause.RESENT:
            self._tell_asker(tx, one, run.asked_by, run.reason, key=run.key)
        elif run.state is DigestState.GONE:
            self._troubles.arises(tx, hindrance_of_word(word, place))
        elif run.state is DigestState.WITHHELD:
            self._troubles.suspect(tx, place, key=run.key)
        elif record_outcome(tx, one.id, error=run.reason, now=self._clock.now()) == 1:
            self._tell_trouble(tx, one, UserError(run.reason), key=run.key)

    def _end_once(self, tx: Transaction, number: int) -> None:
        """Let go of one that was to come once and came."""
        one = self._subscriptions.one(tx, number)
        if one and one.next_run_at is None and recurrence.is_once(one.cron):
            end_subscription(tx, number, now=self._clock.now())


def _next_try(job: Job[SendDigest], error: VendorError, now: datetime) -> datetime | None:
    """Return when a digest is made that a vendor did not answer now; None when it is given up.

    To be asked to come back is no failure: at nine a vendor hears more questions than it takes.
    """
    if error.reason not in PASSING:
        return None
    asked_for = timedelta(seconds=error.retry_after or 0)
    if error.reason is Reason.RATE_LIMITED and now + asked_for < job.created_at + TURN_PATIENCE:
        return now + (asked_for or PAUSE)
    return now + max(PAUSE, asked_for) if job.attempts < TRIES else None


async def readers(directory: Directory, subscription: Subscription) -> Place:
    """Return where a digest is told; a direct message is one with who ordered it there.

    That needs no scope to look into direct messages.
    """
    is_direct = subscription.channel.startswith("D")
    return await directory.place(subscription.creator if is_direct else subscription.channel)


def _one(subscription: Subscription) -> Evidence:
    return Evidence(order=(NOUN, subscription.id))


def _not_there(error: str) -> DigestState:
    """Return what a digest is whose message Slack or the outbox refused."""
    if error.endswith(READ_BY_OTHERS):
        return DigestState.WITHHELD
    return DigestState.GONE if error.endswith(DEAD_ENDS) else DigestState.FAILED


def _cause(error: BotError) -> str:
    """Return what several digests of one owner may fail of at once; empty where it is one's own."""
    if not isinstance(error, VendorError) or error.reason not in PASSING:
        return ""
    return f"{error.vendor.name}:{error.reason}"


def _words(error: BotError | None) -> str:
    if isinstance(error, VendorError | UserError):
        return problems.sentence(error)
    return problems.kept_sentence(str(error or ""))


def _tell_owner(
    tx: Transaction, subscription: Subscription, answer: Answer, *, key: str, now: datetime
) -> None:
    target = Target(channel=subscription.creator, user=subscription.creator)
    tell(tx, OutgoingAnswer(key=key, target=target, answer=answer), now=now)
