"""The form of a digest: one for a new order, for what a message tells, and for every change.

It opens from local rows at once. What is chosen in it may change the rest of it; what was typed
stays, as every input keeps its id.
"""

import asyncio
from dataclasses import replace
from typing import Final

from bot.asking.form import (
    Form,
    FormRequest,
    FormUse,
    MessageRef,
    MessageShortcut,
    Options,
    Shortcut,
    Submission,
)
from bot.asking.forms import Forms
from bot.asking.subscription import Subscription
from bot.digests.core.draft import (
    Draft,
    about_row,
    draft_of,
    draft_of_line,
)
from bot.digests.core.subscribe import NOT_FOR_OTHERS
from bot.digests.ids import DigestAction, DigestCallback
from bot.digests.intents import ChangeDigest, OrderDigest, OrderDigests, PreviewDigest
from bot.digests.ordering import TITLE, FormSettings
from bot.digests.record.store import DigestRecord
from bot.digests.rendering.order_form import (
    MONTH,
    FormSetting,
    order_modal,
    order_of,
    with_values,
    zone_choices,
)
from bot.digests.rendering.order_what import chosen_anew, question_of
from bot.digests.resting import MOST_IN_CHANNEL
from bot.digests.store import SubscriptionStore
from bot.errors import BotError, NotKnownYetError, UserError
from bot.follow.core.command import NO_FIGURE
from bot.follow.rendering.forms import question_modal
from bot.jobs.access import UNKNOWN_PLACE, Right
from bot.jobs.admission import Admission
from bot.jobs.request import Intent
from bot.slack.blocks.blocks import says
from bot.slack.blocks.ids import Callback
from bot.slack.blocks.modals import Errors, View, loading_modal, problem_view
from bot.slack.blocks.problems import sentence
from bot.slack.directory import Directory
from bot.slack.people import Person

STOPPED_MEANWHILE: Final = "That digest was stopped meanwhile."
FULL: Final = f"It has {MOST_IN_CHANNEL} digests, which is the most."
SENT: Final = "That was sent already. I'm on it."
PLACES_SECONDS: Final = 1.2
"""So long Slack is asked who reads the places that were chosen: it wants its answer after three."""


