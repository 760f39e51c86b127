"""Submitted forms."""

from dataclasses import asdict, replace

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.rendering import forms
from bot.rendering.ids import Callback
from bot.slack_app import Services
from handlers.boundary import guarded
from handlers.payloads import Payload, from_form


def register(app: AsyncApp) -> None:
    """Add every form."""
    app.view(Callback.GET_REPORT)(guarded(get_report))
    app.view(Callback.EXPORT_DATA)(guarded(export_data))


async def get_report(ack: AsyncAck, body: Payload, view: Payload, services: Services) -> None:
    """Accept a report's form, or say beside the inputs what needs another look."""
    form = forms.report_form(view["state"]["values"])
    if not isinstance(form, forms.ReportForm):
        await ack(response_action="errors", errors=form)
        return
    wanted = from_form(body, asdict(form.question), channel=form.channel)
    await services.inbox.accept(f"form:{view['id']}", "report", wanted)
    await ack()


async def export_data(ack: AsyncAck, body: Payload, view: Payload, services: Services) -> None:
    """Accept the export of the data behind an answer, into the channel of that answer."""
    chosen = forms.export_form(view["state"]["values"])
    if not isinstance(chosen, str):
        await ack(response_action="errors", errors=chosen)
        return
    told = await services.forms.exported(view["private_metadata"])
    details = asdict(replace(told.question, export=chosen))
    wanted = replace(from_form(body, details, channel=told.channel), privately=told.private)
    await services.inbox.accept(f"form:{view['id']}", "report", wanted)
    await ack()
