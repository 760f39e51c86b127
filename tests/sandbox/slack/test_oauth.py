"""Installing the app into further workspaces, and what its tokens are good for."""

import base64
from collections.abc import AsyncIterator, Awaitable
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import SandboxClock
from sandbox.slack import Browser, SlackSandbox, Tenant
from tests.sandbox.slack.apps import Recorder, refusal

REDIRECT = "https://flowbot.example/slack/oauth_redirect"


@pytest.fixture
async def browser(slack: SlackSandbox) -> AsyncIterator[Browser]:
    slack.tenants.redirect_urls.append(REDIRECT)
    async with Browser() as browser:
        yield browser


@pytest.fixture
def second(slack: SlackSandbox) -> Tenant:
    return slack.add_workspace("TSECOND", name="Second Works")


def _address(slack: SlackSandbox, **changed: str) -> str:
    query = {
        "client_id": slack.identity.client_id,
        "scope": "chat:write,commands",
        "state": "s1",
        "redirect_uri": REDIRECT,
        **changed,
    }
    return f"{slack.url}/oauth/v2/authorize?{urlencode(query)}"


def _code(address: str) -> str:
    return parse_qs(urlsplit(address).query)["code"][0]


def _anonymous(slack: SlackSandbox) -> AsyncWebClient:
    return AsyncWebClient(base_url=slack.api_url)


def _client(slack: SlackSandbox, token: str) -> AsyncWebClient:
    return AsyncWebClient(token=token, base_url=slack.api_url)


async def _exchanged(slack: SlackSandbox, code: str, **changed: str) -> dict[str, object]:
    return await _access(slack, **{"code": code, "redirect_uri": REDIRECT, **changed})


async def _access(slack: SlackSandbox, **asked: str) -> dict[str, object]:
    own = slack.identity
    client = {"client_id": own.client_id, "client_secret": own.client_secret}
    answer = await _anonymous(slack).api_call("oauth.v2.access", data={**client, **asked})
    assert isinstance(answer.data, dict)
    return answer.data


async def _error(call: Awaitable[object]) -> str:
    return str((await refusal(call))["error"])


async def test_what_a_person_allows_becomes_a_token_of_that_workspace_alone(
    slack: SlackSandbox, second: Tenant, browser: Browser
) -> None:
    back = await second.allow(browser, _address(slack), user="UGRACE")
    answer = await _exchanged(slack, _code(back))

    assert back.startswith(f"{REDIRECT}?code=")
    assert parse_qs(urlsplit(back).query)["state"] == ["s1"]
    assert answer["team"] == {"id": "TSECOND", "name": "Second Works"}
    assert (answer["enterprise"], answer["is_enterprise_install"]) == (None, False)
    assert answer["authed_user"] == {"id": "UGRACE"}
    assert answer["scope"] == "chat:write,commands"
    assert "refresh_token" not in answer
    client = _client(slack, str(answer["access_token"]))
    assert (await client.auth_test())["team_id"] == "TSECOND"


async def test_a_token_never_reaches_the_channels_of_another_workspace(
    slack: SlackSandbox, second: Tenant
) -> None:
    mine, theirs = _client(slack, slack.bot_token), _client(slack, second.installed())

    await theirs.chat_postMessage(channel="CTRAIN", text="in the second")
    await mine.chat_postMessage(channel="CTRAIN", text="in the first")

    assert [each.text for each in slack.messages("CTRAIN")] == ["in the first"]
    assert [each.text for each in second.messages("CTRAIN")] == ["in the second"]


async def test_a_code_is_good_once_for_ten_minutes_and_for_its_own_address(
    slack: SlackSandbox, second: Tenant, browser: Browser, clock: SandboxClock
) -> None:
    first = _code(await second.allow(browser, _address(slack)))
    await _exchanged(slack, first)
    late = _code(await second.allow(browser, _address(slack)))
    other = _code(await second.allow(browser, _address(slack)))

    assert await _error(_exchanged(slack, first)) == "code_already_used"
    assert await _error(_exchanged(slack, "made-up")) == "invalid_code"
    elsewhere = f"{REDIRECT}/elsewhere"
    assert await _error(_exchanged(slack, other, redirect_uri=elsewhere)) == "bad_redirect_uri"
    clock.advance(seconds=601)
    assert await _error(_exchanged(slack, late)) == "invalid_code"


async def test_the_client_must_be_the_app_and_know_its_secret(
    slack: SlackSandbox, second: Tenant, browser: Browser
) -> None:
    code = _code(await second.allow(browser, _address(slack)))

    assert await _error(_exchanged(slack, code, client_secret="guess")) == "bad_client_secret"
    assert await _error(_exchanged(slack, code, client_id="9.9")) == "invalid_client_id"
    own = slack.identity
    basic = base64.b64encode(f"{own.client_id}:{own.client_secret}".encode()).decode()
    client = _anonymous(slack)
    answer = await client.api_call(
        "oauth.v2.access",
        data={"code": code, "redirect_uri": REDIRECT},
        headers={"Authorization": f"Basic {basic}"},
    )
    assert answer["ok"]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"redirect_uri": "https://evil.example/"}, "bad_redirect_uri"),
        ({"redirect_uri": REDIRECT.replace("https", "http")}, "bad_redirect_uri"),
        ({"redirect_uri": f"{REDIRECT}.evil.example"}, "bad_redirect_uri"),
        ({"client_id": "9.9"}, "invalid_client_id"),
        ({"scope": "admin.users:write"}, "invalid_scope"),
        ({"scope": ""}, "invalid_scope"),
    ],
)
async def test_slacks_page_refuses_what_the_app_has_not_declared(
    slack: SlackSandbox, second: Tenant, browser: Browser, changed: dict[str, str], why: str
) -> None:
    page = await browser.get(_address(slack, **changed))

    assert (page.status, why in page.text) == (400, True)
    with pytest.raises(LookupError, match=why):
        await second.allow(browser, _address(slack, **changed))