class DigestForms:
    """Opens the form and reads it. Raises UserError."""

    def __init__(
        self,
        forms: Forms,
        subscriptions: SubscriptionStore,
        record: DigestRecord,
        admission: Admission,
        directory: Directory,
        *,
        settings: FormSettings,
    ) -> None:
        """Ask `forms` what a message was about, `admission` what somebody may do where."""
        self._forms = forms
        self._subscriptions = subscriptions
        self._record = record
        self._admission = admission
        self._directory = directory
        self._settings = settings

    async def view_of(self, message: MessageRef) -> View:
        """Return the form that orders a message's question as a digest."""
        key = await self._forms.key_of(message)
        return await self.view(FormUse(key, message.user, message.channel))

    async def view(self, opening: FormUse) -> View:
        """Return the form: about an answer by its outbox key, of a draft as text, or empty."""
        typed = opening.typed
        if not typed or typed.startswith("{"):
            draft = draft_of_line(typed)
        else:
            past = await self._forms.past(typed)
            draft = Draft(about=about_row(past.asked), places=(past.channel,))
        if not draft.places and opening.conversation:
            draft = replace(draft, places=(opening.conversation,))
        return order_modal(draft, await self._setting(opening.user))

    async def change_view(self, opening: FormUse) -> View:
        """Return the form with all that a digest is, for those who may see it where they are."""
        one, person = await self._digest(opening.typed), await self._person(opening.user)
        mine = person.id in {one.creator, one.channel}
        if not mine and one.channel != opening.conversation and not person.is_admin:
            raise UserError(f"There's no digest {one.id} in this channel.")
        setting = self._settings(person.zone)
        came = await self._record.came(one.id, setting.now - MONTH)
        return order_modal(replace(draft_of(one), came=came), setting)

    async def redrawn(self, shown: Submission, pressed: str) -> View:
        """Return the form as it is after something was chosen in it, or a button was pressed."""
        setting = await self._setting(shown.user)
        draft = with_values(_kept(shown), shown.values, setting.offered)
        if pressed == DigestAction.OTHER:
            draft = chosen_anew(draft, setting.kinds, setting.offered)
        if pressed == DigestAction.MORE:
            draft = replace(draft, more=True)
        return order_modal(draft, setting)

    async def following(self, shown: Submission) -> View:
        """Return the form in which the question is followed that stands in this one."""
        kinds = (await self._setting(shown.user)).kinds
        question = question_of(_kept(shown).about, kinds)
        if question is None:
            raise UserError(NO_FIGURE)
        return question_modal(kinds.of(question), question)

    async def looked_at(self, shown: Submission) -> PreviewDigest | View:
        """Return the order that stands in the form, to be shown in a window that is not there yet.

        Or the form, above it what is wrong there.
        """
        setting = await self._setting(shown.user)
        draft = with_values(_kept(shown), shown.values, setting.offered)
        order = order_of(draft, setting, anywhere=True)
        if isinstance(order, OrderDigest):
            place = draft.places[0] if draft.number and draft.places else ""
            return PreviewDigest(order, "", draft.number, place)
        return order_modal(draft, setting, problem=" ".join(order.values()))

    async def submit(self, submission: Submission) -> FormRequest | Errors:
        """Return the order or the change that is wanted; it says in the window what came of it."""
        setting = await self._setting(submission.user)
        draft = with_values(_kept(submission), submission.values, setting.offered)
        order = order_of(draft, setting)
        if not isinstance(order, OrderDigest):
            return order
        if draft.taker:
            return _for_taker(draft, order, setting)
        before = await self._digest(f"{draft.number}") if draft.number else None
        new = [each for each in draft.places if before is None or each != before.channel]
        refused = await self._refused(submission.user, new)
        if refused:
            return {DigestAction.PLACES: refused}
        window = submission.view_id
        wanted: ChangeDigest | OrderDigests = (
            ChangeDigest(before.id, order, draft.places[0], window)
            if before
            else OrderDigests(order, draft.places, window)
        )
        return FormRequest(
            wanted,
            before.channel if before else "",
            next_view=loading_modal(TITLE),
            taken=_taken,
        )

    def renewal(self, kind: str = "") -> Intent | None:
        """Return the job that brings the list of a kind up to date, or of the one shown first."""
        pickers = (each.picker for each in self._settings("UTC").offered if kind in ("", each.name))
        picker = next(pickers, None)
        return picker.renew if picker else None

    async def zones(self, query: str) -> Options:
        """Return the time zones for what was typed so far."""
        return zone_choices(query)

    async def _refused(self, user: str, places: list[str]) -> str:
        """Return which of the places can't be told a digest by somebody, and why; or nothing."""
        found = await asyncio.gather(*(self._why_not(user, each) for each in places))
        return " ".join(filter(None, found))

    async def _why_not(self, user: str, channel: str) -> str:
        try:
            async with asyncio.timeout(PLACES_SECONDS):
                why = await self._not_admitted(user, channel)
                name = (await self._directory.place(channel)).name if why else ""
        except (TimeoutError, NotKnownYetError):
            return UNKNOWN_PLACE
        return f"#{name}: {why}" if name else why

    async def _not_admitted(self, user: str, channel: str) -> str:
        """Return why a place can't be told a digest by somebody. Raises NotKnownYetError."""
        place = await self._directory.place(channel)
        if channel.startswith(("D", "U", "W")) and place.user != user:
            return NOT_FOR_OTHERS
        try:
            person = await self._directory.person(user)
            await self._admission.admitted_there(Right.ORDER, person, channel)
        except NotKnownYetError:
            raise
        except BotError as error:
            return sentence(error).replace("`", "")
        there = await self._subscriptions.in_channel(channel)
        return FULL if len(there) >= MOST_IN_CHANNEL else ""

    async def _person(self, user: str) -> Person:
        """Return who uses the form; they were let in a moment ago, so nobody is asked for long."""
        return await self._directory.person(user)

    async def _setting(self, user: str) -> FormSetting:
        return self._settings((await self._person(user)).zone)

    async def _digest(self, number: str) -> Subscription:
        found = await self._subscriptions.get(int(number)) if number.isdecimal() else None
        if found is None:
            raise UserError(STOPPED_MEANWHILE)
        return found


def _kept(shown: Submission) -> Draft:
    """Return what the form held besides its inputs."""
    try:
        return draft_of_line(shown.metadata)
    except ValueError:
        raise UserError("That form is of an older version of me. Please open it anew.") from None


def _for_taker(draft: Draft, order: OrderDigest, setting: FormSetting) -> FormRequest:
    """Return what is wanted of whoever takes the order in place of the digests."""
    taker = setting.takers.get(draft.taker)
    if taker is None:
        raise UserError("That is switched off meanwhile. Please close this form.")
    return FormRequest(taker.take(order), draft.places[0], privately=True)


async def _taken() -> View:
    return problem_view(TITLE, says(SENT))


NEW_FORM = Form(
    callback=DigestCallback.NEW,
    title="New digest",
    service=DigestForms,
    submit=DigestForms.submit,
    needs=Right.ORDER,
    view_for=DigestForms.view,
    lists={DigestAction.ZONE: DigestForms.zones},
    renews=DigestForms.renewal,
    shortcut=Shortcut("New digest", "Choose what to send, when and where, and see it before"),
)
SUBSCRIBE_FORM = Form(
    callback=Callback.SUBSCRIBE,
    title="New digest",
    service=DigestForms,
    needs=Right.ORDER,
    view_for=DigestForms.view,
    message_shortcut=MessageShortcut(
        Callback.SUBSCRIBE,
        "Subscribe to this",
        "Get this report or answer again, on a schedule",
        DigestForms.view_of,
    ),
)
CHANGE_FORM = Form(
    callback=DigestCallback.CHANGE,
    title="Edit digest",
    service=DigestForms,
    needs=Right.MANAGE,
    view_for=DigestForms.change_view,
)
