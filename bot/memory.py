"""Values remembered for a while, and never more than so many of them."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


def _always() -> datetime:
    """Return the one moment of a memory that nothing grows old in."""
    return datetime.min.replace(tzinfo=UTC)


class Memory(Generic[K, V]):
    """Values by key: at most `most`, each until it is as old as `age` on the clock `now`.

    Where there are too many, the one put first goes first. Without `age` none grows old.
    """

    def __init__(
        self,
        most: int,
        *,
        age: timedelta = timedelta.max,
        now: Callable[[], datetime] = _always,
    ) -> None:
        """Remember nothing yet."""
        self._most = most
        self._age = age
        self._now = now
        self._kept: OrderedDict[K, tuple[datetime, V]] = OrderedDict()

    def get(self, key: K) -> V | None:
        """Return what was put under the key, or None."""
        kept = self._kept.get(key)
        return kept[1] if kept is not None and self._is_fresh(kept[0]) else None

    def put(self, key: K, value: V) -> V:
        """Remember a value in place of an earlier one of its key, and return it."""
        self._kept[key] = (self._now(), value)
        self._kept.move_to_end(key)
        while len(self._kept) > self._most or self._first_is_old():
            self._kept.popitem(last=False)
        return value

    def forget(self, key: K) -> None:
        """Remember nothing under the key."""
        self._kept.pop(key, None)

    def _first_is_old(self) -> bool:
        first = next(iter(self._kept.values()), None)
        return first is not None and not self._is_fresh(first[0])

    def _is_fresh(self, put_at: datetime) -> bool:
        age = self._now() - put_at
        return timedelta(0) <= age < self._age  # below: the clock was set back since
