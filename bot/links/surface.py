"""Links, put together: the events that tell of them, and what they need in the app's manifest."""

from typing import Any, Final

from bot.asking.linking.things import ITEM, TASK
from bot.config.own import GeneralSettings
from bot.jobs.tasks import Task
from bot.links.desk import LinksDesk
from bot.links.intents import PresentThing, UnfurlLinks
from bot.links.panes import Panes
from bot.links.reading import LinkReaders
from bot.links.rendering.entities import TYPE
from bot.links.store import LinkRuleStore
from bot.links.things import LinkedThings
from bot.links.unfurling import Unfurler
from bot.surface import Manifest, Surface, SurfaceParts, SurfaceWiring

SCOPES: Final = ("links:read", "links:write")
EVENTS: Final = ("entity_details_requested", "link_shared")


async def build(all_parts: SurfaceParts) -> SurfaceWiring:
    """Return what links add to a workspace's bot."""
    parts = all_parts.parts
    rules, things = LinkRuleStore(parts.database), LinkedThings(all_parts.switches, parts.clock)
    readers = LinkReaders(things, all_parts.admission, parts.clock)
    unfurler = Unfurler(rules, readers, parts.slack, parts.clock)
    all_parts.talk.lines.beside = unfurler.shows
    panes = Panes(rules, readers, unfurler, parts.slack, parts.clock)
    parts.stack.push_async_callback(panes.close)
    domains = domains_of(parts.general)
    desk = LinksDesk(rules, things, parts.slack, parts.clock, domains=domains)
    return SurfaceWiring(
        tasks=(
            Task(UnfurlLinks, unfurler.unfurl),
            Task(PresentThing, panes.present),
            *desk.tasks(),
        ),
        services=(desk,),
        sections=(desk.at_home,),
    )


def domains_of(general: GeneralSettings) -> list[str]:
    """Return the domains of which Slack tells."""
    return [each for each in general.link_domains.split(",") if each]


def manifest(made: Manifest, root: str) -> Manifest:
    """Return the manifest with the scopes, the events and the Work Objects of links."""
    del root
    oauth, settings = made["oauth_config"], made["settings"]
    scopes, events = oauth["scopes"], settings["event_subscriptions"]
    previews = {"is_active": True, "entity_types": [f"{TYPE}{each}" for each in (ITEM, TASK)]}
    return {
        **made,
        "features": {**made["features"], "rich_previews": previews},
        "oauth_config": {**oauth, "scopes": {**scopes, "bot": _with(scopes["bot"], SCOPES)}},
        "settings": {
            **settings,
            "event_subscriptions": {**events, "bot_events": _with(events["bot_events"], EVENTS)},
        },
    }


def with_domains(made: Manifest, general: GeneralSettings) -> Manifest:
    """Return the manifest with the domains of this installation."""
    domains = domains_of(general)
    named = {"unfurl_domains": domains} if domains else {}
    return {**made, "features": {**made["features"], **named}}


def _with(known: list[Any], more: tuple[str, ...]) -> list[Any]:
    return sorted({*known, *more})


SURFACE: Final = Surface(name="links", build=build, manifest=manifest, by_settings=with_domains)
