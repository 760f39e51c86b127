"""An address that a stranger typed leads to public machines alone."""

import httpx
import pytest
from pydantic import SecretStr

from bot.clock import Clock
from bot.errors import Reason, VendorError
from bot.http.public_hosts import is_public_name
from bot.runs.client.client import SmartFlows
from sandbox.clock import SandboxClock
from sandbox.vendors.smartflows import SmartFlowsVendor
from tests.stage import MONDAY


@pytest.mark.parametrize(
    "address",
    [
        "http://flows.example.com",
        "https://127.0.0.1",
        "https://[::1]",
        "https://169.254.169.254",
        "https://2130706433",
        "https://0x7f.1",
        "https://localhost",
        "https://flows.internal",
        "https://flows.local",
        "https://metadata.google.internal",
        "https://flows.example.com:8443",
        "https://flows",
        "https://flows.localhost.",
    ],
)
def test_a_name_that_is_not_public_is_refused(address: str) -> None:
    assert not is_public_name(address)


@pytest.mark.parametrize("address", ["https://flows.example.com", "https://flows.example.com:443"])
def test_a_public_name_is_taken(address: str) -> None:
    assert is_public_name(address)


async def test_what_a_name_stands_for_is_looked_at_when_it_is_connected_to() -> None:
    """A loopback vendor that answers others is not reached by a client for strangers."""
    async with SmartFlowsVendor(SandboxClock(MONDAY)) as vendor:
        address = vendor.url.replace("127.0.0.1", "localhost")
        key = SecretStr(vendor.api_key)
        async with SmartFlows(key, clock=Clock(), base_url=address) as ours:
            assert (await ours.check()).account
        async with SmartFlows(key, clock=Clock(), base_url=address, is_public=True) as strangers:
            with pytest.raises(VendorError) as refused:
                await strangers.check()

    assert refused.value.reason is Reason.UNAVAILABLE
    assert not isinstance(refused.value.__cause__, httpx.HTTPStatusError)
