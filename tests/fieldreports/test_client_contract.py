import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.errors import Reason, VendorError
from bot.fieldreports.client.client import SaferMe
from bot.fieldreports.client.session import Login, TokenKeeper, Tokens
from bot.http.exchange import HttpLimits
from sandbox.clock import SandboxClock
from tests.http.contract import START, TLS, ClientContract, traces
from tests.http.scripted import Scripted, drops, says

ACCESS, REFRESH, PASSWORD = "an-access-token-for-tests", "a-refresh-token-for-tests", "a-password"
PAIR = Tokens(SecretStr(ACCESS), SecretStr(REFRESH))
LOGIN = Login("a@example.com", SecretStr(PASSWORD))
SESSION = "/api/v4/session"


def fresh(number: int) -> dict[str, Any]:
    ends = (START + timedelta(days=365)).isoformat()
    names = {"access_token": f"access-{number}", "refresh_token": f"refresh-{number}"}
    return {"session": {**names, "token_expire_at": ends}}


def opened(
    url: str, clock: SandboxClock, *, keeping: TokenKeeper | None = None, **more: Any
) -> SaferMe:
    return SaferMe(base_url=url, clock=clock, keeping=keeping or TokenKeeper(), tls=TLS, **more)


@asynccontextmanager
async def never() -> AsyncIterator[bool]:
    """Somebody else has the turn and does not give it back."""
    yield False


