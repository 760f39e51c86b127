"""Talking with Flowbot as an agent: what a person says there, and what stands in its threads."""

from sandbox.slack import Message
from sandbox.slack.agents.sessions import Session
from tests.stage import Stage


async def said(stage: Stage, text: str, *, user: str = "UADA", thread_ts: str = "") -> Message:
    """Say something, in a new thread unless one is named; return what was said."""
    direct = stage.slack.agent.conversation(user).id
    outcome = await stage.slack.say(text, user=user, channel=direct, thread_ts=thread_ts or None)
    assert outcome.message
    return outcome.message


async def asked(stage: Stage, text: str, *, user: str = "UADA") -> list[Message]:
    """Say something and return what is answered in its thread."""
    message = await said(stage, text, user=user)
    await stage.settle()
    return answers(stage, message)


def answers(stage: Stage, message: Message, *, user: str = "UADA") -> list[Message]:
    """Return what stands under a message."""
    return stage.slack.thread(message.channel, message.thread_ts or message.ts, user=user)


def session(stage: Stage, message: Message) -> Session:
    """Return the session that a message began."""
    found = stage.slack.agents.session(message.channel, message.thread_ts or message.ts)
    assert found
    return found


def statuses(stage: Stage) -> list[str]:
    """Return what Slack was told of threads, in order."""
    told = (each for each in stage.slack.calls if each.method == "agents.sessions.setStatus")
    return [str(each.arguments["status"]) for each in told]
