"""What Flowbot adds as an agent: its own conversation in Slack, off unless SURFACES names it."""

from functools import partial
from typing import Any, Final

from bot.agent.disclosure import with_disclosure
from bot.agent.doctor import AGENT, LABEL, AgentLook
from bot.agent.in_view import ChannelInView
from bot.agent.model.client import ChatModel
from bot.agent.model.wording import ModelWording
from bot.agent.prompts import PromptDesk
from bot.agent.ratings import Ratings, with_thumbs
from bot.agent.sight import Sight
from bot.agent.statuses import Statuses
from bot.agent.store import ForgottenSoon, LookStore, RatingStore, SessionStore
from bot.agent.threads import AgentThreads
from bot.asking.runner import AtHome
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
    parts, lines = shared.parts, shared.talk.lines
    database, clock, queue = parts.database, parts.clock, parts.jobs.queue
    store = SessionStore(database, queue=queue)
    looks, ratings = LookStore(database), RatingStore(database)
    statuses, sight = Statuses(parts.slack, clock), Sight(parts.directory)
    reading = (HearLine.job, *shared.kinds.names)
    threads = AgentThreads(database, store, statuses, clock, queue=queue, stoppable=reading)
    prompts = PromptDesk(looks, sight, shared)
    rated = Ratings(ratings, lines, parts.slack, clock, owner=parts.general.owner)
    lines.in_view = ChannelInView(looks, sight, clock).of
    look = AgentLook(statuses).look
    return SurfaceWiring(
        tasks=(*threads.tasks(), *prompts.tasks(), *rated.tasks()),
        sections=(rated.section,),
        settled=(threads.settled,),
        rows=(store, ForgottenSoon(looks), ratings),
        placed=(looks,),
        ended=(with_thumbs, *await _with_a_model(shared)),
        checks=(SurfaceCheck(Check(AGENT, look), LABEL),),
    )


async def _with_a_model(shared: SurfaceParts) -> tuple[AtHome, ...]:
    """Let a model word what nothing understands, if one is set; return what says so."""
    parts, general = shared.parts, shared.parts.general
    if not general.agent_model_url:
        return ()
    name = general.agent_model_name
    model = ChatModel(general.agent_model_url, name, general.agent_model_key, parts.clock)
    parts.stack.push_async_callback(model.close)
    wording = ModelWording(model, shared.talk.lines, shared.switches, shared.kinds, parts.clock)
    shared.talk.lines.worded = wording.of
    return (partial(with_disclosure, model=name),)


SURFACE: Final = Surface(name="agent", build=build, manifest=manifest)
