"""The form that orders what a message tells as a digest."""

from bot.asking.form import Form, FormRequest, MessageRef, MessageShortcut, Submission
from bot.asking.forms import Forms
from bot.digests.intents import OrderDigest
from bot.digests.rendering.subscribe_forms import SubscribeForm, subscribe_form, subscribe_modal
from bot.jobs.access import Right
from bot.slack.blocks.ids import Callback
from bot.slack.blocks.modals import Errors, View


class DigestForms:
    """Opens the form from local rows. Raises UserError."""

    def __init__(self, forms: Forms) -> None:
        """Ask `forms` what a message was about."""
        self._forms = forms

    async def view_of(self, message: MessageRef) -> View:
        """Return the form that orders a message's question as a digest."""
        return await self.view(await self._forms.key_of(message))

    async def view(self, key: str) -> View:
        """Return the form that orders the question of the answer with that outbox key."""
        past = await self._forms.past(key)
        about = f"A digest of this: {past.kind.command_words(past.asked)}"
        return subscribe_modal(about=about, metadata=key)

    async def submit(self, submission: Submission) -> FormRequest | Errors:
        """Return the order of what an answer told, for its channel."""
        form = subscribe_form(submission.values)
        if not isinstance(form, SubscribeForm):
            return form
        past = await self._forms.past(submission.metadata)
        plan, asked = form.schedule, past.asked
        order = OrderDigest(asked.job, asked, plan.cron, plan.words, plan.zone, form.note)
        return FormRequest(order, past.channel)


SUBSCRIBE_FORM = Form(
    callback=Callback.SUBSCRIBE,
    title="Subscribe to this",
    service=DigestForms,
    submit=DigestForms.submit,
    needs=Right.ORDER,
    view=DigestForms.view,
    message_shortcut=MessageShortcut(
        Callback.SUBSCRIBE,
        "Subscribe to this",
        "Get this report or answer again, on a schedule",
        DigestForms.view_of,
    ),
)
