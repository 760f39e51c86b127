"""Standing orders: listed, paused, removed, moved and tried out by people."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.asking.composing import kept
from bot.asking.core.finder import Choice, PickError
from bot.asking.elsewhere import word_of
from bot.asking.subscription import ACTIVE, PAUSED, SNOOZED, Subscription
from bot.clock import Clock
from bot.digests.core import planning, recurrence
from bot.digests.core.command import (
    ListSubscriptions,
    Now,
    Pause,
    Remove,
    Reschedule,
    Resume,
    Snooze,
)
from bot.digests.core.outcomes import Cause
from bot.digests.core.waits import end_of
from bot.digests.digests import readers
from bot.digests.intents import SendDigest
from bot.digests.overview.pages import EVERYBODY, DigestCounts
from bot.digests.overview.store import DigestOverview
from bot.digests.probing import Probe, is_passing
from bot.digests.record.store import DIGEST, NewRun, begin_run
from bot.digests.rendering import lists, replies
from bot.digests.rendering.words import schedule_words, title
from bot.digests.store import (
    SubscriptionStore,
    pause_subscription,
    put_off_subscription,
    remove_subscription,
    renew_subscription,
    reschedule_subscription,
)
from bot.errors import DeniedError, SlackError, UserError
from bot.jobs.access import Right, consent_of, may_tell
from bot.jobs.admission import NOT_THERE
from bot.jobs.outcome import NewJob, Outcome, Write, reply
from bot.jobs.request import Intent, Job, Request
from bot.jobs.tasks import Task
from bot.slack.blocks.blocks import Element
from bot.slack.blocks.problems import sentence
from bot.slack.blocks.wording import capital
from bot.slack.directory import Directory
from bot.slack.messages import Answer, Message
from bot.slack.people import Membership, Place, Reach
from bot.store.database import Database

ChangeRequest = Remove | Now | Pause | Resume | Snooze | Reschedule
HERE = ("See this channel's digests", ListSubscriptions())
MINE = ("All my digests", ListSubscriptions(everywhere=True))
Examples = Callable[[], Awaitable[tuple[Element, ...]]]
"""Returns buttons that order a digest, with names of this workspace."""


class Subscriptions:
    """Everything people do with subscriptions. Raises UserError, DeniedError and SlackError."""

    def __init__(
        self,
        database: Database,
        subscriptions: SubscriptionStore,
        probe: Probe,
        directory: Directory,
        clock: Clock,
        *,
        examples: Examples,
        instead: Sequence[Element],
    ) -> None:
        """Keep them in `subscriptions`; where there is none, offer `examples`.

        Who may not order one is offered the buttons `instead`.
        """
        self._database = database
        self._subscriptions = subscriptions
        self._probe = probe
        self._directory = directory
        self._clock = clock
        self._examples = examples
        self._instead = instead
        self._overview = DigestOverview(database, subscriptions)

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        return (
            Task(ListSubscriptions, self.show),
            Task(Remove, self.remove),
            Task(Pause, self.pause),
            Task(Resume, self.resume),
            Task(Snooze, self.snooze),
            Task(Now, self.now),
            Task(Reschedule, self.reschedule),
        )

    async def show(self, job: Job[ListSubscriptions]) -> Outcome:
        """List this channel's digests, or all of the asker's; an admin's "all" is everybody's."""
        listed = await self._listed(job)
        if listed.counts.total:
            answer = lists.digest_list(listed)
        elif not listed.may_order:
            why = job.decided(Right.ORDER).words
            answer = lists.no_digests_to_order(listed.whose, why, self._instead)
        else:
            answer = lists.no_digests(listed.whose, await self._examples())
        return Outcome((reply(job, answer, private=True),))

    async def _listed(self, job: Job[ListSubscriptions]) -> lists.DigestList:
        """Return the digests that are wanted, and of what they are, for the headline."""
        request, wanted = job.request, job.details
        owner = EVERYBODY if job.asker.is_admin else request.user
        if wanted.everywhere:
            counts = await self._overview.counts(owner)
            shown: Sequence[Subscription] = await self._overview.listed(
                owner, page=wanted.page, most=lists.PAGE
            )
            whose = "of yours" if owner else "in this workspace"
        else:
            place = await self._named(job)
            here = await self._subscriptions.in_channel(place.channel, request.user)
            counts = DigestCounts(len(here), sum(one.ails for one in here))
            shown = lists.page_of(here, wanted.page)
            name = "in your direct messages" if place.user else "here"
            whose = f"in #{place.name}" if place.name else name
        return lists.DigestList(
            shown=shown,
            counts=counts,
            whose=whose,
            wanted=wanted,
            place=wanted.channel or request.channel,
            now=self._clock.now(),
            may_order=job.may(Right.ORDER),
        )

    async def _named(self, job: Job[ListSubscriptions]) -> Place:
        """Return the channel whose digests are listed: this one, or another that its asker sees.

        Only members see a public one that they are not in. Raises DeniedError.
        """
        channel = job.details.channel
        if not channel:
            return replace(job.place, channel=job.request.channel)
        place = await self._directory.place(channel)
        is_open = place.is_public and job.asker.membership is Membership.OURS
        if is_open or await self._directory.has_member(channel, job.request.user):
            return place
        raise DeniedError(NOT_THERE)

    async def remove(self, job: Job[Remove]) -> Outcome:
        """Remove one."""
        found = await self._changeable(job)
        said = replies.removed(found)
        now = self._clock.now()
        return _changed(job, said, found, lambda tx: remove_subscription(tx, found.id, now=now))

    async def pause(self, job: Job[Pause]) -> Outcome:
        """Pause one until it is resumed."""
        paused = replace(await self._changeable(job), state=PAUSED, snoozed_until=None)
        said = replies.paused(paused)
        return _changed(job, said, paused, lambda tx: pause_subscription(tx, paused.id))

    async def resume(self, job: Job[Resume]) -> Outcome:
        """Resume one that rests, if its channel takes messages and it can be made."""
        found = await self._changeable(job)
        active, remark = await self.awake(found, job.request.channel)
        said = replies.resumed(active, self._clock.now(), remark=remark)
        return _changed(job, said, active, lambda tx: renew_subscription(tx, active))

    async def awake(self, found: Subscription, here: str) -> tuple[Subscription, str]:
        """Return one that rests as it goes on, and what is to be said of its vendor, or nothing.

        `here` is the channel in which it is asked. Raises what says why it can't go on: UserError,
        DeniedError or SlackError.
        """
        consent = await self._consent(found, here)
        remark = await self._makeable(found)
        fresh = replace(found, state=ACTIVE, snoozed_until=None, last_error="", failure_streak=0)
        return scheduled(replace(fresh, consent=consent), self._clock.now()), remark

    async def snooze(self, job: Job[Snooze]) -> Outcome:
        """Skip runs for a while."""
        found = await self._changeable(job)
        now = self._clock.now()
        until = end_of_snooze(job.details, found.zone, now)
        if until <= now:
            week = ("Snooze 1 week", Snooze(found.id, days=7))
            raise without("That day has passed.", week)
        snoozed = replace(found, state=SNOOZED, snoozed_until=until)
        later = scheduled(snoozed, until - timedelta(seconds=1))
        said = replies.snoozed(later, now)
        return _changed(job, said, later, lambda tx: put_off_subscription(tx, later))

    async def now(self, job: Job[Now]) -> Outcome:
        """Send one at once, beside its schedule."""
        found = await self.sendable(job)
        return sent_by_hand(job, found, self._clock.now())

    async def reschedule(self, job: Job[Reschedule]) -> Outcome:
        """Let one come at other times, or on other days."""
        found, wanted, now = await self._changeable(job), job.details, self._clock.now()
        zone = wanted.zone or found.zone
        cron = wanted.cron or recurrence.at_other_times(found.cron, wanted.times)
        spoken = wanted.words or recurrence.words_at(found.words, wanted.times)
        cron = recurrence.anchored(cron, zone, now)
        later = replace(found, cron=cron, zone=zone, words=recurrence.once_words(cron, spoken))
        changed = scheduled(later, max(now, later.snoozed_until or now))
        runs = planning.next_times(changed, now)
        said = replies.subscribed(changed, runs, now, lead=replies.CHANGED)
        return _changed(
            job, said, changed, lambda tx: reschedule_subscription(tx, changed, now=now)
        )

    async def of(self, job: Job[Any]) -> Subscription:
        """Return the digest of a request about its past, by the same rule as for changes.

        It may be over. Raises UserError.
        """
        return await self._changeable(job, or_past=True)

    async def sendable(self, job: Job[Any], *, or_past: bool = False) -> Subscription:
        """Return the digest of a request to send it at once, where its channel takes messages.

        Raises what says why not.
        """
        found = await self._changeable(job, or_past=or_past)
        place = await readers(self._directory, found)
        if place.reach is Reach.SHARED and may_tell(place, consent=found.consent).words:
            raise DeniedError(_shared_now(found))
        _check_open(place)
        return found

    async def _consent(self, found: Subscription, here: str) -> str:
        """Return what a member agrees to who lets a digest go on; only in its own channel.

        Raises what says why it can't go on there.
        """
        self._directory.place_changed(found.channel)  # it is agreed to what is so at this moment
        place = await readers(self._directory, found)
        if place.reach is Reach.SHARED and here != found.channel:
            raise DeniedError(_shared_now(found))
        _check_open(place)
        if place.reach is Reach.UNKNOWN:
            may_tell(place).enforce()
        return consent_of(place)

    async def _makeable(self, one: Subscription) -> str:
        """Return what is to be said of a vendor that doesn't answer now; else nothing.

        Raises UserError with why a digest could not be made, and what would mend it.
        """
        error = await self._probe.trouble(one)
        if error is None or is_passing(error):
            return sentence(error) if error else ""
        refused = UserError(f"I can't resume it yet. {sentence(error)}")
        refused.ways = error.ways if isinstance(error, UserError) else ()
        raise refused

    async def _which(self, job: Job[ChangeRequest]) -> UserError:
        """Return the choice of a digest of this conversation, where none was named."""
        request = job.request
        here = await self._subscriptions.in_channel(request.channel, request.user)
        asleep = isinstance(job.details, Resume)
        some = [one for one in here if asleep != (one.state == ACTIVE)] or here
        if not some:
            where = " in this channel" if _in_channel(job) else " of yours here"
            return without(f"There's no digest{where}.", MINE)
        choices = [Choice(f"{one.id}", capital(title(one)), schedule_words(one)) for one in some]
        return PickError("", choices, noun="digest", field="number", lead="Which digest?")

    async def _changeable(self, job: Job[ChangeRequest], *, or_past: bool = False) -> Subscription:
        """Return the digest of a request, if it is of this channel or person, or for an admin."""
        request, number, known = job.request, job.details.number, self._subscriptions
        if not number:
            raise await self._which(job)
        found = await (known.at_any_time if or_past else known.get)(number)
        if found and (job.asker.is_admin or is_of(found, request)):
            return found
        if not _in_channel(job):
            raise without(f"You have no digest {number}.", MINE)
        here = await self._subscriptions.in_channel(request.channel, request.user)
        raise without(f"There's no digest {number} in this channel.", HERE if here else MINE)


def sent_by_hand(
    job: Job[Any], one: Subscription, now: datetime, planned: datetime | None = None
) -> Outcome:
    """Return that a digest is made at once: as it is now, or as it was to be when it was planned.

    Where it does not come where it was wanted, a word says where.
    """
    again = planned is not None
    key = f"{DIGEST}{'again' if again else 'now'}:{job.key}"
    wanted = SendDigest(one.id, planned, again=again, asked_by=job.request.user)
    cause = Cause.RESENT if again else Cause.NOW
    new = NewRun(key, one.id, planned or now, cause, job.request.user)
    words = () if one.channel == job.request.channel else (word_of(job, one.channel),)
    return Outcome(words, (lambda tx: begin_run(tx, new, now=now),), jobs=(NewJob(key, wanted),))


def is_of(one: Subscription, request: Request[Intent]) -> bool:
    """Return whether a digest is of the channel of a request, or of who makes it."""
    return one.channel == request.channel or request.user in {one.creator, one.channel}


def _changed(job: Job[ChangeRequest], said: Message, one: Subscription, write: Write) -> Outcome:
    """Return what a change brings forth; it is told to others only in the digest's channel."""
    request = job.request
    elsewhere = one.channel not in {request.channel, request.user}
    told = reply(job, Answer(said), private=elsewhere, question=about(one))
    return Outcome((told,), (write,))


