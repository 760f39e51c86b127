"""One host of a vendor: retries and the deadline. What the answers mean is not here."""

import json as jsonlib
import random
import ssl
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from functools import cache
from typing import Any, TypeVar

import httpcore
import httpx
import structlog
from pydantic import SecretStr

from bot import metrics
from bot.clock import Clock
from bot.errors import Reason, Vendor, VendorError
from bot.http.addresses import TrustedHosts
from bot.http.answers import Failure, HttpAnswer, Refusal
from bot.http.content import ContentKind, checked
from bot.http.credentials import Credentials, SecretHeader
from bot.http.exchange import Exchange, HttpLimits, HttpRequest
from bot.http.holds.holds import Holds
from bot.http.public_hosts import only_public
from bot.http.pulse import Pulse
from bot.http.retrying import next_attempt
from bot.http.streaming import Download, download_of
from bot.http.vendor_clock import VendorClock

T = TypeVar("T")

log = structlog.get_logger(__name__)

READ_AT_ONCE = 256 * 1024
"""Bytes, as many as asyncio brings at once; at httpcore's 64 KiB a large file took a third more of
the processor."""
httpcore.AsyncHTTP11Connection.READ_NUM_BYTES = READ_AT_ONCE
UNAUTHORIZED = 401
RENEWALS = 2
"""A first renewal may bring what another process got, which can have ended as well."""
REFUSED_FOR_SURE = frozenset(
    {Reason.AUTH, Reason.NOT_FOUND, Reason.REJECTED, Reason.RATE_LIMITED, Reason.UNTRUSTED_HOST}
)
"""After these a call that changes something was certainly not carried out."""


@cache
def _shared_tls() -> ssl.SSLContext:
    """Return one context for all vendors: reading the authorities takes 40 ms each time."""
    return httpx.create_ssl_context()


