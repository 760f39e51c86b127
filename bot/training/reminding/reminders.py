"""Having those reminded who are overdue: a preview first, then rows for each person and day."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from bot.clock import Clock
from bot.consent.consents import Consents
from bot.consent.intents import AskConsent
from bot.consent.model import ConsentState
from bot.consent.store import consent_of
from bot.errors import DeniedError, UserError
from bot.jobs.outcome import CameTo, Outcome, reply
from bot.jobs.request import Job
from bot.outbox.store import take_back
from bot.slack.messages import Answer
from bot.store.database import Database, Transaction
from bot.training.core.reminding import (
    CancelReminders,
    Fate,
    PreviewReminders,
    RemindOverdue,
    StopReminders,
)
from bot.training.names import TrainingNames
from bot.training.reminding.model import OrderState, ReminderOrder, ReminderState
from bot.training.reminding.overdue import OverdueLists
from bot.training.reminding.planning import PlannedPeople, Planner
from bot.training.reminding.steps import end_if_done, plan_reminder, reminder_key
from bot.training.reminding.store import (
    HELD_DAY,
    add_order,
    add_reminder,
    count_states,
    end_order,
    going_of,
    mark_day,
    open_order,
    order_of,
    reminders_of,
    stop_order,
)
from bot.training.rendering import reminders as words

ABOUT: Final = "overdue training in MomoFlow"
PATIENCE: Final = timedelta(minutes=30)
"""So long Slack is asked who has an address; then what is left is left out."""
GONE: Final = "I don't know those reminders any more, so there is nothing left to stop."
NOT_YOURS: Final = "Only whoever had them sent can stop these reminders."


class Reminders:
    """Raises UserError, DeniedError and VendorError."""

    def __init__(
        self,
        names: TrainingNames,
        overdue: OverdueLists,
        planner: Planner,
        consents: Consents,
        database: Database,
        clock: Clock,
        *,
        queue: str,
    ) -> None:
        """Ask who is `overdue`; whoever has not said yet whether they agree is asked once."""
        self._names = names
        self._overdue = overdue
        self._planner = planner
        self._consents = consents
        self._database = database
        self._clock = clock
        self._queue = queue

    async def preview(self, job: Job[PreviewReminders]) -> Outcome:
        """Show what would be done, to whoever wants it alone."""
        wanted = job.details
        named = await self._names.resolve(wanted.flow)
        late = await self._overdue.anew(named.flow_id)
        found = await self._planner.planned(late, named.flow_id)
        plans = found.plans
        concerned = plans.of(Fate.NOW, Fate.LATER)
        go = RemindOverdue(named.flow_id, late.flow, len(concerned), wanted.note)
        names = sorted(found.people[each].name for each in concerned)
        shown = words.preview(go, plans, names, overdue=len(late.people))
        return Outcome((reply(job, Answer(shown), private=True),), came_to=CameTo.NOTHING)

    async def cancel(self, job: Job[CancelReminders]) -> Outcome:
        """Say that nobody was reminded."""
        return Outcome((reply(job, Answer(words.cancelled(job.details.flow)), private=True),))

    async def remind(self, job: Job[RemindOverdue]) -> Outcome:
        """Have everybody reminded who may be; Slack's pace may make that some minutes."""
        wanted, now = job.details, self._clock.now()
        late = await self._overdue.of(wanted.flow_id)
        token = sha256(f"{job.key} {job.created_at}".encode()).hexdigest()[:20]
        found = await self._planner.planned(late, wanted.flow_id, token=token)
        order = ReminderOrder(token, job.asker.id, wanted.flow_id, late.flow, wanted.note)
        if found.again_at and now - job.created_at < PATIENCE:
            some = (lambda tx: self._write(tx, order, found),)
            return Outcome(writes=some, again_at=found.again_at, begun=False)
        said = words.on_the_way(late.flow, found.plans, token=token)
        told = reply(job, Answer(said), private=True)
        return Outcome((told,), (lambda tx: self._write_all(tx, order, found),))

    async def stop(self, job: Job[StopReminders]) -> Outcome:
        """Stop what is left; only whoever had it sent may."""
        token = job.details.token
        return await self._database.transaction(lambda tx: self._stopping(tx, job, token))

    def _stopping(self, tx: Transaction, job: Job[StopReminders], token: str) -> Outcome:
        order, now = order_of(tx, token), self._clock.now()
        if order is None:
            raise UserError(GONE)
        if order.sender != job.request.user:
            raise DeniedError(NOT_YOURS)
        end_order(tx, token, OrderState.STOPPED)
        left = stop_order(tx, token, now=now) + self._called_back(tx, token, now)
        sent = count_states(tx, token)[ReminderState.SENT]
        said = words.stopped(order.flow, left=left, sent=sent)
        return Outcome((reply(job, Answer(said), private=True),))

    def _called_back(self, tx: Transaction, token: str, now: datetime) -> int:
        """Take back what is on its way to Slack, if it is of this order alone; return how many."""
        count = 0
        for user, day in going_of(tx, token):
            going = reminders_of(tx, user, day, ReminderState.GOING)
            alone = all(each.order.token == token for each in going)
            if alone and take_back(tx, reminder_key(user, day)) is None:
                states = ReminderState.GOING, ReminderState.STOPPED
                count += mark_day(tx, user, day, *states, now=now)
        return count

    def _write(self, tx: Transaction, order: ReminderOrder, found: PlannedPeople) -> None:
        """Keep what is to be done for each person found, as far as nobody did so before."""
        now = self._clock.now()
        add_order(tx, order, now=now)
        for user, each in found.plans.plans.items():
            if each.at:
                plan_reminder(tx, order, user, each.day, at=each.at, now=now, queue=self._queue)
            elif each.held:
                self._hold(tx, order, user, now)

    def _hold(self, tx: Transaction, order: ReminderOrder, user: str, now: datetime) -> None:
        """Keep a reminder until somebody says whether they agree, unless they just did."""
        self._consents.want(tx, AskConsent(user, order.sender, ABOUT), at=now)
        said = consent_of(tx, user)
        if said and said.state is ConsentState.AGREED:
            day = f"{now:%Y-%m-%d}"
            plan_reminder(tx, order, user, day, at=now, now=now, queue=self._queue)
        elif said and said.state is ConsentState.ASKED:
            add_reminder(tx, order, user, HELD_DAY, ReminderState.HELD, now=now)

    def _write_all(self, tx: Transaction, order: ReminderOrder, found: PlannedPeople) -> None:
        """Do the same, now that nobody else will be found."""
        self._write(tx, order, found)
        open_order(tx, order.token)
        end_if_done(tx, order.token, now=self._clock.now(), queue=self._queue)
