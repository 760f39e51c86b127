"""The canvas of a channel on the page: read, and written by people."""

from aiohttp import web

from sandbox.slack import SlackSandbox
from sandbox.slack.page.answers import Refused, needed, read_body
from sandbox.slack.page.viewers import Viewers


class CanvasPages:
    """The routes of canvases."""

    def __init__(self, slack: SlackSandbox) -> None:
        """Look at this Slack and write in it."""
        self._slack = slack
        self._viewers = Viewers(slack)

    async def read(self, request: web.Request) -> web.Response:
        """GET ?user=&channel=: what stands in a channel's canvas, null where it has none."""
        user = self._viewers.person(needed(request.query, "user")).id
        channel = self._viewers.channel(user, needed(request.query, "channel")).id
        return web.json_response({"markdown": self._slack.workspace.canvas(channel)})

    async def write(self, request: web.Request) -> web.Response:
        """POST {user, channel, markdown}: somebody leaves the canvas as this text."""
        body = await read_body(request)
        user = self._viewers.person(needed(body, "user")).id
        channel = self._viewers.channel(user, needed(body, "channel")).id
        text = body.get("markdown")
        if not isinstance(text, str):
            raise Refused("markdown is missing.")
        try:
            self._slack.write_canvas(channel, text, user=user)
        except ValueError as impossible:
            raise Refused(str(impossible), status=200) from None
        return web.json_response({})
