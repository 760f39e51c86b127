"""A file on its way from a vendor: its bytes in chunks, never whole in memory."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from email.message import Message
from pathlib import PureWindowsPath

import httpx

from bot.errors import Reason, Vendor, VendorError
from bot.spool import Body, Spool

LONGEST_FILENAME = 150
CUT = "body: cut short"


@dataclass(frozen=True, slots=True)
class Download:
    """An open file. `length` is in bytes, None where the vendor does not say it.

    `chunks` can be read once; it raises VendorError MALFORMED when the body is cut, TOO_LARGE
    above the cap, TIMEOUT when the vendor falls silent. `filename` is the vendor's suggestion
    reduced to a bare name.
    """

    length: int | None
    content_type: str
    filename: str | None
    chunks: AsyncIterator[bytes] = field(repr=False)


def download_of(
    vendor: Vendor, response: httpx.Response, *, largest: int, pages: bool = False
) -> Download:
    """Return the open `response` as a download; raises VendorError TOO_LARGE or MALFORMED.

    `pages` says that a web page is what was asked for.
    """
    length = _length(response.headers)
    content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if length is not None and length > largest:
        raise VendorError(vendor, Reason.TOO_LARGE)
    if content_type == "text/html" and not pages:  # a sign-in or maintenance page
        raise VendorError(vendor, Reason.MALFORMED, detail="body: an HTML page")
    return Download(
        length=length,
        content_type=content_type,
        filename=bare_filename(response.headers.get("content-disposition", "")),
        chunks=_chunks(vendor, response, largest=largest),
    )


async def peeked(download: Download, size: int) -> tuple[bytes, Download]:
    """Return the first bytes, at most `size` of them, and the download with all still to come."""
    first = bytearray()
    async for chunk in download.chunks:
        first += chunk
        if len(first) >= size:
            break
    return bytes(first[:size]), replace(download, chunks=rejoined(bytes(first), download.chunks))


async def rejoined(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Yield what was read already, and then the rest."""
    if first:
        yield first
    async for chunk in rest:
        yield chunk


async def chained(*parts: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Yield the chunks of all parts, one part after the other."""
    for part in parts:
        async for chunk in part:
            yield chunk


@asynccontextmanager
async def body_of(vendor: Vendor, download: Download) -> AsyncIterator[Body]:
    """Yield a download as a body: as it comes where its length is known, else from a spool.

    Raises VendorError as reading it does, and TOO_LARGE beyond the spool's cap.
    """
    if download.length is not None:
        yield Body(download.length, download.chunks)
        return
    async with spooled(vendor, download.chunks) as body:
        yield body


@asynccontextmanager
async def spooled(vendor: Vendor, chunks: AsyncIterator[bytes]) -> AsyncIterator[Body]:
    """Yield chunks as a body once all are here. Raises VendorError TOO_LARGE beyond the cap."""
    async with Spool() as spool:
        if not await spool.fill(chunks):
            raise VendorError(vendor, Reason.TOO_LARGE)
        yield spool.body()


def _length(headers: Mapping[str, str]) -> int | None:
    if headers.get("content-encoding", "identity") != "identity":
        return None  # the header counts packed bytes, the chunks are unpacked
    value = headers.get("content-length", "")
    return int(value) if value.isascii() and value.isdigit() else None


async def _chunks(
    vendor: Vendor, response: httpx.Response, *, largest: int
) -> AsyncIterator[bytes]:
    seen = 0
    problem: VendorError | None = None
    try:
        async for chunk in response.aiter_bytes():
            seen += len(chunk)
            if seen > largest:
                raise VendorError(vendor, Reason.TOO_LARGE)
            yield chunk
    except httpx.TimeoutException:
        problem = VendorError(vendor, Reason.TIMEOUT)
    except (httpx.HTTPError, httpx.StreamError):  # a body shorter than its Content-Length too
        problem = VendorError(vendor, Reason.MALFORMED, detail=CUT)
    if problem is not None:
        raise problem


def bare_filename(disposition: str) -> str | None:
    """Return the file name of a Content-Disposition header without any folder, or None.

    Understands `filename=` and the encoded `filename*=` of RFC 6266.
    """
    if not disposition:
        return None
    header = Message()
    header["Content-Disposition"] = re.sub(r"[\r\n]", " ", disposition)
    name = PureWindowsPath(header.get_filename() or "").name  # cuts at / and at \ alike
    printable = "".join(letter for letter in name if letter.isprintable()).strip(" .")
    return printable[-LONGEST_FILENAME:] or None
