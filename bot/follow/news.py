"""What moved for one person: their follows, each against what they were told last. Plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.follow.core.moves import Move, moves, rank, told_after
from bot.follow.model import FigureReading, Follow, Follower
from bot.follow.store import told_follow
from bot.store.database import Transaction


@dataclass(frozen=True, slots=True)
class FollowNews:
    """What moved of one thing that is followed, the worst first."""

    follow: Follow
    moves: tuple[Move, ...]

    @property
    def worst(self) -> Move:
        """The move that it is ordered by."""
        return self.moves[0]


@dataclass(frozen=True, slots=True)
class UnreadFigures:
    """What could not be read, and why, in a sentence."""

    follow: Follow
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MorningNews:
    """What somebody is told in the morning.

    `moved` is in order, the worst first, of `followed` things; `unread` could not be read, and
    `ended` are sentences on what is not followed any more. `late` says that it is not the time.
    """

    follower: Follower
    now: datetime
    moved: Sequence[FollowNews] = ()
    followed: int = 0
    unread: Sequence[UnreadFigures] = ()
    ended: Sequence[str] = ()

    @property
    def is_worth_telling(self) -> bool:
        """Whether there is anything that they do not know."""
        unread = any(each.why != each.follow.trouble for each in self.unread)
        return bool(self.moved or self.ended or unread)


def news_of(
    follows: Sequence[Follow], readings: Mapping[str, FigureReading]
) -> tuple[FollowNews, ...]:
    """Return what moved of follows by the readings of their questions, the worst first."""
    found = (
        FollowNews(one, moves(one.measures, one.told, readings[one.asked.key].figures))
        for one in follows
        if one.asked.key in readings
    )
    return tuple(sorted((each for each in found if each.moves), key=lambda one: rank(one.worst)))


def note_told(tx: Transaction, news: FollowNews, *, now: datetime) -> None:
    """Note that somebody knows it."""
    told_follow(tx, news.follow.id, told_after(news.follow.told, news.moves), now=now)
