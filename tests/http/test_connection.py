import asyncio
from contextlib import AsyncExitStack

import pytest

from bot.errors import Reason, VendorError
from bot.http.client import VendorClient
from bot.http.connection import Connection
from bot.http.service_check import ServiceCheck
from sandbox.clock import SandboxClock
from tests.vendors import EXAMPLE


class Client(VendorClient):
    vendor = EXAMPLE
    closed = False

    async def check(self) -> ServiceCheck:
        await asyncio.Event().wait()
        return ServiceCheck()

    async def __aexit__(self, *_: object) -> None:
        self.closed = True


async def test_a_client_is_closed_with_the_stack() -> None:
    client = Client(clock=SandboxClock())
    async with AsyncExitStack() as stack:
        connection = await Connection.opened(EXAMPLE, client, stack)
        assert connection.is_on
        assert connection.client is client
        assert not client.closed
    assert client.closed


async def test_a_vendor_that_is_off_is_told_of_when_its_client_is_wanted() -> None:
    async with AsyncExitStack() as stack:
        connection: Connection[Client] = await Connection.opened(EXAMPLE, None, stack)
    assert not connection.is_on
    with pytest.raises(VendorError) as off:
        connection.check()
    assert (off.value.vendor, off.value.reason) == (EXAMPLE, Reason.OFF)


async def test_a_vendor_that_never_says_whether_a_key_works_is_given_up() -> None:
    async with AsyncExitStack() as stack:
        connection = await Connection.opened(EXAMPLE, Client(clock=SandboxClock()), stack)
        with pytest.raises(VendorError) as late:
            await connection.tried(within=0.01)
    assert late.value.reason is Reason.TIMEOUT
