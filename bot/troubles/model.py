"""A trouble, the orders that rest under it, and what each room with such orders does for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from bot.jobs.access import may_tell
from bot.slack.blocks.problems import kept_sentence
from bot.slack.people import Place, Reach
from bot.store.database import Row, Transaction


class TroubleKind(StrEnum):
    """What keeps orders from being told. The words are those of the table."""

    ARCHIVED = "archived"
    LEFT = "left"
    UNSEEN = "unseen"
    SHARED = "shared"
    SCHEDULE = "schedule"
    KEY = "key"
    OFF = "off"
    THING = "thing"
    OWNER = "owner"


VENDORS: Final = frozenset({TroubleKind.KEY, TroubleKind.OFF})
"""Troubles of a service, which all that asks it has at once."""
PLACES: Final = frozenset(
    {TroubleKind.ARCHIVED, TroubleKind.LEFT, TroubleKind.UNSEEN, TroubleKind.SHARED}
)
"""Troubles of a conversation: Slack is asked whether they are over."""
_OF_WORDS: Final = {
    "is_archived": TroubleKind.ARCHIVED,
    "not_in_channel": TroubleKind.LEFT,
    "channel_not_found": TroubleKind.UNSEEN,
}
_REASONS: Final = {
    "is_archived": "That channel is archived.",
    "not_in_channel": "I'm no longer in that channel.",
    "channel_not_found": "I can't see that channel any more.",
}
_SHARED: Final = "Another organisation reads that channel."
DEAD_ENDS: Final = tuple(_OF_WORDS)
"""What Slack says of a channel that will not take a message next time either."""


@dataclass(frozen=True, slots=True)
class Hindrance:
    """A kind of trouble and what has it.

    For one of a place the `subject` is the conversation, a person standing for direct messages
    with them, and for one that is SHARED the organisations that read along as well. For a KEY, and
    where a service is OFF, it is the vendor's name; for a THING that is not there any more, what
    asks for it and its name; for a SCHEDULE the number of the digest; for an OWNER who left, that
    person. `reason` says it in words.
    """

    kind: TroubleKind
    subject: str
    reason: str = ""

    @property
    def channel(self) -> str:
        """The conversation that a trouble of a place is about."""
        return self.subject.partition(" ")[0]


@dataclass(frozen=True, slots=True)
class Trouble:
    """A cause as it was noted, under a number that is never given again."""

    id: int
    cause: Hindrance
    began_at: datetime


@dataclass(frozen=True, slots=True)
class StandingOrder:
    """A digest or a watch; `noun` says which, and `name` is what people call it in a sentence."""

    noun: str
    id: int
    owner: str
    channel: str
    name: str
    is_over: bool = False
    """Whether its only time passed while it rested."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a cause was found: at a `place`, at which who consented goes on, or with one order."""

    place: Place | None = None
    order: tuple[str, int] = ("", 0)


NO_EVIDENCE: Final = Evidence()


def is_direct(channel: str) -> bool:
    """Return whether a conversation is a direct message with one person."""
    return channel.startswith(("D", "U", "W"))


class OrderRoom(Protocol):
    """The orders of one room. What is done inside a transaction is done with the trouble's row."""

    noun: str

    def at(self, tx: Transaction, place: str, /) -> bool:
        """Return whether there is any order at a place, resting or not."""
        ...

    def rest(self, tx: Transaction, trouble: Trouble, found: "Evidence", /) -> None:
        """Let all that a trouble concerns rest under it."""
        ...

    def resting(self, tx: Transaction, trouble: int, /) -> Sequence[StandingOrder]:
        """Return what rests under a trouble."""
        ...

    def agree(self, tx: Transaction, trouble: int, owner: str, consent: str, /) -> None:
        """Note of an owner's orders under a trouble to what a member agreed for them."""
        ...

    def go_on(
        self, tx: Transaction, trouble: int, place: Place | None, now: datetime, /
    ) -> Sequence[StandingOrder]:
        """Let what rests under a trouble go on from `now`, as far as `place` may be told it."""
        ...

    def of(self, tx: Transaction, owner: str, channel: str, /) -> Sequence[StandingOrder]:
        """Return what somebody ordered for a channel; without one, all that they ordered."""
        ...

    def owners(self, tx: Transaction, /) -> set[str]:
        """Return everybody who ordered anything."""
        ...

    def failing(self, tx: Transaction, now: datetime, /) -> Sequence[StandingOrder]:
        """Return what goes on and of which nothing has come for long."""
        ...

    def take_out(self, tx: Transaction, numbers: Sequence[int], /) -> Sequence[Row]:
        """Delete orders, and return how they lay there."""
        ...

    def put_back(self, tx: Transaction, rows: Sequence[Row], now: datetime, /) -> None:
        """Have deleted orders again, those that rested under a trouble going on from `now`."""
        ...

    def hand_over(self, tx: Transaction, numbers: Sequence[int], heir: str, /) -> None:
        """Let orders be somebody else's; what came to their owner directly comes to the heir."""
        ...

    def move(self, tx: Transaction, numbers: Sequence[int], channel: str, now: datetime, /) -> None:
        """Let orders come to another channel, from `now` on. Raises UserError where it is full."""
        ...

    async def is_mended(self, trouble: Trouble, /) -> bool:
        """Return whether a trouble that is of no place is over, as far as this room can tell.

        Nothing that somebody could see is done for that.
        """
        ...


def hindrance_at(place: Place) -> Hindrance | None:
    """Return what keeps a place from being told; None where nothing does, or nobody knows."""
    subject = place.user or place.channel
    if place.obstacle:
        return hindrance_of_word(place.obstacle, subject)
    if place.reach is Reach.SHARED:
        others = f"{subject} {' '.join(place.others)}".strip()
        return Hindrance(TroubleKind.SHARED, others, _SHARED)
    return None


def hindrance_of_word(word: str, subject: str) -> Hindrance:
    """Return the cause behind Slack's word for why it takes no message in a conversation."""
    kind = _OF_WORDS.get(word, TroubleKind.UNSEEN)
    known = _REASONS.get(word) or kept_sentence(f"conversations.info: {word}")
    return Hindrance(kind, subject, known)


def may_go_on(place: Place | None, consent: str) -> bool:
    """Return whether an order with a consent may be told at a place."""
    return place is None or not (place.obstacle or may_tell(place, consent=consent).words)
