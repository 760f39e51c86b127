"""Addresses of a vendor: where it may send us, who sees its credential, parts of a path. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self
from urllib.parse import quote

import httpx

from bot.config.values import LOOPBACK
from bot.errors import Reason, Vendor, VendorError

PORTS = {"https": 443, "http": 80}


def origin(url: httpx.URL) -> tuple[str, str, int]:
    """Return scheme, host and port, the port filled in where the address leaves it out."""
    return url.scheme, url.host.lower(), url.port or PORTS.get(url.scheme, 0)


@dataclass(frozen=True, slots=True)
class TrustedHosts:
    """The configured host and those that files may come from besides.

    Plain http is trusted only where the configured address itself is http.
    """

    own: tuple[str, str, int]
    others: frozenset[tuple[str, int]]

    @classmethod
    def of(cls, base_url: str, others: Iterable[str] = ()) -> Self:
        """Return the hosts around `base_url`; `others` are "host" or "host:port" (default 443)."""
        extra = (httpx.URL(f"https://{entry.strip()}") for entry in others if entry.strip())
        return cls(origin(httpx.URL(base_url)), frozenset(origin(url)[1:] for url in extra))

    def is_own(self, url: httpx.URL) -> bool:
        """Return whether the credential may travel to `url`: same scheme, host and port."""
        return origin(url) == self.own and not url.userinfo

    def trusts(self, url: httpx.URL) -> bool:
        """Return whether a file may be fetched from `url` at all."""
        if url.userinfo:  # httpx would turn it into a credential of the vendor's choosing
            return False
        if self.is_own(url):
            return True
        scheme, host, port = origin(url)
        return (host, port) in self.others and (
            scheme == "https" or self.own[0] == scheme == "http"
        )

    @property
    def loopback(self) -> bool:
        """Whether the configured host is this machine, which no proxy setting is meant for."""
        return self.own[1] in LOOPBACK


def path_segment(vendor: Vendor, value: str) -> str:
    """Return `value` as one percent-encoded part of a path.

    Raises VendorError NOT_FOUND for what could only change the path itself: "", "." and "..".
    """
    if not value.strip(". "):
        raise VendorError(vendor, Reason.NOT_FOUND, detail="an empty name")
    return quote(value.strip().encode("utf-8", "replace"), safe="@")
