"""Files: announced, uploaded into temporary files chunk by chunk, then shared."""

import mimetypes
import tempfile
from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from sandbox.slack.refusals import Refusal

_KEPT = 500
_IN_MEMORY = 8 * 2**20


@dataclass(frozen=True, slots=True)
class File:
    """An uploaded file. `path` is where its bytes lie until the sandbox stops."""

    id: str
    name: str
    title: str
    mime: str
    size: int
    path: Path
    alt_text: str = ""
    user: str = ""
    created: int = 0
    channel: str = ""
    thread_ts: str = ""
    shared_ts: str = ""
    """The message that shows it."""
    is_uploaded: bool = False
    is_complete: bool = False

    @property
    def content(self) -> bytes | Path:
        """The bytes, or for more than 8 MiB the path to them."""
        return self.path.read_bytes() if self.size <= _IN_MEMORY else self.path


class WrongLengthError(Exception):
    """More or fewer bytes came than were announced."""


class Uploads:
    """Every file of the workspace, oldest first; the oldest go when there are too many."""

    def __init__(self) -> None:
        """Take a temporary folder; `close` removes it."""
        self._folder = tempfile.TemporaryDirectory(prefix="sandbox-slack-")
        self._files: OrderedDict[str, File] = OrderedDict()
        self._keys: dict[str, str] = {}

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Remove every uploaded byte."""
        self._folder.cleanup()

    @property
    def complete(self) -> list[File]:
        """The files that are finished, oldest first."""
        return [one for one in self._files.values() if one.is_complete]

    def announce(self, *, file_id: str, name: str, size: int, alt_text: str, user: str) -> str:
        """Expect a file of exactly `size` bytes; returns the key of its upload address."""
        while len(self._files) >= _KEPT:
            _, oldest = self._files.popitem(last=False)
            oldest.path.unlink(missing_ok=True)
            self._keys = {key: one for key, one in self._keys.items() if one != oldest.id}
        self._files[file_id] = File(
            id=file_id,
            name=name,
            title=name,
            mime=mimetypes.guess_type(name)[0] or "application/octet-stream",
            size=size,
            path=Path(self._folder.name) / file_id,
            alt_text=alt_text,
            user=user,
        )
        key = f"{file_id}-upload"
        self._keys[key] = file_id
        return key

    def knows(self, key: str) -> bool:
        """Tell whether an upload's address was handed out here."""
        return key in self._keys

    async def receive(self, key: str, chunks: AsyncIterator[bytes]) -> int:
        """Write the bytes of an upload and return how many; KeyError, WrongLengthError."""
        file = self._files[self._keys[key]]
        written = 0
        with _opened(file.path) as spool:
            async for chunk in chunks:
                written += len(chunk)
                if written > file.size:
                    raise WrongLengthError
                spool.write(chunk)
        if written != file.size:
            raise WrongLengthError
        self._files[file.id] = replace(file, is_uploaded=True)
        return written

    def keep(self, *, file_id: str, name: str, content: bytes, user: str) -> File:
        """Keep a whole file that a person attached in Slack's own client."""
        self.announce(file_id=file_id, name=name, size=len(content), alt_text="", user=user)
        file = self._files[file_id]
        file.path.write_bytes(content)
        return self.put(replace(file, is_uploaded=True, is_complete=True))

    def find(self, file_id: str) -> File:
        """Return an announced file; refuses `file_not_found`."""
        file = self._files.get(file_id)
        if file is None:
            raise Refusal("file_not_found")
        return file

    def put(self, file: File) -> File:
        """Replace what is known about a file."""
        self._files[file.id] = file
        return file


def _opened(path: Path) -> BinaryIO:
    return path.open("wb")
