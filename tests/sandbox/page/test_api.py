from datetime import UTC, datetime

import aiohttp
import pytest

from sandbox.slack import SlackSandbox

pytestmark = pytest.mark.asyncio(loop_scope="session")


def own(slack: SlackSandbox) -> dict[str, str]:
    return {"Origin": slack.url}


async def test_another_host_name_is_refused(slack: SlackSandbox) -> None:
    async with (
        aiohttp.ClientSession() as http,
        http.get(f"{slack.url}/page/api/state", headers={"Host": "evil.example"}) as answer,
    ):
        assert answer.status == 403


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="no origin"),
        pytest.param({"Origin": "null"}, id="null"),
        pytest.param({"Origin": "http://evil.example"}, id="another site"),
        pytest.param({"Origin": "http://127.0.0.1:1"}, id="another port"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, id="cross-site"),
    ],
)
async def test_a_change_from_anywhere_else_is_refused(
    slack: SlackSandbox, headers: dict[str, str]
) -> None:
    body = {"user": "UADA", "channel": "CTRAIN", "text": "Hello"}
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{slack.url}/page/api/send", json=body, headers=headers) as answer,
    ):
        assert answer.status == 403
    assert slack.messages("CTRAIN") == []


async def test_the_page_allows_no_script_but_its_own(slack: SlackSandbox) -> None:
    async with aiohttp.ClientSession() as http, http.get(f"{slack.url}/") as answer:
        policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self';")
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    "path", ["0/../../routes.py", "0/%2e%2e/routes.py", "0/js", "0/nothing.js"]
)
async def test_nothing_but_the_pages_own_files_is_served(slack: SlackSandbox, path: str) -> None:
    async with aiohttp.ClientSession() as http, http.get(f"{slack.url}/page/{path}") as answer:
        assert answer.status == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param(b"{", 400, id="no json"),
        pytest.param(b"[]", 400, id="no object"),
        pytest.param(b'{"user": 3}', 400, id="a number for a person"),
        pytest.param(b'{"user": "UNOBODY", "text": "x"}', 404, id="nobody"),
        pytest.param(b'{"user": "UGONE", "text": "x"}', 404, id="somebody who left"),
        pytest.param(
            b'{"user": "UGUEST", "channel": "GLEADS", "text": "x"}', 404, id="a hidden channel"
        ),
    ],
)
async def test_a_wrong_request_is_answered_in_words(
    slack: SlackSandbox, body: bytes, status: int
) -> None:
    headers = {**own(slack), "Content-Type": "application/json"}
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{slack.url}/page/api/send", data=body, headers=headers) as answer,
    ):
        assert answer.status == status
        assert (await answer.json())["error"].endswith(".")


@pytest.mark.parametrize(
    ("body", "then"),
    [
        pytest.param({"advance_seconds": 90}, "2026-03-02T08:00:30+00:00", id="seconds"),
        pytest.param({"to": "2026-03-02T10:00:00+01:00"}, "2026-03-02T09:00:00+00:00", id="to"),
        pytest.param(
            {"next": "09:00", "user": "UGRACE"}, "2026-03-02T14:00:00+00:00", id="nine in New York"
        ),
        pytest.param(
            {"next": "day", "user": "UADA"}, "2026-03-03T07:59:00+00:00", id="a day later"
        ),
    ],
)
async def test_the_clock_is_moved(slack: SlackSandbox, body: dict[str, object], then: str) -> None:
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{slack.url}/page/api/clock", json=body, headers=own(slack)) as answer,
    ):
        told = await answer.json()
    assert told == {"now": then, "clock_running": False}
    assert slack.clock.now().isoformat() == then


@pytest.mark.parametrize(
    "body",
    [
        {"advance_seconds": -1},
        {"advance_seconds": "60"},
        {"advance_seconds": 1e12},
        {"to": "2020-01-01T00:00:00Z"},
        {"to": "2026-03-02T10:00:00"},
        {"to": "soon"},
        {"next": "25:00", "user": "UADA"},
        {},
    ],
)
async def test_the_clock_never_goes_back_or_too_far(
    slack: SlackSandbox, body: dict[str, object]
) -> None:
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{slack.url}/page/api/clock", json=body, headers=own(slack)) as answer,
    ):
        assert answer.status == 400
    assert slack.clock.now() == datetime(2026, 3, 2, 7, 59, tzinfo=UTC)
