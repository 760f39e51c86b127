"""Standing orders: made, listed, paused, removed and tried out by people."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.asking.composing import Composers, kept
from bot.asking.core.access import may_subscribe
from bot.asking.model import kind_of, question_of
from bot.asking.people import People
from bot.asking.subscription import ACTIVE, PAUSED, SNOOZED, Subscription
from bot.clock import Clock
from bot.digests.core import schedule
from bot.digests.rendering import schedules as words
from bot.digests.store import (
    DIGEST,
    SubscriptionStore,
    add_subscription,
    remove_subscription,
    subscriptions_in,
    update_subscription,
)
from bot.errors import UserError
from bot.jobs.outcome import NewJob, Outcome, Write, reply, request_of
from bot.jobs.store import Job
from bot.outbox.store import OutboxStore
from bot.slack.messages import Answer, Message
from bot.store.database import Database, Transaction

MOST_IN_CHANNEL = 50
HISTORY = 10

INVITE = (
    "I am not in this channel, so nothing could be sent here. Type `/invite @Flowbot` first, then "
    "subscribe again."
)
TOO_MANY = (
    f"This channel has {MOST_IN_CHANNEL} subscriptions already, which is the most. `/flow list` "
    "shows them; `/flow remove 3` makes room."
)


class Subscriptions:
    """Everything people do with subscriptions. Raises UserError and DeniedError."""

    def __init__(
        self,
        database: Database,
        subscriptions: SubscriptionStore,
        outbox: OutboxStore,
        composers: Composers,
        people: People,
        clock: Clock,
    ) -> None:
        """Keep them in `subscriptions`."""
        self._database = database
        self._subscriptions = subscriptions
        self._outbox = outbox
        self._composers = composers
        self._people = people
        self._clock = clock

    async def subscribe(self, job: Job) -> Outcome:
        """Order a digest. Details: kind, question, cron, words, zone (or empty), note."""
        request = request_of(job)
        details = request.details
        person = await self._people.person(request.user, name=request.user_name)
        place = await self._people.place(request.channel)
        may_subscribe(person, place)
        if not place.is_member:
            raise UserError(INVITE)
        asked = question_of(details.get("kind", "report"), details["question"])
        kind = kind_of(asked)
        question = await self._composers[kind].settled(asked)
        now = self._clock.now()
        new = _scheduled(
            Subscription(
                id=0,
                channel=request.channel,
                kind=kind,
                question=question,
                cron=details["cron"],
                words=details["words"],
                zone=details["zone"] or person.zone,
                creator=request.user,
                created_at=now,
                note=details["note"],
            ),
            now,
        )
        ordered = await self._database.transaction(lambda tx: _add_once(tx, new))
        told = words.subscribed(ordered, schedule.next_runs(ordered.cron, ordered.zone, now))
        return Outcome((reply(job, Answer(told), question=_about(ordered)),))

    async def show(self, job: Job) -> Outcome:
        """List this channel's subscriptions, or everything the asker ordered anywhere."""
        request = request_of(job)
        everywhere = request.details.get("everywhere", False)
        found = (
            await self._subscriptions.by_creator(request.user)
            if everywhere
            else await self._subscriptions.in_channel(request.channel)
        )
        told = words.subscription_list(found, everywhere=everywhere)
        return Outcome((reply(job, told, private=True),))

    async def remove(self, job: Job) -> Outcome:
        """Remove one. Details: number."""
        found = await self._changeable(job)
        return _changed(job, words.removed, found, lambda tx: remove_subscription(tx, found.id))

    async def pause(self, job: Job) -> Outcome:
        """Pause one until it is resumed. Details: number."""
        paused = replace(await self._changeable(job), state=PAUSED, snoozed_until=None)
        return _changed(job, words.paused, paused, lambda tx: update_subscription(tx, paused))

    async def resume(self, job: Job) -> Outcome:
        """Resume a paused, snoozed or stopped one. Details: number."""
        now = self._clock.now()
        found = await self._changeable(job)
        fresh = replace(found, state=ACTIVE, snoozed_until=None, last_error="", failure_streak=0)
        active = _scheduled(fresh, now)
        return _changed(job, words.resumed, active, lambda tx: update_subscription(tx, active))

    async def snooze(self, job: Job) -> Outcome:
        """Skip runs for a while. Details: number, and days or until (an ISO date)."""
        found = await self._changeable(job)
        now = self._clock.now()
        until = _end_of_snooze(request_of(job).details, found.zone, now)
        if until <= now:
            raise UserError("That day has passed. `/flow snooze 3 1w` skips one week.")
        snoozed = replace(found, state=SNOOZED, snoozed_until=until)
        later = _scheduled(snoozed, until - timedelta(seconds=1))
        return _changed(job, words.snoozed, later, lambda tx: update_subscription(tx, later))

    async def now(self, job: Job) -> Outcome:
        """Send one at once, beside its schedule. Details: number."""
        found = await self._changeable(job)
        arguments = {"subscription": found.id, "planned": ""}
        return Outcome(jobs=(NewJob(f"{DIGEST}:now:{job.key}", DIGEST, arguments),))

    async def history(self, job: Job) -> Outcome:
        """Show what became of the last digests. Details: number."""
        found = await self._changeable(job)
        entries = await self._outbox.history(found.id, limit=HISTORY)
        rows = [words.Delivery(each.created_at, each.state.value, each.error) for each in entries]
        told = words.history(found, rows)
        return Outcome((reply(job, Answer(told), private=True),))

    async def _changeable(self, job: Job) -> Subscription:
        """Return the subscription of a wish, if it is of this channel or of this person."""
        request = request_of(job)
        number = request.details["number"]
        found = await self._subscriptions.get(number)
        if found and (found.channel == request.channel or found.creator == request.user):
            may_subscribe(
                await self._people.person(request.user), await self._people.place(found.channel)
            )
            return found
        here = await self._subscriptions.in_channel(request.channel)
        raise UserError(_no_such_number(number, [each.id for each in here]))


