"""What happens in the form of a digest while it is filled in."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.asking.form import Submission
from bot.digests.forms import DigestForms
from bot.digests.ids import REDRAWS
from bot.jobs.access import Right
from bot.slack.blocks.modals import brought_back, opened_in
from bot.slack_app import Services
from handlers.boundary import guarded
from handlers.payloads import Payload, user_of


def register(app: AsyncApp) -> None:
    """Add what changes the rest of the form."""
    for each in REDRAWS:
        app.action(each)(guarded(redraw, Right.ORDER))


async def redraw(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Show the form as it is after a choice; all that was typed stays."""
    view = body["view"]
    conversation, metadata = brought_back(view["private_metadata"])
    shown = Submission(view["state"]["values"], metadata, view["id"], user_of(body))
    changed = await services.of(DigestForms).redrawn(shown, action["action_id"])
    await services.forms.change(
        view["id"], opened_in(changed, conversation), seen=view["hash"], at=action["action_ts"]
    )
    await ack()
