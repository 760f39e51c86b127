"""Answers that are not Slack's, whoever gives them: bounded, and never taken for a yes."""

import pytest
from aiohttp import web

from bot.errors import SlackError
from bot.slack.client import LARGEST_ANSWER, Slack
from bot.slack.refusals import UNREADABLE
from tests.http.scripted import Reply, Scripted, says

ENDLESS = LARGEST_ANSWER * 16


class Flood:
    """An answer of sixty megabytes that counts what was taken of it."""

    def __init__(self) -> None:
        self.sent = 0

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        await response.prepare(request)
        piece = b"[" * 256 * 1024
        while self.sent < ENDLESS:
            await response.write(piece)
            self.sent += len(piece)
        return response


async def code_of(answer: Reply) -> str:
    async with Scripted(answer) as server, Slack(token="xoxb-x", api_url=server.url) as slack:
        with pytest.raises(SlackError) as refused:
            await slack.call("auth.test")
    return refused.value.code


async def test_an_answer_without_end_is_not_read_to_its_end() -> None:
    flood = Flood()

    assert await code_of(flood) == UNREADABLE
    assert flood.sent < ENDLESS


@pytest.mark.parametrize(
    "body", ["[" * 100_000, '{"a":' * 100_000, "[]", "null", "7", '"x"', "", "{", "<html>"]
)
async def test_what_is_not_slacks_is_unreadable(body: str) -> None:
    assert await code_of(says(200, body)) == UNREADABLE
