from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from typing import Any, ClassVar

import pytest
from pydantic import SecretStr

from bot.errors import Reason
from bot.http.exchange import HttpLimits
from bot.workflows.client import Giosg
from bot.workflows.model import StepQuestion
from sandbox.clock import SandboxClock
from tests.http.contract import TLS, ReaderContract
from tests.http.scripted import Scripted, says

ASKED = StepQuestion("w1", 1, datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 2, tzinfo=UTC))


async def opened(client: Giosg) -> None:
    async with client.download_step(ASKED, "csv"):
        pass


class TestGiosg(ReaderContract):
    secret = "a-giosg-token-for-tests"
    good: ClassVar[Any] = {"organization_id": "o1", "organization": {"name": "One"}}

    def client(
        self, url: str, clock: SandboxClock, limits: HttpLimits
    ) -> AbstractAsyncContextManager[Giosg]:
        return Giosg(
            SecretStr(self.secret),
            base_url=url,
            service_url=url,
            clock=clock,
            limits=limits,
            tls=TLS,
        )

    async def ask(self, client: Any) -> object:
        client._owner = None  # it is asked once in a client's life
        return await client.owner()

    @pytest.mark.parametrize(
        ("call", "path"),
        [
            (lambda client: client.info("w1"), "workflows/w1/info/"),
            (lambda client: client.step_events(ASKED), "workflows/w1/step/1"),
            (opened, "workflows/w1/step/1/download/"),
        ],
    )
    async def test_trailing_slashes_are_kept_as_documented(
        self, vendor: Scripted, clock: SandboxClock, call: Callable[[Any], Any], path: str
    ) -> None:
        vendor.then(says(200, self.good))
        vendor.otherwise = says(406, {"detail": "Not implemented"})
        error = await self.fails(vendor.url, clock, call)
        assert vendor.received[1].path == f"/api/reporting/workflow/v1/orgs/o1/{path}"
        assert (error.reason, error.detail) == (Reason.REJECTED, "filter: Not implemented")

    async def test_a_next_page_elsewhere_is_asked_of_our_own_host(
        self, vendor: Scripted, clock: SandboxClock
    ) -> None:
        more = {"next": "https://evil.example/more?cursor=2", "results": [{"id": "1", "name": "a"}]}
        vendor.then(says(200, self.good), says(200, more), says(200, [{"id": "2"}]))
        async with self.client(vendor.url, clock, HttpLimits()) as client:
            listed = await client.workflows()
        assert [one.id for one in listed] == ["1", "2"]
        assert vendor.received[2].path == "/more?cursor=2"
