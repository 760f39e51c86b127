"""Links: what Slack tells of those that people paste, and of the pane beside a card."""

from hashlib import sha256
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.jobs.request import Intent, Request
from bot.links.desk import LINKS_FORM
from bot.links.ids import LinksAction
from bot.links.intents import PresentThing, UnfurlLinks
from bot.slack_app import Services
from handlers.boundary import BY_JOB, guarded
from handlers.forms import add_form, open_pressed
from handlers.payloads import Payload


def register(app: AsyncApp) -> None:
    """Add the events, and the window in which an admin adds links."""
    app.event("link_shared")(guarded(link_shared, BY_JOB))
    app.event("entity_details_requested")(guarded(details_requested, BY_JOB))
    app.action(LinksAction.OPEN)(guarded(window_opened, BY_JOB))
    add_form(app, LINKS_FORM)


async def link_shared(ack: AsyncAck, event: Payload, services: Services) -> None:
    """Accept the links of a message, once however often Slack tells of them."""
    links = tuple(dict.fromkeys(str(each["url"]) for each in event.get("links") or ()))
    channel = str(event.get("channel") or event.get("channel_id") or "")
    wanted = UnfurlLinks(
        person=event.get("user") or "",
        channel=channel,
        ts=event.get("message_ts") or "",
        links=links,
        unfurl_id=event.get("unfurl_id") or "",
        source=event.get("source") or "",
    )
    if links and wanted.person:
        await services.inbox.accept(f"links:{_message(wanted)}", _nobodys(wanted))
    await ack()


async def details_requested(
    ack: AsyncAck, body: Payload, event: Payload, services: Services
) -> None:
    """Accept that somebody opened a pane."""
    reference = event.get("external_ref") or {}
    link: Any = (event.get("link") or {}).get("url")
    named = (event.get("app_unfurl_url"), event.get("entity_url"), link)
    wanted = PresentThing(
        person=event.get("user") or "",
        trigger=event.get("trigger_id") or "",
        kind=str(reference.get("type") or ""),
        id=str(reference.get("id") or ""),
        links=tuple(dict.fromkeys(str(each) for each in named if each)),
        card=event.get("app_unfurl_url") or "",
        channel=event.get("channel") or "",
        ts=event.get("message_ts") or "",
    )
    if wanted.trigger and wanted.person:
        await services.inbox.accept(f"pane:{body['event_id']}", _nobodys(wanted))
    await ack()


async def window_opened(ack: AsyncAck, body: Payload, services: Services) -> None:
    """Open the window in which links are added, for admins."""
    await open_pressed(LINKS_FORM, body, services, about="")
    await ack()


def _nobodys(wanted: Intent) -> Request[Intent]:
    """Return what nobody asked for in person, so that nothing of it is kept once it is done."""
    return Request("", "", "", wanted)


def _message(wanted: UnfurlLinks) -> str:
    """Return a name for the links of a message, another where it was edited to have others."""
    where = f"{wanted.unfurl_id}:{wanted.source}" if wanted.unfurl_id else ""
    which = sha256("\n".join(sorted(wanted.links)).encode()).hexdigest()[:16]
    return f"{where or f'{wanted.channel}:{wanted.ts}'}:{which}"
