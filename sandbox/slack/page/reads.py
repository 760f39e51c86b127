"""What the page reads: the workspace as one person sees it, messages, views, files, calls."""

import asyncio
from dataclasses import asdict
from urllib.parse import quote

from aiohttp import web

from sandbox.slack import SlackSandbox
from sandbox.slack.acting.membership import COMMANDS
from sandbox.slack.messages import Message
from sandbox.slack.page import drawings
from sandbox.slack.page.answers import Refused, needed
from sandbox.slack.page.guide import Guide
from sandbox.slack.page.previews import preview
from sandbox.slack.page.viewers import Viewers
from sandbox.slack.page.worksheets import UnreadableError
from sandbox.slack.uploads import File

SHOWN = 300  # messages at once; older ones have scrolled away
CALLS = 50
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


class Reads:
    """The GET routes."""

    def __init__(self, slack: SlackSandbox, guide: Guide) -> None:
        """Read from this Slack; the guide is for newcomers."""
        self._slack = slack
        self._guide = guide
        self._viewers = Viewers(slack)

    async def state(self, request: web.Request) -> web.Response:
        """GET ?user=: everything that frames the messages."""
        slack = self._slack
        user = self._viewers.person_or_first(request.query.get("user")).id
        channels = self._viewers.channels(user)
        bot = slack.bot_user_id
        manifest = slack.manifest
        return web.json_response(
            {
                "team": {
                    "id": slack.team_id,
                    "name": slack.identity.team_name,
                    "has_home": manifest.has_home_tab,
                    "has_tools": bool(manifest.mcp_servers),
                    "is_agent": manifest.has_agent,
                    "app_connected": drawings.is_connected(slack),
                    "first": self._guide.first,
                },
                "tries": {
                    place: [asdict(one) for one in tries]
                    for place, tries in self._guide.tries.items()
                },
                "me": user,
                "users": [drawings.person(one) for one in slack.workspace.users.values()],
                "channels": [
                    drawings.channel(
                        one,
                        user=user,
                        bot=bot,
                        canvas=slack.workspace.canvas(one.id) is not None,
                    )
                    for one in channels
                ],
                "commands": [asdict(one) for one in (*manifest.commands.values(), *COMMANDS)],
                "shortcuts": [asdict(one) for one in manifest.shortcuts],
                **drawings.time(slack.clock),
            }
        )

    async def messages(self, request: web.Request) -> web.Response:
        """GET ?user=&channel=[&thread_ts=]: the newest messages of a channel, or a thread."""
        user = self._viewers.person(needed(request.query, "user")).id
        channel = self._viewers.channel(user, needed(request.query, "channel")).id
        thread = request.query.get("thread_ts")
        found = self._thread(user, channel, thread) if thread else self._top(user, channel)
        return web.json_response({"messages": drawings.messages(self._slack, found[-SHOWN:])})

    def _top(self, user: str, channel: str) -> list[Message]:
        return self._slack.messages(channel, user=user)

    def _thread(self, user: str, channel: str, ts: str) -> list[Message]:
        replies = self._slack.thread(channel, ts, user=user)
        parent = self._slack.workspace.find(channel, ts)
        return replies if parent is None or parent.ephemeral_to else [parent, *replies]

    async def view(self, request: web.Request) -> web.Response:
        """GET ?user=: the modal in front of a person, or null."""
        user = self._viewers.person(needed(request.query, "user")).id
        return web.json_response({"view": drawings.view(self._slack.view_of(user))})

    async def home(self, request: web.Request) -> web.Response:
        """GET ?user=: the Home that the app published for a person, or null."""
        user = self._viewers.person(needed(request.query, "user")).id
        return web.json_response({"view": drawings.view(self._slack.home_of(user))})

    async def calls(self, _request: web.Request) -> web.Response:
        """GET: what the app asked of Slack lately, newest first, in the shape of a vendor."""
        newest = list(self._slack.calls)[: -CALLS - 1 : -1]
        shown = [drawings.call(one) for one in newest]
        return web.json_response({"name": "Slack Web API", "calls": shown, "switches": []})

    async def download(self, request: web.Request) -> web.StreamResponse:
        """GET: a file; pictures may be shown in place, everything else is saved."""
        file = self._file(request)
        kind = "inline" if file.mime in PICTURES else "attachment"
        headers = {
            "Content-Disposition": f"{kind}; filename*=UTF-8''{quote(file.name, safe='')}",
            "Content-Type": file.mime if kind == "inline" else "application/octet-stream",
        }
        if isinstance(file.content, bytes):
            return web.Response(body=file.content, headers=headers)
        return web.FileResponse(file.content, headers=headers)

    async def preview(self, request: web.Request) -> web.Response:
        """GET: the first rows of a CSV or XLSX file as {columns, rows, more}."""
        file = self._file(request)
        try:
            shown = await asyncio.to_thread(preview, file.name, file.content)
        except UnreadableError as unreadable:
            raise Refused(str(unreadable), status=200) from None
        return web.json_response(asdict(shown))

    def _file(self, request: web.Request) -> File:
        wanted = request.match_info["id"]
        for file in self._slack.files:
            if file.id == wanted:
                return file
        raise Refused("There is no such file.", status=404)
