"""What is known of the vendor's project: whom our key belongs to, and where its own pages are."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from bot.clock import Clock
from bot.errors import VendorError
from bot.http.connection import Connection
from bot.runs.client.client import SmartFlows
from bot.runs.model import Account

REMEMBER = timedelta(hours=1)


class Project:
    """Asks rarely and never fails: what is not known is empty."""

    def __init__(self, smartflows: Connection[SmartFlows], clock: Clock, *, base_url: str) -> None:
        """Trust addresses on the host of `base_url` only."""
        self._smartflows = smartflows
        self._clock = clock
        self._host = urlsplit(base_url).hostname or ""
        self._panel = ""
        self._panel_until: datetime | None = None
        self._account: Account | None = None
        self._account_until: datetime | None = None

    async def panel_url(self) -> str:
        """Return the address of the page where runs are answered, or empty text."""
        now = self._clock.now()
        if self._smartflows.is_on and (self._panel_until is None or now >= self._panel_until):
            self._panel_until = now + REMEMBER
            try:
                found = (await self._smartflows.client.panel()).executions_url
            except VendorError:
                return self._panel
            self._panel = found if _host(found) == self._host else ""
        return self._panel

    async def account_id(self) -> str:
        """Return whom the key belongs to, or empty text."""
        account = await self._me()
        return account.id if account else ""

    async def sees_only_own(self) -> bool:
        """Return whether the key is known to see only the executions that it started."""
        account = await self._me()
        return bool(account and account.sees_only_own)

    async def _me(self) -> Account | None:
        now = self._clock.now()
        if self._smartflows.is_on and (self._account_until is None or now >= self._account_until):
            try:
                self._account = await self._smartflows.client.me()
            except VendorError:
                return self._account
            self._account_until = now + REMEMBER
        return self._account


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # such as an unclosed bracket
        return ""
