"""Which request of Slack is answered: its id, under which everything that comes of it is logged."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any

from bot import log

SLACKS_OWN = ("trigger_id", "event_id")
"""What Slack names a request by, if at all: the same each time that it is sent."""


def request_of(payload: Mapping[str, Any]) -> AbstractContextManager[None]:
    """Let what is logged in this context have the id of a request of Slack."""
    named = next((str(payload[each]) for each in SLACKS_OWN if payload.get(each)), "")
    return log.about(request_id=log.id_of(named))
