"""agents.sessions.* and assistant.threads.*: what an agent tells Slack of its work.

Where Slack's pages say nothing, such as of a thread that is not there, it is refused.
"""

from dataclasses import replace
from typing import Any

from sandbox.slack.agents.sessions import (
    LOADING,
    PROMPTS,
    STATUSES,
    TITLE,
    Prompt,
    Prompts,
    Session,
)
from sandbox.slack.api.calls import Answer, ApiCall
from sandbox.slack.refusals import Refusal, explained

UNSTOPPABLE = "missing_agent_session_stopped_event_subscription"
"""Slack's warning to an app that shows work which nobody can stop."""


def set_status(call: ApiCall) -> Answer:
    """agents.sessions.setStatus: begin a session, or say how it stands."""
    _need_agent(call, "feature_disabled")
    channel, thread = _thread(call, "thread_ts_required")
    status, title = call.text("status"), call.text("title")
    if status not in STATUSES:
        raise Refusal("invalid_status")
    if len(title) > TITLE:
        raise explained("invalid_arguments", [f"title may have {TITLE} characters"])
    if call.text("initiator_user_id"):
        call.user("initiator_user_id")
    agents = call.backend.agents
    known = agents.session(channel, thread)
    session = Session(
        channel,
        thread,
        status,
        call.backend.clock.now(),
        title or (known.title if known else ""),
        call.text("initiator_user_id") or (known.initiator if known else ""),
    )
    agents.put(session)
    if status == "processing" and not call.backend.manifest.subscribes("agent_session_stopped"):
        return {"ok": True, "warning": UNSTOPPABLE}
    return {"ok": True}


def rename(call: ApiCall) -> Answer:
    """agents.sessions.rename."""
    _need_agent(call, "feature_disabled")
    channel, thread = _thread(call, "thread_ts_required")
    if not 1 <= len(call.text("title")) <= TITLE:
        raise Refusal("invalid_name")
    session = call.backend.agents.session(channel, thread)
    if session is None:
        raise Refusal("session_not_found")
    call.backend.agents.put(replace(session, title=call.text("title")))
    return {"ok": True}


def think(call: ApiCall) -> Answer:
    """assistant.threads.setStatus: the older way, which an agent's sessions follow."""
    channel, thread = _thread(call, "invalid_thread_ts")
    loading = call.arguments.get("loading_messages") or []
    if not isinstance(loading, list):
        raise Refusal("invalid_array_arg")
    if len(loading) > LOADING:
        raise explained("invalid_arguments", [f"loading_messages may be {LOADING}"])
    agents, words = call.backend.agents, call.text("status")
    agents.think(channel, thread, words)
    known = agents.session(channel, thread)
    if known and call.backend.manifest.has_agent:
        status = "processing" if words else "active"
        agents.put(replace(known, status=status, since=call.backend.clock.now()))
    return {"ok": True}


def suggest(call: ApiCall) -> Answer:
    """assistant.threads.setSuggestedPrompts: of an agent, for the conversation as a whole."""
    _need_agent(call, "not_agent_app")
    channel = _direct(call)
    if call.text("thread_ts"):
        raise Refusal("invalid_thread_ts")
    offered = call.arguments.get("prompts")
    if not isinstance(offered, list):
        raise Refusal("invalid_array_arg")
    if not 1 <= len(offered) <= PROMPTS:
        raise explained("invalid_arguments", [f"prompts must be 1 to {PROMPTS}"])
    prompts = Prompts(tuple(map(_prompt, offered)), call.text("title"))
    call.backend.agents.suggest(channel, prompts)
    return {"ok": True}


def _prompt(raw: Any) -> Prompt:
    known = isinstance(raw, dict) and set(raw) == {"title", "message"}
    if not known or not all(isinstance(each, str) and each.strip() for each in raw.values()):
        raise explained("invalid_arguments", ["a prompt has a title and a message"])
    return Prompt(raw["title"], raw["message"])


def _need_agent(call: ApiCall, code: str) -> None:
    if not call.backend.manifest.has_agent or not call.backend.switches.paid_plan:
        raise Refusal(code)


def _direct(call: ApiCall) -> str:
    """Return the conversation with one person; guests have none with an agent."""
    channel = call.visible_channel("channel_id")
    person = call.workspace.users.get(channel.user)
    if not channel.is_im or person is None or person.is_restricted:
        raise Refusal("channel_not_found")
    return channel.id


def _thread(call: ApiCall, missing: str) -> tuple[str, str]:
    channel = call.visible_channel("channel_id")
    if call.backend.identity.bot_user_id not in channel.members:
        raise Refusal("not_authorized")
    ts = call.text("thread_ts")
    parent = call.workspace.find(channel.id, ts)
    if parent is None or parent.is_reply:
        raise Refusal(missing)
    return channel.id, ts
