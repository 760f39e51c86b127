"""Who may call what, how often, and how a request is read."""

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import SandboxClock
from sandbox.slack import SlackSandbox
from sandbox.slack.tiers import CHANNEL_BURST, TIERS
from tests.sandbox.slack.apps import code, refusal, section


async def test_auth_test_names_the_bot_and_its_scopes(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    answer = await client.auth_test()

    assert answer["user_id"] == slack.bot_user_id
    assert answer["bot_id"] == "BFLOWBOT"
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")


@pytest.mark.parametrize(
    ("method", "token", "expected"),
    [
        ("chat.postMessage", "", "not_authed"),
        ("chat.postMessage", "xoxb-somebody-else", "invalid_auth"),
        ("chat.postMessage", "app", "not_allowed_token_type"),
        ("apps.connections.open", "bot", "not_allowed_token_type"),
        ("chat.sendTelegram", "bot", "unknown_method"),
    ],
)
async def test_a_wrong_token_or_method_is_refused(
    slack: SlackSandbox, http: aiohttp.ClientSession, method: str, token: str, expected: str
) -> None:
    token = {"bot": slack.bot_token, "app": slack.app_token}.get(token, token)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with http.post(f"{slack.api_url}{method}", headers=headers) as response:
        assert response.status == 200
        assert (await response.json())["error"] == expected


async def test_a_token_counts_in_a_form_and_not_in_a_json_body(
    slack: SlackSandbox, http: aiohttp.ClientSession
) -> None:
    url, arguments = f"{slack.api_url}auth.test", {"token": slack.bot_token}

    async with http.post(url, data=arguments) as response:
        assert (await response.json())["ok"] is True
    async with http.post(url, json=arguments) as response:
        assert (await response.json())["error"] == "not_authed"


async def test_json_is_ignored_where_slack_reads_only_forms(
    slack: SlackSandbox, http: aiohttp.ClientSession
) -> None:
    url = f"{slack.api_url}files.getUploadURLExternal"
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    arguments = {"filename": "a.csv", "length": "5"}

    async with http.post(url, json=arguments, headers=headers) as response:
        answer = await response.json()
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] missing required field: filename",
        "[ERROR] missing required field: length",
    ]
    async with http.post(url, params=arguments, headers=headers) as response:
        assert (await response.json())["ok"] is True


@pytest.mark.parametrize(("body", "expected"), [("{", "invalid_json"), ("[1]", "json_not_object")])
async def test_a_body_that_is_no_json_object_is_refused(
    slack: SlackSandbox, http: aiohttp.ClientSession, body: str, expected: str
) -> None:
    headers = {"Content-Type": "application/json"}
    async with http.post(f"{slack.api_url}api.test", data=body, headers=headers) as response:
        assert (await response.json())["error"] == expected


async def test_a_missing_scope_says_what_is_needed_and_provided(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    answer = await refusal(client.users_lookupByEmail(email="ada@example.com"))
    assert answer["error"] == "missing_scope"
    assert answer["needed"] == "users:read.email"
    assert "users:read" in answer["provided"].split(",")

    slack.grant("users:read.email")
    found = await client.users_lookupByEmail(email="ADA@example.com")
    assert found["user"]["profile"]["email"] == "ada@example.com"

    slack.revoke("chat:write")
    assert await code(client.chat_postMessage(channel="CTRAIN", text="x")) == "missing_scope"


async def test_a_tier_holds_for_a_minute_of_the_sandbox_clock(
    slack: SlackSandbox, client: AsyncWebClient, clock: SandboxClock
) -> None:
    for _ in range(TIERS[2]):
        await client.users_conversations()
    clock.advance(seconds=20)

    refused = await refusal(client.users_conversations())
    assert refused.status_code == 429
    assert refused["error"] == "ratelimited"
    assert refused.headers["Retry-After"] == "40"

    clock.advance(seconds=40)
    await client.users_conversations()


async def test_a_channel_takes_a_burst_and_then_one_message_a_second(
    slack: SlackSandbox, client: AsyncWebClient, clock: SandboxClock
) -> None:
    for _ in range(CHANNEL_BURST):
        await client.chat_postMessage(channel="CTRAIN", text="x")

    refused = await refusal(client.chat_postMessage(channel="CTRAIN", text="x"))
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1")
    await client.chat_postMessage(channel="CFIELD", text="another channel is free")

    clock.advance(seconds=1)
    await client.chat_postMessage(channel="CTRAIN", text="x")
    assert await code(client.chat_postMessage(channel="CTRAIN", text="x")) == "ratelimited"


async def test_rates_can_be_switched_off(client: AsyncWebClient, slack: SlackSandbox) -> None:
    slack.switches.strict_rates = False
    for _ in range(CHANNEL_BURST + 5):
        await client.chat_postMessage(channel="CTRAIN", text="x")
    assert len(slack.messages("CTRAIN")) == CHANNEL_BURST + 5


async def test_every_call_is_kept_with_its_error(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    await client.chat_postMessage(channel="CTRAIN", text="x")
    await code(client.chat_postMessage(channel="CNOWHERE", text="x"))

    told = [(one.method, one.arguments["channel"], one.error) for one in slack.calls]
    assert told == [
        ("chat.postMessage", "CTRAIN", ""),
        ("chat.postMessage", "CNOWHERE", "channel_not_found"),
    ]


async def test_api_test_echoes_and_fails_as_told(client: AsyncWebClient) -> None:
    assert (await client.api_test(foo="bar"))["args"] == {"foo": "bar"}
    assert await code(client.api_test(error="my_error")) == "my_error"


async def test_bots_info_knows_the_bot(client: AsyncWebClient) -> None:
    assert (await client.bots_info(bot="BFLOWBOT"))["bot"]["user_id"] == "UFLOWBOT"
    assert await code(client.bots_info(bot="BOTHER")) == "bot_not_found"


async def test_people_have_zones_and_languages(client: AsyncWebClient) -> None:
    grace = (await client.users_info(user="UGRACE", include_locale=True))["user"]
    assert (grace["tz"], grace["tz_offset"], grace["locale"]) == (
        "America/New_York",
        -5 * 3600,
        "en-US",
    )
    assert "email" not in grace["profile"]
    assert (await client.users_info(user="UGUEST"))["user"]["is_ultra_restricted"] is True
    assert await code(client.users_info(user="UNOBODY")) == "user_not_found"


async def test_everybody_is_listed_by_pages_those_who_left_too(client: AsyncWebClient) -> None:
    first = await client.users_list(limit=2)
    cursor = first["response_metadata"]["next_cursor"]
    rest = await client.users_list(cursor=cursor)

    listed = [*first["members"], *rest["members"]]
    assert len(first["members"]) == 2
    assert {"UADA", "UGONE", "UFLOWBOT"} <= {each["id"] for each in listed}
    assert [each["id"] for each in listed if each.get("is_admin")] == ["UADA"]
    assert rest["response_metadata"]["next_cursor"] == ""


async def test_a_message_may_not_hold_more_text_than_the_switch_allows(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    blocks = [section("x" * 3000)] * 4
    await client.chat_postMessage(channel="CTRAIN", text="x", blocks=blocks)
    more = [*blocks, section("x")]
    refused = await code(client.chat_postMessage(channel="CTRAIN", text="x", blocks=more))
    assert refused == "msg_blocks_too_long"

    slack.switches.block_characters = 13_000
    await client.chat_postMessage(channel="CTRAIN", text="x", blocks=more)
