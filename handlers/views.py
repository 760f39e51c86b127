"""Submitted forms."""

from dataclasses import replace

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.asking.model import is_personal
from bot.asking.rendering import forms
from bot.asking.rendering.questions import as_file
from bot.digests.intents import OrderDigest
from bot.digests.rendering.subscribe_forms import SubscribeForm, subscribe_form
from bot.runs.forms import AnswerTo
from bot.runs.rendering import forms as run_forms
from bot.slack.blocks.ids import Callback
from bot.slack_app import Services
from handlers.boundary import guarded
from handlers.payloads import Payload, from_form


def register(app: AsyncApp) -> None:
    """Add every form."""
    app.view(Callback.GET_REPORT)(guarded(get_report))
    app.view(Callback.EXPORT_DATA)(guarded(export_data))
    app.view(Callback.RUN_FLOW)(guarded(run_flow))
    app.view(Callback.ANSWER_RUN)(guarded(answer_run))
    app.view(Callback.SUBSCRIBE)(guarded(subscribe))


async def get_report(ack: AsyncAck, body: Payload, view: Payload, services: Services) -> None:
    """Accept a report's form, or say beside the inputs what needs another look."""
    form = forms.report_form(view["state"]["values"])
    if not isinstance(form, forms.ReportForm):
        await ack(response_action="errors", errors=form)
        return
    wanted = from_form(body, form.question, channel=form.channel)
    await services.inbox.accept(f"form:{view['id']}", wanted)
    await ack()


async def export_data(ack: AsyncAck, body: Payload, view: Payload, services: Services) -> None:
    """Accept the export of the data behind an answer, into the channel of that answer."""
    chosen = forms.export_form(view["state"]["values"])
    if not isinstance(chosen, str):
        await ack(response_action="errors", errors=chosen)
        return
    told = await services.forms.exported(view["private_metadata"])
    question = as_file(told.question, chosen)
    wanted = from_form(body, question, channel=told.channel)
    privately = told.private or is_personal(question)
    wanted = replace(wanted, privately=privately)
    await services.inbox.accept(f"form:{view['id']}", wanted)
    await ack()


async def subscribe(ack: AsyncAck, body: Payload, view: Payload, services: Services) -> None:
    """Order what an answer tells as a digest for its channel."""
    form = subscribe_form(view["state"]["values"])
    if not isinstance(form, SubscribeForm):
        await ack(response_action="errors", errors=form)
        return
    told = await services.forms.exported(view["private_metadata"])
    plan = form.schedule
    asked = told.asked
    order = OrderDigest(asked.job, asked, plan.cron, plan.words, plan.zone, form.note)
    wanted = from_form(body, order, channel=told.channel)
    await services.inbox.accept(f"form:{view['id']}", wanted)
    await ack()


async def run_flow(ack: AsyncAck, body: Payload, view: Payload, services: Services) -> None:
    """Accept a run, or say beside the input where its XML is wrong.

    A file is read by the job, so the window stays open until it was checked.
    """
    form = run_forms.run_form(view["state"]["values"])
    if not isinstance(form, run_forms.RunForm):
        await ack(response_action="errors", errors=form)
        return
    start = await services.runs.start_of(form, view["private_metadata"])
    if start.file:
        start = replace(start, view_id=view["id"])
    await services.inbox.accept(f"form:{view['id']}", from_form(body, start, channel=form.channel))
    if start.file:
        await ack(response_action="update", view=run_forms.loading_modal("Run a Smart Flow"))
    else:
        await ack()


async def answer_run(ack: AsyncAck, body: Payload, view: Payload, services: Services) -> None:
    """Accept the first answer to a question; whoever comes second is told who was first."""
    found = await services.runs.answer(view["state"]["values"], view["private_metadata"])
    if not isinstance(found, AnswerTo):
        await ack(response_action="errors", errors=found)
        return
    wanted = from_form(body, found.answer, channel=found.channel)
    if await services.inbox.accept(found.key, wanted):
        await ack()
    else:
        await ack(response_action="update", view=await services.runs.already_answered(found))
