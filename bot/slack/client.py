"""Slack's Web API, response URLs and uploads. One attempt a call: repeating is the outbox's work.

The SDK's own handler repeats chat.postMessage when a connection drops, which can post twice; so it
is taken away here, and a call without an answer says whether Slack may have carried it out.
"""

import json
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Mapping
from typing import Any, Self, cast
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import metrics
from bot.errors import BotError, SlackError, SlackUnreachableError
from bot.slack.permits import PermittedSession, stopped_by_permit
from bot.slack.refusals import UNREADABLE

CALL_SECONDS = 15
UPLOAD_SECONDS = 1800
TOO_MANY = 429
"""The status with which Slack asks for patience."""

LONGEST_WAIT = 86_400.0
"""Seconds. Whatever an answer asks us to wait beyond that, we ask again after a day."""

READ_FILE = "file"
TOO_LARGE = "file_too_large"

LARGEST_ANSWER = 4 * 1024 * 1024
"""Bytes; a page of two hundred messages with all their blocks has a quarter of that."""
_NOT_SLACKS = (AttributeError, TypeError, ValueError, RecursionError)
"""What the SDK makes of a body that is none of Slack's, and what is made of one too large."""
_JSON_METHODS = ("agents.", "assistant.", "chat.", "views.")
"""Families that take a JSON body; the others are sent form-encoded, which Slack always takes."""
PERMALINK = "chat.getPermalink"
"""The one of its family that takes none."""

OF_TOKENS = frozenset({"account_inactive", "invalid_auth", "token_expired", "token_revoked"})
"""What Slack says of a token that is good no more."""
OnRefusal = Callable[[str, str], Awaitable[str]]
"""Told the token that was refused and Slack's word for why; returns another one, or ''."""


