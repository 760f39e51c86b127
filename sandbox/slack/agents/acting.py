"""What a person does with an agent: opens it, looks elsewhere, presses a prompt, stops its work."""

from sandbox.slack.acting.desk import Desk, Json
from sandbox.slack.acting.events import Events, Words
from sandbox.slack.channels import Channel
from sandbox.slack.delivery.outcome import Outcome

CHANNEL = "slack#/types/channel_id"
CONTEXT = "app_context_changed"
STOPPED = "agent_session_stopped"


class AgentActs:
    """Raises ValueError for what a person could not do, such as a guest anything at all."""

    def __init__(self, desk: Desk, events: Events) -> None:
        """Act through this desk."""
        self._desk = desk
        self._events = events

    def conversation(self, user: str) -> Channel:
        """Return somebody's conversation with the agent."""
        check_has_agent(self._desk, user)
        return self._desk.backend.workspace.direct_message(user)

    async def look_at(self, channel: str, *, user: str) -> Outcome:
        """Have a channel before one, or with an empty id none, while the agent is open."""
        self.conversation(user)
        if channel:
            self._desk.place(channel, user)
        self._desk.backend.agents.looking[user] = channel
        event: Json = {"type": CONTEXT, "context": context_of(self._desk, user)}
        return await self._events.send(event, person=user)

    async def press(self, title: str, *, user: str) -> Outcome:
        """Press a prompt that is offered; its message is sent."""
        place = self.conversation(user)
        offered = self._desk.backend.agents.prompts(place.id).offered
        message = next((each.message for each in offered if each.title == title), "")
        if not message:
            raise ValueError(f"{title!r} is not offered")
        return await self._events.say(Words(message, place.id), user=user)

    async def stop(self, thread_ts: str, *, user: str, channel: str = "") -> Outcome:
        """Press the button that stops the work of a session; Slack leaves its status as it is."""
        place = channel or self.conversation(user).id
        session = self._desk.backend.agents.session(place, thread_ts)
        is_offered = self._desk.backend.manifest.subscribes(STOPPED)
        if session is None or session.status != "processing" or not is_offered:
            raise ValueError("there is nothing to stop")
        event: Json = {"type": STOPPED, "channel": place, "thread_ts": thread_ts, "user": user}
        return await self._events.send({**event, "streaming_message_ts": []})


def check_has_agent(desk: Desk, user: str) -> None:
    """Raise ValueError where somebody has no conversation with the agent."""
    person = desk.member(user)
    if not desk.backend.manifest.has_agent:
        raise ValueError("the app is no agent")
    if person.is_restricted:
        raise ValueError(f"{user!r} is a guest, and agents are for members only")


def context_of(desk: Desk, user: str) -> Json:
    """Return what a person looks at, as events tell it."""
    channel = desk.backend.agents.looking.get(user, "")
    team = desk.backend.identity.team_id
    entity = {"type": CHANNEL, "value": channel, "team_id": team}
    return {"entities": [entity] if channel else []}
