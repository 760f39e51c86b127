"""A vendor's client as its services hold it: there, or switched off as no credential is set."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Final, Generic, TypeVar

from bot.errors import Reason, Vendor, VendorError
from bot.http.client import VendorClient
from bot.http.holds.store import HoldStore
from bot.http.pulse import Beat
from bot.http.service_check import ServiceCheck

C = TypeVar("C", bound=VendorClient)
CHECK_SECONDS: Final = 10.0
"""So long a vendor may take to say whether a credential works."""


class Connection(Generic[C]):
    """The client of one vendor, or none while that vendor is switched off."""

    __slots__ = ("_client", "vendor")

    def __init__(self, vendor: Vendor, client: C | None) -> None:
        """Hold `client`, None without a credential."""
        self.vendor = vendor
        self._client = client

    @classmethod
    async def opened(
        cls, vendor: Vendor, client: C | None, stack: AsyncExitStack, *, at_home: bool = False
    ) -> "Connection[C]":
        """Return a connection whose client is closed with the stack; `at_home` as of a Vendor."""
        vendor = replace(vendor, at_home=at_home)
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
        return Beat() if self._client is None else self._client.pulse.beat

    def keep_holds(self, kept: HoldStore) -> None:
        """Share with other processes when the vendor wants to be left alone."""
        if isinstance(self._client, VendorClient):
            self._client.holds.keep(kept)

    @property
    def off(self) -> VendorError:
        """The error that says that the vendor is switched off."""
        return VendorError(self.vendor, Reason.OFF)

    def check(self) -> None:
        """Raise VendorError OFF while the vendor is switched off."""
        _ = self.client

    async def tried(self, *, within: float = CHECK_SECONDS) -> ServiceCheck:
        """Return what the vendor tells of our credential, by one harmless call.

        Raises VendorError: OFF while the vendor is switched off, TIMEOUT after `within` seconds.
        """
        client = self.client
        try:
            async with asyncio.timeout(within):
                return await client.check()
        except TimeoutError:
            raise VendorError(self.vendor, Reason.TIMEOUT) from None