class VendorHttp:
    """Connections to one host of a vendor; whoever makes them closes them.

    The secret headers go to the scheme, host and port of `base_url` and nowhere else; `hidden` are
    secrets that never travel in a header. `download_hosts` ("host" or "host:port") may serve files
    besides. `describe` turns a refusal into the short text of VendorError.detail; what it returns
    is cut and cleared of secrets here. `reason` says what kind of refusal it is. `inner_status`
    finds the refusal inside a 2xx: the HTTP status that it amounts to, or None. `renew` replaces a
    credential that was refused with 401 and returns whether it did; the call is then made again.
    `vendor_clock` learns from each answer of the host itself, `pulse` what became of each call,
    and `holds` when it wants to be left alone.
    """

    def __init__(
        self,
        *,
        vendor: Vendor,
        base_url: str,
        clock: Clock,
        vendor_clock: VendorClock | None = None,
        pulse: Pulse | None = None,
        holds: Holds | None = None,
        secrets: Iterable[SecretHeader] = (),
        headers: Mapping[str, str] | None = None,
        download_hosts: Iterable[str] = (),
        limits: HttpLimits,
        describe: Callable[[Refusal], str],
        reason: Callable[[Refusal], Reason],
        inner_status: Callable[[bytes], int | None],
        renew: Callable[[], Awaitable[bool]] | None = None,
        hidden: Iterable[SecretStr] = (),
        tls: ssl.SSLContext | None = None,
        is_public: bool = False,
    ) -> None:
        """Prepare the connections; nothing is sent yet. `tls` may be shared between clients.

        With `is_public` only public addresses are connected to, whatever a name stands for.
        """
        self.vendor = vendor
        self._base = httpx.URL(base_url.rstrip("/") + "/")
        self._clock = clock
        self._headers = dict(headers or {})
        self._limits = limits
        self._renew = renew
        self._credentials = Credentials(secrets, hidden=hidden)
        self._vendor_clock = vendor_clock or VendorClock(clock)
        self._pulse = pulse or Pulse(clock)
        self._holds = holds or Holds(clock)
        self._held = f"{vendor.name} {self._base.netloc.decode()}"
        self._hosts = hosts = TrustedHosts.of(base_url, download_hosts)
        self._http = httpx.AsyncClient(
            verify=tls or _shared_tls(),
            trust_env=not hosts.loopback,
            follow_redirects=False,
            limits=httpx.Limits(max_connections=limits.connections),
            event_hooks={"response": [self._heard]},
        )
        if is_public:
            only_public(self._http)
        self._exchange = Exchange(
            vendor=vendor,
            http=self._http,
            clock=clock,
            credentials=self._credentials,
            hosts=hosts,
            limits=limits,
            describe=describe,
            reason=reason,
            inner_status=inner_status,
        )

    async def aclose(self) -> None:
        """Close all connections."""
        await self._http.aclose()

    def replace_secrets(
        self, secrets: Iterable[SecretHeader], *, hidden: Iterable[SecretStr] = ()
    ) -> None:
        """Send other secret headers from the next request on; the former ones stay hidden."""
        self._credentials.replace(secrets, hidden=hidden)

    async def call(
        self,
        method: str,
        path: str,
        *,
        safe: bool,
        json: Any = None,
        content: bytes | None = None,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        read: float | None = None,
        patient: bool = True,
    ) -> HttpAnswer:
        """Return the vendor's answer (any 2xx) to one call of `path`, or raise VendorError.

        Only a `safe` call, one that changes nothing, is repeated. `read` (seconds) makes it a
        long poll: it replaces the usual longest silence, and the call is counted apart. One that is
        not `patient` is neither repeated nor held back while the vendor is busy with us. A call
        that is not safe and may have been carried out without our knowing raises with `uncertain`.
        """
        url = self._base.join(path.lstrip("/"))
        request = HttpRequest(
            method=method,
            url=url.copy_merge_params(params) if params else url,
            headers=self._request_headers("application/json", json=json, more=headers),
            content=content if json is None else jsonlib.dumps(json).encode(),
            read=self._limits.read if read is None else read,
            safe=safe,
            polls=read is not None,
        )

        async def once(budget: float) -> HttpAnswer | Failure:
            return await self._exchange.attempt(request, budget=budget)

        return await self._persist(once, safe=safe, patient=patient)

    @asynccontextmanager
    async def open_download(
        self,
        url: str,
        *,
        method: str = "GET",
        json: Any = None,
        headers: Mapping[str, str] | None = None,
        kind: ContentKind | None = None,
        pages: bool = False,
    ) -> AsyncIterator[Download]:
        """Open the file at `url` (absolute, or relative to the base) and yield it as a Download.

        Raises VendorError: UNTRUSTED_HOST for an address that is not allow-listed, on the way
        through redirects too, REJECTED or MALFORMED for content that is not of `kind`, MALFORMED
        for a web page unless `pages` says that one is expected, and whatever a refusal means
        otherwise. Opening is repeated like a safe call, a body that breaks off is not.
        """
        request = HttpRequest(
            method=method,
            url=self._exchange.trusted(url, base=self._base),
            headers=self._request_headers("*/*", json=json, more=headers),
            content=None if json is None else jsonlib.dumps(json).encode(),
            read=self._limits.read,
            safe=True,
        )
        async with AsyncExitStack() as stack:

            async def once(budget: float) -> httpx.Response | Failure:
                return await self._exchange.open(request, stack, budget=budget)

            response = await self._persist(once, safe=True)
            largest = self._limits.largest_download
            download = download_of(self.vendor, response, largest=largest, pages=pages)
            if kind is not None:
                download = await checked(
                    self.vendor, download, kind=kind, clean=self._exchange.clean
                )
            yield download

    async def _heard(self, response: httpx.Response) -> None:
        if self._hosts.is_own(response.request.url):
            self._vendor_clock.hear(response.headers)

    def _request_headers(
        self, accept: str, *, json: Any, more: Mapping[str, str] | None
    ) -> dict[str, str]:
        return {
            "Accept": accept,
            # Unpacked, one small chunk may grow a thousandfold before a size cap can look at it.
            "Accept-Encoding": "identity",
            "User-Agent": "Flowbot",
            "X-Request-ID": f"req_{uuid.uuid4().hex}",
            **({} if json is None else {"Content-Type": "application/json"}),
            **self._headers,
            **(more or {}),
        }

    async def _persist(
        self, once: Callable[[float], Awaitable[T | Failure]], *, safe: bool, patient: bool = True
    ) -> T:
        name, began = self.vendor.name, time.perf_counter()
        reason = "given_up"
        try:
            result = await self._tried(once, safe=safe, patient=patient)
            reason = "ok"
        except VendorError as error:
            reason = error.reason.value
            self._pulse.failed(error)
            raise
        finally:
            seconds = time.perf_counter() - began
            metrics.VENDOR_CALLS.add(name, reason)
            metrics.VENDOR_SECONDS.took(seconds, name)
            log.debug("vendor_called", vendor=name, reason=reason, seconds=round(seconds, 3))
        self._pulse.answered()
        return result

    async def _tried(
        self, once: Callable[[float], Awaitable[T | Failure]], *, safe: bool, patient: bool
    ) -> T:
        rule = self._limits.retry
        started = self._clock.monotonic()
        attempt, elapsed = 0, 0.0
        while True:
            attempt += 1
            refused = await self._turn(elapsed, patient=patient)
            if refused:
                raise self._error(refused, safe=safe)
            elapsed = self._clock.monotonic() - started
            result = await self._renewing(once, max(0.0, rule.deadline - elapsed))
            if not isinstance(result, Failure):
                return result
            wait = next_attempt(
                attempt=attempt,
                reason=result.reason,
                retry_after=result.retry_after,
                elapsed=self._clock.monotonic() - started,
                jitter=random.random(),  # noqa: S311 - it spreads load and guards nothing
                rule=rule,
            )
            await self._hold(result, wait)
            if wait is None or not safe or not patient:
                raise self._error(result, safe=safe)
            log.info("vendor_retry", vendor=self.vendor.name, reason=result.reason.value, wait=wait)
            await self._clock.sleep(wait)
            elapsed = self._clock.monotonic() - started

    async def _turn(self, elapsed: float, *, patient: bool) -> Failure | None:
        """Wait as long as the vendor asked of anybody; return its refusal where that is long."""
        rule = self._limits.retry
        held = await self._holds.left(self._held)
        if held <= 0:
            return None
        if not patient or held > rule.longest_wait or elapsed + held >= rule.deadline:
            return Failure(Reason.RATE_LIMITED, retry_after=held, sent=False)
        await self._clock.sleep(held)
        return None

    async def _hold(self, failure: Failure, wait: float | None) -> None:
        """Let all who ask this vendor wait when one of them was too fast."""
        if failure.reason is Reason.RATE_LIMITED:
            await self._holds.hold(self._held, failure.retry_after or wait or 0.0)

    async def _renewing(
        self, once: Callable[[float], Awaitable[T | Failure]], budget: float
    ) -> T | Failure:
        for _ in range(RENEWALS):
            shown = self._credentials.headers
            result = await once(budget)
            if not isinstance(result, Failure) or result.status != UNAUTHORIZED or not self._renew:
                return result
            # Somebody else's call may have brought a new credential while this one was under way.
            if self._credentials.headers is shown and not await self._renew():
                return result
        return await once(budget)

    def _error(self, failure: Failure, *, safe: bool) -> VendorError:
        return VendorError(
            self.vendor,
            failure.reason,
            detail=failure.detail,
            retry_after=failure.retry_after,
            uncertain=not safe and failure.sent and failure.reason not in REFUSED_FOR_SURE,
        )
