"""Reading from SaferMe: whole answers and lists of many pages, each asked once for many askers."""

from collections.abc import Callable, Hashable, Mapping
from functools import partial
from typing import Any, TypeVar

from bot.clock import Clock
from bot.errors import Reason, VendorError
from bot.fieldreports.client.paging import pages
from bot.fieldreports.client.session import Session
from bot.fieldreports.client.wire import PAST_THE_END, listed_entries
from bot.http.coalescing import Coalescer
from bot.http.fields import Fields, ShapeError, readable
from bot.http.vendor_http import VendorHttp

T = TypeVar("T")

ROOT = "api/v4"


class Reader:
    """Asks with GET, once the session is ready. Raises VendorError."""

    def __init__(self, http: VendorHttp, session: Session, clock: Clock) -> None:
        """Share answers for some seconds of `clock`."""
        self._http = http
        self._session = session
        self._shared = Coalescer[Any](clock)

    async def one(
        self,
        path: str,
        parse: Callable[[Any], T],
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> T:
        """Return `parse` of the answer at `path`. `headers` follow from path and parameters."""

        async def fetch() -> T:
            await self._session.ready()
            answer = await self._http.call(
                "GET", f"{ROOT}/{path}", safe=True, params=params, headers=headers
            )
            return await answer.read(parse)

        found: T = await self._shared.ask(_key(path, params), fetch)
        return found

    async def every(
        self, path: str, parse: Callable[[Fields], T], *, params: Mapping[str, str] | None = None
    ) -> tuple[T, ...]:
        """Return `parse` of each entry of a list, over all its pages."""

        async def fetch() -> tuple[T, ...]:
            await self._session.ready()
            page = partial(self._page, path, partial(listed_entries, parse), params)
            found = [item async for items in pages(page) for item in items]
            try:
                return readable(found)
            except ShapeError as surprise:
                vendor = self._http.vendor
                raise VendorError(vendor, Reason.MALFORMED, detail=str(surprise)) from None

        # An entry that moves while we page comes twice; all entries are hashable values.
        found: tuple[T, ...] = await self._shared.ask((*_key(path, params), "all"), fetch)
        return tuple(dict.fromkeys(found))

    async def _page(
        self,
        path: str,
        parse: Callable[[Any], tuple[T, ...]],
        params: Mapping[str, str] | None,
        headers: dict[str, str],
    ) -> tuple[tuple[T, ...], str]:
        try:
            answer = await self._http.call(
                "GET", f"{ROOT}/{path}", safe=True, params=params, headers=headers
            )
        except VendorError as error:
            if error.detail.startswith(PAST_THE_END):
                return (), ""
            raise
        return await answer.read(parse), answer.headers.get("content-range", "")


def _key(path: str, params: Mapping[str, str] | None) -> tuple[Hashable, ...]:
    return (path, *sorted((params or {}).items()))
