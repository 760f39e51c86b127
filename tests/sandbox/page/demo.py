"""A small real Bolt app that uses everything the page draws, until a test brings another."""

import html
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import SlackSandbox
from tests.sandbox.page import gallery, gallery_views

Body = dict[str, Any]

CSV = "person,status\n" + "".join(f"{name},{status}\n" for name, status, *_ in gallery.PEOPLE * 5)
POSTS = {
    "report": gallery.REPORT,
    "rich": gallery.RICH,
    "steps": gallery.STEPS,
    "cards": gallery.CARDS,
    "charts": [gallery.chart("line", "By week"), gallery.chart("bar", "In groups")],
}


@asynccontextmanager
async def demo(slack: SlackSandbox) -> AsyncIterator[None]:
    """Run the app and connect it to `slack`."""
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
    app = AsyncApp(client=client, signing_secret=slack.signing_secret, process_before_response=True)
    _commands(app)
    _modals(app)
    _clicks(app)
    runner = web.AppRunner(app.web_app(path="/slack/events"), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    slack.connect(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    yield
    await runner.cleanup()


def _commands(app: AsyncApp) -> None:
    @app.command("/flow-report")
    async def report(
        ack: AsyncAck, command: Body, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await ack()
        word, _, rest = command["text"].partition(" ")
        channel = command["channel_id"]
        if word in POSTS:
            await client.chat_postMessage(channel=channel, text=word, blocks=POSTS[word])
        elif word == "named":
            section = {"type": "section", "text": gallery.plain(html.unescape(rest))}
            await client.chat_postMessage(channel=channel, text="named", blocks=[section])
        elif word == "file":
            await _with_file(client, channel)
        else:
            await respond(f"There is no flow called `{word}`.")

    @app.command("/flow")
    async def fail(ack: AsyncAck) -> None:
        await ack({"blocks": [{"type": "hologram"}]})


async def _with_file(client: AsyncWebClient, channel: str) -> None:
    parent = await client.chat_postMessage(channel=channel, text="The data is in the thread")
    await client.files_upload_v2(
        channel=channel, thread_ts=parent["ts"], filename="onboarding.csv", content=CSV
    )


def _modals(app: AsyncApp) -> None:
    @app.shortcut("get_training_report")
    @app.shortcut("export_data")
    async def opened(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=gallery_views.MODAL)

    @app.action("push")
    async def push(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        await client.views_push(trigger_id=body["trigger_id"], view=gallery_views.PUSHED)

    @app.options("webinar")
    async def webinars(ack: AsyncAck, payload: Body) -> None:
        names = [name for name in ("Fire drill", "First aid") if payload["value"] in name.lower()]
        await ack(options=[gallery.option(name, name) for name in names])

    @app.view("get_report")
    async def submitted(ack: AsyncAck, view: Body, client: AsyncWebClient) -> None:
        flow = view["state"]["values"]["flow"]["name"]["value"]
        if flow != "onboarding":
            await ack(response_action="errors", errors={"flow": f"There is no flow called {flow}."})
            return
        await ack()
        period = view["state"]["values"]["period"]["period"]["selected_option"]["value"]
        await client.chat_postMessage(channel="CTRAIN", text=f"Report on {flow}, {period}")

    @app.view("people")
    async def chosen(ack: AsyncAck) -> None:
        await ack()


def _clicks(app: AsyncApp) -> None:
    @app.action("refresh")
    @app.action("period")
    @app.action("remind")
    async def pressed(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        action = body["actions"][0]
        chosen = (action.get("selected_option") or action).get("value", "")
        blocks = [
            gallery.REPORT[0],
            {
                "type": "section",
                "text": gallery.mrkdwn(
                    f"{action['action_id']} by <@{body['user']['id']}> {chosen}"
                ),
            },
        ]
        await client.chat_update(
            channel=body["channel"]["id"], ts=body["message"]["ts"], text="changed", blocks=blocks
        )

    @app.action("home_button")
    async def paused(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        view = {"type": "home", "blocks": [{"type": "header", "text": gallery.plain("Paused")}]}
        await client.views_publish(user_id=body["user"]["id"], view=view)

    @app.event("app_home_opened")
    async def home(event: Body, client: AsyncWebClient) -> None:
        if event["tab"] == "home":
            await client.views_publish(user_id=event["user"], view=gallery_views.HOME)
