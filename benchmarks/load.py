"""The driver: signed slash commands at a given rate, and questions whether the loop is free.

Each is sent when it is due and not when there is room for it, so that a slow answer is measured and
not avoided. The driver speaks HTTP over kept-alive connections by itself, as a client library would
use more of the machine than what it measures.
"""

import asyncio
import hashlib
import hmac
import itertools
import random
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

PEOPLE = ("UADA", "UGRACE", "ULIN")
"""Members of the local Slack: whom Slack does not know is refused, which costs less."""
COMMAND = "/flow-report"
TEXT = "flow_onb001 last-30d"
SIGNING_SECRET = "for-benchmarks-only"
KEPT_SECONDS = 5.0
"""So long a connection is used again; after some time without a request it is closed."""
WARM_UP = 20
"""Commands sent one after the other before anything is measured."""

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]
_numbers = itertools.count(1)


@dataclass(slots=True)
class Driver:
    """Sends to one port of loopback."""

    port: int
    _idle: list[tuple[float, Connection]] = field(default_factory=list)

    async def measure(self, *, rate: int, seconds: float, seed: int) -> list[float]:
        """Return each command's seconds from being sent to being acknowledged.

        Arrivals are those of independent people (exponential gaps), the same for the same seed.
        """
        for request in itertools.islice(commands(), WARM_UP):
            await self._send(request)
        due = _arrivals(rate, seconds, seed)
        prepared = list(itertools.islice(commands(), len(due)))
        start = time.perf_counter()
        sent = []
        for moment, request in zip(due, prepared, strict=True):
            await asyncio.sleep(max(0.0, start + moment - time.perf_counter()))
            sent.append(asyncio.create_task(self._send(request)))
        return await asyncio.gather(*sent)

    async def sustain(
        self, requests: Iterable[bytes], *, rate: int, seed: int, until: asyncio.Event
    ) -> list[float]:
        """Return the seconds of each request, sent at a rate a second until the event comes."""
        chance = random.Random(seed)
        due = time.perf_counter()
        sent = []
        for request in requests:
            due += chance.expovariate(rate)
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            if until.is_set():
                break
            sent.append(asyncio.create_task(self._send(request)))
        return await asyncio.gather(*sent)

    def close(self) -> None:
        """Close the connections."""
        for _, (_, writer) in self._idle:
            writer.close()

    async def _send(self, request: bytes) -> float:
        reader, writer = self._kept() or await self._open()
        start = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(_length(head))
        took = time.perf_counter() - start
        self._idle.append((time.monotonic(), (reader, writer)))
        return took

    def _kept(self) -> Connection | None:
        """Return the connection that was used last, if nobody has closed it by now."""
        if not self._idle or time.monotonic() - self._idle[-1][0] > KEPT_SECONDS:
            return None
        return self._idle.pop()[1]

    async def _open(self) -> Connection:
        return await asyncio.open_connection("127.0.0.1", self.port)


def _arrivals(rate: int, seconds: float, seed: int) -> list[float]:
    chance = random.Random(seed)
    moments = itertools.accumulate(chance.expovariate(rate) for _ in itertools.count())
    return list(itertools.takewhile(lambda moment: moment < seconds, moments))


def _length(head: bytes) -> int:
    status, *lines = head.decode().lower().split("\r\n")
    if status.split()[1] != "200":
        raise RuntimeError(f"not acknowledged: {status}")
    headers = dict(line.split(": ", 1) for line in lines if line)
    return int(headers.get("content-length", "0"))


def commands(secret: str = SIGNING_SECRET, typed: str = f"{COMMAND} {TEXT}") -> Iterator[bytes]:
    """Yield signed commands, each signed when it is taken."""
    for number in _numbers:
        body = urlencode(_command(number, typed))
        now = str(int(time.time()))
        base = f"v0:{now}:{body}".encode()
        signature = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
        yield (
            "POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            "User-Agent: Slackbot 1.0 (+https://api.slack.com/robots)\r\n"
            "Accept: application/json,*/*\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n"
            f"X-Slack-Request-Timestamp: {now}\r\nX-Slack-Signature: v0={signature}\r\n\r\n{body}"
        ).encode()


def probes() -> Iterator[bytes]:
    """Yield questions that cost the loop next to nothing and touch nothing but the loop."""
    return itertools.repeat(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")


def _command(number: int, typed: str) -> dict[str, str]:
    command, _, text = typed.partition(" ")
    return {
        "token": "sandbox-verification",
        "team_id": "TLUMEN",
        "team_domain": "lumen-works",
        "channel_id": "CTRAIN",
        "channel_name": "training",
        "user_id": PEOPLE[number % len(PEOPLE)],
        "user_name": "somebody",
        "command": command,
        "text": text,
        "api_app_id": "AFLOWBOT",
        "is_enterprise_install": "false",
        "trigger_id": f"{number}.{time.time_ns()}",
    }
