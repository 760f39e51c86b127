from contextlib import AbstractAsyncContextManager
from typing import Any, ClassVar

import pytest
from pydantic import SecretStr

from bot.errors import Reason
from bot.http.exchange import HttpLimits
from bot.runs.client.client import SmartFlows
from sandbox.clock import SandboxClock
from tests.http.contract import TLS, ClientContract
from tests.http.scripted import Scripted, says


class TestSmartFlows(ClientContract):
    secret = "a-smartflows-key-for-tests"
    good: ClassVar[Any] = {"id": "e1", "percentage": 0, "message": "Begun", "status": "Running"}

    def client(
        self, url: str, clock: SandboxClock, limits: HttpLimits
    ) -> AbstractAsyncContextManager[SmartFlows]:
        return SmartFlows(SecretStr(self.secret), base_url=url, clock=clock, limits=limits, tls=TLS)

    async def ask(self, client: Any) -> object:
        return await client.progress("e1")

    async def change(self, client: Any) -> object:
        return await client.start("f1", b"<a/>")

    @pytest.mark.parametrize("good", [{"status": "Running"}, {"id": " "}, {"id": None}])
    async def test_a_start_without_an_id_is_uncertain(
        self, vendor: Scripted, clock: SandboxClock, good: dict[str, object]
    ) -> None:
        vendor.otherwise = says(200, good)
        error = await self.fails(vendor.url, clock, self.change)
        assert (error.reason, error.detail, error.uncertain) == (Reason.MALFORMED, "id", True)

    @pytest.mark.parametrize("call", ["answer", "cancel", "start_batch"])
    async def test_no_change_is_ever_repeated(
        self, vendor: Scripted, clock: SandboxClock, call: str
    ) -> None:
        vendor.otherwise = says(503)
        given = ("e1", {"a": 1}) if call == "answer" else ("e1",)
        error = await self.fails(vendor.url, clock, lambda client: getattr(client, call)(*given))
        assert (error.uncertain, len(vendor.received)) == (True, 1)

    async def test_xml_is_sent_as_it_was_checked(
        self, vendor: Scripted, clock: SandboxClock
    ) -> None:
        async with self.client(vendor.url, clock, HttpLimits()) as client:
            await client.start("f&1", "<a>ä</a>".encode())
        sent = vendor.received[0]
        assert sent.path == "/api/v1/flows/executions?flowId=f%261"
        assert sent.headers["Content-Type"] == 'application/xml; charset="utf-8"'
        assert sent.body == "<a>ä</a>".encode()

    async def test_a_start_without_data_has_no_body(
        self, vendor: Scripted, clock: SandboxClock
    ) -> None:
        async with self.client(vendor.url, clock, HttpLimits()) as client:
            await client.start("f1")
        assert vendor.received[0].body == b""
        assert "application/xml" not in vendor.received[0].headers.get("Content-Type", "")

    @pytest.mark.parametrize(("wait", "sent"), [(0, "0"), (-5, "0"), (10, "10"), (99, "30")])
    async def test_a_look_always_says_how_long_it_waits(
        self, vendor: Scripted, clock: SandboxClock, wait: int, sent: str
    ) -> None:
        async with self.client(vendor.url, clock, HttpLimits()) as client:
            await client.progress("e1", wait=wait)
        assert vendor.received[0].path.endswith(f"/e1/progress?timeout={sent}")

    async def test_a_cancel_never_goes_to_the_record_itself(
        self, vendor: Scripted, clock: SandboxClock
    ) -> None:
        async with self.client(vendor.url, clock, HttpLimits()) as client:
            await client.cancel("e1")
        sent = vendor.received[0]
        assert (sent.method, sent.path) == ("DELETE", "/api/v1/flows/executions/e1/progress")

    @pytest.mark.parametrize("identity", ["", " ", ".", "..", " .. "])
    async def test_what_can_be_no_id_is_not_found_without_asking(
        self, vendor: Scripted, clock: SandboxClock, identity: str
    ) -> None:
        error = await self.fails(vendor.url, clock, lambda client: client.execution(identity))
        assert (error.reason, vendor.received) == (Reason.NOT_FOUND, [])

    @pytest.mark.parametrize(
        ("identity", "path"),
        [("../users", "..%2Fusers"), ("a?b=c#d", "a%3Fb%3Dc%23d"), ("ü %2e", "%C3%BC%20%252e")],
    )
    async def test_an_id_stays_one_part_of_the_address(
        self, vendor: Scripted, clock: SandboxClock, identity: str, path: str
    ) -> None:
        async with self.client(vendor.url, clock, HttpLimits()) as client:
            await client.execution(identity)
        assert vendor.received[0].path == f"/api/v1/flows/executions/{path}"
