"""Rest for a while: one digest by a window, or all of one kind in a channel; each with undo."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.asking.form import Form, FormRequest, Submission
from bot.asking.subscription import ACTIVE, PAUSED, SNOOZED, Subscription
from bot.clock import Clock
from bot.digests.claiming import planned_anew
from bot.digests.core.command import Pause, Snooze
from bot.digests.ids import DigestAction, DigestCallback
from bot.digests.intents import MuteDigests, UnmuteDigests
from bot.digests.rendering import muting as words
from bot.digests.store import (
    SubscriptionStore,
    pause_subscription,
    put_off_subscription,
    renew_subscription,
)
from bot.digests.subscriptions import end_of_snooze
from bot.errors import UserError
from bot.jobs.access import Right
from bot.jobs.outcome import Outcome, reply
from bot.jobs.request import Job
from bot.jobs.tasks import Task
from bot.slack.blocks.modals import Errors, View
from bot.slack.messages import Answer
from bot.store.database import Transaction

STOPPED_MEANWHILE = "That digest was stopped meanwhile."
SECOND = timedelta(seconds=1)


class Mutes:
    """Raises UserError."""

    def __init__(self, subscriptions: SubscriptionStore, clock: Clock) -> None:
        """Let those of `subscriptions` rest."""
        self._subscriptions = subscriptions
        self._clock = clock

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        return Task(MuteDigests, self.mute), Task(UnmuteDigests, self.unmute)

    async def view(self, number: str) -> View:
        """Return the window in which is chosen what rests, and for how long."""
        return words.rest_modal(await self._digest(number))

    async def submit(self, submission: Submission) -> FormRequest | Errors:
        """Return what was chosen."""
        one = await self._digest(submission.metadata)
        form = words.rest_form(submission.values)
        zone = ZoneInfo(one.zone)
        if form.until and datetime.combine(form.until, time(), zone) <= self._clock.now():
            return {str(DigestAction.UNTIL): "That day has passed."}
        if form.all_of_kind:
            return FormRequest(MuteDigests(one.kind.name, form.days, form.until), one.channel)
        rests = form.days or form.until
        wanted = Snooze(one.id, form.days, form.until) if rests else Pause(one.id)
        return FormRequest(wanted, one.channel)

    async def mute(self, job: Job[MuteDigests]) -> Outcome:
        """Let all active digests of a kind rest that come to where it is asked."""
        request, wanted, now = job.request, job.details, self._clock.now()
        here = await self._subscriptions.in_channel(request.channel, request.user)
        kinds = {wanted.kind, wanted.kind.removesuffix("s")}  # as it may be typed
        concerned = [one for one in here if one.kind.name in kinds and one.state == ACTIVE]
        if not concerned:
            raise UserError(f"No {wanted.kind} digest is active here.")
        resting = [self._resting(one, wanted, now) for one in concerned]

        def write(tx: Transaction) -> None:
            for one in resting:
                if one.snoozed_until:
                    put_off_subscription(tx, one)
                else:
                    pause_subscription(tx, one.id)

        return Outcome((reply(job, Answer(words.muted(resting, now))),), (write,))

    async def unmute(self, job: Job[UnmuteDigests]) -> Outcome:
        """Let those go on that rest since somebody muted them."""
        request, now = job.request, self._clock.now()
        here = await self._subscriptions.in_channel(request.channel, request.user)
        resting = [
            one for one in here if one.id in job.details.numbers and one.state in {PAUSED, SNOOZED}
        ]
        if not resting:
            raise UserError("They go on already.")
        awake = [replace(one, state=ACTIVE, snoozed_until=None) for one in resting]
        going = [planned_anew(one, now) for one in awake]

        def write(tx: Transaction) -> None:
            for one in going:
                renew_subscription(tx, one)

        return Outcome((reply(job, Answer(words.unmuted(going, now))),), (write,))

    def _resting(self, one: Subscription, wanted: MuteDigests, now: datetime) -> Subscription:
        if not wanted.days and not wanted.until and not wanted.named:
            return replace(one, state=PAUSED)
        snooze = Snooze(one.id, wanted.days, wanted.until, wanted.named)
        until = end_of_snooze(snooze, one.zone, now)
        if until <= now:
            raise UserError("That day has passed.")
        snoozed = replace(one, state=SNOOZED, snoozed_until=until)
        return planned_anew(snoozed, until - SECOND)

    async def _digest(self, number: str) -> Subscription:
        found = await self._subscriptions.get(int(number)) if number.isdecimal() else None
        if found is None:
            raise UserError(STOPPED_MEANWHILE)
        return found


REST_FORM = Form(
    callback=DigestCallback.REST,
    title=words.TITLE,
    service=Mutes,
    submit=Mutes.submit,
    needs=Right.MANAGE,
    view=Mutes.view,
)
