"""What Flowbot adds as an agent: its own conversation in Slack, off unless SURFACES names it."""

from typing import Any, Final

from bot.agent.doctor import AGENT, LABEL, AgentLook
from bot.agent.in_view import ChannelInView
from bot.agent.prompts import PromptDesk
from bot.agent.ratings import Ratings, with_thumbs
from bot.agent.sight import Sight
from bot.agent.statuses import Statuses
from bot.agent.store import LookStore, RatingStore, SessionStore
from bot.agent.threads import AgentThreads
from bot.doctor.examining import Check
from bot.surface import Manifest, Surface, SurfaceCheck, SurfaceParts, SurfaceWiring
from bot.talk.intents import HearLine

DESCRIPTION: Final = (
    "Ask about training, webinars, website workflows, Smart Flows and field reports in plain "
    "words, and have any answer sent on a schedule. Flowbot reads your words by rules of its own "
    "and shows what it would change before it does it."
)
EVENTS: Final = ("app_context_changed", "agent_session_stopped")
FIRST: Final = (
    {"title": "What can you do?", "message": "help"},
    {"title": "Who is overdue?", "message": "who is overdue?"},
    {"title": "My digests", "message": "my digests"},
)
"""What is suggested until Flowbot knows who asks and where they look."""


def manifest(declared: Manifest, root: str) -> Manifest:
    """Return the app's manifest with the conversation, its scope and its events."""
    del root  # events go where all others go
    features, oauth, settings = (
        declared[each] for each in ("features", "oauth_config", "settings")
    )
    scopes, events = oauth["scopes"], settings["event_subscriptions"]
    view = {"agent_description": DESCRIPTION, "suggested_prompts": [dict(each) for each in FIRST]}
    bot = sorted({*scopes["bot"], "assistant:write"})
    heard: list[Any] = sorted({*events["bot_events"], *EVENTS})
    return {
        **declared,
        "features": {**features, "agent_view": view},
        "oauth_config": {**oauth, "scopes": {**scopes, "bot": bot}},
        "settings": {**settings, "event_subscriptions": {**events, "bot_events": heard}},
    }


async def build(shared: SurfaceParts) -> SurfaceWiring:
    """Return what the conversation adds to a workspace's bot."""
    parts = shared.parts
    database, clock, queue = parts.database, parts.clock, parts.jobs.queue
    store, looks, ratings = (
        SessionStore(database, queue=queue),
        LookStore(database),
        RatingStore(database),
    )
    statuses = Statuses(parts.slack, clock)
    sessions = AgentThreads(
        database,
        store,
        statuses,
        clock,
        queue=queue,
        stoppable=(HearLine.job, *shared.kinds.names),
    )
    sight = Sight(parts.directory)
    prompting = PromptDesk(
        looks, sight, parts.digests, shared.switches, shared.talk, parts.slack, clock
    )
    shared.talk.lines.in_view = ChannelInView(looks, sight, clock).of
    rated = Ratings(ratings, shared.talk.lines, parts.slack, clock, owner=parts.general.owner)
    return SurfaceWiring(
        tasks=(*sessions.tasks(), *prompting.tasks(), *rated.tasks()),
        sections=(rated.section,),
        ended=(with_thumbs,),
        checks=(SurfaceCheck(Check(AGENT, AgentLook(statuses, ratings, clock).look), LABEL),),
        settled=(sessions.settled,),
        rows=(store, looks, ratings),
        placed=(looks,),
    )


SURFACE: Final = Surface(name="agent", build=build, manifest=manifest)
