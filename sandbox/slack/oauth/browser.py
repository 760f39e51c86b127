"""A person's browser: cookies, redirects, and https addresses that are served on loopback here."""

import html
import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import aiohttp

_LINK = re.compile(r'<(?:a|form)\b[^>]*?(?:href|action)="([^"]*)"')
_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class Page:
    """What a browser shows. `address` is where it ended."""

    address: str
    status: int
    text: str
    headers: dict[str, str] = field(repr=False)

    def link(self, part: str) -> str:
        """Return the first link that holds these words. Raises LookupError where there is none."""
        for found in _LINK.findall(self.text):
            if part in (address := html.unescape(found)):
                return urljoin(self.address, address)
        raise LookupError(f"no link with {part!r} in {self.text}")


class Browser:
    """One person's browser. An async context manager.

    `served` says where an https origin is served: `https://flowbot.example` at
    `http://127.0.0.1:3000`, as a proxy in front of the app would do.
    """

    def __init__(self, served: dict[str, str] | None = None) -> None:
        """Start without cookies."""
        self.served = dict(served or {})
        self.cookies: dict[str, dict[str, str]] = {}
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        """Open it."""
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        assert self._session is not None
        await self._session.close()

    async def get(self, address: str) -> Page:
        """Open an address and follow where it leads."""
        page = await self.ask("GET", address)
        for _ in range(_REDIRECTS):
            if page.status not in {301, 302, 303}:
                break
            page = await self.ask("GET", urljoin(page.address, page.headers["Location"]))
        return page

    async def ask(self, method: str, address: str, form: dict[str, str] | None = None) -> Page:
        """Make one request with the cookies of its origin, and keep those that come back."""
        assert self._session is not None
        origin = _origin(address)
        own = self.cookies.setdefault(origin, {})
        cookie = "; ".join(f"{name}={value}" for name, value in own.items())
        where = self.served.get(origin, origin) + address.removeprefix(origin)
        async with self._session.request(
            method,
            where,
            data=form,
            headers={"Cookie": cookie} if cookie else {},
            allow_redirects=False,
        ) as response:
            for line in response.headers.getall("Set-Cookie", []):
                self._keep(own, line, is_secure=origin.startswith("https://"))
            return Page(address, response.status, await response.text(), {**response.headers})

    def _keep(self, own: dict[str, str], line: str, *, is_secure: bool) -> None:
        for name, morsel in SimpleCookie(line).items():
            if morsel["secure"] and not is_secure:
                continue
            if morsel["max-age"] == "0" or "1970" in morsel["expires"]:
                own.pop(name, None)
            else:
                own[name] = morsel.value


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
