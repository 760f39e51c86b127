from contextlib import AsyncExitStack
from typing import Self

import pytest

from bot.errors import Reason, VendorError
from bot.http.connection import Connection
from tests.vendors import EXAMPLE


class Client:
    closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.closed = True


async def test_a_client_is_closed_with_the_stack() -> None:
    client = Client()
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
