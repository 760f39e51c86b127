"""A bounded temporary file, for bodies whose length is not known before they have arrived."""

import asyncio
import io
import tempfile
from collections.abc import AsyncIterable, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import IO

from bot.errors import Reason, Vendor, VendorError

PIECE = 256 * 1024
LARGEST = 1024 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Body:
    """Bytes on their way: how many, and the pieces themselves, readable once."""

    length: int
    chunks: AsyncIterable[bytes]


@asynccontextmanager
async def spooled(
    vendor: Vendor, chunks: AsyncIterable[bytes], *, largest: int = LARGEST
) -> AsyncIterator[Body]:
    """Yield a body of known length. Raises VendorError TOO_LARGE beyond the cap."""
    with tempfile.TemporaryFile() as file:
        length = 0
        async for chunk in chunks:
            length += len(chunk)
            if length > largest:
                raise VendorError(vendor, Reason.TOO_LARGE)
            await asyncio.to_thread(file.write, chunk)
        yield body_of(file)


def body_of(file: IO[bytes]) -> Body:
    """Return a temporary file as a body, from its beginning on."""
    length = file.seek(0, io.SEEK_END)
    file.seek(0)
    return Body(length, _pieces(file))


def in_memory(content: bytes) -> Body:
    """Return a body of bytes that are there already."""
    return Body(len(content), _sliced(content))


async def _sliced(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), PIECE):
        yield content[start : start + PIECE]


async def _pieces(file: IO[bytes]) -> AsyncIterator[bytes]:
    while piece := await asyncio.to_thread(file.read, PIECE):
        yield piece
