"""The digests of a channel, of a person or of all, a page at a time, and what became of one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.asking.core import zones
from bot.asking.core.terms_words import terms_words
from bot.asking.rendering.offers import offer
from bot.asking.rendering.shape import headline
from bot.asking.subscription import Subscription
from bot.digests.core.command import ListSubscriptions
from bot.digests.core.terms.notes import note_words
from bot.digests.overview.pages import DigestCounts
from bot.digests.rendering.menus import new_button, row_menu
from bot.digests.rendering.words import (
    is_direct,
    schedule_words,
    state_words,
    title,
)
from bot.slack.blocks.blocks import (
    Element,
    actions,
    channel,
    context,
    mention,
    message,
    paragraph,
    plain,
    section,
)
from bot.slack.blocks.ids import BlockId
from bot.slack.blocks.wording import capital, counted
from bot.slack.messages import Answer, Block

PAGE: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestList:
    """The digests to list, of how many, and of what: `whose` follows, such as "in #training".

    `place` is the conversation in which they are listed, for somebody who `may_order` one.
    """

    shown: Sequence[Subscription]
    counts: DigestCounts
    whose: str
    wanted: ListSubscriptions
    place: str
    now: datetime
    may_order: bool = True


def page_of(found: Sequence[Subscription], page: int) -> Sequence[Subscription]:
    """Return a page of digests, those that need attention first, then by channel and number."""
    in_order = sorted(found, key=lambda one: (not one.ails, one.channel, one.id))
    return in_order[page * PAGE : (page + 1) * PAGE]


def digest_list(listed: DigestList) -> Answer:
    """Return a page of digests, each with a menu of what can be done about it."""
    shown, now = listed.shown, listed.now
    news = _news(listed)
    spoken = "; ".join(f"{one.id}: {_line(one)}, {state_words(one, now)}" for one in shown)
    buttons = tuple(_ways_on(listed))
    row = (actions(BlockId.DIGEST_BUTTONS, *buttons),) if buttons else ()
    facts = tuple(_facts(listed))
    small_print = (context(*facts),) if facts else ()
    return Answer(message(f"{news}: {spoken}", headline(news), *_rows(listed), *row, *small_print))


def no_digests_to_order(whose: str, why: str, instead: Sequence[Element]) -> Answer:
    """Return that there is none and, as `why` says, who may order one, with buttons for others."""
    line = f"No digests {whose} yet. {why}"
    row = actions(BlockId.DIGEST_BUTTONS, *instead)
    return Answer(message(line, paragraph(plain(line)), row))


def no_digests(whose: str, examples: Sequence[Element]) -> Answer:
    """Return that there is none, with buttons that order one."""
    words_ = f"No digests {whose} yet."
    more = " Start with one of these, or press Subscribe under any answer."
    row = (actions(BlockId.DIGEST_BUTTONS, *examples, *new_button()),)
    line = f"{words_}{more if examples else ' Press Subscribe under any answer to get it again.'}"
    return Answer(message(line, paragraph(plain(line)), *row))


def _news(listed: DigestList) -> str:
    count = listed.counts.ailing
    digests = counted(listed.counts.total, "digest")
    if not count:
        return f"{digests} {listed.whose}"
    needs = "needs" if count == 1 else "need"
    if count == listed.counts.total:
        return f"{digests} {listed.whose} {needs} attention"
    return f"{count:,} of {digests} {listed.whose} {needs} attention"


def _rows(listed: DigestList) -> Iterator[Block]:
    def menu(one: Subscription) -> Element:
        return row_menu(one, here=one.channel == listed.place or is_direct(one))

    by_channel = listed.wanted.everywhere
    return digest_rows(listed.shown, now=listed.now, menu=menu, by_channel=by_channel)


def digest_rows(
    shown: Sequence[Subscription],
    *,
    now: datetime,
    menu: Callable[[Subscription], Element],
    by_channel: bool,
    zone: str = "",
) -> Iterator[Block]:
    """Yield a row for each digest, in the order given; with `by_channel` under its channel.

    `zone`, as people say it, goes without saying; without one that which all of them have.
    """
    understood = zone or zone_of_all(shown).casefold()
    above = "" if by_channel else None
    for one in shown:
        if above is not None and above != one.channel:
            above = one.channel
            yield paragraph(*_where(one))
        terms = capital(", ".join(terms_words(one.terms)))
        note = "".join(f" · {each}" for each in (terms, note_words(one.note)) if each)
        lines = section(
            f"{one.id} · {_line(one)}{_zone(one, understood)}", f"{state_words(one, now)}{note}"
        )
        yield {**lines, "accessory": menu(one)}


def _where(one: Subscription) -> tuple[Element, ...]:
    if is_direct(one):
        return plain("Direct messages of "), mention(one.creator)
    return (channel(one.channel),)


def _line(one: Subscription) -> str:
    return f"{capital(title(one))}, {schedule_words(one)}"


def _zone(one: Subscription, understood: str) -> str:
    spoken = zones.spoken(one.zone)
    return "" if spoken.casefold() == understood.casefold() else f" ({spoken})"


def zone_of_all(shown: Sequence[Subscription]) -> str:
    """Return the zone of all digests shown, such as "Berlin time"; empty where they differ."""
    spoken = {zones.spoken(one.zone) for one in shown}
    return capital(spoken.pop()) if len(spoken) == 1 else ""


def _facts(listed: DigestList) -> Iterator[str]:
    pages = -(-listed.counts.total // PAGE)
    if pages > 1:
        yield f"Page {listed.wanted.page + 1} of {pages}"
    if zone := zone_of_all(listed.shown):
        yield zone


def _ways_on(listed: DigestList) -> Iterator[Element]:
    wanted, left = listed.wanted, listed.counts.total - (listed.wanted.page + 1) * PAGE
    if left > 0:
        more = replace(wanted, page=wanted.page + 1, turned=True)
        spoken = f"Show the next {min(left, PAGE)}"
        yield from offer("More", more, spoken=spoken)
    if wanted.page:
        before = replace(wanted, page=wanted.page - 1, turned=True)
        yield from offer("Back", before, spoken="Show those before")
    if not wanted.everywhere:
        yield from offer("All channels", ListSubscriptions(everywhere=True))
    if listed.may_order:
        yield from new_button()
