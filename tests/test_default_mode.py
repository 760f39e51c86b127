"""Bolt's own default mode, in which an error right after the acknowledgement would lose it.

Everywhere else the app runs with `process_before_response`, which hides that.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.errors import UserError
from handlers.boundary import BY_JOB, guarded


def app_with(listener: Callable[..., Awaitable[None]]) -> AsyncApp:
    async def authorize(**_: Any) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-unused")

    app = AsyncApp(authorize=authorize, signing_secret="unused")
    app.command("/flow")(guarded(listener, BY_JOB))
    return app


async def dispatch(app: AsyncApp) -> tuple[int, str]:
    body = {"command": "/flow", "text": "", "user_id": "U1", "team_id": "T1", "channel_id": "C1"}
    response = await app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=body))
    return response.status, response.body


async def test_an_error_right_after_the_acknowledgement_does_not_lose_it() -> None:
    async def breaks(ack: AsyncAck) -> None:
        await ack()
        raise RuntimeError("on purpose")

    status, _ = await dispatch(app_with(breaks))
    assert status == 200


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (UserError("Say which flow."), "Say which flow."),
        (RuntimeError("secret detail"), "Something went wrong in Flowbot."),
    ],
)
async def test_an_error_before_it_is_answered_in_words(error: Exception, words: str) -> None:
    async def breaks(ack: AsyncAck) -> None:
        raise error

    status, body = await dispatch(app_with(breaks))
    assert status == 200
    assert words in body
    assert "secret detail" not in body