async def test_a_cancelled_consent_comes_back_as_access_denied(
    slack: SlackSandbox, second: Tenant, browser: Browser
) -> None:
    back = await second.allow(browser, _address(slack), cancel=True)

    assert parse_qs(urlsplit(back).query) == {"error": ["access_denied"], "state": ["s1"]}
    assert not second.tokens.is_installed


async def test_rotating_tokens_expire_and_a_refresh_token_is_good_once(
    slack: SlackSandbox, second: Tenant, browser: Browser, clock: SandboxClock
) -> None:
    slack.tenants.rotates = True
    answer = await _exchanged(slack, _code(await second.allow(browser, _address(slack))))
    asked = {"grant_type": "refresh_token", "refresh_token": str(answer["refresh_token"])}

    assert answer["expires_in"] == 43_200
    assert str(answer["access_token"]).startswith("xoxe.xoxb-1-")
    clock.advance(seconds=43_200)
    old = _client(slack, str(answer["access_token"]))
    assert await _error(old.auth_test()) == "token_expired"
    renewed = await _access(slack, **asked)
    assert (await _client(slack, str(renewed["access_token"])).auth_test())["team_id"] == "TSECOND"
    assert await _error(_access(slack, **asked)) == "invalid_refresh_token"


async def test_two_access_tokens_are_alive_at_most(slack: SlackSandbox, second: Tenant) -> None:
    slack.tenants.rotates = True
    tokens = [second.installed() for _ in range(3)]

    assert await _error(_client(slack, tokens[0]).auth_test()) == "token_revoked"
    for token in tokens[1:]:
        assert (await _client(slack, token).auth_test())["ok"]


async def test_a_revoked_token_and_a_removed_app_are_told_apart(
    slack: SlackSandbox, second: Tenant
) -> None:
    third = slack.add_workspace("TTHIRD")
    revoked, removed = _client(slack, second.installed()), _client(slack, third.installed())

    assert (await revoked.auth_revoke(test=True))["revoked"] is False
    assert (await revoked.auth_revoke())["revoked"] is True
    assert await _error(revoked.auth_test()) == "token_revoked"
    own = slack.identity
    await removed.apps_uninstall(client_id=own.client_id, client_secret=own.client_secret)
    assert await _error(removed.auth_test()) == "account_inactive"
    assert not third.tokens.is_installed
    assert (await _client(slack, slack.bot_token).auth_test())["ok"]


async def test_an_organisation_is_one_installation_with_one_token(
    slack: SlackSandbox, browser: Browser, recorder: Recorder
) -> None:
    one, two = (slack.add_workspace(team, enterprise_id="EGRID") for team in ("TONE", "TTWO"))
    answer = await _exchanged(slack, _code(await one.allow(browser, _address(slack), org=True)))
    client = _client(slack, str(answer["access_token"]))

    assert (answer["team"], answer["is_enterprise_install"]) == (None, True)
    assert (await client.auth_test())["is_enterprise_install"] is True
    await one.admin.delete("CTRAIN", told=False)
    await client.chat_postMessage(channel="CTRAIN", text="Hello")
    assert [each.text for each in two.messages("CTRAIN")] == ["Hello"]
    await two.command("/flow", channel="CTRAIN")
    sent = recorder.last.form
    assert (sent["team_id"], sent["is_enterprise_install"]) == ("TTWO", "true")


async def test_a_removed_app_hears_of_it_and_of_nothing_more(
    slack: SlackSandbox, second: Tenant, recorder: Recorder
) -> None:
    token = second.installed()
    await second.uninstall(told=("app_uninstalled",))

    payload = recorder.last.payload
    assert (payload["team_id"], payload["event"]["type"]) == ("TSECOND", "app_uninstalled")
    assert "authorizations" not in payload
    assert await _error(_client(slack, token).auth_test()) == "account_inactive"
    assert (await second.command("/flow")).error == "invalid_command"
    assert (await second.event({"type": "app_mention"})).error == "not_installed"
    await second.uninstall(told=("tokens_revoked",))
    assert recorder.last.payload["event"]["tokens"]["bot"] == [second.bot_user_id]
    with pytest.raises(SlackApiError):
        await _client(slack, token).chat_postMessage(channel="CTRAIN", text="late")


async def test_a_browser_keeps_cookies_by_origin(slack: SlackSandbox) -> None:
    async with Browser({"https://a.example": slack.url}) as browser:
        browser.cookies["https://a.example"] = {"kept": "1"}
        page = await browser.get("https://a.example/oauth/v2/authorize")

    assert (page.address, page.status) == ("https://a.example/oauth/v2/authorize", 400)
    assert browser.cookies == {"https://a.example": {"kept": "1"}}
