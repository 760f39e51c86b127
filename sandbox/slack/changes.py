"""What happened in the workspace, as it happens: for the page, the terminal and waiting tests."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")

_QUEUE = 1_000


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened.

    `kind` is `message`, `message_changed`, `message_deleted`, `ephemeral`, `reaction`, `view`,
    `home`, `members` or `canvas` (of a channel), `agent` (of a conversation), `execution` (of a
    function) or `call`. `user` is the only person concerned, or empty. `payload` is the new value:
    a Message, a View, a Call, a Session or Prompts; for `view` it is the modal now before the
    person, None for none.
    """

    kind: str
    channel: str = ""
    ts: str = ""
    user: str = ""
    payload: Any = field(default=None, repr=False)


class Subscription:
    """An async iterator over changes from now on; a reader that lags loses the oldest ones."""

    def __init__(self, forget: Callable[["Subscription"], None]) -> None:
        """Start with an empty queue."""
        self._queue: asyncio.Queue[Change] = asyncio.Queue(_QUEUE)
        self._forget = forget
        self.has_lost = False

    def put(self, change: Change) -> None:
        """Add a change; drops the oldest when the reader is too far behind."""
        if self._queue.full():
            self._queue.get_nowait()
            self.has_lost = True
        self._queue.put_nowait(change)

    def close(self) -> None:
        """Stop receiving."""
        self._forget(self)

    async def __aiter__(self) -> AsyncIterator[Change]:
        """Yield changes until the subscription is closed by its reader."""
        try:
            while True:
                yield await self._queue.get()
        finally:
            self.close()


class Changes:
    """The hub: everything that changes the workspace is announced here."""

    def __init__(self) -> None:
        """Start with nobody listening."""
        self._subscriptions: list[Subscription] = []
        self._waiting: list[tuple[Callable[[Change], bool], asyncio.Future[Change]]] = []

    def announce(self, change: Change) -> None:
        """Tell everybody who listens."""
        for subscription in self._subscriptions:
            subscription.put(change)
        for matches, future in list(self._waiting):
            if not future.done():
                _settle(future, matches, change)

    def subscribe(self) -> Subscription:
        """Return a subscription to everything from now on; close it when done."""
        subscription = Subscription(self._forget)
        self._subscriptions.append(subscription)
        return subscription

    def _forget(self, subscription: Subscription) -> None:
        if subscription in self._subscriptions:
            self._subscriptions.remove(subscription)

    async def next(self, matches: Callable[[Change], bool], *, timeout: float) -> Change:  # noqa: ASYNC109 - the waiting is for another process, so a real limit is needed
        """Return the next matching change; TimeoutError after so many real seconds."""
        future: asyncio.Future[Change] = asyncio.get_running_loop().create_future()
        entry = (matches, future)
        self._waiting.append(entry)
        try:
            return await asyncio.wait_for(future, timeout)
        finally:
            self._waiting.remove(entry)

    async def until(self, answer: Callable[[], T], *, timeout: float) -> T:  # noqa: ASYNC109 - as above
        """Return `answer()` as soon as it is truthy, looking again at every change."""
        if found := answer():
            return found
        await self.next(lambda _change: bool(answer()), timeout=timeout)
        return answer()


def _settle(
    future: asyncio.Future[Change], matches: Callable[[Change], bool], change: Change
) -> None:
    try:
        if matches(change):
            future.set_result(change)
    except Exception as error:  # noqa: BLE001 - a fault of who waits must not fail who announces
        future.set_exception(error)
