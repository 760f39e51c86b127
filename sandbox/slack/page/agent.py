"""The panel of an agent: where somebody looks, what is suggested, how their threads stand."""

from typing import Any

from aiohttp import web

from sandbox.slack import SlackSandbox
from sandbox.slack.agents.sessions import Session
from sandbox.slack.page.answers import Body, Refused, needed, read_body
from sandbox.slack.page.viewers import Viewers


class AgentPanel:
    """The routes of the panel."""

    def __init__(self, slack: SlackSandbox) -> None:
        """Play the agent's container of this Slack."""
        self._slack = slack
        self._viewers = Viewers(slack)

    async def show(self, request: web.Request) -> web.Response:
        """GET ?user=: the channel in view, the prompts, and every thread with its status."""
        user = self._viewers.person(needed(request.query, "user")).id
        try:
            place = self._slack.agent.conversation(user).id
        except ValueError as impossible:
            return web.json_response({"closed": str(impossible)})
        prompts = self._slack.agents.prompts(place)
        return web.json_response(
            {
                "looking": self._slack.agents.looking.get(user, ""),
                "heading": prompts.title,
                "prompts": [each.title for each in prompts.offered],
                "sessions": [self._session(each) for each in self._slack.agents.sessions(place)],
            }
        )

    async def look(self, request: web.Request) -> web.Response:
        """POST {user, channel}: have a channel before one, or none."""
        body = await read_body(request)
        await self._done(self._slack.agent.look_at(str(body.get("channel") or ""), user=_of(body)))
        return web.json_response({})

    async def press(self, request: web.Request) -> web.Response:
        """POST {user, title}: press a prompt; answers with the `ts` of its thread."""
        body = await read_body(request)
        outcome = await self._done(self._slack.agent.press(needed(body, "title"), user=_of(body)))
        return web.json_response({"thread": outcome.message.ts if outcome.message else ""})

    async def stop(self, request: web.Request) -> web.Response:
        """POST {user, thread_ts}: stop the work of a thread."""
        body = await read_body(request)
        await self._done(self._slack.agent.stop(needed(body, "thread_ts"), user=_of(body)))
        return web.json_response({})

    async def _done(self, act: Any) -> Any:
        """Return what came of an act; a person is told what they could not do."""
        try:
            return await act
        except ValueError as impossible:
            raise Refused(str(impossible), status=200) from None

    def _session(self, one: Session) -> dict[str, str]:
        return {
            "thread_ts": one.thread_ts,
            "status": one.status,
            "title": one.title,
            "thinking": self._slack.agents.thinking(one.channel, one.thread_ts),
        }


def _of(body: Body) -> str:
    return needed(body, "user")
