"""Paging by the `Range` header, as SaferMe does it (its page "Pagination"). Decisions are pure."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

PAGE_SIZE = 100
MOST_PAGES = 500
"""A vendor that never stops gives us so much and no more."""

_CONTENT_RANGE = re.compile(r"\s*(?:[\w*-]+\s+)?(?:(\d+)\s*-\s*(\d+)|\*)\s*/\s*(\d+|\*)\s*")


@dataclass(frozen=True, slots=True)
class ContentRange:
    """What a page holds: the numbers of its first and last object, from 0, and the total.

    `last` is None for a page with nothing on it, `total` where the vendor does not know it.
    """

    first: int | None
    last: int | None
    total: int | None


def content_range(header: str) -> ContentRange | None:
    """Return what a Content-Range header says, with or without a unit; None for anything else."""
    match = _CONTENT_RANGE.fullmatch(header[:200])
    if match is None:
        return None
    first, last, total = match.groups()
    return ContentRange(
        int(first) if first else None,
        int(last) if last else None,
        None if total == "*" else int(total),
    )


def range_header(first: int, size: int = PAGE_SIZE) -> dict[str, str]:
    """Return the header that asks for `size` objects from number `first` on."""
    return {"Range": f"objects={first}-{first + size - 1}"}


def next_first(
    first: int, *, got: int, said: ContentRange | None, size: int = PAGE_SIZE
) -> int | None:
    """Return the number to ask from next, or None at the end.

    The end is an empty page, the total reached, a page that takes us no further, or one shorter
    than asked for where nothing is said of a total. Where one is said to be unknown ("/*") a short
    page may only be the most that the vendor gives at a time, so the next one is asked for.
    """
    if got == 0:
        return None
    following = first + got if said is None or said.last is None else said.last + 1
    if following <= first:
        return None
    if said is not None:
        return following if said.total is None or following < said.total else None
    return following if got >= size else None


async def pages(
    fetch: Callable[[dict[str, str]], Awaitable[tuple[Sequence[T], str]]], *, size: int = PAGE_SIZE
) -> AsyncIterator[Sequence[T]]:
    """Yield page after page; `fetch` takes the header and returns a page and its Content-Range.

    The same page twice comes from a vendor that does not heed the header; it ends the list.
    """
    first: int | None = 0
    before: Sequence[T] = ()
    for _ in range(MOST_PAGES):
        if first is None:
            return
        page, header = await fetch(range_header(first, size))
        if page and page == before:
            return
        yield page
        before = page
        first = next_first(first, got=len(page), said=content_range(header), size=size)
