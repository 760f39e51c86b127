"""Cursors: pages of a list, as Slack's list methods cut them."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any, TypeVar

from sandbox.slack import limits
from sandbox.slack.api.calls import ApiCall
from sandbox.slack.refusals import Refusal

T = TypeVar("T")


def page(
    call: ApiCall, members: Sequence[T], *, default: int, cap: int = limits.PAGE
) -> tuple[list[T], dict[str, Any]]:
    """Return the asked page and the `response_metadata` with the cursor of the next one.

    No page has more than `cap` members, whatever was asked for.
    """
    size = min(cap, call.integer("limit", default=default, least=1, most=limits.PAGE))
    start = _offset(call.text("cursor"))
    end = start + size
    cursor = _cursor(end) if end < len(members) else ""
    return list(members[start:end]), {"response_metadata": {"next_cursor": cursor}}


def _cursor(offset: int) -> str:
    return base64.b64encode(f"next:{offset}".encode()).decode()


def _offset(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(cursor, validate=True).decode().removeprefix("next:"))
    except (ValueError, binascii.Error):
        raise Refusal("invalid_cursor") from None
