"""What somebody is told in the morning: the news, then what moved, the worst first."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from bot.asking.rendering.dates import zone_words
from bot.asking.rendering.offers import offer
from bot.asking.rendering.shape import headline
from bot.follow.intents import RestFromFigures, ShowFollowing
from bot.follow.news import FollowNews, MorningNews
from bot.follow.rendering.words import (
    news_line,
    news_words,
    next_told,
    since_words,
    title_of,
    when_told,
)
from bot.slack.blocks.blocks import (
    Element,
    actions,
    bullets,
    context,
    message,
    paragraph,
    plain,
    says,
)
from bot.slack.blocks.ids import BlockId
from bot.slack.blocks.wording import counted, some_of
from bot.slack.messages import Answer, Block, Message

MOST: Final = 6
"""So many lines fit into half a screen; the others are in the thread."""
_A_MESSAGE: Final = 30
ALL: Final = offer("What I follow", ShowFollowing(), spoken="See all that you follow")


def morning(news: MorningNews) -> Answer:
    """Return what is told."""
    said = _headline(news)
    shown, rest = news.moved[:MOST], news.moved[MOST:]
    blocks = (
        headline(said),
        *((bullets(*map(news_line, shown)),) if shown else ()),
        *((context(f"And {len(rest):,} more that moved, in the thread"),) if rest else ()),
        *_unread(news),
        *(paragraph(plain(each)) for each in news.ended),
        actions(BlockId.DIGEST_BUTTONS, *_buttons()),
        context(*_facts(news)),
    )
    thread = tuple(_more(rest[at : at + _A_MESSAGE]) for at in range(0, len(rest), _A_MESSAGE))
    return Answer(message(f"{said}. {_spoken(news)}".strip(), *blocks), thread=thread)


def nothing_moved(news: MorningNews) -> Answer:
    """Return the one quiet line for those who want to hear that, too."""
    things = counted(news.followed, "thing")
    return Answer(says(f"Nothing moved in the {things} you follow."))


def refused(words: str) -> Message:
    """Return why somebody is told nothing of what they follow any more."""
    return says(f"{words} I keep what you follow, and go on as soon as you may again.")


def _headline(news: MorningNews) -> str:
    """Return the worst that moved, or else why there is nothing."""
    if news.moved:
        others = len(news.moved) - 1
        more = f", and {others:,} more moved" if others else ""
        return f"{news_words(news.moved[0])}{more}"
    if news.unread:
        return f"I couldn't read {counted(len(news.unread), 'thing')} you follow"
    return "You follow less than before"


def _spoken(news: MorningNews) -> str:
    return " ".join(f"{news_words(each)}." for each in news.moved[1:MOST])


def _unread(news: MorningNews) -> Iterator[Block]:
    """Yield why some could not be read, once for each cause, and when that is tried again."""
    again = next_told(news.follower, news.now)
    in_order = sorted(news.unread, key=lambda each: each.why)
    for why, some in groupby(in_order, key=lambda each: each.why):
        names = some_of([title_of(each.follow) for each in some])
        yield paragraph(plain(f"Not read: {names}. {why} I'll try again {again}."))


def _facts(news: MorningNews) -> Iterator[str]:
    one = news.follower
    told = [each.follow.told_at for each in news.moved if each.follow.told_at]
    if told:
        yield f"Since {since_words(min(told), one, news.now)}"
    yield f"What you follow, {when_told(one)}"
    asked = [each.follow.asked for each in news.moved]
    zones = {each.zone for each in asked if each.question.period} - {one.zone}
    if zones:
        yield f"Days counted in {' and '.join(sorted(map(zone_words, zones)))}"


def _buttons() -> tuple[Element, ...]:
    return *ALL, *offer("Pause 1 week", RestFromFigures(7))


def _more(some: Sequence[FollowNews]) -> Message:
    words = " ".join(f"{news_words(each)}." for each in some)
    return message(words, bullets(*map(news_line, some)))
