"""Bytes whose length must be known before they are sent: as a body, and spooled into a file.

What a vendor sends and what is made here may be larger than memory, and Slack wants to know how
long a file is before it comes. Whoever has bytes of unknown length puts them into a Spool. This
stands on the ground, beside the clock, because tables, vendors' files and uploads all need it.
"""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import dataclass
from typing import BinaryIO, Final, Self, cast

PIECE: Final = 256 * 1024
AT_ONCE: Final = 4 * PIECE
"""Bytes that a thread writes or reads at a time: handing them over costs as much as a piece."""
LARGEST: Final = 1024 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Body:
    """Bytes on their way: how many, and the pieces themselves, readable once.

    `remarks` are sentences on what people should know of the file.
    """

    length: int
    chunks: AsyncIterable[bytes]
    remarks: tuple[str, ...] = ()


class Spool:
    """A temporary file, gone with its context. Threads read and write it, not the event loop.

    `fill` takes chunks as far as the cap. Writers that need a file, such as those of archives and
    workbooks, write into `file` and look at `length` themselves.
    """

    def __init__(self, *, largest: int = LARGEST) -> None:
        """`largest` is the cap in bytes."""
        self.file = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115  # closed by `close`
        self.largest = largest

    async def __aenter__(self) -> Self:
        """Return itself."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Let the file go."""
        await self.close()

    async def close(self) -> None:
        """Let the file go. The system takes a tenth of a second for each GB of it."""
        await asyncio.to_thread(self.file.close)

    @property
    def length(self) -> int:
        """How many bytes are in it."""
        self.file.flush()
        return os.fstat(self.file.fileno()).st_size

    async def fill(self, chunks: AsyncIterable[bytes]) -> bool:
        """Take chunks until they end or pass the cap; return whether they ended.

        Nothing is lost where they did not: what came is in the file, what is left is in `chunks`.
        """
        length = waiting = 0
        pieces: list[bytes] = []
        async for chunk in chunks:
            pieces.append(chunk)
            length += len(chunk)
            waiting += len(chunk)
            if waiting >= AT_ONCE or length > self.largest:
                await asyncio.to_thread(self.file.writelines, pieces)
                pieces, waiting = [], 0
            if length > self.largest:
                return False
        await asyncio.to_thread(self.file.writelines, pieces)
        return True

    async def clear(self) -> None:
        """Give back the room of what is in it."""
        self.file.seek(0)
        await asyncio.to_thread(self.file.truncate)

    def body(self, remarks: tuple[str, ...] = ()) -> Body:
        """Return what is in it, and what people should know of it."""
        return Body(self.length, self.chunks(), remarks)

    async def chunks(self) -> AsyncIterator[bytes]:
        """Yield it from its beginning; several may read at the same time."""
        self.file.flush()
        at = 0
        while content := await asyncio.to_thread(os.pread, self.file.fileno(), AT_ONCE, at):
            at += len(content)
            for start in range(0, len(content), PIECE):
                yield content[start : start + PIECE]


def in_memory(content: bytes) -> Body:
    """Return a body of bytes that are there already."""
    return Body(len(content), _sliced(content))


async def _sliced(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), PIECE):
        yield content[start : start + PIECE]
