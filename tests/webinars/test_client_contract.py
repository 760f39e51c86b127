from contextlib import AbstractAsyncContextManager
from typing import Any, ClassVar

import pytest
from pydantic import SecretStr

from bot.errors import Reason
from bot.http.exchange import HttpLimits
from bot.webinars.client.client import FlowApp
from bot.webinars.model import NewRegistration
from sandbox.clock import SandboxClock
from tests.http.contract import TLS, ClientContract
from tests.http.scripted import Scripted, says

EVENT = {"token": "aB3dE6gH9jK", "title": "One"}
NEW = NewRegistration("aB3dE6gH9jK", "a@example.com", "A", "B")


class TestFlowApp(ClientContract):
    secret = "a-flowapp-secret-for-tests"
    good: ClassVar[Any] = {"code": 200, "data": EVENT, "redirectURL": None}

    def client(
        self, url: str, clock: SandboxClock, limits: HttpLimits
    ) -> AbstractAsyncContextManager[FlowApp]:
        return FlowApp(SecretStr(self.secret), base_url=url, clock=clock, limits=limits, tls=TLS)

    async def ask(self, client: Any) -> object:
        return await client.event("aB3dE6gH9jK")

    async def change(self, client: Any) -> object:
        return await client.register(NEW)

    @pytest.mark.parametrize(
        ("code", "reason", "asked"),
        [
            (401, Reason.AUTH, 1),
            ("404", Reason.NOT_FOUND, 1),
            (429, Reason.RATE_LIMITED, 3),
            (500, Reason.UNAVAILABLE, 3),
            (1042, Reason.REJECTED, 1),
            (0, Reason.REJECTED, 1),
        ],
    )
    async def test_a_failing_code_inside_a_yes_counts_like_a_status(
        self, vendor: Scripted, clock: SandboxClock, code: object, reason: Reason, asked: int
    ) -> None:
        vendor.otherwise = says(200, {"code": code, "localDescription": "Nope"})
        error = await self.fails(vendor.url, clock, self.ask)
        assert (error.reason, error.detail, len(vendor.received)) == (reason, "Nope", asked)

    async def test_a_forbidden_question_is_about_the_key_and_a_forbidden_change_is_not(
        self, vendor: Scripted, clock: SandboxClock
    ) -> None:
        vendor.otherwise = says(403, {"message": "Registration closed"})
        asked = await self.fails(vendor.url, clock, self.ask)
        changed = await self.fails(vendor.url, clock, self.change)
        assert (asked.reason, changed.reason) == (Reason.AUTH, Reason.REJECTED)

    @pytest.mark.parametrize(("code", "uncertain"), [(500, True), (400, False)])
    async def test_a_registration_that_failed_inside_a_yes_is_sent_once(
        self, vendor: Scripted, clock: SandboxClock, code: int, *, uncertain: bool
    ) -> None:
        vendor.otherwise = says(200, {"code": code, "message": "Oops"})
        error = await self.fails(vendor.url, clock, self.change)
        assert (error.uncertain, len(vendor.received)) == (uncertain, 1)

    async def test_a_sign_on_link_is_a_get_and_still_sent_once(
        self, vendor: Scripted, clock: SandboxClock
    ) -> None:
        vendor.otherwise = says(503)

        async def sign_on(client: FlowApp) -> object:
            return await client.sign_on(7, email="a@b.c", first_name="A*_*B", last_name="x/..")

        error = await self.fails(vendor.url, clock, sign_on)
        assert (error.uncertain, len(vendor.received)) == (True, 1)
        assert vendor.received[0].path == "/api/v1/rooms/register/7/a@b.c*_*A%20B*_*x%2F"

    @pytest.mark.parametrize("token", ["", "..", " . "])
    async def test_a_token_that_would_change_the_address_is_not_sent(
        self, vendor: Scripted, clock: SandboxClock, token: str
    ) -> None:
        error = await self.fails(vendor.url, clock, lambda client: client.event(token))
        assert (error.reason, vendor.received) == (Reason.NOT_FOUND, [])
