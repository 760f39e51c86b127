"""What Slack tells of people and channels by itself: noted, and looked at where orders hang on it.

There may be many of these, so nobody is asked here. Other processes that remember the same are told
of what is different now.
"""

from collections.abc import Awaitable, Callable
from typing import Final

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from bot import log
from bot.asking.moving import MoveChannel
from bot.follow.desk import FollowDesk
from bot.follow.intents import PlanMornings
from bot.slack.directory import Directory
from bot.slack_app import Services
from bot.troubles.intents import LookAtOwner, LookAtPlace
from handlers.boundary import BY_JOB, guarded
from handlers.payloads import Payload

Note = Callable[[Directory, Payload], tuple[str, ...]]
"""Returns what other processes are to be told of."""


def place_changed(directory: Directory, event: Payload) -> tuple[str, ...]:
    """Forget what is known of a channel."""
    channel = event["channel"]
    return directory.place_changed(channel["id"] if isinstance(channel, dict) else channel)


def channel_shared(directory: Directory, event: Payload) -> tuple[str, ...]:
    """Note that another organisation reads a channel."""
    return directory.place_shared(event["channel"], event["connected_team_id"])


def user_changed(directory: Directory, event: Payload) -> tuple[str, ...]:
    """Note what somebody is now."""
    return directory.person_changed(event["user"])


NOTES: dict[str, Note] = {
    "channel_archive": place_changed,
    "channel_deleted": place_changed,
    "channel_left": place_changed,
    "channel_rename": place_changed,
    "channel_shared": channel_shared,
    "channel_unarchive": place_changed,
    "channel_unshared": place_changed,
    "group_archive": place_changed,
    "group_deleted": place_changed,
    "group_left": place_changed,
    "group_rename": place_changed,
    "group_unarchive": place_changed,
    "user_change": user_changed,
}
"""By event. Those of private channels begin with `group`."""
LOOKED_AT: Final = frozenset(NOTES) - {"channel_rename", "group_rename", "user_change"}
"""After these, what a channel ordered may have to rest, or may go on."""
MOVED: Final = "channel_id_changed"
NOBODYS: Final = (*NOTES, MOVED)
"""What Slack tells by itself: no person uses these."""


def register(app: AsyncApp) -> None:
    """Add the events."""
    for event, note in NOTES.items():
        app.event(event)(_noted(note))
    app.event(MOVED)(guarded(channel_id_changed, BY_JOB))


async def channel_id_changed(ack: AsyncAck, event: Payload, services: Services) -> None:
    """Let all that belongs to a channel follow it to its new id."""
    old, new = event["old_channel_id"], event["new_channel_id"]
    await services.inbox.accept(f"moved:{old}:{new}", MoveChannel(old, new))
    directory = services.directory
    await directory.notes.note((*directory.place_changed(old), *directory.place_changed(new)))
    await ack()


def _noted(note: Note) -> Callable[..., Awaitable[None]]:
    async def noted(body: Payload, event: Payload, context: AsyncBoltContext) -> None:
        services: Services = context["services"]
        try:
            subjects = note(services.directory, event)
        except (LookupError, TypeError, AttributeError, ValueError):
            log.get().exception("event_unreadable", event_type=event.get("type"))
        else:
            await services.directory.notes.note(subjects)
            if event["type"] in LOOKED_AT:
                look = LookAtPlace(event["channel"])
                await services.inbox.accept(f"look:{body['event_id']}", look)
            elif event["type"] == "user_change":
                await _looked_at(event["user"], body["event_id"], services)

    return noted


async def _looked_at(user: Payload, event_id: str, services: Services) -> None:
    """Have somebody looked at who left, or who is in another zone than they were told in."""
    person = str(user.get("id") or "")
    if user.get("deleted"):
        await services.inbox.accept(f"look:{event_id}", LookAtOwner(person))
    elif await services.of(FollowDesk).is_elsewhere(person, str(user.get("tz") or "")):
        await services.inbox.accept(f"look:{event_id}", PlanMornings(person))
