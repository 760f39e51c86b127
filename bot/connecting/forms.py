"""The window in which an admin connects a service."""

from bot.asking.form import Form, FormRequest, Submission
from bot.connecting.desk import ConnectingDesk
from bot.connecting.fields import fields_of
from bot.connecting.ids import ConnectingCallback
from bot.connecting.intents import ConnectService
from bot.connecting.rendering.window import TITLE, connect_modal, entered
from bot.jobs.access import Right
from bot.slack.blocks.modals import Errors, View, loading_modal

TRYING = "I'm trying it…"


class ConnectingForms:
    """Opens it, never with a secret in it."""

    def __init__(self, desk: ConnectingDesk) -> None:
        """Ask `desk` what there is."""
        self._desk = desk

    async def view(self, about: str) -> View:
        """Return the form of a service, by the name of its feature. Raises UserError."""
        feature = self._desk.feature(about)
        fields = fields_of(feature.settings)
        kept = await self._desk.known(about)
        shown = {each.name: str(kept.get(each.name, "")) for each in fields if not each.is_secret}
        return connect_modal(about, feature.vendor.title, fields, shown if kept else {})

    async def submit(self, submission: Submission) -> FormRequest | Errors:
        """Return the wish to try what was entered; the way back is an empty window."""
        service = submission.metadata
        feature = self._desk.feature(service)
        values = entered(submission.values, fields_of(feature.settings))
        wanted = ConnectService(service, self._desk.sealed(values), submission.view_id)
        return FormRequest(
            wanted,
            "",
            privately=True,
            next_view=loading_modal(TITLE, TRYING),
            way_back=await self.view(service),
        )


CONNECT_FORM = Form(
    callback=ConnectingCallback.CONNECT,
    title=TITLE,
    service=ConnectingForms,
    submit=ConnectingForms.submit,
    needs=Right.GOVERN,
    view=ConnectingForms.view,
)
