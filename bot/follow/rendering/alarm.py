"""What somebody is told at once: what got worse, why they are told, and how to have it less."""

from collections.abc import Sequence
from datetime import datetime

from bot.asking.rendering.offers import offer
from bot.asking.rendering.shape import headline
from bot.follow.model import Follower
from bot.follow.news import FollowNews
from bot.follow.rendering.menus import only_mornings_button, unfollow_button
from bot.follow.rendering.words import (
    news_line,
    news_words,
    next_told,
    since_words,
    title_of,
)
from bot.slack.blocks.blocks import actions, bullets, context, message
from bot.slack.blocks.ids import BlockId
from bot.slack.messages import Answer, Block


def alarm(bad: Sequence[FollowNews], one: Follower, now: datetime, *, was_last: bool) -> Answer:
    """Return bad news of one question; `was_last` says that no more is told at once today."""
    first = bad[0]
    said = news_words(first)
    follow = first.follow
    asks = offer("Show it", follow.asked.question, spoken=f"Show {title_of(follow)}")
    row = *asks, *only_mornings_button(follow, one), *unfollow_button(follow)
    more = (bullets(*map(news_line, bad)),) if len(bad) > 1 or len(first.moves) > 1 else ()
    small_print = _why(bad, one, now, was_last=was_last)
    blocks = headline(said), *more, actions(BlockId.DIGEST_BUTTONS, *row), small_print
    return Answer(message(f"{said}. You follow this, and it got worse.", *blocks))


def _why(bad: Sequence[FollowNews], one: Follower, now: datetime, *, was_last: bool) -> Block:
    told = [each.follow.told_at for each in bad if each.follow.told_at]
    since = f"Since {since_words(max(told), one, now)}" if told else ""
    last = f"No more at once today; next {next_told(one, now)}" if was_last else ""
    return context("You follow this, and it got worse", since, last)
