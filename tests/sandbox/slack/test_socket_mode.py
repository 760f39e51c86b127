"""Socket Mode: a real Bolt app over a websocket, and the protocol by hand."""

from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import SlackSandbox


async def _connected(slack: SlackSandbox, http: aiohttp.ClientSession) -> Any:
    client = AsyncWebClient(token=slack.app_token, base_url=slack.api_url)
    opened = await client.apps_connections_open(app_token=slack.app_token)
    return await http.ws_connect(opened["url"])


async def test_a_bolt_app_answers_over_the_websocket(slack: SlackSandbox) -> None:
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
    app = AsyncApp(client=client, process_before_response=True)

    @app.command("/flow")
    async def listen(ack: Any, command: dict[str, Any]) -> None:
        await ack(f"heard {command['text']}")

    handler: Any = AsyncSocketModeHandler(app, slack.app_token)
    await handler.connect_async()
    await slack.socket.wait_for(1)
    outcome = await slack.command("/flow well", user="UADA", channel="CTRAIN")
    await handler.close_async()

    assert (outcome.status, outcome.text) == (200, "heard well")


async def test_a_connection_begins_with_hello_and_acks_by_envelope_id(
    slack: SlackSandbox, http: aiohttp.ClientSession
) -> None:
    async with await _connected(slack, http) as socket:
        hello = await socket.receive_json()
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        assert hello["connection_info"] == {"app_id": slack.app_id}

        slack.switches.ack_seconds = 0.05
        outcome = await slack.command("/flow")
        assert outcome.error == "operation_timeout"
        envelope = await socket.receive_json()
        assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
        assert envelope["payload"]["command"] == "/flow"
        await socket.send_json({"envelope_id": envelope["envelope_id"]})  # too late, no harm


async def test_a_ticket_opens_one_connection(
    slack: SlackSandbox, http: aiohttp.ClientSession
) -> None:
    client = AsyncWebClient(token=slack.app_token, base_url=slack.api_url)
    url = (await client.apps_connections_open(app_token=slack.app_token))["url"]
    async with http.ws_connect(url), http.get(url.replace("ws://", "http://")) as response:
        assert response.status == 403


async def test_the_eleventh_connection_is_turned_away(
    slack: SlackSandbox, http: aiohttp.ClientSession
) -> None:
    sockets = [await _connected(slack, http) for _ in range(10)]
    await slack.socket.wait_for(10)
    extra = await _connected(slack, http)
    told = await extra.receive_json()
    assert (told["type"], told["reason"]) == ("disconnect", "too_many_websockets")
    await extra.close()
    for socket in sockets:
        await socket.close()


async def test_connections_are_warned_and_refreshed(
    slack: SlackSandbox, http: aiohttp.ClientSession
) -> None:
    async with await _connected(slack, http) as socket:
        await socket.receive_json()
        await slack.socket.ping()
        await slack.socket.warn()
        told = await socket.receive_json()
        assert (told["type"], told["reason"]) == ("disconnect", "warning")
        assert slack.socket.count == 1
