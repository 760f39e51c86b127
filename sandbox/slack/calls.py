"""What the app asked the Web API, for tests and for the page."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Calls = deque["Call"]

KEPT = 2_000


@dataclass(frozen=True, slots=True)
class Call:
    """One call. `error` is Slack's code or empty; `at` is the sandbox's time."""

    method: str
    arguments: dict[str, Any] = field(repr=False)
    status: int
    error: str
    at: datetime
