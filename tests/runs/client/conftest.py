from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from bot.runs.client.client import SmartFlows
from sandbox.clock import SandboxClock
from sandbox.vendors.smartflows import SmartFlowsVendor
from tests.http.contract import START, TLS


@pytest.fixture
async def vendor() -> AsyncIterator[SmartFlowsVendor]:
    async with SmartFlowsVendor(SandboxClock(START), odd=True) as vendor:
        yield vendor


@pytest.fixture
async def flows(vendor: SmartFlowsVendor) -> AsyncIterator[SmartFlows]:
    async with SmartFlows(
        SecretStr(vendor.api_key), base_url=vendor.url, clock=vendor.clock, tls=TLS
    ) as client:
        yield client