def _add_once(tx: Transaction, new: Subscription) -> Subscription:
    """Return the channel's subscription of that kind: added, or the same one, active again.

    Looking and adding are one transaction, as several orders may be carried out at once.
    """
    existing = subscriptions_in(tx, new.channel)
    for same in (each for each in existing if _same(each, new)):
        if same.state == ACTIVE:
            return same
        again = replace(new, id=same.id)
        update_subscription(tx, again)
        return again
    if len(existing) >= MOST_IN_CHANNEL:
        raise UserError(TOO_MANY)
    return add_subscription(tx, new)


def _changed(
    job: Job, say: Callable[[Subscription], Message], one: Subscription, write: Write
) -> Outcome:
    return Outcome((reply(job, Answer(say(one)), question=_about(one)),), (write,))


def _about(one: Subscription) -> dict[str, Any]:
    """Return the question to keep beside words on a digest, so that its shortcuts work there."""
    return kept(one.question, one.question)


def _scheduled(subscription: Subscription, after: datetime) -> Subscription:
    upcoming = schedule.next_run(subscription.cron, subscription.zone, after)
    return replace(subscription, next_run_at=upcoming)


def _no_such_number(number: int, here: list[int]) -> str:
    if not here:
        return f"There is no subscription {number}, and none in this channel. See `/flow help`."
    numbers = ", ".join(map(str, here))
    return f"There is no subscription {number} here. This channel has: {numbers}."


def _end_of_snooze(details: dict[str, Any], zone: str, now: datetime) -> datetime:
    """Return the moment from which runs count again: days from now, or the start of a day."""
    if details["days"]:
        return now + timedelta(days=details["days"])
    return datetime.combine(date.fromisoformat(details["until"]), time(), ZoneInfo(zone))


def _same(one: Subscription, other: Subscription) -> bool:
    def essence(each: Subscription) -> tuple[object, ...]:
        return each.question, each.cron, each.zone

    return essence(one) == essence(other)
