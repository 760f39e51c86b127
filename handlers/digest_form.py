"""What happens in the form of a digest while it is filled in."""

from dataclasses import replace

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.asking.form import Submission
from bot.digests.forms import DigestForms
from bot.digests.ids import REDRAWS, DigestAction
from bot.digests.intents import PreviewDigest
from bot.digests.rendering.order_preview import making_page
from bot.jobs.access import Right
from bot.slack.blocks.inputs import text_of
from bot.slack.blocks.modals import View, brought_back, opened_in
from bot.slack_app import Services
from handlers.boundary import guarded
from handlers.payloads import Payload, user_of, whoever


def register(app: AsyncApp) -> None:
    """Add what changes the rest of the form."""
    for each in REDRAWS:
        app.action(each)(guarded(redraw, Right.ORDER))
    app.action(DigestAction.PREVIEW)(guarded(preview, Right.ORDER))
    app.action(DigestAction.FOLLOW)(guarded(follow, Right.FOLLOW))


async def redraw(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Show the form as it is after a choice; all that was typed stays."""
    shown = _shown(body)
    changed = await services.of(DigestForms).redrawn(shown, action["action_id"])
    await _change(body, action, services, changed)
    if action["action_id"] == DigestAction.KIND:
        renew = services.of(DigestForms).renewal(text_of(shown.values, DigestAction.KIND))
        if renew:
            await services.inbox.accept(f"renew:{body['trigger_id']}", whoever(body, renew))
    await ack()


async def follow(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Show in place of the form that in which the same question is followed."""
    changed = await services.of(DigestForms).following(_shown(body))
    await _change(body, action, services, changed)
    await ack()


async def preview(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Show on top of the form what would be sent; a job makes it, and the form stays as it is."""
    found = await services.of(DigestForms).looked_at(_shown(body))
    if isinstance(found, PreviewDigest):
        asked = found
        trigger = body["trigger_id"]

        async def then(window: str) -> None:
            wanted = whoever(body, replace(asked, view_id=window))
            await services.inbox.accept(f"preview:{trigger}", wanted)

        await services.forms.open(trigger, making_page(), then=then, on_top=True)
    else:
        await _change(body, action, services, found)
    await ack()


def _shown(body: Payload) -> Submission:
    view = body["view"]
    _, metadata = brought_back(view["private_metadata"])
    return Submission(view["state"]["values"], metadata, view["id"], user_of(body))


async def _change(body: Payload, action: Payload, services: Services, changed: View) -> None:
    view = body["view"]
    conversation, _ = brought_back(view["private_metadata"])
    await services.forms.change(
        view["id"], opened_in(changed, conversation), seen=view["hash"], at=action["action_ts"]
    )
