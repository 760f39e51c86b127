"""Looking at a file before it is read on, to see that it is what was asked for."""

from collections.abc import Callable

from bot.errors import Reason, Vendor, VendorError
from bot.http.answers import Refusal, json_or_none, vendor_message
from bot.http.content import HEAD, Kind, kind_of
from bot.http.streaming import Download, peeked

LONGEST_MESSAGE = 16_384


async def checked(
    vendor: Vendor, download: Download, *, kind: Kind, clean: Callable[[str], str]
) -> Download:
    """Return the download with its first bytes looked at; an empty file is of any kind.

    Raises VendorError for content of another kind: REJECTED with the vendor's own words where it
    is JSON that holds some, cleared by `clean`, otherwise MALFORMED.
    """
    head, whole = await peeked(download, HEAD)
    found = kind_of(head, download.content_type)
    if found in (kind, Kind.EMPTY):
        return whole
    words = await _said(whole) if found is Kind.JSON else ""
    if words:
        raise VendorError(vendor, Reason.REJECTED, detail=clean(words))
    raise VendorError(vendor, Reason.MALFORMED, detail=f"body: {found.value}, not {kind.value}")


async def _said(download: Download) -> str:
    body = bytearray()
    async for chunk in download.chunks:
        body += chunk
        if len(body) > LONGEST_MESSAGE:
            return ""
    return vendor_message(Refusal("", 200, json_or_none(bytes(body))))
