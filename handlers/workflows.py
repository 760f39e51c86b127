"""Website workflows: the form of an export, its pick list, and the buttons of its messages."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.slack.blocks.ids import Action, Callback
from bot.slack_app import Services
from bot.workflows.intents import FillExportForm, OtherForm, RenewWorkflows
from bot.workflows.rendering.forms import ExportForm, export_step_form
from handlers.boundary import guarded
from handlers.payloads import Payload, from_click, from_form


def register(app: AsyncApp) -> None:
    """Add the form, its pick list and the buttons."""
    app.view(Callback.EXPORT_STEP)(guarded(export_step))
    app.options(Action.WORKFLOW)(guarded(workflow_options))
    app.action(Action.OPEN_STEP_EXPORT)(guarded(open_step_export))
    app.action(Action.FILE_COMPRESSED)(guarded(compressed))
    app.action(Action.FILE_IN_PARTS)(guarded(in_parts))


async def open_form(body: Payload, services: Services, *, workflow: str = "") -> None:
    """Open the form at once, and have its pick list brought up to date."""
    view_id = await services.exports.open(body["trigger_id"], workflow=workflow)
    user = body.get("user") or {"id": body.get("user_id", "")}
    if view_id:
        filling = from_click({"user": user}, FillExportForm(view_id, workflow))
        await services.inbox.accept(f"fill:{body['trigger_id']}", filling)
    renewal = from_click({"user": user}, RenewWorkflows())
    await services.inbox.accept(f"renew:{body['trigger_id']}", renewal)


async def export_step(ack: AsyncAck, body: Payload, view: Payload, services: Services) -> None:
    """Accept an export, or say beside the inputs what needs another look."""
    form = export_step_form(view["state"]["values"])
    if not isinstance(form, ExportForm):
        await ack(response_action="errors", errors=form)
        return
    wanted = from_form(body, form.question, channel=form.channel)
    await services.inbox.accept(f"form:{view['id']}", wanted)
    await ack()


async def workflow_options(ack: AsyncAck, body: Payload, services: Services) -> None:
    """Answer the pick list of workflows from what is kept here."""
    await ack(options=await services.exports.options(body.get("value", "")))


async def open_step_export(
    ack: AsyncAck, body: Payload, action: Payload, services: Services
) -> None:
    """Open the form for the workflow of a card."""
    await open_form(body, services, workflow=action["value"])
    await ack()


async def compressed(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Bring a file that was too large compressed."""
    await _other_form("compressed", body, action, services)
    await ack()


async def in_parts(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Bring a file that was too large in parts."""
    await _other_form("parts", body, action, services)
    await ack()


async def _other_form(form: str, body: Payload, action: Payload, services: Services) -> None:
    wanted = from_click(body, OtherForm(form, action["value"]))
    key = f"{form}:{body['trigger_id']}"
    await services.inbox.accept(key, wanted)