class Slack:
    """A workspace, through one bot token. Use as an async context manager."""

    def __init__(self, *, token: str, api_url: str, refused: OnRefusal | None = None) -> None:
        """Prepare for the Web API at `api_url` (Slack's or a stand-in's root).

        `refused` is asked for another token when Slack does not take this one.
        """
        self.token = token
        self.refused = refused
        self._base_url = api_url.rstrip("/") + "/"
        self._session: aiohttp.ClientSession | None = None
        self._permitted: PermittedSession | None = None
        self._web: AsyncWebClient | None = None

    async def __aenter__(self) -> Self:
        """Open the connection pool."""
        # With a session of ours the SDK's own timeout does not apply, so the session has one.
        self._session = aiohttp.ClientSession(timeout=_seconds(), response_class=_BoundedResponse)
        self._permitted = PermittedSession(self._session)
        self._web = self._client(self.token)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the connection pool."""
        if self._session:
            await self._session.close()

    def for_bolt(self) -> AsyncWebClient:
        """Return a client without a token: Bolt takes the token from its authorization."""
        return self._client(None)

    async def call(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """Call a Web API method once. Raises SlackError, SlackUnreachableError or FencedError.

        A call whose token was refused was not carried out: with another token it is made again.
        """
        used = self.token
        try:
            return await self._call(method, arguments)
        except SlackError as error:
            if error.code not in OF_TOKENS or self.refused is None:
                raise
            token = await self.refused(used, error.code)
            if token in ("", used):
                raise
            self.token, self._web = token, self._client(token)
        return await self._call(method, arguments)

    async def _call(self, method: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        given = {name: value for name, value in arguments.items() if value not in (None, "")}
        in_json = method.startswith(_JSON_METHODS) and method != PERMALINK
        body = {"json": given} if in_json else {"data": _form(given)}
        try:
            answer = await self._open_web.api_call(method, **body)
        except SlackApiError as error:
            raise _refusal(method, error) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise stopped_by_permit() or _unreachable(method, error) from None
        except _NOT_SLACKS:
            raise SlackError(method, UNREADABLE) from None
        data = answer.data
        assert isinstance(data, dict)
        return {**data, "headers": answer.headers}

    async def respond(self, url: str, payload: Mapping[str, Any]) -> None:
        """Answer through a response URL. Raises as `call` does."""
        assert self._permitted is not None
        posted = self._permitted.request(
            "POST", url, json=payload, proxy=self._proxy, timeout=_seconds()
        )
        try:
            async with posted as answer:
                text = (await answer.content.read(2000)).decode(errors="replace")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise stopped_by_permit() or _unreachable("response_url", error) from None
        _count(answer.status)
        if answer.status != 200:  # noqa: PLR2004  # anything else is a refusal
            raise SlackError("response_url", _code(text, answer.status))

    async def put_file(self, url: str, chunks: AsyncIterable[bytes], *, length: int) -> None:
        """Send a file's bytes to an upload URL as they come, never all at once.

        Raises SlackError, SlackUnreachableError, or whatever BotError the bytes themselves raise.
        """
        headers = {"Content-Length": str(length), "Content-Type": "application/octet-stream"}
        source = _Source(chunks)
        try:
            async with self._open_session.post(
                url,
                data=source.read(),
                headers=headers,
                proxy=self._proxy,
                timeout=_seconds(UPLOAD_SECONDS),
            ) as answer:
                text = (await answer.content.read(2000)).decode(errors="replace")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise source.failure or _unreachable("upload", error) from None
        _count(answer.status)
        if answer.status == TOO_MANY:
            raise SlackError("upload", "ratelimited", retry_after=_retry_after(answer.headers))
        if answer.status != 200:  # noqa: PLR2004
            raise SlackError("upload", _code(text, answer.status))

    async def read_file(self, file_id: str, *, largest: int) -> bytes:
        """Return the bytes of a file that people shared, at most `largest` of them.

        Raises SlackError, with the code `file_too_large` (ours) beyond that, and
        SlackUnreachableError. The token goes to Slack's own hosts only.
        """
        found = (await self.call("files.info", file=file_id))["file"]
        if int(found.get("size") or 0) > largest:
            raise SlackError(READ_FILE, TOO_LARGE)
        address = str(found.get("url_private_download") or found.get("url_private") or "")
        if not self._is_slacks(address):
            raise SlackError(READ_FILE, "untrusted_host")
        headers = {"Authorization": f"Bearer {self.token}"}
        try:
            async with self._open_session.get(
                address,
                headers=headers,
                allow_redirects=False,
                proxy=self._proxy,
                timeout=_seconds(),
            ) as answer:
                _count(answer.status)
                if answer.status != 200:  # noqa: PLR2004  # anything else is a refusal
                    raise SlackError(READ_FILE, f"http_{answer.status}")
                if answer.content_type == "text/html":  # a page to sign in, with status 200
                    raise SlackError(READ_FILE, "missing_scope")
                return await _read_up_to(answer, largest)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise _unreachable(READ_FILE, error) from None

    def _is_slacks(self, address: str) -> bool:
        parts, own = urlsplit(address), urlsplit(self._base_url)
        if (parts.scheme, parts.netloc) == (own.scheme, own.netloc):
            return True
        return parts.scheme == "https" and (parts.hostname or "").endswith(".slack.com")

    def _client(self, token: str | None) -> AsyncWebClient:
        return AsyncWebClient(
            token=token,
            base_url=self._base_url,
            timeout=CALL_SECONDS,
            session=cast("aiohttp.ClientSession", self._permitted),
            retry_handlers=[],
        )

    @property
    def _proxy(self) -> str | None:
        """The proxy that the SDK takes from the environment for its calls: one way for all."""
        return self._open_web.proxy

    @property
    def _open_web(self) -> AsyncWebClient:
        assert self._web is not None
        return self._web

    @property
    def _open_session(self) -> aiohttp.ClientSession:
        assert self._session is not None
        return self._session


async def _read_up_to(answer: aiohttp.ClientResponse, largest: int) -> bytes:
    content = bytearray()
    async for chunk in answer.content.iter_any():
        content += chunk
        if len(content) > largest:
            raise SlackError(READ_FILE, TOO_LARGE)
    return bytes(content)


class _BoundedResponse(aiohttp.ClientResponse):
    """An answer that is read up to a bound; raises ValueError beyond it."""

    async def read(self) -> bytes:
        """Return the body, read once."""
        if self._body is None:
            body = bytearray()
            async for chunk in self.content.iter_any():
                body += chunk
                if len(body) > LARGEST_ANSWER:
                    self.close()
                    raise ValueError("an answer too large for Slack's")
            self._body = bytes(body)
        return await super().read()


class _Source:
    """Bytes on their way to Slack; a failure of theirs would otherwise look like one of Slack's."""

    def __init__(self, chunks: AsyncIterable[bytes]) -> None:
        self._chunks = chunks
        self.failure: BotError | None = None

    async def read(self) -> AsyncIterator[bytes]:
        try:
            async for chunk in self._chunks:
                yield chunk
        except BotError as error:
            self.failure = error
            raise


def _seconds(total: float = CALL_SECONDS) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=total, sock_connect=10, sock_read=60)


def _form(arguments: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in arguments.items()
    }


def _refusal(method: str, error: SlackApiError) -> SlackError:
    """Return Slack's refusal; for a body that is no JSON the SDK hands over the bare response."""
    response = error.response
    data = getattr(response, "data", None)
    status = getattr(response, "status_code", None) or getattr(response, "status", 0)
    _count(status)
    code = data.get("error") if isinstance(data, dict) else UNREADABLE
    after = _retry_after(response.headers)
    return SlackError(method, str(code or f"http_{status}"), retry_after=after)


def _count(status: int | None) -> None:
    if status == TOO_MANY:
        metrics.SLACK_429.add()


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that an answer asks to wait, as far as they are a number of seconds."""
    wait = str(headers.get("Retry-After", "")).strip()
    return min(float(wait), LONGEST_WAIT) if wait.isascii() and wait.isdigit() else None


def _code(text: str, status: int) -> str:
    """Return Slack's error word from a body that is a bare word or a small JSON object."""
    try:
        text = json.loads(text).get("error", "")
    except (ValueError, AttributeError):
        text = text.strip()
    return text if text.replace("_", "").isalnum() else f"http_{status}"


def _unreachable(method: str, error: Exception) -> SlackUnreachableError:
    refused = isinstance(error, (aiohttp.ClientConnectorError, ConnectionRefusedError))
    connecting = isinstance(error, aiohttp.ConnectionTimeoutError)
    return SlackUnreachableError(method, sent=not (refused or connecting))
