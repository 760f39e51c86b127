"""The forms that order what a message tells as a digest, and that move a digest."""

from bot.asking.form import Form, FormRequest, MessageRef, MessageShortcut, Options, Submission
from bot.asking.forms import Forms
from bot.asking.subscription import Subscription
from bot.digests.core.command import Reschedule
from bot.digests.ids import DigestAction, DigestCallback
from bot.digests.intents import OrderDigest
from bot.digests.rendering.subscribe_forms import (
    ChangeForm,
    SubscribeForm,
    change_form,
    change_modal,
    subscribe_form,
    subscribe_modal,
    zone_choices,
)
from bot.digests.store import SubscriptionStore
from bot.errors import UserError
from bot.jobs.access import Right
from bot.slack.blocks.ids import Callback
from bot.slack.blocks.modals import Errors, View

STOPPED_MEANWHILE = "That digest was stopped meanwhile."


class DigestForms:
    """Opens the forms from local rows. Raises UserError."""

    def __init__(self, forms: Forms, subscriptions: SubscriptionStore) -> None:
        """Ask `forms` what a message was about."""
        self._forms = forms
        self._subscriptions = subscriptions

    async def view_of(self, message: MessageRef) -> View:
        """Return the form that orders a message's question as a digest."""
        return await self.view(await self._forms.key_of(message))

    async def view(self, key: str) -> View:
        """Return the form that orders the question of the answer with that outbox key."""
        past = await self._forms.past(key)
        about = past.kind.title(past.asked)
        return subscribe_modal(about=about, place_id=past.channel, metadata=key)

    async def submit(self, submission: Submission) -> FormRequest | Errors:
        """Return the order of what an answer told, for its channel."""
        form = subscribe_form(submission.values)
        if not isinstance(form, SubscribeForm):
            return form
        past = await self._forms.past(submission.metadata)
        plan, asked = form.schedule, past.asked
        order = OrderDigest(asked.job, asked, plan.cron, plan.words, plan.zone, form.note)
        return FormRequest(order, past.channel)

    async def change_view(self, number: str) -> View:
        """Return the form that moves a digest."""
        return change_modal(await self._digest(number))

    async def change(self, submission: Submission) -> FormRequest | Errors:
        """Return what a digest is changed to, told in its channel."""
        form = change_form(submission.values)
        if not isinstance(form, ChangeForm):
            return form
        one = await self._digest(submission.metadata)
        plan = form.schedule
        if plan is None:
            wanted = Reschedule(one.id, times=(form.time,), zone=form.zone)
        else:
            wanted = Reschedule(one.id, cron=plan.cron, words=plan.words, zone=plan.zone)
        return FormRequest(wanted, one.channel)

    async def zones(self, query: str) -> Options:
        """Return the time zones for what was typed so far."""
        return zone_choices(query)

    async def _digest(self, number: str) -> Subscription:
        found = await self._subscriptions.get(int(number)) if number.isdecimal() else None
        if found is None:
            raise UserError(STOPPED_MEANWHILE)
        return found


SUBSCRIBE_FORM = Form(
    callback=Callback.SUBSCRIBE,
    title="Get this on a schedule",
    service=DigestForms,
    submit=DigestForms.submit,
    needs=Right.ORDER,
    view=DigestForms.view,
    lists={DigestAction.ZONE: DigestForms.zones},
    message_shortcut=MessageShortcut(
        Callback.SUBSCRIBE,
        "Subscribe to this",
        "Get this report or answer again, on a schedule",
        DigestForms.view_of,
    ),
)
CHANGE_FORM = Form(
    callback=DigestCallback.CHANGE,
    title="When should it come?",
    service=DigestForms,
    submit=DigestForms.change,
    needs=Right.MANAGE,
    view=DigestForms.change_view,
)
