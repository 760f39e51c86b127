"""A vendor's client as its services hold it: there, or switched off as no credential is set."""

from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import Any, Generic, TypeVar

from bot.errors import Reason, Vendor, VendorError
from bot.http.client import VendorClient
from bot.http.pulse import Beat

C = TypeVar("C", bound=AbstractAsyncContextManager[Any])


class Connection(Generic[C]):
    """The client of one vendor, or none while that vendor is switched off."""

    __slots__ = ("_client", "vendor")

    def __init__(self, vendor: Vendor, client: C | None) -> None:
        """Hold `client`, None without a credential."""
        self.vendor = vendor
        self._client = client

    @classmethod
    async def opened(
        cls, vendor: Vendor, client: C | None, stack: AsyncExitStack
    ) -> "Connection[C]":
        """Return a connection whose client is closed with the stack."""
        if client is not None:
            await stack.enter_async_context(client)
        return cls(vendor, client)

    @property
    def is_on(self) -> bool:
        """Whether the vendor can be asked at all."""
        return self._client is not None

    @property
    def client(self) -> C:
        """The client; raises VendorError OFF while the vendor is switched off."""
        if self._client is None:
            raise self.off
        return self._client

    @property
    def beat(self) -> Beat:
        """What was seen last of how the vendor is."""
        return self._client.pulse.beat if isinstance(self._client, VendorClient) else Beat()

    @property
    def off(self) -> VendorError:
        """The error that says that the vendor is switched off."""
        return VendorError(self.vendor, Reason.OFF)

    def check(self) -> None:
        """Raise VendorError OFF while the vendor is switched off."""
        _ = self.client
