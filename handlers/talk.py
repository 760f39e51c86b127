"""Being spoken to without a command: mentions, direct messages, invitations, the Home tab."""

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.jobs.request import Request
from bot.slack_app import Services
from bot.talk.bursts import WINDOW, Bursts
from bot.talk.intents import Greet, HearLine, HomePage, ShowHome, SlowDown, Welcome
from bot.troubles.intents import LookAtPlace
from handlers.boundary import BY_JOB, guarded
from handlers.payloads import Payload

HOME_PAUSE: Final = timedelta(seconds=10)
"""So long the Home tab is not written anew for the same person."""
_WRITTEN: Final = ("", "file_share")
"""What a person's own new message has as its subtype; edits, joins and broadcasts have others."""


First = Callable[[], Awaitable[None]]
"""What is done before a line is accepted."""


async def nothing() -> None:
    """Do nothing before."""


def register(app: AsyncApp) -> None:
    """Add the events."""
    app.event("app_home_opened")(guarded(home_opened, BY_JOB))
    app.event("app_mention")(guarded(mentioned, BY_JOB))
    app.event("member_joined_channel")(guarded(joined, BY_JOB))
    app.event("message")(guarded(written, BY_JOB))


async def mentioned(ack: AsyncAck, body: Payload, event: Payload, services: Services) -> None:
    """Answer who calls the bot by name, once an event."""
    if is_a_persons(event, services):
        await hear(body, event, services)
    await ack()


async def written(ack: AsyncAck, body: Payload, event: Payload, services: Services) -> None:
    """Answer a direct message, once an event."""
    if event.get("channel_type") == "im" and is_a_persons(event, services):
        await hear(body, event, services)
    await ack()


async def joined(ack: AsyncAck, body: Payload, event: Payload, services: Services) -> None:
    """Say hello in a channel that the bot was invited to, and forget what is known of it."""
    channel = event["channel"]
    if event["user"] == services.directory.home.bot_user_id:
        directory = services.directory
        await directory.notes.note(directory.place_changed(channel))
        request = Request(event.get("inviter") or "", "", channel, Welcome())
        await services.inbox.accept(f"event:{body['event_id']}", request)
        await services.inbox.accept(f"look:{body['event_id']}", LookAtPlace(channel))
    await ack()


async def home_opened(ack: AsyncAck, body: Payload, event: Payload, services: Services) -> None:
    """Bring somebody's Home tab up to date, unless that was done a moment ago.

    Who looks at their messages first is greeted there.
    """
    if event.get("tab") == "home":
        stem = f"home:{event['user']}:"
        page = HomePage(direct=event["channel"])
        request = Request(event["user"], "", event["channel"], ShowHome(page))
        key = f"{stem}{body['event_id']}"
        await services.inbox.accept(key, request, repeats=services.inbox.lately(stem, HOME_PAUSE))
    elif event.get("tab") == "messages":
        await greet(event, services)
    await ack()


async def greet(event: Payload, services: Services) -> None:
    """Greet who looks at their messages first."""
    greeted = Request(event["user"], "", event["channel"], Greet())
    await services.inbox.accept(f"greet:{event['user']}", greeted)


def is_a_persons(event: Payload, services: Services) -> bool:
    """Return whether a person has written something new, and neither we nor another bot."""
    user = event.get("user")
    is_ours = user == services.directory.home.bot_user_id
    is_new = (event.get("subtype") or "") in _WRITTEN and not event.get("hidden")
    return bool(user) and not is_ours and not event.get("bot_id") and is_new


async def hear(
    body: Payload,
    event: Payload,
    services: Services,
    *,
    thread_ts: str = "",
    first: First = nothing,
) -> None:
    """Accept what somebody says; of a flood only so much, and a word on it.

    It is answered in the thread in which it was said, or else in `thread_ts`. What is to be heard
    is accepted after `first`.
    """
    user, thread = event["user"], event.get("thread_ts") or thread_ts
    mention = rf"<@{re.escape(services.directory.home.bot_user_id)}(?:\|[^>]*)?>"
    text = re.sub(mention, " ", event.get("text") or "").strip()
    if services.of(Bursts).allows(user):
        await first()
        request = Request(user, "", event["channel"], HearLine(text), thread_ts=thread)
        await services.inbox.accept(f"event:{body['event_id']}", request)
        return
    stem = f"burst:{user}:"
    slow = Request(user, "", event["channel"], SlowDown(), thread_ts=thread)
    lately = services.inbox.lately(stem, WINDOW)
    await services.inbox.accept(f"{stem}{body['event_id']}", slow, repeats=lately)
