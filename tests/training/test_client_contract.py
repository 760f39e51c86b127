from contextlib import AbstractAsyncContextManager
from typing import Any, ClassVar

import pytest
from pydantic import SecretStr

from bot.errors import Reason
from bot.http.exchange import HttpLimits
from bot.training.client import MomoFlow
from bot.training.model import NewAssignment, ReportFilter
from sandbox.clock import SandboxClock
from tests.http.contract import TLS, ClientContract
from tests.http.scripted import Scripted, says


class TestMomoFlow(ClientContract):
    secret = "a-momoflow-key-for-tests"
    good: ClassVar[Any] = {
        "flowId": "flow_1",
        "flowName": "One",
        "metrics": {"totalAssignments": 1, "completedAssignments": 0, "completionRate": 0},
        "assignments": [{"assignmentId": "a1", "assigneeEmail": "a@example.com", "status": "x"}],
    }

    def client(
        self, url: str, clock: SandboxClock, limits: HttpLimits
    ) -> AbstractAsyncContextManager[MomoFlow]:
        return MomoFlow(SecretStr(self.secret), base_url=url, clock=clock, limits=limits, tls=TLS)

    async def ask(self, client: Any) -> object:
        return await client.report(ReportFilter("flow_1"))

    async def change(self, client: Any) -> object:
        return await client.assign(NewAssignment("flow_1", "a@example.com"))

    @pytest.mark.parametrize("name", ["flowName", "metrics", "assignments"])
    async def test_a_missing_field_is_named(
        self, vendor: Scripted, clock: SandboxClock, name: str
    ) -> None:
        vendor.otherwise = says(200, {key: self.good[key] for key in self.good if key != name})
        error = await self.fails(vendor.url, clock, self.ask)
        assert (error.reason, error.detail) == (Reason.MALFORMED, name)

    async def test_an_unclear_confirmation_is_uncertain(
        self, vendor: Scripted, clock: SandboxClock
    ) -> None:
        vendor.otherwise = says(200, {"success": True})
        error = await self.fails(vendor.url, clock, self.change)
        assert (error.reason, error.detail) == (Reason.MALFORMED, "assignmentId")
        assert error.uncertain

    async def test_a_polite_no_is_cleared_of_the_secret(
        self, vendor: Scripted, clock: SandboxClock
    ) -> None:
        vendor.otherwise = says(200, {"success": False, "message": f"{self.secret}\nis tired"})
        error = await self.fails(vendor.url, clock, self.change)
        assert (error.reason, error.detail) == (Reason.REJECTED, "[hidden] is tired")
