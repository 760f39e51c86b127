"""What may stand between Flowbot and Postgres: a line that is cut, and a pooler of transactions."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

_SSL = 80877103
_HELLO = 196608
_READY = b"Z\0\0\0\5"
_ANSWERED = b"R\0\0\0\x08\0\0\0\0"


def socket_of(url: str) -> str:
    """Return the file of the server's socket, from the URL of one of its databases."""
    (folder,) = parse_qs(urlsplit(url).query)["host"]
    return str(Path(folder, ".s.PGSQL.5432"))


class Line:
    """A line to the server, by an address of its own, that a test cuts and mends."""

    def __init__(self, url: str) -> None:
        """Lead to the server of this URL."""
        self._url = url
        self._open: set[asyncio.StreamWriter] = set()
        self._away = False
        self.lost: bytes | None = None
        self.port = 0

    @property
    def url(self) -> str:
        """The URL of the same database over this line."""
        parts = urlsplit(self._url)
        user = parts.netloc.rpartition("@")[0]
        return f"postgresql://{user}@127.0.0.1:{self.port}{parts.path}?sslmode=disable"

    def cut(self) -> None:
        """End all connections; new ones are let through."""
        for writer in self._open:
            writer.close()
        self._open.clear()

    def go_away(self) -> None:
        """End all connections and take no new ones."""
        self._away = True
        self.cut()

    def come_back(self) -> None:
        """Take connections again."""
        self._away = False

    def lose_answer_to(self, words: bytes) -> None:
        """Let the next message with these words through, but cut the line before its answer."""
        self.lost = words

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection."""
        if self._away:
            writer.close()
            return
        there_reads, there = await asyncio.open_unix_connection(socket_of(self._url))
        self._open |= {writer, there}
        await asyncio.gather(self._pass(reader, there, writer), self._pass(there_reads, writer))
        self._open -= {writer, there}

    async def _pass(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        back: asyncio.StreamWriter | None = None,
    ) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                lose = back is not None and self.lost is not None and self.lost in data
                writer.write(data)
                await writer.drain()
                if lose and back is not None:
                    self.lost = None
                    back.close()
        writer.close()


@asynccontextmanager
async def line_to(url: str) -> AsyncIterator[Line]:
    """Yield a line to the server of a URL."""
    line = Line(url)
    server = await asyncio.start_server(line.carry, "127.0.0.1", 0)
    line.port = server.sockets[0].getsockname()[1]
    try:
        yield line
    finally:
        server.close()
        line.cut()


class Pooler:
    """A pooler that lends one of its connections for a transaction each, the last one first."""

    def __init__(self, url: str, version: str) -> None:
        """Pool connections to the database of this URL, and say that it is of a version."""
        self._url = url
        self._version = version
        self._free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
        self._all: list[asyncio.StreamWriter] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one client."""
        with suppress(OSError, asyncio.IncompleteReadError):
            await _startup(reader, writer)
            writer.write(_ANSWERED + _status("server_version", self._version))
            writer.write(_status("client_encoding", "UTF8") + _READY + b"I")
            while True:
                await self._transaction(reader, writer)
        writer.close()

    def close(self) -> None:
        """End the connections to the server."""
        for writer in self._all:
            writer.close()

    async def _transaction(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        asked = await _message(reader)
        if asked[:1] == b"X":
            raise asyncio.IncompleteReadError(b"", 1)
        theirs = self._free.pop() if self._free else await self._connect()
        while True:
            theirs[1].write(asked)
            if asked[:1] in b"QS" and await _answer(theirs[0], writer) == b"I":
                break
            asked = await _message(reader)
        self._free.append(theirs)

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_unix_connection(socket_of(self._url))
        self._all.append(writer)
        name = urlsplit(self._url).path[1:].encode()
        told = _HELLO.to_bytes(4) + b"user\0flowbot\0database\0" + name + b"\0\0"
        writer.write((len(told) + 4).to_bytes(4) + told)
        while (await _message(reader))[:1] != b"Z":
            pass
        return reader, writer


@asynccontextmanager
async def pooler_before(url: str, *, version: str = "15.0") -> AsyncIterator[str]:
    """Yield the URL of a pooler before the server of a URL, which says what version that is."""
    pooler = Pooler(url, version)
    server = await asyncio.start_server(pooler.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        yield f"postgresql://flowbot@127.0.0.1:{port}{urlsplit(url).path}"
    finally:
        server.close()
        pooler.close()


async def _startup(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while True:
        length = int.from_bytes(await reader.readexactly(4))
        body = await reader.readexactly(length - 4)
        if int.from_bytes(body[:4]) == _HELLO:
            return
        writer.write(b"N")  # no secure connection here


async def _message(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readexactly(5)
    return head + await reader.readexactly(int.from_bytes(head[1:]) - 4)


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
    """Pass an answer on; return what state the transaction is in after it."""
    while True:
        told = await _message(reader)
        writer.write(told)
        if told[:1] == b"Z":
            return told[5:]


def _status(name: str, value: str) -> bytes:
    body = f"{name}\0{value}\0".encode()
    return b"S" + (len(body) + 4).to_bytes(4) + body
