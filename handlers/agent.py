"""Flowbot as an agent: its conversation, where people look beside it, and the button that stops."""

from html import escape

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.agent.core.context import channel_in_view, title_of
from bot.agent.ids import AgentAction, AgentCallback
from bot.agent.intents import BeginWork, RateAnswer, StopWork, SuggestPrompts
from bot.agent.rendering.changing import change_view
from bot.agent.rendering.rating import rated as read_thumb
from bot.agent.threads import in_thread
from bot.errors import UserError
from bot.jobs.access import Right
from bot.jobs.request import Request
from bot.slack.blocks.inputs import text_of
from bot.slack.blocks.modals import brought_back
from bot.slack_app import Services
from bot.talk.intents import HearLine
from handlers.boundary import BY_JOB, guarded
from handlers.payloads import (
    TOO_OLD,
    Payload,
    from_click,
    numbered,
    own_thread,
    place_of,
    pressed_button,
)
from handlers.talk import greet, hear, is_a_persons


def register(app: AsyncApp) -> None:
    """Add the events. Of the first two there are listeners for all other cases."""
    app.event("app_home_opened", matchers=[_is_of_messages])(guarded(opened, BY_JOB))
    app.event("message", matchers=[_is_direct])(guarded(said, BY_JOB))
    app.event("app_context_changed")(guarded(looked, BY_JOB))
    app.event("agent_session_stopped")(guarded(stopped, BY_JOB))
    app.action(AgentAction.RATE)(guarded(rated, BY_JOB))
    app.action(numbered(AgentAction.CHANGE))(guarded(changed, Right.HELP))
    app.view(AgentCallback.CHANGE)(guarded(asked_anew, BY_JOB))


async def _is_of_messages(event: Payload) -> bool:
    return event.get("tab") == "messages"


async def _is_direct(event: Payload) -> bool:
    return event.get("channel_type") == "im"


async def opened(ack: AsyncAck, body: Payload, event: Payload, services: Services) -> None:
    """Greet who opens the conversation first, and suggest what fits where they look."""
    await greet(event, services)
    await _suggest(body, event, event["user"], event["channel"], services)
    await ack()


async def looked(ack: AsyncAck, body: Payload, event: Payload, services: Services) -> None:
    """Suggest what fits where somebody looks now; who that is stands beside the event."""
    person = (next(iter(body.get("authorizations") or ()), None) or {}).get("user_id") or ""
    if person and person != services.directory.home.bot_user_id:
        await _suggest(body, event, person, "", services)
    await ack()


async def said(ack: AsyncAck, body: Payload, event: Payload, services: Services) -> None:
    """Answer what somebody says, in its thread, and show meanwhile that it is worked on."""
    if is_a_persons(event, services):
        thread = event.get("thread_ts") or event["ts"]
        title = "" if event.get("thread_ts") else title_of(event.get("text") or "")
        work = in_thread(event["channel"], thread, BeginWork(event["user"], title))

        async def begun() -> None:
            await services.inbox.accept(f"agent_work:{body['event_id']}", work)

        await hear(body, event, services, thread_ts=thread, first=begun)
    await ack()


async def stopped(ack: AsyncAck, body: Payload, event: Payload, services: Services) -> None:
    """Tell no more of what is looked up in a thread."""
    stop = in_thread(event["channel"], event["thread_ts"], StopWork())
    await services.inbox.accept(f"agent_stop:{body['event_id']}", stop)
    await ack()


async def rated(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Hear what somebody thinks of an answer."""
    try:
        good, answer = read_thumb(action["value"])
    except ValueError:
        raise UserError(TOO_OLD) from None
    wanted = RateAnswer(answer, good, str(body["message"]["ts"]))
    request = from_click(body, wanted, privately=True)
    button = pressed_button(body, action, channel=request.channel)
    await services.inbox.accept_click(button, body["trigger_id"], request)
    await ack()


async def changed(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Open a line to be changed before it is said."""
    view = change_view(action["value"], own_thread(body))
    await services.forms.open(body["trigger_id"], view, conversation=place_of(body))
    await ack()


async def asked_anew(ack: AsyncAck, body: Payload, view: Payload, services: Services) -> None:
    """Hear a line as it was changed, in the thread in which it was shown."""
    conversation, thread = brought_back(view["private_metadata"])
    line = escape(text_of(view["state"]["values"], AgentAction.LINE), quote=False)
    request = Request(body["user"]["id"], "", conversation, HearLine(line), thread_ts=thread)
    await services.inbox.accept(f"agent_line:{view['id']}", request)
    await ack()


async def _suggest(
    body: Payload, event: Payload, person: str, direct: str, services: Services
) -> None:
    wanted = SuggestPrompts(person, channel_in_view(event), str(event["event_ts"]))
    key = f"agent_look:{person}:{body['event_id']}"
    await services.inbox.accept(key, Request("", "", direct, wanted))
