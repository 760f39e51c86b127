"""The addresses of the vendor's own pages, asked for rarely and trusted only on its own host."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from bot.clients.smartflows import SmartFlows
from bot.clock import Clock
from bot.errors import VendorError

REMEMBER = timedelta(hours=1)


class PanelLinks:
    """Where people go in a browser."""

    def __init__(self, client: SmartFlows | None, clock: Clock, *, base_url: str) -> None:
        """Trust the host of `base_url`."""
        self._client = client
        self._clock = clock
        self._host = urlsplit(base_url).hostname or ""
        self._address = ""
        self._until: datetime | None = None

    async def executions(self) -> str:
        """Return the address of the page where runs are answered, or empty text."""
        now = self._clock.now()
        if self._client and (self._until is None or now >= self._until):
            self._until = now + REMEMBER
            try:
                found = (await self._client.panel()).executions_url
            except VendorError:
                return self._address
            self._address = found if _host(found) == self._host else ""
        return self._address


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # such as an unclosed bracket
        return ""
