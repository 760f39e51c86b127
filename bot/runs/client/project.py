"""One Smart Flows project: the connection to it, who we are there, and its documents.

Flows and their executions are in smartflows.py.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeVar, Unpack

from pydantic import SecretStr

from bot.errors import Reason, VendorError
from bot.http.client import ClientOptions, VendorClient
from bot.http.credentials import SecretHeader
from bot.http.fields import Fields
from bot.http.streaming import Download
from bot.runs.client.answers import parse_account, parse_document, parse_panel, parse_system
from bot.runs.client.questions import segment
from bot.runs.model import SMART_FLOWS, Account, Document, Panel, SystemInfo

T = TypeVar("T")


class SmartFlowsProject(VendorClient):
    """A project with one user's key."""

    vendor = SMART_FLOWS

    def __init__(
        self, api_key: SecretStr, *, base_url: str, **options: Unpack[ClientOptions]
    ) -> None:
        """Prepare the connections; nothing is sent yet. `base_url` is the host root."""
        super().__init__(**options)
        self._http = self._connect(
            f"{base_url.rstrip('/')}/api/v1", secrets=[SecretHeader("X-API-Key", api_key)]
        )

    async def document(self, document_id: str) -> Document:
        """Return what the vendor says of a document."""
        return await self._get(f"documents/{path_part(document_id)}", parse_document)

    def content(self, document: Document) -> AbstractAsyncContextManager[Download]:
        """Open a document's bytes."""
        return self._http.open_download(
            f"documents/{path_part(document.id)}/content",
            headers={"Accept": "application/octet-stream, */*"},
            pages="html" in document.content_type.casefold(),
        )

    async def me(self) -> Account:
        """Return whom the key belongs to; the cheapest check of a credential."""
        return await self._get("users/me", parse_account)

    async def system(self) -> SystemInfo:
        """Return the name and version of the vendor's installation."""
        return await self._get("system/info", parse_system)

    async def panel(self) -> Panel:
        """Return where people can answer in a browser; it needs no key and may not exist."""
        return await self._get("settings/public", parse_panel)

    async def _get(
        self, path: str, parse: Callable[[Fields], T], params: Mapping[str, str] | None = None
    ) -> T:
        answer = await self._http.call("GET", path, safe=True, params=params)
        return answer.read(reader_of(parse))


def reader_of(parse: Callable[[Fields], T]) -> Callable[[Any], T]:
    """Return `parse` for an answer that is one object."""
    return lambda payload: parse(Fields(payload))


def path_part(identity: str) -> str:
    """Return an id as part of an address; one that cannot be is NOT_FOUND without asking."""
    part = segment(identity)
    if not part:
        raise VendorError(SMART_FLOWS, Reason.NOT_FOUND, detail="that is no id")
    return part