class TestSaferMe(ClientContract):
    secret = ACCESS
    good: ClassVar[Any] = {"id": 501, "name": "One", "fields": []}

    def client(
        self, url: str, clock: SandboxClock, limits: HttpLimits
    ) -> AbstractAsyncContextManager[SaferMe]:
        only_access = Tokens(SecretStr(ACCESS))
        return opened(url, clock, tokens=only_access, limits=limits)

    async def ask(self, client: Any) -> object:
        return await client.form(501)

    async def change(self, client: Any) -> object:
        client._session._tokens = PAIR  # only such a pair can be refreshed
        return await client.renew()

    async def test_a_refused_refresh_shows_no_token(
        self, vendor: Scripted, clock: SandboxClock
    ) -> None:
        vendor.otherwise = says(401, {"errors": [f"{ACCESS} and {REFRESH} are dead"]})
        async with opened(vendor.url, clock, tokens=PAIR) as client:
            with pytest.raises(VendorError) as failure:
                await client.renew()
        error = failure.value
        assert error.detail == "[hidden] and [hidden] are dead"
        assert REFRESH not in traces(error)

    async def test_a_token_that_ended_is_replaced_and_kept_before_it_is_used(
        self, vendor: Scripted, clock: SandboxClock
    ) -> None:
        kept: list[tuple[str, int]] = []

        async def keep(tokens: Tokens) -> None:
            kept.append((tokens.access.get_secret_value(), len(vendor.received)))

        vendor.then(says(401), says(200, fresh(1)))
        async with opened(vendor.url, clock, tokens=PAIR, keeping=TokenKeeper(keep=keep)) as client:
            await client.form(501)
        shown = [request.headers.get("Authorization") for request in vendor.received]
        assert shown == [f"Token token={ACCESS}", None, "Token token=access-1"]
        assert (vendor.received[1].method, vendor.received[1].path) == ("PATCH", SESSION)
        assert vendor.received[1].json == {
            "session": {"access_token": ACCESS, "refresh_token": REFRESH}
        }
        assert kept == [("access-1", 2)]

    async def test_many_askers_at_once_cause_one_refresh(
        self, vendor: Scripted, clock: SandboxClock
    ) -> None:
        async def answer(request: web.Request) -> web.StreamResponse:
            if request.path == SESSION:
                return await says(200, fresh(1))(request)
            new = request.headers["Authorization"] == "Token token=access-1"
            return await says(200 if new else 401, {**self.good, "id": 1})(request)

        vendor.otherwise = answer
        async with opened(vendor.url, clock, tokens=PAIR) as client:
            await asyncio.gather(*(client.form(number) for number in range(8)))
        assert [r.path for r in vendor.received].count(SESSION) == 1

    async def test_an_asker_who_gives_up_does_not_lose_the_new_pair(
        self, vendor: Scripted, clock: SandboxClock
    ) -> None:
        kept: list[str] = []
        arrived, go = asyncio.Event(), asyncio.Event()

        async def keep(tokens: Tokens) -> None:
            kept.append(tokens.access.get_secret_value())

        async def slow(request: web.Request) -> web.StreamResponse:
            arrived.set()
            await go.wait()
            return await says(200, fresh(1))(request)

        vendor.then(says(401), slow)
        async with opened(vendor.url, clock, tokens=PAIR, keeping=TokenKeeper(keep=keep)) as client:
            asker = asyncio.create_task(client.form(501))
            await arrived.wait()
            asker.cancel()
            go.set()
        assert kept == ["access-1"]

    async def test_a_pair_that_could_not_be_kept_is_kept_before_the_next_question(
        self, vendor: Scripted, clock: SandboxClock
    ) -> None:
        kept: list[str] = []

        async def keep(tokens: Tokens) -> None:
            kept.append(tokens.access.get_secret_value())
            if len(kept) == 1:
                raise OSError

        vendor.then(says(401), says(200, fresh(1)))
        async with opened(vendor.url, clock, tokens=PAIR, keeping=TokenKeeper(keep=keep)) as client:
            with pytest.raises(OSError):  # noqa: PT011 - whatever `keep` raises
                await client.form(501)
            await client.form(501)
        assert kept == ["access-1", "access-1"]
        assert vendor.received[-1].headers["Authorization"] == "Token token=access-1"
        assert len(vendor.received) == 3

    async def test_a_pair_that_another_process_kept_is_used_and_not_replaced(
        self, vendor: Scripted, clock: SandboxClock
    ) -> None:
        async def kept() -> Tokens:
            return Tokens(SecretStr("theirs"), SecretStr("their-refresh"))

        vendor.then(says(401))
        vendor.otherwise = says(200, self.good)
        async with opened(vendor.url, clock, tokens=PAIR, keeping=TokenKeeper(kept=kept)) as client:
            await client.form(501)
        shown = [request.headers.get("Authorization") for request in vendor.received]
        assert shown == [f"Token token={ACCESS}", "Token token=theirs"]

    @pytest.mark.parametrize(
        ("answers", "days"), [([401, 401], 300), ([401], 1)], ids=["dead", "ends soon"]
    )
    async def test_a_kept_pair_that_is_no_good_is_itself_replaced(
        self, vendor: Scripted, clock: SandboxClock, answers: list[int], days: int
    ) -> None:
        async def kept() -> Tokens:
            ends = START + timedelta(days=days)
            return Tokens(SecretStr("theirs"), SecretStr("their-refresh"), ends)

        vendor.then(*map(says, answers), says(200, fresh(1)))
        vendor.otherwise = says(200, self.good)
        async with opened(vendor.url, clock, tokens=PAIR, keeping=TokenKeeper(kept=kept)) as client:
            await client.form(501)
        replaced = vendor.received[len(answers)]
        assert (replaced.method, replaced.path) == ("PATCH", SESSION)
        assert replaced.json["session"]["access_token"] == "theirs"
        assert vendor.received[-1].headers["Authorization"] == "Token token=access-1"

    async def test_a_turn_that_never_comes_is_told_and_nothing_is_replaced(
        self, vendor: Scripted, clock: SandboxClock
    ) -> None:
        vendor.otherwise = says(401)
        async with opened(
            vendor.url, clock, tokens=PAIR, keeping=TokenKeeper(turn=never)
        ) as client:
            with pytest.raises(VendorError) as failure:
                await client.form(501)
        assert failure.value.reason is Reason.UNAVAILABLE
        assert [request.method for request in vendor.received] == ["GET"]

    async def test_a_session_is_begun_with_the_account(
        self, vendor: Scripted, clock: SandboxClock
    ) -> None:
        vendor.then(says(200, fresh(1)))
        async with opened(vendor.url, clock, login=LOGIN, team_id=7) as client:
            await client.form(501)
        account = {"email": "a@example.com", "password": PASSWORD}
        assert vendor.received[0].json == {
            "session": {"app_bundle_id": "com.thundermaps.saferme", **account}
        }
        asked = vendor.received[1].headers
        assert (asked["X-AppId"], asked["X-TeamId"]) == ("com.thundermaps.saferme", "7")

    @pytest.mark.parametrize("refused", [says(401), says(404), drops])
    async def test_where_a_refresh_fails_the_account_begins_anew(
        self, vendor: Scripted, clock: SandboxClock, refused: Any
    ) -> None:
        vendor.then(says(401), refused, says(200, fresh(2)))
        async with opened(vendor.url, clock, tokens=PAIR, login=LOGIN) as client:
            await client.form(501)
        methods = [request.method for request in vendor.received]
        assert methods == ["GET", "PATCH", "POST", "GET"]

    @pytest.mark.parametrize(
        ("refused", "reason"), [(says(401), Reason.AUTH), (drops, Reason.UNAVAILABLE)]
    )
    async def test_where_nothing_helps_the_refusal_is_told_and_a_question_leaves_no_doubt(
        self, vendor: Scripted, clock: SandboxClock, refused: Any, reason: Reason
    ) -> None:
        vendor.then(says(401), refused)
        async with opened(vendor.url, clock, tokens=PAIR) as client:
            with pytest.raises(VendorError) as failure:
                await client.form(501)
        assert (failure.value.reason, failure.value.uncertain) == (reason, False)

    async def test_without_tokens_and_account_nothing_is_asked(
        self, vendor: Scripted, clock: SandboxClock
    ) -> None:
        async with opened(vendor.url, clock) as client:
            with pytest.raises(VendorError) as failure:
                await client.form(501)
        assert (failure.value.reason, vendor.received) == (Reason.AUTH, [])

    @pytest.mark.parametrize(("days", "methods"), [(8, ["GET"]), (6, ["PATCH", "GET"])])
    async def test_a_pair_is_replaced_a_week_before_its_end(
        self, vendor: Scripted, clock: SandboxClock, days: int, methods: list[str]
    ) -> None:
        async def answer(request: web.Request) -> web.StreamResponse:
            body = fresh(1) if request.path == SESSION else self.good
            return await says(200, body)(request)

        vendor.otherwise = answer
        ends = START + timedelta(days=days)
        pair = Tokens(PAIR.access, PAIR.refresh, ends)
        async with opened(vendor.url, clock, tokens=pair) as client:
            await client.form(501)
        assert [request.method for request in vendor.received] == methods

    async def test_an_early_refresh_that_fails_is_left_alone_for_an_hour(
        self, vendor: Scripted, clock: SandboxClock
    ) -> None:
        async def answer(request: web.Request) -> web.StreamResponse:
            refused = request.path == SESSION
            return await says(503 if refused else 200, self.good)(request)

        vendor.otherwise = answer
        pair = Tokens(PAIR.access, PAIR.refresh, START + timedelta(days=1))
        async with opened(vendor.url, clock, tokens=pair) as client:
            for seconds in (60, 3600, 0):
                await client.form(501)
                clock.advance(seconds=seconds)
        methods = [request.method for request in vendor.received]
        assert methods == ["PATCH", "GET", "GET", "PATCH", "GET"]

    @pytest.mark.parametrize(
        "call", [lambda client: client.form(501), lambda client: client.channels()]
    )
    async def test_a_403_is_no_reason_to_refresh(
        self, vendor: Scripted, clock: SandboxClock, call: Callable[[SaferMe], Any]
    ) -> None:
        vendor.otherwise = says(403, {"errors": ["No rights"]})
        async with opened(vendor.url, clock, tokens=PAIR, login=LOGIN) as client:
            with pytest.raises(VendorError) as failure:
                await call(client)
        assert (failure.value.detail, len(vendor.received)) == ("forbidden: No rights", 1)

    def test_neither_tokens_nor_account_show_their_secrets(self) -> None:
        shown = repr(PAIR) + repr(LOGIN)
        assert not any(secret in shown for secret in (ACCESS, REFRESH, PASSWORD))
