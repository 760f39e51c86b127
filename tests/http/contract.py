"""What every vendor's client must do alike; a client's test class inherits this.

It gives `good` (the JSON of a good answer: an object, or a list of objects), `secret`, `client`,
`ask` (a question that changes nothing) and, unless the client only reads and so inherits
ReaderContract, `change` (a call that must never be repeated by itself).
"""

import json
import ssl
import traceback
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, aclosing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import httpx
import pytest
import structlog

from bot.errors import Reason, VendorError
from bot.http.answers import reason_of, vendor_message
from bot.http.credentials import SecretHeader
from bot.http.exchange import HttpLimits
from bot.http.holds.holds import Holds
from bot.http.vendor_http import VendorHttp
from sandbox.clock import SandboxClock
from tests.http.scripted import Reply, Scripted, cuts, drops, page, says
from tests.vendors import EXAMPLE

START = datetime(2026, 11, 23, 8, 59, tzinfo=UTC)
HASTY = HttpLimits(read=0.2)
SMALL = HttpLimits(largest_answer=2000)
ATTEMPTS = 3
TLS = ssl.create_default_context()
"""Shared, as making one takes longer than most of these tests."""


def connected(
    vendor: Scripted,
    secret: SecretHeader,
    *,
    clock: SandboxClock | None = None,
    headers: Mapping[str, str] | None = None,
    download_hosts: Iterable[str] = (),
    limits: HttpLimits | None = None,
    holds: Holds | None = None,
) -> AbstractAsyncContextManager[VendorHttp]:
    """Return connections to a vendor of which nothing is known, closed with their context."""
    return aclosing(
        VendorHttp(
            vendor=EXAMPLE,
            base_url=vendor.url,
            clock=clock or SandboxClock(START),
            secrets=[secret],
            headers=headers,
            download_hosts=download_hosts,
            limits=limits or HttpLimits(),
            holds=holds,
            describe=vendor_message,
            reason=lambda refusal: reason_of(refusal.status),
            inner_status=lambda _: None,
            tls=TLS,
        )
    )


@dataclass(frozen=True, slots=True)
class Trouble:
    reply: Reply
    reason: Reason
    asked: int = 1
    """How often a question is asked before giving up."""
    uncertain: bool = False
    """Whether a change may have been carried out."""


def words(text: str) -> dict[str, str]:
    return {"error": text, "message": text}


TROUBLES = {
    "301 elsewhere": Trouble(says(301, headers={"Location": "/login"}), Reason.REJECTED),
    "400": Trouble(says(400, words("no")), Reason.REJECTED),
    "401": Trouble(says(401, words("who?")), Reason.AUTH),
    "403": Trouble(says(403, words("not you")), Reason.AUTH),
    "404": Trouble(says(404, words("where?")), Reason.NOT_FOUND),
    "405 with a page": Trouble(page(405), Reason.REJECTED),
    "409": Trouble(says(409, words("taken")), Reason.REJECTED),
    "410": Trouble(says(410), Reason.NOT_FOUND),
    "420": Trouble(says(420), Reason.RATE_LIMITED, ATTEMPTS),
    "422 with a list": Trouble(says(422, {"errors": ["a", "b"]}), Reason.REJECTED),
    "429": Trouble(says(429), Reason.RATE_LIMITED, ATTEMPTS),
    "500": Trouble(says(500, words("oops")), Reason.UNAVAILABLE, ATTEMPTS, uncertain=True),
    "502 with a page": Trouble(page(502), Reason.UNAVAILABLE, ATTEMPTS, uncertain=True),
    "503": Trouble(says(503), Reason.UNAVAILABLE, ATTEMPTS, uncertain=True),
    "504": Trouble(says(504), Reason.UNAVAILABLE, ATTEMPTS, uncertain=True),
    "a dropped connection": Trouble(drops, Reason.UNAVAILABLE, ATTEMPTS, uncertain=True),
    "a cut body": Trouble(cuts({"a": "b"}), Reason.MALFORMED, ATTEMPTS, uncertain=True),
    "a page with 200": Trouble(page(200), Reason.MALFORMED, uncertain=True),
    "an empty body": Trouble(says(200), Reason.MALFORMED, uncertain=True),
    "half of a JSON": Trouble(says(200, '{"a":'), Reason.MALFORMED, uncertain=True),
    "another JSON": Trouble(says(200, "7"), Reason.MALFORMED, uncertain=True),
    "endless nesting": Trouble(says(200, "[" * 100_000), Reason.MALFORMED, uncertain=True),
}
ANY_TROUBLE = pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES)
PASSING = {name: one for name, one in TROUBLES.items() if one.asked > 1}


