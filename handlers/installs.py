"""What Slack tells when Flowbot was removed from a workspace."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.errors import NotKeptError, SlackError, SlackUnreachableError
from bot.slack_app import Services
from bot.workspaces.departures import Departure
from handlers.boundary import BY_JOB, guarded
from handlers.payloads import Payload

UNINSTALLED = "app_uninstalled"
REVOKED = "tokens_revoked"


def register(app: AsyncApp) -> None:
    """Add the two events, of which one may come without the other."""
    app.event(UNINSTALLED)(guarded(uninstalled, BY_JOB))
    app.event(REVOKED)(guarded(revoked, BY_JOB))


async def uninstalled(ack: AsyncAck, services: Services) -> None:
    """Let the workspace leave."""
    await _leave(services, surely=True)
    await ack()


async def revoked(ack: AsyncAck, event: Payload, services: Services) -> None:
    """Let the workspace leave if it was the bot's tokens that ended, and not some person's."""
    bots = (event.get("tokens") or {}).get("bot") or []
    if services.directory.home.bot_user_id in bots:
        await _leave(services, surely=False)
    await ack()


async def _leave(services: Services, *, surely: bool) -> None:
    """Leave. Raises NotKeptError where Slack cannot be asked now, so that the event comes again."""
    try:
        await services.of(Departure).heard(surely=surely)
    except (SlackError, SlackUnreachableError) as error:
        raise NotKeptError(str(error)) from error
