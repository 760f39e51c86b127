"""Planned times become jobs as they come, each on the record; those of a rest are noted as such."""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot import log
from bot.asking.rendering.dates import day_and_time
from bot.asking.subscription import ACTIVE, Subscription
from bot.clock import Clock
from bot.codec import dumps
from bot.digests.core import planning, recurrence
from bot.digests.core.outcomes import RESTING, DigestState
from bot.digests.core.planning import PlannedTime
from bot.digests.intents import SendDigest
from bot.digests.record.store import NewRun, begin_run, skip_run
from bot.digests.store import SubscriptionStore, put_off_subscription, skipped_until
from bot.errors import BotError
from bot.jobs.store import add_job
from bot.store.database import MAIN, Database, Transaction
from bot.store.timekeeping import SetBack

SECOND: Final = timedelta(seconds=1)
NOT_RUNNING: Final = "Flowbot was not running at that time. The digest after it stands for it."


class DigestClaims:
    """Accepts what is due."""

    def __init__(self, database: Database, subscriptions: SubscriptionStore, clock: Clock) -> None:
        """Ask `subscriptions` what is due."""
        self._database = database
        self._subscriptions = subscriptions
        self._clock = clock

    async def tick(self) -> int:
        """Accept a job for every due subscription, batch by batch; return how many.

        Each batch is one transaction: a digest is accepted, put on the record and its next run
        set together, and its key makes a second process, or a second firing, harmless.
        """
        now, total = self._clock.now(), 0
        while await self._database.transaction(lambda tx: self._note_resting(tx, now)):
            pass
        while count := await self._database.transaction(lambda tx: self._claim_due(tx, now)):
            total += count
        return total

    def newest(self, _: Transaction) -> None:
        """Return nothing: orders are by the calendar."""

    def put_back(self, tx: Transaction, back: SetBack) -> int:
        """Plan all anew that ran while the clock was ahead; what was sent has its key and stays."""
        return self._subscriptions.plan_anew(tx, lambda one: next_run(one, back.now))

    def _claim_due(self, tx: Transaction, now: datetime) -> int:
        due = self._subscriptions.due(tx, now)
        for one in due:
            self._claim(tx, one, now)
        return len(due)

    def _claim(self, tx: Transaction, one: Subscription, now: datetime) -> None:
        """Accept one digest for the last of the planned times that have come."""
        assert one.next_run_at is not None
        times = _times(one, one.next_run_at, now)
        *missed, planned = one.next_run_at, *(each.at for each in times if not each.skipped)
        for each in missed:
            skip_run(tx, _planned(one, each), DigestState.MISSED, reason=NOT_RUNNING, now=now)
        for left_out in (each for each in times if each.skipped):
            _leave_out(tx, one, left_out, now)
        new = _planned(one, planned)
        wanted = SendDigest(one.id, planned, missed=len(missed))
        asked = asked_together(one, planned)
        if add_job(tx, key=new.key, wanted=wanted, now=now, queue=MAIN, together=asked):
            begin_run(tx, new, now=now)
        awake = replace(one, state=ACTIVE, snoozed_until=None)
        put_off_subscription(tx, planned_anew(awake, now))

    def _note_resting(self, tx: Transaction, now: datetime) -> int:
        resting = self._subscriptions.resting(tx, now)
        for one in resting:
            note_rest(tx, one, now)
        return len(resting)


def note_rest(tx: Transaction, one: Subscription, now: datetime) -> None:
    """Put on the record what does not come, up to now: in a rest up to its end, or left out."""
    assert one.skips_at is not None
    for each in _times(one, one.skips_at - SECOND, now):
        rests = one.state != ACTIVE and (one.snoozed_until is None or each.at < one.snoozed_until)
        if each.skipped:
            _leave_out(tx, one, each, now)
        elif rests:
            state = RESTING.get(one.state, DigestState.PAUSED)
            skip_run(tx, _planned(one, each.at), state, reason=_why(one), now=now)
    skipped_until(tx, one.id, _next_noted(one, now))


def planned_anew(one: Subscription, now: datetime) -> Subscription:
    """Return one with its next time after `now`, and from when on others are left out before."""
    return replace(one, next_run_at=next_run(one, now), skips_at=_next_skip(one, now))


def next_run(one: Subscription, now: datetime) -> datetime | None:
    """Return the first run after `now`, or after a snooze that lasts longer."""
    try:
        snooze = one.snoozed_until - SECOND if one.snoozed_until else now
        runs = planning.next_times(one, max(now, snooze), count=1)
        if not runs and recurrence.is_once(one.cron):
            return None  # its only run is the one that is due
        return runs[0] if runs else planning.next_time(one, now)
    except (ValueError, LookupError, BotError):  # a zone that was abolished, say
        log.get().exception("schedule_unreadable", subscription=one.id)
        return None  # this one is stopped by its job; the others must not wait for it


def asked_together(one: Subscription, planned: datetime) -> str:
    """Return the word for all that ask the same question at one time."""
    asked = hashlib.sha256(f"{one.kind.name} {dumps(one.question)}".encode()).hexdigest()
    return f"digest {planned:%Y-%m-%dT%H:%MZ} {asked[:16]}"


def _next_skip(one: Subscription, now: datetime) -> datetime | None:
    try:
        return planning.next_skip(one, now)
    except (ValueError, LookupError, BotError):
        return None


def _next_noted(one: Subscription, now: datetime) -> datetime | None:
    """Return when the next time comes that has to be noted: of one that rests any."""
    skip = _next_skip(one, now)
    return skip if one.state == ACTIVE else skip or next_run(replace(one, snoozed_until=None), now)


def _times(one: Subscription, after: datetime, now: datetime) -> tuple[PlannedTime, ...]:
    """Return the planned times after a moment up to now; none of a schedule nobody can read."""
    try:
        return planning.times_between(one, after, now)
    except (ValueError, LookupError, BotError):
        return ()


def _leave_out(tx: Transaction, one: Subscription, each: PlannedTime, now: datetime) -> None:
    """Put a time on the record that its terms leave out."""
    assert each.skipped is not None
    skip_run(tx, _planned(one, each.at), each.skipped, reason=each.why, now=now)


def _planned(one: Subscription, planned: datetime) -> NewRun:
    try:
        key = recurrence.slot_key(one.id, planned, one.zone)
    except (ValueError, LookupError):
        key = recurrence.slot_key(one.id, planned, "UTC")
    return NewRun(key, one.id, planned)


def _why(one: Subscription) -> str:
    """Return why one rests, as far as its state does not say it."""
    if one.snoozed_until:
        return f"Snoozed until {day_and_time(one.snoozed_until, one.zone)}."
    return one.last_error
