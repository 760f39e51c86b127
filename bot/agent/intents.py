"""What can be wanted of Flowbot as an agent: the arguments of jobs."""

from dataclasses import dataclass
from typing import ClassVar

from bot.jobs.access import Right
from bot.jobs.request import Intent


@dataclass(frozen=True, slots=True)
class BeginWork(Intent):
    """Something was said in a thread: Slack is to show that it is worked on, until it is done.

    `person` is who said it; `title` is what the thread is called, where it begins.
    """

    job: ClassVar[str] = "agent_work"
    person: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class RestSession(Intent):
    """Something was told in a thread: it rests if nothing more is worked on there."""

    job: ClassVar[str] = "agent_rest"


@dataclass(frozen=True, slots=True)
class StopWork(Intent):
    """Somebody wants no more of what is worked on in a thread."""

    job: ClassVar[str] = "agent_stop"


@dataclass(frozen=True, slots=True)
class RateAnswer(Intent):
    """An answer was good, or not: by its outbox key, and the `ts` of its message."""

    job: ClassVar[str] = "agent_rating"
    needs: ClassVar[Right] = Right.HELP
    answer: str
    good: bool
    ts: str


@dataclass(frozen=True, slots=True)
class TellOfAnswer(Intent):
    """Whoever runs Flowbot is to know of an answer that was not good."""

    job: ClassVar[str] = "agent_complaint"
    needs: ClassVar[Right] = Right.HELP
    answer: str
    ts: str


@dataclass(frozen=True, slots=True)
class SuggestPrompts(Intent):
    """Somebody looks at a channel, or at none, since a moment by Slack's word (`seen`).

    Nobody has asked for anything: nothing is told of it, whatever comes of it.
    """

    job: ClassVar[str] = "agent_prompts"
    person: str
    channel: str
    seen: str
