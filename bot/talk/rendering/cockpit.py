"""The digests in the Home tab: what needs attention first, then what comes, then the others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.asking.core import zones
from bot.asking.rendering.dates import soon
from bot.asking.rendering.offers import offer
from bot.asking.rendering.shape import headline
from bot.asking.subscription import Subscription
from bot.digests.overview.pages import DigestCounts, DigestPage
from bot.digests.rendering.lists import digest_rows
from bot.digests.rendering.menus import owner_menu
from bot.digests.rendering.words import place, title
from bot.slack.blocks.blocks import Element, actions, bullets, context, header, paragraph, plain
from bot.slack.blocks.ids import BlockId
from bot.slack.blocks.wording import capital, counted
from bot.slack.messages import Block
from bot.talk.intents import HomePage, ShowHome

ROWS: Final = 5
_NONE: Final = "You have no digests yet"
_HOW: Final = (
    "Any answer can come on a schedule: press Subscribe under it, or start with one of these."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestsShown:
    """How digests stand, of one person or, for an admin, of all.

    `of_all` is that of the workspace, for admins who look at their own. Moments to come are
    told in `zone`, that of the reader.
    """

    counts: DigestCounts
    of_all: DigestCounts
    ailing: DigestPage
    coming: DigestPage
    healthy: DigestPage
    zone: str
    now: datetime
    is_admin: bool = False


def cockpit(
    shown: DigestsShown, page: HomePage, *, new: Sequence[Element], examples: Sequence[Element]
) -> Iterator[Block]:
    """Yield the sections; `new` opens the form of a digest, `examples` order one each."""
    yield headline(_news(shown, page))
    if examples and not shown.counts.total and not page.everywhere:
        yield paragraph(plain(_HOW))
    row = (*new, *(examples if not shown.counts.total else ()), *_whose(shown, page))
    if row:
        yield actions(f"{BlockId.HOME}:digests", *row)
    yield from _ailing(shown, page)
    yield from _coming(shown)
    yield from _healthy(shown, page)
    if shown.counts.total:
        yield context(capital(zones.spoken(shown.zone)))


def _news(shown: DigestsShown, page: HomePage) -> str:
    count, ailing = shown.counts.total, shown.counts.ailing
    if not count:
        return "No digests in this workspace yet" if page.everywhere else _NONE
    digests = counted(count, "digest")
    mine = f"your {digests}" if count > 1 else "your digest"
    which = f"{digests} in this workspace" if page.everywhere else mine
    if not ailing:
        return f"{capital(which)}: nothing needs attention"
    needs = "needs" if ailing == 1 else "need"
    lead = "" if count == 1 else f"{ailing:,} of "
    return capital(f"{lead}{which} {needs} attention")


def _whose(shown: DigestsShown, page: HomePage) -> tuple[Element, ...]:
    """Return what shows all digests of the workspace, or one's own again; for admins."""
    if not shown.is_admin:
        return ()
    other = HomePage(page.direct, everywhere=not page.everywhere)
    ailing = shown.of_all.ailing - shown.counts.ailing
    more = f" ({ailing:,} {'needs' if ailing == 1 else 'need'} attention)" if ailing > 0 else ""
    return offer("Only mine" if page.everywhere else f"Whole workspace{more}", ShowHome(other))


def _ailing(shown: DigestsShown, page: HomePage) -> Iterator[Block]:
    if not shown.ailing.found:
        return
    yield from _rows(shown, shown.ailing)
    onward = replace(page, ailing=shown.ailing.end)
    yield from _pager("ailing", page.ailing, shown.ailing, onward, replace(page, ailing=""))


def _coming(shown: DigestsShown) -> Iterator[Block]:
    if not shown.coming.found:
        return
    yield header("Next 24 hours")
    yield bullets(*(_line(one, shown) for one in shown.coming.found))
    if shown.coming.has_more:
        yield context("And more after that")


def _healthy(shown: DigestsShown, page: HomePage) -> Iterator[Block]:
    if not shown.healthy.found:
        return
    yield header("Digests of this workspace" if page.everywhere else "My digests")
    yield from _rows(shown, shown.healthy)
    onward = replace(page, digests=shown.healthy.end)
    yield from _pager("healthy", page.digests, shown.healthy, onward, replace(page, digests=""))


def _rows(shown: DigestsShown, found: DigestPage) -> Iterator[Block]:
    spoken = zones.spoken(shown.zone)
    yield from digest_rows(
        found.found, now=shown.now, menu=owner_menu, by_channel=True, zone=spoken
    )


def _pager(
    name: str, after: str, found: DigestPage, onward: HomePage, back: HomePage
) -> Iterator[Block]:
    """Yield the buttons of the next page and back to the first, where there are such."""
    first = offer("Back to the first", ShowHome(back)) if after else ()
    more = offer("More", ShowHome(onward), spoken="Show the next") if found.has_more else ()
    if first or more:
        yield actions(f"{BlockId.HOME}:{name}", *more, *first)


def _line(one: Subscription, shown: DigestsShown) -> tuple[Element, ...]:
    when = capital(soon(one.next_run_at or shown.now, shown.now, shown.zone))
    return plain(f"{when} · {capital(title(one))}"), *place(one, "in")
