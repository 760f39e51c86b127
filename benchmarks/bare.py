"""The yardstick: a Bolt app that says hello, with Bolt's default settings and its own web server.

`python -m benchmarks.bare` listens on `PORT`. Its `authorize` spares it from asking Slack anything.
"""

import os

from aiohttp import web
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult

from benchmarks.load import COMMAND, SIGNING_SECRET


async def authorize(**_: object) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id="T1", bot_id="B1", bot_user_id="U0")


async def hello(ack: AsyncAck) -> None:
    await ack("hello")


async def ready(_: web.Request) -> web.Response:
    return web.Response(text="ready\n")


def main() -> None:
    app = AsyncApp(signing_secret=SIGNING_SECRET, authorize=authorize)
    app.command(COMMAND)(hello)
    server = app.server(port=int(os.environ["PORT"]), path="/slack/events", host="127.0.0.1")
    server.web_app.router.add_get("/readyz", ready)
    server.start()


if __name__ == "__main__":
    main()
