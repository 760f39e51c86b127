"""One attempt of one request to a vendor: bounded in time, in size and in whom it trusts.

Failures come back as values; nothing of httpx's own errors, which hold the request and with it the
credential, leaves this module.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass, field, replace

import httpx

from bot.clock import Clock
from bot.errors import Reason, Vendor, VendorError
from bot.http.addresses import TrustedHosts
from bot.http.answers import (
    LARGEST_REFUSAL,
    Failure,
    HttpAnswer,
    Refusal,
    json_or_none,
    one_line,
    retry_after,
)
from bot.http.credentials import Credentials
from bot.http.retrying import DEFAULT_RULE, RetryRule
from bot.http.streaming import CUT

CONCURRENT_CALLS = 10
"""httpx 0.28 blocks the loop for seconds with hundreds of requests in flight."""
CONCURRENT_DOWNLOADS = 4
"""Counted apart, so that a few slow files never hold up the questions."""
CONCURRENT_POLLS = 4
"""Counted apart as well: a long poll holds its place for half a minute."""
MOST_REDIRECTS = 3
SEE_OTHER = 303
NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


@dataclass(frozen=True, slots=True)
class HttpLimits:
    """How long and how much we take from a vendor: seconds and bytes.

    `attempt` bounds one whole attempt of a call and the opening of a download; the body of a
    download has no such bound, only `read` from chunk to chunk. The deadline over all attempts is
    in `retry`. `largest_download` is what Slack takes as one file.
    """

    connect: float = 5.0
    read: float = 45.0
    attempt: float = 50.0
    largest_answer: int = 32 * 1024 * 1024
    largest_download: int = 1024 * 1024 * 1024
    retry: RetryRule = DEFAULT_RULE
    concurrent_calls: int = CONCURRENT_CALLS
    concurrent_polls: int = CONCURRENT_POLLS

    @property
    def connections(self) -> int:
        """How many connections may be open at once."""
        return self.concurrent_calls + self.concurrent_polls + CONCURRENT_DOWNLOADS


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpRequest:
    """What to send. `read` is the longest silence in seconds; `safe` says it changes nothing.

    `polls` says that the vendor is asked to hold its answer back.
    """

    method: str
    url: httpx.URL
    headers: Mapping[str, str]
    content: bytes | None = field(default=None, repr=False)
    read: float
    safe: bool
    polls: bool = False


class Exchange:
    """Sends single requests of one vendor's client over its connections."""

    def __init__(
        self,
        *,
        vendor: Vendor,
        http: httpx.AsyncClient,
        clock: Clock,
        credentials: Credentials,
        hosts: TrustedHosts,
        limits: HttpLimits,
        describe: Callable[[Refusal], str],
        reason: Callable[[Refusal], Reason],
        inner_status: Callable[[bytes], int | None],
    ) -> None:
        """Work over `http`, which the caller closes."""
        self._vendor = vendor
        self._http = http
        self._clock = clock
        self._credentials = credentials
        self._hosts = hosts
        self._limits = limits
        self._describe = describe
        self._reason = reason
        self._inner_status = inner_status
        self._calls = asyncio.Semaphore(limits.concurrent_calls)
        self._downloads = asyncio.Semaphore(CONCURRENT_DOWNLOADS)
        self._polls = asyncio.Semaphore(limits.concurrent_polls)

    async def attempt(self, request: HttpRequest, *, budget: float) -> HttpAnswer | Failure:
        """Return the whole answer, or why there is none after at most `budget` seconds."""
        sent = False
        places = self._polls if request.polls else self._calls
        try:
            async with asyncio.timeout(min(budget, self._longest(request))), places:
                sent = True
                async with self._stream(request, request.url) as response:
                    return await self._whole(request, response)
        except TimeoutError:
            return Failure(Reason.TIMEOUT, sent=sent)
        except httpx.HTTPError as error:
            return _transport_failure(error)

    async def open(
        self, request: HttpRequest, stack: AsyncExitStack, *, budget: float
    ) -> httpx.Response | Failure:
        """Return the response, to be closed by `stack`; or a failure, with nothing left open.

        Raises VendorError UNTRUSTED_HOST for a redirect to a host that is not trusted.
        """
        async with AsyncExitStack() as opened:
            await opened.enter_async_context(self._downloads)
            try:
                async with asyncio.timeout(min(budget, self._longest(request))):
                    response = await self._follow(request, opened)
                    if not response.is_success:
                        return await self._refusal(request, response)
            except TimeoutError:
                return Failure(Reason.TIMEOUT)
            except httpx.HTTPError as error:
                return _transport_failure(error)
            stack.push_async_exit(opened.pop_all())
            return response

    def trusted(self, url: str, *, base: httpx.URL) -> httpx.URL:
        """Return the address that the vendor named, or raise VendorError UNTRUSTED_HOST."""
        try:
            address: httpx.URL | None = base.join(url)
        except (httpx.InvalidURL, ValueError):
            address = None
        if address is None or not self._hosts.trusts(address):
            host = self.clean(address.netloc.decode()) if address else "no address"
            raise VendorError(self._vendor, Reason.UNTRUSTED_HOST, detail=host.rpartition("@")[2])
        return address

    def clean(self, text: str) -> str:
        """Return untrusted text cut to one line and free of the credential."""
        return one_line(self._credentials.hidden_in(text))

    def _longest(self, request: HttpRequest) -> float:
        """Return the bound of one attempt; a long poll must outlive the silence it allows."""
        return max(self._limits.attempt, request.read + self._limits.connect)

    def _stream(
        self, request: HttpRequest, url: httpx.URL
    ) -> AbstractAsyncContextManager[httpx.Response]:
        secrets = self._credentials.headers if self._hosts.is_own(url) else ()
        timeout = httpx.Timeout(request.read, connect=self._limits.connect)
        return self._http.stream(
            request.method,
            url,
            headers={**request.headers, **{secret.name: secret.value() for secret in secrets}},
            content=request.content,
            timeout=timeout,
        )

    async def _follow(self, request: HttpRequest, opened: AsyncExitStack) -> httpx.Response:
        url = request.url
        for _ in range(MOST_REDIRECTS + 1):
            hop = AsyncExitStack()
            response = await hop.enter_async_context(self._stream(request, url))
            elsewhere = response.status_code == SEE_OTHER
            if not response.has_redirect_location or not (elsewhere or request.method == "GET"):
                opened.push_async_exit(hop)
                return response
            await hop.aclose()
            if elsewhere:  # whatever was asked, the answer is fetched by GET (RFC 9110, 15.4.4)
                request = replace(request, method="GET", content=None)
            url = self.trusted(response.headers["location"], base=url)
        raise VendorError(self._vendor, Reason.REJECTED, detail="too many redirects")

    async def _whole(self, request: HttpRequest, response: httpx.Response) -> HttpAnswer | Failure:
        if not response.is_success:
            return await self._refusal(request, response)
        body = await _body(response, self._limits.largest_answer)
        if isinstance(body, Failure):
            return body
        inner = self._inner_status(body)
        if inner is not None:
            return self._refused(request, response.headers, inner, json_or_none(body))
        return HttpAnswer(
            vendor=self._vendor,
            status=response.status_code,
            headers=response.headers,
            body=body,
            safe=request.safe,
            clean=self.clean,
        )

    async def _refusal(self, request: HttpRequest, response: httpx.Response) -> Failure:
        body = await _body(response, LARGEST_REFUSAL)
        payload = json_or_none(body) if isinstance(body, bytes) else None
        return self._refused(request, response.headers, response.status_code, payload)

    def _refused(
        self, request: HttpRequest, headers: Mapping[str, str], status: int, payload: object
    ) -> Failure:
        refusal = Refusal(request.url.path, status, payload, changes=not request.safe)
        return Failure(
            self._reason(refusal),
            detail=self.clean(self._describe(refusal)) or f"HTTP {status}",
            retry_after=retry_after(headers, payload, now=self._clock.now()),
            status=status,
        )


async def _body(response: httpx.Response, largest: int) -> bytes | Failure:
    body = bytearray()
    try:
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > largest:
                return Failure(Reason.TOO_LARGE)
    except httpx.TimeoutException:
        return Failure(Reason.TIMEOUT)
    except httpx.HTTPError:
        return Failure(Reason.MALFORMED, detail=CUT)
    return bytes(body)


def _transport_failure(error: httpx.HTTPError) -> Failure:
    timeout = isinstance(error, httpx.TimeoutException)
    return Failure(
        Reason.TIMEOUT if timeout else Reason.UNAVAILABLE,
        sent=not isinstance(error, NEVER_SENT),
    )
