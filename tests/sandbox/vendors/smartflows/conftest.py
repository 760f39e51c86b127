from collections.abc import AsyncIterator

import httpx
import pytest

from sandbox.clock import SandboxClock
from sandbox.vendors.smartflows import SmartFlowsVendor
from tests.http.contract import TLS
from tests.sandbox.vendors.smartflows.stage import START


@pytest.fixture
async def vendor() -> AsyncIterator[SmartFlowsVendor]:
    async with SmartFlowsVendor(SandboxClock(START), odd=True) as vendor:
        yield vendor


@pytest.fixture
async def http(vendor: SmartFlowsVendor) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(
        base_url=vendor.url, headers={"X-API-Key": vendor.api_key}, trust_env=False, verify=TLS
    ) as http:
        yield http
