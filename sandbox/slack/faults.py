"""Failures on demand: refuse a call with a code, or disturb the connection around it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Arguments = dict[str, Any]
Kind = Literal[
    "drop_before",
    "drop_after",
    "html_after",
    "bare_after",
    "late",
    "http_500",
    "rate_limited",
    "slow",
]
AFTER = frozenset({"drop_after", "html_after", "bare_after"})
"""The call is carried out first; then nothing comes, a proxy's page, or an answer with nothing."""


@dataclass(slots=True)
class Fault:
    """What to do to the next `times` calls of a method whose arguments match.

    With `kind` empty the call is refused with `error`. `seconds` is the Retry-After of
    `rate_limited` and the delay of `slow`, on the sandbox's clock; a `slow` call without seconds
    is held until the sandbox stops and never carried out. A `late` call gets no answer and is
    carried out that many seconds later. A `body` is answered in the call's place.
    """

    method: str
    times: int
    kind: Kind | Literal[""] = ""
    error: str = ""
    seconds: float | None = None
    when: Callable[[Arguments], bool] = lambda _arguments: True
    body: Arguments | None = None


class Faults:
    """The failures that are still to come."""

    def __init__(self) -> None:
        """Start with none."""
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Make a fault happen from now on."""
        self._faults.append(fault)

    def clear(self) -> None:
        """Forget every fault that has not happened yet."""
        self._faults.clear()

    def take(self, method: str, arguments: Arguments) -> Fault | None:
        """Return the fault for this call, if any, and count it down."""
        for fault in self._faults:
            if fault.method == method and fault.when(arguments):
                fault.times -= 1
                if fault.times <= 0:
                    self._faults.remove(fault)
                return fault
        return None