def traces(error: BaseException) -> str:
    """Return all that a log or a crash report could show of an error."""
    chain = [error, *filter(None, (error.__cause__, error.__context__))]
    shown = [text for one in chain for text in (str(one), repr(one), repr(vars(one)))]
    return "\n".join([*shown, *traceback.format_exception(error)])


def with_undocumented(good: Any) -> Any:
    """Return the JSON with fields that nobody documented, in each row where it is a list."""
    if isinstance(good, list):
        return [with_undocumented(each) for each in good]
    return {**good, "unheardOf": {"x": [1]}, "": None}


class ReaderContract:
    good: ClassVar[Any]
    secret: str

    def client(
        self, url: str, clock: SandboxClock, limits: HttpLimits
    ) -> AbstractAsyncContextManager[Any]:
        raise NotImplementedError

    async def ask(self, client: Any) -> object:
        raise NotImplementedError

    @pytest.fixture
    async def vendor(self) -> AsyncIterator[Scripted]:
        async with Scripted(says(200, self.good)) as vendor:
            yield vendor

    @pytest.fixture
    def clock(self) -> SandboxClock:
        return SandboxClock(START)

    async def fails(
        self,
        url: str,
        clock: SandboxClock,
        call: Callable[[Any], Any],
        limits: HttpLimits | None = None,
    ) -> VendorError:
        async with self.client(url, clock, limits or HttpLimits()) as client:
            with pytest.raises(VendorError) as failure:
                await call(client)
        return failure.value

    @ANY_TROUBLE
    async def test_trouble_that_stays_is_named_after_so_many_attempts(
        self, vendor: Scripted, clock: SandboxClock, trouble: Trouble
    ) -> None:
        vendor.otherwise = trouble.reply
        error = await self.fails(vendor.url, clock, self.ask)
        assert (error.reason, len(vendor.received)) == (trouble.reason, trouble.asked)
        assert not error.uncertain

    @ANY_TROUBLE
    async def test_a_check_of_the_credential_is_made_once_and_names_the_trouble(
        self, vendor: Scripted, clock: SandboxClock, trouble: Trouble
    ) -> None:
        vendor.otherwise = trouble.reply
        error = await self.fails(vendor.url, clock, lambda client: client.check())
        assert (error.reason, len(vendor.received)) == (trouble.reason, 1)

    @pytest.mark.parametrize("trouble", PASSING.values(), ids=PASSING)
    async def test_trouble_that_passes_is_waited_out(
        self, vendor: Scripted, clock: SandboxClock, trouble: Trouble
    ) -> None:
        vendor.then(trouble.reply)
        async with self.client(vendor.url, clock, HttpLimits()) as client:
            await self.ask(client)
        assert len(vendor.received) == 2
        assert clock.now() > START

    async def test_silence_becomes_a_timeout(self, vendor: Scripted, clock: SandboxClock) -> None:
        vendor.otherwise = vendor.silence
        error = await self.fails(vendor.url, clock, self.ask, HASTY)
        # A busy machine may give up on an attempt before its request has arrived here.
        assert error.reason is Reason.TIMEOUT
        assert len(vendor.received) <= ATTEMPTS
        assert clock.now() > START  # it was tried again, after a pause

    @pytest.mark.parametrize(
        ("body", "headers"),
        [
            ({"retry_after": 12}, {}),
            ({"retry_after": "12"}, {}),
            ({}, {"Retry-After": "12"}),
            ({}, {"Retry-After": "Mon, 23 Nov 2026 08:59:12 GMT"}),
            ({"retry_after": 3}, {"Retry-After": "12"}),
            ({"retry_after": 12}, {"Retry-After": "soon"}),
            ({"retry_after": 12}, {"Retry-After": "nan"}),
        ],
    )
    async def test_the_wait_that_the_vendor_names_is_kept(
        self,
        vendor: Scripted,
        clock: SandboxClock,
        body: dict[str, object],
        headers: dict[str, str],
    ) -> None:
        vendor.then(says(429, body, headers=headers))
        async with self.client(vendor.url, clock, HttpLimits()) as client:
            await self.ask(client)
        assert timedelta(seconds=12) <= clock.now() - START < timedelta(seconds=13)

    async def test_a_wait_longer_than_ours_is_handed_on_at_once(
        self, vendor: Scripted, clock: SandboxClock
    ) -> None:
        vendor.otherwise = says(429, {"retry_after": 3600})
        error = await self.fails(vendor.url, clock, self.ask)
        assert (error.reason, error.retry_after) == (Reason.RATE_LIMITED, 3600)
        assert (clock.now(), len(vendor.received)) == (START, 1)

    async def test_an_answer_above_the_cap_is_not_read_on(
        self, vendor: Scripted, clock: SandboxClock
    ) -> None:
        vendor.otherwise = says(200, " " * 100_000)
        error = await self.fails(vendor.url, clock, self.ask, SMALL)
        assert error.reason is Reason.TOO_LARGE

    @ANY_TROUBLE
    async def test_no_trouble_shows_the_secret(
        self,
        vendor: Scripted,
        clock: SandboxClock,
        trouble: Trouble,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        caplog.set_level("DEBUG")
        vendor.otherwise = trouble.reply
        with structlog.testing.capture_logs() as events:
            error = await self.fails(vendor.url, clock, self.ask)
        shown = traces(error) + repr(events) + caplog.text
        assert self.secret not in shown
        assert not isinstance(error.__context__, httpx.HTTPError)

    async def test_a_secret_that_the_vendor_says_back_is_hidden(
        self, vendor: Scripted, clock: SandboxClock
    ) -> None:
        vendor.otherwise = says(401, words(f"The key {self.secret} is\nwrong \x1b[31m"))
        error = await self.fails(vendor.url, clock, self.ask)
        assert error.detail == "The key [hidden] is wrong [31m"

    async def test_what_looks_like_somebody_elses_secret_is_hidden_as_well(
        self, vendor: Scripted, clock: SandboxClock
    ) -> None:
        vendor.otherwise = says(400, words("Traceback: token=another-one failed"))
        error = await self.fails(vendor.url, clock, self.ask)
        assert error.detail == "Traceback: token=[hidden] failed"

    async def test_the_secret_travels_in_one_header(
        self, vendor: Scripted, clock: SandboxClock
    ) -> None:
        async with self.client(vendor.url, clock, HttpLimits()) as client:
            await self.ask(client)
            assert self.secret not in repr(client)
        sent = vendor.received[0]
        assert [self.secret in value for value in sent.headers.values()].count(True) == 1
        assert self.secret not in sent.path + sent.body.decode()

    async def test_the_attempts_of_one_call_share_an_id_and_calls_do_not(
        self, vendor: Scripted, clock: SandboxClock
    ) -> None:
        vendor.then(says(503))
        async with self.client(vendor.url, clock, HttpLimits()) as client:
            await self.ask(client)
            clock.advance(seconds=60)
            await self.ask(client)
        ids = [request.headers["X-Request-ID"] for request in vendor.received]
        assert (ids[0] == ids[1], ids[1] == ids[2]) == (True, False)

    async def test_fields_that_nobody_documented_are_ignored(
        self, vendor: Scripted, clock: SandboxClock
    ) -> None:
        more = with_undocumented(json.loads(json.dumps(self.good)))
        async with self.client(vendor.url, clock, HttpLimits()) as client:
            plain = await self.ask(client)
            clock.advance(seconds=60)
            vendor.otherwise = says(200, more)
            assert await self.ask(client) == plain


class ClientContract(ReaderContract):
    async def change(self, client: Any) -> object:
        raise NotImplementedError

    @ANY_TROUBLE
    async def test_a_change_is_sent_once_whatever_happens(
        self, vendor: Scripted, clock: SandboxClock, trouble: Trouble
    ) -> None:
        vendor.otherwise = trouble.reply
        error = await self.fails(vendor.url, clock, self.change)
        assert (error.uncertain, len(vendor.received)) == (trouble.uncertain, 1)

    async def test_a_change_that_met_silence_is_uncertain(
        self, vendor: Scripted, clock: SandboxClock
    ) -> None:
        vendor.otherwise = vendor.silence
        error = await self.fails(vendor.url, clock, self.change, HASTY)
        assert (error.reason, error.uncertain) == (Reason.TIMEOUT, True)
        assert len(vendor.received) <= 1

    async def test_a_change_that_never_left_is_not_uncertain(self, clock: SandboxClock) -> None:
        async with Scripted(drops) as gone:
            nowhere = gone.url
        error = await self.fails(nowhere, clock, self.change)
        assert (error.reason, error.uncertain) == (Reason.UNAVAILABLE, False)
