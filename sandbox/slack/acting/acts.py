"""Everything a person can do, as methods: the side of the sandbox that stands for people."""

from collections.abc import Sequence
from typing import Any

from sandbox.slack.acting import canvases, clicks, commands, shortcuts, submissions
from sandbox.slack.acting import values as choosing
from sandbox.slack.acting.desk import Desk, Json, Target
from sandbox.slack.acting.events import Events, Words
from sandbox.slack.acting.membership import Membership
from sandbox.slack.acting.workflows import Workflows
from sandbox.slack.agents.acting import CONTEXT, AgentActs, check_has_agent, context_of
from sandbox.slack.delivery.outcome import Outcome
from sandbox.slack.messages import Message
from sandbox.slack.objects import view_object
from sandbox.slack.unfurling.acts import LinkActs
from sandbox.slack.uploads import File
from sandbox.slack.views import View


class Acts:
    """Acts return when Slack's side is finished: the ack is in and its effects are applied.

    ValueError says that a person could not have done that: no such channel, button or option.
    """

    def __init__(self, desk: Desk) -> None:
        """Act through this desk."""
        self._desk = desk
        self._events = Events(desk)
        self._membership = Membership(desk, self._events)
        self.workflows = Workflows(desk, self._events)
        self.links = LinkActs(desk, self._events)
        self.agent = AgentActs(desk, self._events)
        """What a person does in the conversation with the app as an agent."""

    async def verify_url(self) -> bool:
        """Send `url_verification` and tell whether the app gave the challenge back."""
        return await self._events.verify_url()

    async def command(
        self, typed: str, *, user: str = "UADA", channel: str = "CGENERAL", redeliver: int = 0
    ) -> Outcome:
        """Type a slash command; with `redeliver` the same request comes that many times more.

        /invite and /remove are Slack's own: carried out here, and the app hears of what changed.
        """
        own = await self._membership.run(typed, user=user, channel=channel)
        if own is not None:
            return own
        return await commands.run_command(
            self._desk, typed, user=user, channel=channel, redeliver=redeliver
        )

    async def shortcut(self, callback_id: str, *, user: str = "UADA") -> Outcome:
        """Choose a global shortcut."""
        return await shortcuts.global_shortcut(self._desk, callback_id, user=user)

    async def message_shortcut(
        self, callback_id: str, *, message: Message, user: str = "UADA"
    ) -> Outcome:
        """Choose a shortcut in a message's menu."""
        return await shortcuts.message_shortcut(self._desk, callback_id, message=message, user=user)

    async def click(
        self,
        target: Target,
        *,
        action_id: str,
        user: str = "UADA",
        value: Any = None,
        block_id: str | None = None,
    ) -> Outcome:
        """Press a button or choose in a menu; ValueError for what a person could not do."""
        return await clicks.click(
            self._desk, target, action_id=action_id, user=user, value=value, block_id=block_id
        )

    async def options(
        self,
        target: Target,
        *,
        action_id: str,
        user: str = "UADA",
        query: str = "",
        block_id: str | None = None,
    ) -> Outcome:
        """Type into an external select; the outcome has `options` or `option_groups`."""
        return await choosing.suggest(
            self._desk, target, action_id=action_id, user=user, query=query, block_id=block_id
        )

    async def submit(
        self,
        view: View,
        *,
        values: dict[str, dict[str, Any]] | None = None,
        user: str = "UADA",
    ) -> Outcome:
        """Fill in a modal and submit it; `outcome.errors` are the words beside its inputs."""
        return await submissions.submit(self._desk, view, values=values or {}, user=user)

    async def close_view(
        self, view: View, *, user: str = "UADA", everything: bool = False
    ) -> Outcome:
        """Close the modal on top, or with `everything` all of them."""
        return await submissions.close(self._desk, view, user=user, everything=everything)

    def attach(self, name: str, content: bytes, *, user: str = "UADA") -> File:
        """Upload a file as a person does, for `say` or for the file input of a modal."""
        workspace = self._desk.backend.workspace
        person = self._desk.person(user)
        return workspace.uploads.keep(
            file_id=workspace.mint("F"), name=name, content=content, user=person.id
        )

    async def say(
        self,
        text: str,
        *,
        user: str = "UADA",
        channel: str,
        thread_ts: str | None = None,
        files: Sequence[File] = (),
    ) -> Outcome:
        """Write a message; the app hears of it where it is a member and subscribed."""
        words = Words(text, channel=channel, thread_ts=thread_ts or "", files=tuple(files))
        return await self._events.say(words, user=user)

    def write_canvas(self, channel: str, markdown: str, *, user: str = "UADA") -> None:
        """Leave a channel's canvas as this text; there is one from then on."""
        canvases.write_canvas(self._desk, channel, markdown, user=user)

    async def event(self, event: Json, *, redeliver: int = 0) -> Outcome:
        """Send any event, wrapped and retried as Slack does."""
        return await self._events.send(event, redeliver=redeliver)

    async def open_home(self, *, user: str = "UADA", tab: str = "home") -> Outcome:
        """Open the app's Home tab, or with `messages` its Messages tab."""
        backend = self._desk.backend
        if tab == "messages" and backend.manifest.has_agent:
            check_has_agent(self._desk, user)
        channel = backend.workspace.direct_message(user)
        event: Json = {"type": "app_home_opened", "user": user, "channel": channel.id, "tab": tab}
        if shown := backend.views.home(user):  # only what was published before
            event["view"] = view_object(shown, backend.workspace)
        if backend.manifest.has_agent and backend.manifest.subscribes(CONTEXT):
            event["context"] = context_of(self._desk, user)
        return await self._events.send(event)

    async def invite(self, channel: str, *, inviter: str = "UADA") -> Outcome:
        """Add the bot to a channel, as `/invite` does."""
        bot = self._desk.backend.identity.bot_user_id
        return await self._membership.invite(channel, bot, inviter=inviter)
