"""Addresses that may be called for somebody who is not of this house.

Whoever may type an address could make this machine call its own network: its neighbours, the
metadata of its cloud, itself. A name is looked at when it is typed, and what it stands for each
time that it is connected to, as that may change in between.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import urlsplit

import httpcore
import httpx

PRIVATE: Final = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "arpa")
"""Last parts of names that no public host has."""


def is_public_name(address: str) -> bool:
    """Return whether a root is https, at its own port, and a name that may be public."""
    parts = urlsplit(address)
    host = (parts.hostname or "").rstrip(".").casefold()
    if parts.scheme != "https" or parts.port not in {None, 443} or "." not in host:
        return False
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host.rpartition(".")[2] not in PRIVATE and not host.rpartition(".")[2].isdigit()
    return False


class PublicOnly(httpcore.AsyncNetworkBackend):
    """Connects to public addresses alone; the name is looked up here, so that none slips in."""

    def __init__(self, backend: httpcore.AsyncNetworkBackend) -> None:
        """Connect through `backend`."""
        self._backend = backend

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  # httpcore's name
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address of a name. Raises httpcore.ConnectError."""
        try:
            async with asyncio.timeout(timeout):
                found = await asyncio.get_running_loop().getaddrinfo(
                    host, port, type=socket.SOCK_STREAM
                )
        except (OSError, TimeoutError) as error:
            raise httpcore.ConnectError(str(error)) from error
        addresses = [str(each[4][0]) for each in found]
        if not addresses or not all(ipaddress.ip_address(each).is_global for each in addresses):
            raise httpcore.ConnectError("not a public address")
        return await self._backend.connect_tcp(
            addresses[0], port, timeout, local_address, socket_options
        )

    async def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.AsyncNetworkStream:
        """Refuse: there is nothing public behind it."""
        raise httpcore.ConnectError("not a public address")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._backend.sleep(seconds)


def only_public(client: httpx.AsyncClient) -> None:
    """Let a client that sent nothing yet connect to public addresses alone.

    httpx has no setting for how its transport connects, so the pools beneath are told.
    """
    transports = [client._transport, *client._mounts.values()]  # noqa: SLF001  # as said above
    for transport in transports:
        pool = getattr(transport, "_pool", None)
        if isinstance(pool, httpcore.AsyncConnectionPool) and not hasattr(pool, "_proxy_url"):
            pool._network_backend = PublicOnly(pool._network_backend)  # noqa: SLF001  # likewise
