"""A vendor's stand-in as the drawer sees it."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Call:
    at: datetime
    method: str
    path: str
    status: int
    ms: float


@dataclass(frozen=True, slots=True)
class Switch:
    name: str
    label: str
    kind: str
    value: bool | float | str
    choices: tuple[str, ...] = ()


class DemoVendor:
    name = "MomoFlow"

    def __init__(self) -> None:
        self.calls: deque[Call] = deque(maxlen=500)
        self.switches = [
            Switch("expired_key", "Refuse the key", "bool", value=False),
            Switch("delay", "Seconds late", "number", value=0),
            Switch("fail", "Fail with", "choice", value="nothing", choices=("nothing", "500")),
        ]
        self._listeners: list[Callable[[], None]] = []

    def on_change(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)

    def receive(self, call: Call) -> None:
        self.calls.append(call)
        self._changed()

    def set_switch(self, name: str, value: object) -> None:
        assert isinstance(value, bool | int | float | str)
        if name == "delay" and value == 99:
            raise ValueError("Seconds late is at most 60.")
        self.switches = [
            replace(one, value=value) if one.name == name else one for one in self.switches
        ]
        self._changed()

    def _changed(self) -> None:
        for listener in self._listeners:
            listener()


def received(path: str, status: int) -> Call:
    """One call as a vendor keeps it."""
    return Call(datetime(2026, 3, 2, 8, 0, tzinfo=UTC), "GET", path, status, 12.5)
