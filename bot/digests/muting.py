"""Rest for a while: one digest by a window, or all of one kind in a channel; each with undo."""

import asyncio
from collections.abc import Sequence
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
from bot.digests.intents import MuteDigests, OfferRest, RestDigests, UnmuteDigests
from bot.digests.rendering import muting as words
from bot.digests.store import (
    SubscriptionStore,
    look_where,
    pause_subscription,
    put_off_subscription,
    renew_subscription,
)
from bot.digests.subscriptions import Subscriptions, end_of_snooze, is_of
from bot.errors import BotError, UserError
from bot.jobs.access import Right
from bot.jobs.outcome import Outcome, Write, reply
from bot.jobs.request import Job
from bot.jobs.tasks import Task
from bot.slack.blocks.modals import Errors, View
from bot.slack.blocks.problems import sentence
from bot.slack.messages import Answer
from bot.store.database import Transaction

STOPPED_MEANWHILE = "That digest was stopped meanwhile."
SECOND = timedelta(seconds=1)


_ASLEEP = frozenset({PAUSED, SNOOZED})
MOST_LOOKED_AT = 25
"""So many are looked at in one go: each asks Slack and a vendor."""
AT_ONCE = 4
_MOST_OF_ONES_OWN = 200
"""Of more than a button can hold only those here are offered."""
_Wish = MuteDigests | OfferRest | RestDigests
"""What says for how long."""


class Mutes:
    """Raises UserError."""

    def __init__(
        self, subscriptions: SubscriptionStore, single: Subscriptions, clock: Clock
    ) -> None:
        """Let those of `subscriptions` rest; whether one can go on is looked at by `single`."""
        self._subscriptions = subscriptions
        self._single = single
        self._clock = clock

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        return (
            Task(MuteDigests, self.mute),
            Task(OfferRest, self.offer),
            Task(RestDigests, self.rest),
            Task(UnmuteDigests, self.unmute),
        )

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
        return Outcome((reply(job, Answer(words.muted(resting, now))),), (_put(resting),))

    async def offer(self, job: Job[OfferRest]) -> Outcome:
        """Show which digests would rest, or go on, those here or all of one's own."""
        request, wanted, now = job.request, job.details, self._clock.now()
        states = _ASLEEP if wanted.on else {ACTIVE}
        here = await self._subscriptions.in_channel(request.channel, request.user)
        mine = await self._subscriptions.by_creator(request.user, most=_MOST_OF_ONES_OWN + 1)
        few = len(mine) <= _MOST_OF_ONES_OWN
        found = words.RestChoice(
            here=[one for one in here if one.state in states],
            mine=[one for one in mine if one.state in states and few],
            direct=bool(job.place.user),
        )
        if not wanted.on and (found.here or found.mine):
            self._resting((found.here or found.mine)[0], wanted, now)  # a day that has passed
        return Outcome((reply(job, Answer(words.rest_offered(found, wanted, now)), private=True),))

    async def rest(self, job: Job[RestDigests]) -> Outcome:
        """Let the digests rest that were shown and are still active."""
        request, now = job.request, self._clock.now()
        found = [one for one in await self._numbered(job) if one.state == ACTIVE]
        if not found:
            raise UserError("They rest already.")
        resting = [self._resting(one, job.details, now) for one in found]
        private = any(one.channel != request.channel for one in found)
        said = words.muted(resting, now)
        return Outcome((reply(job, Answer(said), private=private),), (_put(resting),))

    async def unmute(self, job: Job[UnmuteDigests]) -> Outcome:
        """Let those go on that rest since somebody paused or muted them, where they can.

        Each is looked at before, as a single one is, and so only a few at a time.
        """
        request, now = job.request, self._clock.now()
        resting = [one for one in await self._numbered(job) if one.state in _ASLEEP]
        if not resting:
            raise UserError("They go on already.")
        looks = await self._looks(resting[:MOST_LOOKED_AT], request.channel)
        going = [each.one for each in looks if each.goes_on]

        def write(tx: Transaction) -> None:
            for one in going:
                renew_subscription(tx, one)
                look_where(tx, one, now=now)

        private = any(one.channel != request.channel for one in resting)
        left = tuple(one.id for one in resting[MOST_LOOKED_AT:])
        said = words.unmuted(looks, now, left=left)
        return Outcome((reply(job, Answer(said), private=private),), (write,))

    async def _looks(self, resting: Sequence[Subscription], here: str) -> list[words.WakeCheck]:
        """WakeCheck whether each can go on, a few at once."""
        turn = asyncio.Semaphore(AT_ONCE)

        async def look(one: Subscription) -> words.WakeCheck:
            async with turn:
                try:
                    awake, remark = await self._single.awake(one, here)
                except BotError as error:
                    return words.WakeCheck(one, goes_on=False, remark=sentence(error))
            return words.WakeCheck(awake, goes_on=True, remark=remark)

        return await asyncio.gather(*map(look, resting))

    async def _numbered(self, job: Job[RestDigests] | Job[UnmuteDigests]) -> list[Subscription]:
        """Return the digests of some numbers that are of where it is asked, or of who asks."""
        found = [await self._subscriptions.get(number) for number in job.details.numbers]
        return [one for one in found if one and is_of(one, job.request)]

    def _resting(self, one: Subscription, wanted: _Wish, now: datetime) -> Subscription:
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


def _put(resting: Sequence[Subscription]) -> Write:
    """Return what writes that digests rest."""

    def write(tx: Transaction) -> None:
        for one in resting:
            if one.snoozed_until:
                put_off_subscription(tx, one)
            else:
                pause_subscription(tx, one.id)

    return write


REST_FORM = Form(
    callback=DigestCallback.REST,
    title=words.TITLE,
    service=Mutes,
    submit=Mutes.submit,
    needs=Right.MANAGE,
    view=Mutes.view,
)
