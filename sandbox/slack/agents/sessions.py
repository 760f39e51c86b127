"""What Slack knows of an agent: its sessions, the prompts it suggests, where people look.

https://docs.slack.dev/ai/agent-sessions
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.clock import Clock
from sandbox.slack.changes import Change, Changes

STATUSES: Final = ("processing", "active", "suspended", "closed")
LONGEST: Final = timedelta(hours=1)
"""So long `processing` stands by itself."""
SHOWN: Final = timedelta(minutes=2)
"""And the older way's status, unless a reply came before."""
TITLE: Final = 200
PROMPTS: Final = 4
LOADING: Final = 10


@dataclass(frozen=True, slots=True)
class Session:
    """A conversation with the agent: one thread. `since` is when its status was set."""

    channel: str
    thread_ts: str
    status: str
    since: datetime
    title: str = ""
    initiator: str = ""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is offered to be said: its title on the button, and the message that it sends."""

    title: str
    message: str


@dataclass(frozen=True, slots=True)
class Prompts:
    """All that is offered in a conversation, under a title."""

    offered: tuple[Prompt, ...]
    title: str = ""


class Agents:
    """The agent's side of one workspace."""

    def __init__(self, clock: Clock, changes: Changes, declared: Sequence[Prompt]) -> None:
        """Nothing has begun; `declared` are the prompts of the manifest."""
        self._clock = clock
        self._changes = changes
        self._declared = Prompts(tuple(declared))
        self._sessions: dict[tuple[str, str], Session] = {}
        self._prompts: dict[str, Prompts] = {}
        self._thinking: dict[tuple[str, str], tuple[str, datetime]] = {}
        self.looking: dict[str, str] = {}
        """The channel that each person has before them, by the person's id."""

    def session(self, channel: str, thread_ts: str) -> Session | None:
        """Return a session as it stands now, or None."""
        found = self._sessions.get((channel, thread_ts))
        if found is None or found.status != "processing":
            return found
        over = self._clock.now() - found.since > LONGEST
        return replace(found, status="active") if over else found

    def sessions(self, channel: str) -> list[Session]:
        """Return the sessions of a conversation, oldest first."""
        shown = [self.session(*place) for place in self._sessions if place[0] == channel]
        return [each for each in shown if each]

    def put(self, session: Session) -> Session:
        """Begin a session, or let it stand otherwise."""
        self._sessions[session.channel, session.thread_ts] = session
        self._changes.announce(
            Change("agent", channel=session.channel, ts=session.thread_ts, payload=session)
        )
        return session

    def prompts(self, channel: str) -> Prompts:
        """Return what is offered in a conversation."""
        return self._prompts.get(channel, self._declared)

    def suggest(self, channel: str, prompts: Prompts) -> None:
        """Offer something else there."""
        self._prompts[channel] = prompts
        self._changes.announce(Change("agent", channel=channel, payload=prompts))

    def think(self, channel: str, thread_ts: str, words: str) -> None:
        """Show words in the older way, or none any more."""
        self._thinking[channel, thread_ts] = (words, self._clock.now())
        self._changes.announce(Change("agent", channel=channel, ts=thread_ts))

    def thinking(self, channel: str, thread_ts: str) -> str:
        """Return the words that stand there in the older way."""
        words, since = self._thinking.get((channel, thread_ts), ("", self._clock.now()))
        return "" if self._clock.now() - since > SHOWN else words

    def replied(self, channel: str, thread_ts: str) -> None:
        """Take the words of the older way away, as a reply does."""
        self._thinking.pop((channel, thread_ts), None)
