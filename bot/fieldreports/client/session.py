"""SaferMe's session: a pair of tokens that is replaced as a whole (its page "Sessions").

A refresh kills the old pair at once. So the new one is kept before it is used, there is only one
refresher at a time among all that share the place where it is kept, whoever has waited for a turn
looks there first, and no asker who gives up can interrupt it.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from pydantic import SecretStr

from bot.clock import Clock
from bot.errors import Reason, VendorError
from bot.http.credentials import SecretHeader
from bot.http.fields import Fields, ShapeError
from bot.http.vendor_http import VendorHttp

log = structlog.get_logger(__name__)

APP_ID = "com.thundermaps.saferme"
"""The one app of all SaferMe users."""
PATH = "api/v4/session"
EARLY = timedelta(days=7)
"""So long before its end a pair is replaced; it lives for about a year."""
AGAIN_SECONDS = 3600.0
"""So long an early replacement that failed is left alone."""
OCCUPIED = "another process has been renewing the session for minutes"


@dataclass(frozen=True, slots=True)
class Tokens:
    """A pair of tokens. Without `refresh` it cannot be replaced; `expires_at` may be unknown."""

    access: SecretStr
    refresh: SecretStr | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Login:
    """An account that a session can be begun with."""

    email: str
    password: SecretStr = field(repr=False)


async def _nothing_kept() -> Tokens | None:
    return None


async def _keep_nothing(_: Tokens) -> None:
    pass


@asynccontextmanager
async def _nobody_else() -> AsyncIterator[bool]:
    yield True


@dataclass(frozen=True, slots=True)
class TokenKeeper:
    """Where the pair that is alive is kept; by default nowhere, and nobody else uses it.

    `kept` returns the pair kept last, `keep` replaces it and returns when that is on disk, `turn`
    waits to be the only one to replace it, and yields False when that takes too long.
    """

    kept: Callable[[], Awaitable[Tokens | None]] = _nothing_kept
    keep: Callable[[Tokens], Awaitable[None]] = _keep_nothing
    turn: Callable[[], AbstractAsyncContextManager[bool]] = _nobody_else


class Session:
    """Begins, refreshes and begins anew.

    `http` carries no secret header; `use` is called with each pair that may be used from now on.
    """

    def __init__(
        self,
        http: VendorHttp,
        clock: Clock,
        *,
        tokens: Tokens | None,
        login: Login | None,
        keeping: TokenKeeper,
        use: Callable[[Tokens], None],
    ) -> None:
        """Start from stored `tokens`, or from `login`, or from both. Nothing is sent yet."""
        self._http = http
        self._clock = clock
        self._tokens = tokens
        self._login = login
        self._keeping = keeping
        self._use = use
        self._unkept: Tokens | None = None
        self._was_begun = False
        self._renewing: asyncio.Task[bool] | None = None
        self._not_before = clock.monotonic()

    async def aclose(self) -> None:
        """Let a refresh under way end, so that its pair is kept."""
        if self._renewing is not None:
            await asyncio.wait([self._renewing])

    async def leave(self) -> None:
        """End the session at the vendor, where it was begun here; for one that nobody keeps."""
        if self._tokens is not None and self._was_begun:
            [access] = headers_of(self._tokens)
            await self._http.call("DELETE", PATH, safe=False, headers={access.name: access.value()})

    async def ready(self) -> None:
        """Make sure that there is a pair, and one that will last; raises VendorError."""
        if self._tokens is None or self._unkept is not None:
            if not await self.renew_for_question():
                raise VendorError(self._http.vendor, Reason.AUTH, detail="no account and no tokens")
        elif self._ends_soon():
            try:
                await self.renew_for_question()
            except VendorError as error:  # the present pair may still do
                log.warning("session_not_renewed", reason=error.reason.value)
                self._not_before = self._clock.monotonic() + AGAIN_SECONDS

    async def renew(self) -> bool:
        """Replace the pair; return False where there is nothing to do it with.

        Askers at the same time share one replacement. Raises VendorError, uncertain where the
        vendor may have replaced the pair without our learning the new one.
        """
        if self._renewing is None:
            self._renewing = asyncio.create_task(self._renewed())
            self._renewing.add_done_callback(self._ended)
        return await asyncio.shield(self._renewing)

    async def renew_for_question(self) -> bool:
        """Replace the pair like `renew`, but tell no asker of a mere question about doubts."""
        try:
            return await self.renew()
        except VendorError as error:
            plain = VendorError(
                error.vendor, error.reason, detail=error.detail, retry_after=error.retry_after
            )
        raise plain

    def _ended(self, task: asyncio.Task[bool]) -> None:
        self._renewing = None
        if not task.cancelled():
            task.exception()  # looked at, as all who asked may have gone

    def _ends_soon(self) -> bool:
        now = self._clock.now()
        if self._tokens is None or self._tokens.expires_at is None or not self._tokens.refresh:
            return False
        due = now >= self._tokens.expires_at - EARLY
        return due and self._clock.monotonic() >= self._not_before

    async def _renewed(self) -> bool:
        if self._unkept is not None:
            await self._adopt(self._unkept)
            return True
        async with self._keeping.turn() as ours:
            if not ours:
                raise VendorError(self._http.vendor, Reason.UNAVAILABLE, detail=OCCUPIED)
            if await self._taken_up():
                return True
            new = await self._refreshed()
            if new is None and self._login is not None:
                new = await self._begun(self._login)
            if new is None:
                return False
            await self._adopt(new)
            return True

    async def _taken_up(self) -> bool:
        """Use the pair that another process has kept meanwhile; return whether it lasts."""
        kept = await self._keeping.kept()
        if kept is None or (self._tokens is not None and kept.access == self._tokens.access):
            return False
        self._http.replace_secrets((), hidden=hidden_of(kept))
        self._take(kept)
        return not self._ends_soon()

    async def _adopt(self, new: Tokens) -> None:
        # Should `keep` fail, this is still the only pair alive: it is kept and used later.
        self._unkept = new
        await self._keeping.keep(new)
        self._unkept = None
        self._take(new)

    def _take(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._not_before = self._clock.monotonic()
        self._use(tokens)

    async def _refreshed(self) -> Tokens | None:
        """Return a new pair for the old; None where there is none or where the account may help."""
        old = self._tokens
        if old is None or old.refresh is None:
            return None
        body = {
            "access_token": old.access.get_secret_value(),
            "refresh_token": old.refresh.get_secret_value(),
        }
        try:
            return await self._asked("PATCH", body)
        except VendorError as error:
            dead = error.reason in (Reason.AUTH, Reason.NOT_FOUND, Reason.REJECTED)
            if self._login is not None and (dead or error.uncertain):
                return None
            raise

    async def _begun(self, login: Login) -> Tokens:
        body = {"email": login.email, "password": login.password.get_secret_value()}
        begun = await self._asked("POST", {"app_bundle_id": APP_ID, **body})
        self._was_begun = True
        return begun

    async def _asked(self, method: str, body: dict[str, str]) -> Tokens:
        answer = await self._http.call(method, PATH, safe=False, json={"session": body})
        new = await answer.read(parse_tokens)
        self._http.replace_secrets((), hidden=hidden_of(new))
        return new


def parse_tokens(payload: Any) -> Tokens:
    """Return the pair of an answer; raises ShapeError without both of it, fit for a header."""
    session = Fields(payload).child("session")
    access = session.text("access_token")
    if not access.isascii() or not access.isprintable() or access != access.strip():
        raise ShapeError("session.access_token")
    return Tokens(
        access=SecretStr(access),
        refresh=SecretStr(session.text("refresh_token")),
        expires_at=session.instant_or_none("token_expire_at"),
    )


def headers_of(tokens: Tokens | None) -> tuple[SecretHeader, ...]:
    """Return the header that shows a pair to the vendor."""
    if tokens is None:
        return ()
    return (SecretHeader("Authorization", tokens.access, prefix="Token token="),)


def hidden_of(tokens: Tokens | None) -> tuple[SecretStr, ...]:
    """Return the secrets of a pair, to be hidden in whatever the vendor says."""
    return () if tokens is None else tuple(filter(None, (tokens.access, tokens.refresh)))
