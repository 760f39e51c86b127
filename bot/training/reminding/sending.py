"""Sending reminders: at a decent time, to those who still agree and are still overdue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.asking.core.quiet import decent_time
from bot.clock import Clock
from bot.consent.model import ConsentState
from bot.consent.store import consent_of
from bot.errors import BotError, Reason, VendorError
from bot.jobs.outcome import Outcome, reply
from bot.jobs.request import Job
from bot.outbox.entries import DIGESTS_LATER, Entry, OutgoingAnswer
from bot.outbox.store import tell
from bot.slack.by_email import is_reachable
from bot.slack.directory import Directory
from bot.slack.messages import Answer, Message, Target
from bot.slack.people import Person
from bot.store.database import Database, Transaction
from bot.training.core.reminding import (
    CheckTraining,
    SendReminder,
    TellReminded,
    day_of,
    next_day,
)
from bot.training.reminding.model import Reminder, ReminderState
from bot.training.reminding.overdue import OverdueList, OverdueLists
from bot.training.reminding.steps import (
    REMINDER,
    end_if_done,
    move_reminders,
    reminder_key,
)
from bot.training.reminding.store import (
    count_states,
    mark_day,
    mark_reminder,
    order_of,
    reminders_of,
    tokens_of,
)
from bot.training.rendering import reminders as words
from bot.training.rendering.reminders import ReminderItem

AGAIN: Final = timedelta(minutes=15)
"""Between two tries while MomoFlow does not answer."""
LONGEST: Final = timedelta(days=1)
"""So long it is tried; then the reminder is lost."""
WAITING, HELD, GOING = ReminderState.WAITING, ReminderState.HELD, ReminderState.GOING


@dataclass(frozen=True, slots=True)
class _Due:
    """Whom to remind of what: the reminders that are due, and the lists of those overdue."""

    person: Person
    lists: dict[str, OverdueList]
    senders: dict[str, str]

    def of(self, one: Reminder) -> ReminderItem | None:
        """Return what a reminder says; None where it is of nothing any more."""
        late = self.lists.get(one.order.flow_id)
        found = late.people.get(self.person.email.strip().casefold()) if late else None
        if late is None or found is None:
            return None
        sender = self.senders.get(one.order.sender, "A colleague")
        return ReminderItem(one.order.flow_id, late.flow, sender, one.order.note, found)


class Sender:
    """One message a person and day, whatever was wanted by whom."""

    def __init__(
        self,
        overdue: OverdueLists,
        directory: Directory,
        database: Database,
        clock: Clock,
        *,
        holidays: str,
        queue: str,
    ) -> None:
        """Ask anew who is `overdue`: many finish between being reminded and the next morning."""
        self._overdue = overdue
        self._directory = directory
        self._database = database
        self._clock = clock
        self._holidays = holidays
        self._queue = queue

    async def send(self, job: Job[SendReminder]) -> Outcome:
        """Remind somebody of all that is due; later where it is no time for it."""
        wanted, now = job.details, self._clock.now()
        due = await self._database.transaction(
            lambda tx: reminders_of(tx, wanted.person, wanted.day, WAITING)
        )
        if not due:
            return Outcome()
        person = await self._directory.person(wanted.person)
        hindered = self._hindered(wanted, person)
        if hindered:
            return hindered
        try:
            lists = {flow: await self._overdue.of(flow) for flow in _flows(due)}
        except VendorError as error:
            gone = error.reason is Reason.NOT_FOUND or now - wanted.since > LONGEST
            if gone:
                return self._all(wanted, ReminderState.LOST)
            return Outcome(again_at=now + AGAIN, begun=False)
        known = _Due(person, lists, await self._senders(due))
        return Outcome(writes=(lambda tx: self._tell(tx, wanted, known),))

    async def _senders(self, due: Sequence[Reminder]) -> dict[str, str]:
        """Return the names of those who wanted it, as far as Slack tells them."""
        senders = [await self._directory.person(each.order.sender) for each in due]
        return {each.id: each.name for each in senders if is_reachable(each)}

    async def failed(self, job: Job[SendReminder], error: BotError) -> Outcome:
        """Note that a reminder did not come."""
        lost = self._all(job.details, ReminderState.LOST)
        return Outcome(writes=lost.writes, error=str(error))

    async def check(self, job: Job[CheckTraining]) -> Outcome:
        """Tell somebody whether MomoFlow still lists them as overdue."""
        late, done = {}, []
        for flow_id in job.details.flow_ids:
            found = await self._overdue.anew(flow_id)
            mine = found.people.get(job.asker.email.strip().casefold())
            if mine:
                late[found.flow] = mine
            else:
                done.append(found.flow)
        return Outcome((reply(job, Answer(words.checked(late, done)), private=True),))

    async def tell_sender(self, job: Job[TellReminded]) -> Outcome:
        """Tell whoever wanted it what came of it, at a decent time of theirs."""
        token, now = job.details.token, self._clock.now()
        order = await self._database.transaction(lambda tx: order_of(tx, token))
        if order is None:
            return Outcome()
        person = await self._directory.person(order.sender)
        if person.again_at:
            return Outcome(again_at=person.again_at, begun=False)
        at = decent_time(now, person.zone, holidays=self._holidays)
        if at > now:
            return Outcome(again_at=at, begun=False)
        counts = await self._database.transaction(lambda tx: count_states(tx, token))
        said = words.summary(
            order.flow,
            sent=counts[ReminderState.SENT],
            finished=counts[ReminderState.FINISHED],
            asked=counts[HELD],
            unreached=counts[ReminderState.LOST] + counts[ReminderState.REFUSED],
        )
        return Outcome((_direct(f"reminded:{token}", order.sender, said),))

    def settled(self, tx: Transaction, entry: Entry, error: str) -> None:
        """Hear that a message is in Slack, or never will be."""
        kind, _, rest = entry.key.partition(":")
        if kind != REMINDER:
            return
        user, _, day = rest.partition(":")
        after = ReminderState.LOST if error else ReminderState.SENT
        mark_day(tx, user, day, GOING, after, now=self._clock.now())
        for token in tokens_of(tx, user, day):
            end_if_done(tx, token, now=self._clock.now(), queue=self._queue)

    def _tell(self, tx: Transaction, wanted: SendReminder, known: _Due) -> None:
        """Write the message, unless the person has said since that they want none."""
        now, user, day = self._clock.now(), wanted.person, wanted.day
        waiting = reminders_of(tx, user, day, WAITING)
        due = [each for each in waiting if each.order.flow_id in known.lists]
        said = consent_of(tx, user)
        if said is None or said.state is not ConsentState.AGREED:
            mark_day(tx, user, day, WAITING, ReminderState.REFUSED, now=now)
            self._end_all(tx, waiting)
            return
        if reminders_of(tx, user, day, ReminderState.SENT) or reminders_of(tx, user, day, GOING):
            self._put_off(tx, due, known.person, wanted.since)
            return
        found = {each.flow_id: each for each in map(known.of, due) if each}
        for one in due:
            after = GOING if one.order.flow_id in found else ReminderState.FINISHED
            mark_reminder(tx, one, WAITING, after, now=now)
        if found:
            shown = words.reminder([*found.values()], zone=known.person.zone, now=now)
            tell(tx, _direct(reminder_key(user, day), user, shown), now=now, queue=self._queue)
        self._end_all(tx, due)

    def _hindered(self, wanted: SendReminder, person: Person) -> Outcome | None:
        """Return what comes of it where somebody cannot be written to, or not now."""
        if person.again_at:
            return Outcome(again_at=person.again_at, begun=False)
        if not is_reachable(person) or not person.email:
            return self._all(wanted, ReminderState.LOST)
        now = self._clock.now()
        at = decent_time(now, person.zone, holidays=self._holidays)
        if at > now or day_of(at, person.zone) != wanted.day:
            return self._later(wanted, person, at)
        return None

    def _later(self, wanted: SendReminder, person: Person, at: datetime) -> Outcome:
        """Return that it is sent when somebody may be written to, on another day of theirs."""
        day = day_of(at, person.zone)
        if day == wanted.day:
            return Outcome(again_at=at, begun=False)
        now, queue = self._clock.now(), self._queue

        def write(tx: Transaction) -> None:
            due = reminders_of(tx, wanted.person, wanted.day, WAITING)
            move_reminders(tx, due, day, at=at, now=now, queue=queue, since=wanted.since)

        return Outcome(writes=(write,))

    def _put_off(
        self, tx: Transaction, due: Sequence[Reminder], person: Person, since: datetime
    ) -> None:
        """Send it on the next day, as they were reminded of something today."""
        now = self._clock.now()
        at = next_day(now, person.zone, holidays=self._holidays)
        day = day_of(at, person.zone)
        move_reminders(tx, due, day, at=at, now=now, queue=self._queue, since=since)

    def _all(self, wanted: SendReminder, after: ReminderState) -> Outcome:
        """Return that all reminders of a person and day come to the same."""

        def write(tx: Transaction) -> None:
            now = self._clock.now()
            due = reminders_of(tx, wanted.person, wanted.day, WAITING)
            mark_day(tx, wanted.person, wanted.day, WAITING, after, now=now)
            self._end_all(tx, due)

        return Outcome(writes=(write,))

    def _end_all(self, tx: Transaction, some: Sequence[Reminder]) -> None:
        for token in {each.order.token for each in some}:
            end_if_done(tx, token, now=self._clock.now(), queue=self._queue)


def _flows(due: Sequence[Reminder]) -> dict[str, None]:
    return dict.fromkeys(each.order.flow_id for each in due)


def _direct(key: str, user: str, said: Message) -> OutgoingAnswer:
    target = Target(user, user=user)
    return OutgoingAnswer(key, target, Answer(said), priority=DIGESTS_LATER)