def _in_channel(job: Job[Any]) -> bool:
    """Return whether it was asked in a channel: not directly, in Home or by a tool."""
    return bool(job.request.channel) and not job.place.user


def without(said: str, *ways: tuple[str, Intent]) -> UserError:
    """Return what cannot be done, with what can be done instead."""
    error = UserError(said)
    error.ways = ways
    return error


def about(one: Subscription) -> dict[str, Any]:
    """Return the question to keep beside words on a digest, so that its shortcuts work there."""
    return kept(one.question, one.question)


def scheduled(subscription: Subscription, after: datetime) -> Subscription:
    """Return a digest with its next run after a moment."""
    upcoming = planning.next_time(subscription, after)
    left_out = planning.next_skip(subscription, after)
    return replace(subscription, next_run_at=upcoming, skips_at=left_out)


def _check_open(place: Place) -> None:
    """Raise SlackError, with what Slack would say of a message there, where it would say that."""
    if place.obstacle:
        raise SlackError("conversations.info", place.obstacle)


def _shared_now(one: Subscription) -> str:
    return (
        "Another organisation reads the channel of that digest. If they may see it, a member "
        f"types this in the channel itself: `/flow resume {one.id}`"
    )


def end_of_snooze(wanted: Snooze, zone: str, now: datetime) -> datetime:
    """Return the moment from which runs count again: days from now, or the start of a day."""
    day = wanted.until
    if wanted.named:
        day = end_of(wanted.named, now.astimezone(ZoneInfo(zone)).date())
    if day is None:
        return now + timedelta(days=wanted.days)
    return datetime.combine(day, time(), ZoneInfo(zone))
