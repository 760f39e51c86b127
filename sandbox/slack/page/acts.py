"""What a person does on the page: send, press, choose, submit, close, open Home."""

import contextlib
from collections.abc import Iterator
from typing import Any

from aiohttp import web

from sandbox.slack import File, Message, Outcome, SlackSandbox, View
from sandbox.slack.page.answers import Body, Refused, needed, optional, read_body
from sandbox.slack.page.viewers import Viewers

LARGEST_FILE = 10 * 2**20
_CHUNK = 64 * 2**10


class Acts:
    """The POST routes of people."""

    def __init__(self, slack: SlackSandbox) -> None:
        """Act in this Slack."""
        self._slack = slack
        self._viewers = Viewers(slack)

    async def send(self, request: web.Request) -> web.Response:
        """POST {user, channel, text, thread_ts?}: a slash command, or else a message."""
        body = await read_body(request)
        files = self._files(body)
        user, text = self._user(body), needed(body, "text") if not files else body.get("text", "")
        channel = self._viewers.channel(user, needed(body, "channel"))
        if channel.is_archived:
            raise Refused("This channel is archived: nobody can write in it.", status=200)
        with _possible():
            if text.startswith("/"):
                return _answer(await self._slack.command(text, user=user, channel=channel.id))
            thread = optional(body, "thread_ts")
            said = await self._slack.say(
                text, user=user, channel=channel.id, thread_ts=thread, files=files
            )
        return _silent(said)

    async def attach(self, request: web.Request) -> web.Response:
        """POST ?user=&name= with the bytes as the body: a file for a message or a form."""
        user, name = self._user(request.query), needed(request.query, "name")
        content = bytearray()
        async for chunk in request.content.iter_chunked(_CHUNK):
            content += chunk
            if len(content) > LARGEST_FILE:
                raise Refused("The sandbox takes files of up to 10 MB.", status=200)
        file = self._slack.attach(name, bytes(content), user=user)
        return web.json_response({"id": file.id, "name": file.name, "size": file.size})

    def _files(self, body: Body) -> list[File]:
        wanted = body.get("files") or []
        return [file for file in self._slack.files if file.id in wanted]

    async def shortcut(self, request: web.Request) -> web.Response:
        """POST {user, callback_id, channel?, ts?}: a global or a message shortcut."""
        body = await read_body(request)
        user, callback_id = self._user(body), needed(body, "callback_id")
        with _possible():
            if optional(body, "ts") is None:
                return _answer(await self._slack.shortcut(callback_id, user=user))
            message = self._message(user, body)
            outcome = await self._slack.message_shortcut(callback_id, message=message, user=user)
        return _answer(outcome)

    async def click(self, request: web.Request) -> web.Response:
        """POST {user, channel+ts | view_id, block_id, action_id, value}: a press or a choice."""
        body = await read_body(request)
        user = self._user(body)
        with _possible():
            outcome = await self._slack.click(
                self._surface(user, body),
                action_id=needed(body, "action_id"),
                block_id=optional(body, "block_id"),
                value=body.get("value"),
                user=user,
            )
        return _answer(outcome)

    async def options(self, request: web.Request) -> web.Response:
        """POST {user, channel+ts | view_id, block_id, action_id, query}: options of a menu."""
        body = await read_body(request)
        user = self._user(body)
        with _possible():
            outcome = await self._slack.options(
                self._surface(user, body),
                action_id=needed(body, "action_id"),
                block_id=optional(body, "block_id"),
                query=optional(body, "query") or "",
                user=user,
            )
        _refuse_failed(outcome)
        found = {"options": outcome.options, "option_groups": outcome.option_groups}
        return web.json_response(found)

    async def submit(self, request: web.Request) -> web.Response:
        """POST {user, view_id, values}: a modal's submission; answers {errors} by block id."""
        body = await read_body(request)
        user = self._user(body)
        view = self._viewers.view(user, needed(body, "view_id"))
        with _possible():
            outcome = await self._slack.submit(view, values=_values(body), user=user)
        if outcome.errors:
            return web.json_response({"errors": outcome.errors})
        return _answer(outcome)

    async def close(self, request: web.Request) -> web.Response:
        """POST {user, view_id, everything?}: a modal, or all of them, closed without submitting."""
        body = await read_body(request)
        user = self._user(body)
        view = self._viewers.view(user, needed(body, "view_id"))
        everything = body.get("everything") is True
        with _possible():
            closed = await self._slack.close_view(view, user=user, everything=everything)
        return _silent(closed)

    async def home(self, request: web.Request) -> web.Response:
        """POST {user, tab}: somebody opens the app's page, on "home" or "messages"."""
        body = await read_body(request)
        user, tab = self._user(body), needed(body, "tab")
        if tab not in {"home", "messages"}:
            raise Refused("tab is home or messages.")
        with _possible():
            return _silent(await self._slack.open_home(user=user, tab=tab))

    def _user(self, body: Body) -> str:
        return self._viewers.person(needed(body, "user")).id

    def _surface(self, user: str, body: Body) -> Message | View:
        view_id = optional(body, "view_id")
        return self._viewers.view(user, view_id) if view_id else self._message(user, body)

    def _message(self, user: str, body: Body) -> Message:
        return self._viewers.message(user, needed(body, "channel"), needed(body, "ts"))


@contextlib.contextmanager
def _possible() -> Iterator[None]:
    """Turn the sandbox's "a person could not have done that" into an answer."""
    try:
        yield
    except ValueError as impossible:
        raise Refused(str(impossible), status=200) from None


def _values(body: Body) -> dict[str, dict[str, Any]]:
    values = body.get("values")
    if not isinstance(values, dict) or not all(isinstance(one, dict) for one in values.values()):
        raise Refused("values are {block_id: {action_id: value}}.")
    return values


def _refuse_failed(outcome: Outcome) -> None:
    if outcome.error:
        words = outcome.text or f'The app did not answer as it should: "{outcome.error}".'
        raise Refused(words, status=200)


def _answer(outcome: Outcome) -> web.Response:
    """Answer with the outcome; what the person would be told in Slack becomes a refusal."""
    _refuse_failed(outcome)
    return _silent(outcome)


def _silent(outcome: Outcome) -> web.Response:
    """Answer with the outcome, failed or not: nobody in Slack sees that an event was lost."""
    shown = {"status": outcome.status, "text": outcome.text, "error": outcome.error}
    return web.json_response({"outcome": shown})
