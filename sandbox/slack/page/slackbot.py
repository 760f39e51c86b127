"""Slackbot's pane: the tools of the app, one called for whoever looks, and what came of it."""

from dataclasses import asdict
from typing import Any

from aiohttp import web

from sandbox.slack import SlackSandbox
from sandbox.slack.page.answers import Body, Refused, needed, read_body
from sandbox.slack.page.viewers import Viewers
from sandbox.slack.slackbot.client import SlackbotAnswer, SlackbotError


class SlackbotPane:
    """The routes of the pane."""

    def __init__(self, slack: SlackSandbox) -> None:
        """Ask the Slackbot of this Slack."""
        self._slack = slack
        self._viewers = Viewers(slack)
        self._shown: dict[str, SlackbotAnswer] = {}

    async def tools(self, request: web.Request) -> web.Response:
        """GET ?user=: every tool, and whether the person is asked before it is called."""
        user = self._viewers.person(needed(request.query, "user")).id
        bot = self._slack.slackbot
        try:
            listed = await bot.tools()
        except SlackbotError as refused:
            raise Refused(str(refused), status=200) from None
        asks = {each.name: bot.needs_consent(each.name, user) for each in listed}
        return web.json_response(
            {"tools": [{**asdict(each), "asks": asks[each.name]} for each in listed]}
        )

    async def call(self, request: web.Request) -> web.Response:
        """POST {user, tool, arguments, consent}: call a tool."""
        body = await read_body(request)
        user, tool, consent = self._whose(body), needed(body, "tool"), needed(body, "consent")
        try:
            answer = await self._slack.slackbot.call(
                tool, _object(body, "arguments"), user=user, consent=consent
            )
        except SlackbotError as refused:
            raise Refused(str(refused), status=200) from None
        return self._show(user, answer)

    async def press(self, request: web.Request) -> web.Response:
        """POST {user, action_id, value, entered}: press a button of the answer that is shown."""
        body = await read_body(request)
        user = self._whose(body)
        shown = self._shown.get(user)
        if shown is None:
            raise Refused("That answer is no longer there.", status=200)
        try:
            answer = await self._slack.slackbot.press(
                shown,
                needed(body, "action_id"),
                value=needed(body, "value"),
                entered=_object(body, "entered"),
                user=user,
            )
        except SlackbotError as refused:
            raise Refused(str(refused), status=200) from None
        return self._show(user, answer)

    def _whose(self, body: Body) -> str:
        return self._viewers.person(needed(body, "user")).id

    def _show(self, user: str, answer: SlackbotAnswer) -> web.Response:
        """Show an answer in the place of the one before."""
        self._shown[user] = answer
        return web.json_response(asdict(answer))


def _object(body: Body, name: str) -> dict[str, Any]:
    value = body.get(name) or {}
    if not isinstance(value, dict):
        raise Refused(f"{name} must be an object.")
    return value
