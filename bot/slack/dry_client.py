"""A Slack that writes down what would be sent, for questions asked from the command line."""

import mimetypes
from collections.abc import AsyncIterable, Mapping
from pathlib import Path
from typing import Any

from bot.errors import SlackError, SlackUnreachableError
from bot.slack.client import Slack

READS = frozenset(
    {
        "auth.test",
        "conversations.info",
        "conversations.members",
        "usergroups.list",
        "usergroups.users.list",
        "users.conversations",
        "users.lookupByEmail",
    }
)
OWN_TEAM = "T0"
"""The workspace of who asks from a terminal, where no token names another."""


class DrySlack(Slack):
    """Records calls instead of making them; with a real token, reading is still done for real.

    With `deliver` everything is really done as well as recorded. Who asks is whoever may use the
    machine, so a person that Slack does not know is an admin; and where nothing is delivered,
    nobody reads along.
    """

    def __init__(self, *, token: str, api_url: str, folder: Path, deliver: bool = False) -> None:
        """Write files into `folder`; without a token nothing is ever asked of Slack."""
        super().__init__(token=token, api_url=api_url)
        self._folder = folder
        self._deliver = deliver
        self._team = OWN_TEAM
        self._uploads: dict[str, dict[str, Any]] = {}
        self.recorded: list[dict[str, Any]] = []

    async def call(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """Record a call; answer it as Slack would have."""
        given = {name: value for name, value in arguments.items() if value not in (None, "")}
        if method == "users.info":
            return await self._person(given)
        if method in READS:
            return await self._read(method, given)
        if method.startswith("files."):
            return await self._file(method, given)
        given.pop("metadata", None)
        self.recorded.append({"method": method, "arguments": given})
        if self._deliver:
            return await super().call(method, **arguments)
        ts = f"{len(self.recorded):010d}.000000"
        return {"ok": True, "channel": given.get("channel", ""), "ts": ts}

    async def respond(self, url: str, payload: Mapping[str, Any]) -> None:
        """Record an answer to a response URL."""
        self.recorded.append({"method": "response_url", "arguments": dict(payload)})
        if self._deliver:
            await super().respond(url, payload)

    async def put_file(self, url: str, chunks: AsyncIterable[bytes], *, length: int) -> None:
        """Write a file's bytes into the folder."""
        upload = self._uploads[url]
        path = _free(self._folder / upload["filename"])
        with path.open("xb") as file:
            async for chunk in chunks:
                file.write(chunk)
        upload["path"] = str(path)
        if self._deliver:
            await super().put_file(url, _read(path), length=length)

    async def _person(self, given: dict[str, Any]) -> Mapping[str, Any]:
        if self.token:
            try:
                return await super().call("users.info", **given)
            except (SlackError, SlackUnreachableError):
                pass
        user = {
            "id": given["user"],
            "team_id": self._team,
            "is_restricted": False,
            "is_admin": True,
        }
        return {"ok": True, "user": user}

    async def _read(self, method: str, given: dict[str, Any]) -> Mapping[str, Any]:
        try:
            answer = await self._asked(method, given)
        except (SlackError, SlackUnreachableError):
            if self._deliver or method != "conversations.info":
                raise
            channel = {"id": given["channel"], "is_private": False, "is_ext_shared": False}
            return {"ok": True, "channel": channel}
        self._team = answer.get("team_id") or self._team
        return answer

    async def _asked(self, method: str, given: dict[str, Any]) -> Mapping[str, Any]:
        if self.token:
            return await super().call(method, **given)
        if method == "auth.test":
            return {"ok": True, "user": "flowbot", "team_id": OWN_TEAM, "headers": {}}
        raise SlackError(method, "not_authed")

    async def _file(self, method: str, given: dict[str, Any]) -> Mapping[str, Any]:
        answer: Mapping[str, Any] = {}
        if self._deliver:
            answer = await super().call(method, **given)
        if method == "files.getUploadURLExternal":
            url = answer.get("upload_url") or f"file-{len(self._uploads) + 1}"
            file_id = answer.get("file_id") or url
            self._uploads[url] = {**given, "id": file_id}
            return {"ok": True, "upload_url": url, "file_id": file_id}
        for file in given["files"]:
            upload = next(each for each in self._uploads.values() if each["id"] == file["id"])
            self.recorded.append({"method": "files.upload", "arguments": _shown(upload, given)})
        return {"ok": True}


def _shown(upload: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    name = upload["filename"]
    return {
        "channel": given.get("channel_id", ""),
        "thread_ts": given.get("thread_ts", ""),
        "filename": name,
        "title": given["files"][0].get("title", name),
        "length": upload["length"],
        "mimetype": mimetypes.guess_type(name)[0] or "application/octet-stream",
        "alt_text": upload.get("alt_txt", ""),
        "path": upload.get("path", ""),
    }


def _free(path: Path) -> Path:
    """Return a path that does not exist yet, numbered when needed: nothing is overwritten."""
    path.parent.mkdir(parents=True, exist_ok=True)
    numbered = (path.with_stem(f"{path.stem}-{number}") for number in range(2, 10_000))
    return path if not path.exists() else next(each for each in numbered if not each.exists())


async def _read(path: Path) -> AsyncIterable[bytes]:
    with path.open("rb") as file:
        while piece := file.read(256 * 1024):
            yield piece
