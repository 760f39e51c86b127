"""What every vendor's client is: its connections, made alike and closed together."""

import ssl
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import ClassVar, Required, Self, TypedDict, Unpack

from pydantic import SecretStr

from bot.clock import Clock
from bot.errors import Reason, Vendor
from bot.http.answers import Refusal, reason_of, vendor_message
from bot.http.credentials import SecretHeader
from bot.http.exchange import HttpLimits
from bot.http.holds.holds import Holds
from bot.http.pulse import Pulse
from bot.http.service_check import ServiceCheck
from bot.http.vendor_clock import VendorClock
from bot.http.vendor_http import VendorHttp


class ClientOptions(TypedDict, total=False):
    """What the client of any vendor may be given besides its credential and its addresses.

    `limits` are the class's own unless others are given; `tls` may be shared between clients. With
    `is_public` only public addresses are connected to. `at_home` says that the credential is one
    that a workspace has given in its Home tab.
    """

    clock: Required[Clock]
    limits: HttpLimits
    tls: ssl.SSLContext
    is_public: bool
    at_home: bool


class VendorClient(ABC):
    """The base of the vendors' clients. An async context manager.

    A subclass names its `vendor`, makes its connections with `_connect` and has a method for each
    call; those raise VendorError and nothing else. Connections are opened when first needed, and
    closed in the reverse order of how they were made.
    """

    vendor: Vendor
    limits: ClassVar[HttpLimits] = HttpLimits()

    def __init__(self, **options: Unpack[ClientOptions]) -> None:
        """Prepare; nothing is sent yet."""
        self._options = options
        self._clock = options["clock"]
        if options.get("at_home"):
            self.vendor = replace(self.vendor, at_home=True)
        self.vendor_clock = VendorClock(self._clock)
        self.pulse = Pulse(self._clock)
        self.holds = Holds(self._clock)
        self._closing = AsyncExitStack()

    async def __aenter__(self) -> Self:
        """Return itself."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close all connections."""
        await self._closing.aclose()

    @abstractmethod
    async def check(self) -> ServiceCheck:
        """Return what the vendor tells of our credential; raises VendorError where it refuses it.

        That is the cheapest documented call which only a good credential is answered. It changes
        nothing and is made once, without patience.
        """

    @staticmethod
    def describe(refusal: Refusal) -> str:
        """Return the short text of VendorError.detail: the vendor's words, unless overridden."""
        return vendor_message(refusal)

    @staticmethod
    def reason(refusal: Refusal) -> Reason:
        """Return why we were refused: by the status alone, unless overridden.

        A vendor that answers 401 or 403 for something other than our key says so here, lest
        people are sent to whoever keeps the keys.
        """
        return reason_of(refusal.status)

    @staticmethod
    def inner_status(body: bytes) -> int | None:
        """Return the HTTP status that a refusal inside a 2xx amounts to; None, if there is none."""
        del body
        return None

    def _connect(
        self,
        base_url: str,
        *,
        secrets: Iterable[SecretHeader] = (),
        hidden: Iterable[SecretStr] = (),
        headers: Mapping[str, str] | None = None,
        download_hosts: Iterable[str] = (),
        renew: Callable[[], Awaitable[bool]] | None = None,
    ) -> VendorHttp:
        """Return connections to `base_url`, closed with this client; see VendorHttp."""
        http = VendorHttp(
            vendor=self.vendor,
            base_url=base_url,
            clock=self._clock,
            vendor_clock=self.vendor_clock,
            pulse=self.pulse,
            holds=self.holds,
            secrets=secrets,
            hidden=hidden,
            headers=headers,
            download_hosts=download_hosts,
            limits=self._options.get("limits", self.limits),
            describe=self.describe,
            reason=self.reason,
            inner_status=self.inner_status,
            renew=renew,
            tls=self._options.get("tls"),
            is_public=self._options.get("is_public", False),
        )
        self._closing.push_async_callback(http.aclose)
        return http
