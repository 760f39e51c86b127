"""What may follow /flow: help, and a channel's subscriptions to digests."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.asking.core.arguments import (
    Help,
    Token,
    joined,
    quoted,
    tokens,
    unknown,
    without_privately,
)
from bot.asking.core.days import day
from bot.asking.question import QuestionKinds
from bot.digests.core.subscribe import Subscribe, subscription
from bot.errors import UserError
from bot.jobs.access import Right
from bot.jobs.request import Intent

NAME = "/flow"
DESCRIPTION = "Help, and this channel's digests"
USAGE_HINT = "help | subscribe report onboarding weekdays 09:00 | list | now 3 | pause 3 | remove 3"
MAX_SNOOZE = 366
_SNOOZE = re.compile(r"(?:for )?([0-9]{1,4}) ?(d|days?|w|weeks?)")


@dataclass(frozen=True, slots=True)
class ListSubscriptions(Intent):
    """A request to see the subscriptions of this channel, or of all channels."""

    job: ClassVar[str] = "list_subscriptions"
    needs: ClassVar[Right] = Right.ASK
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Remove(Intent):
    """A subscription to end, by its number."""

    job: ClassVar[str] = "remove_subscription"
    needs: ClassVar[Right] = Right.MANAGE
    number: int


@dataclass(frozen=True, slots=True)
class Now(Intent):
    """A subscription to be sent at once, besides its schedule."""

    job: ClassVar[str] = "subscription_now"
    needs: ClassVar[Right] = Right.MANAGE
    number: int


@dataclass(frozen=True, slots=True)
class Pause(Intent):
    """A subscription to stop until it is resumed."""

    job: ClassVar[str] = "pause_subscription"
    needs: ClassVar[Right] = Right.MANAGE
    number: int


@dataclass(frozen=True, slots=True)
class Resume(Intent):
    """A subscription to go on with."""

    job: ClassVar[str] = "resume_subscription"
    needs: ClassVar[Right] = Right.MANAGE
    number: int


@dataclass(frozen=True, slots=True)
class Snooze(Intent):
    """A subscription to stop for a number of days, or until the morning of a date."""

    job: ClassVar[str] = "snooze_subscription"
    needs: ClassVar[Right] = Right.MANAGE
    number: int
    days: int = 0
    until: date | None = None


@dataclass(frozen=True, slots=True)
class History(Intent):
    """A request to see the past deliveries of a subscription."""

    job: ClassVar[str] = "subscription_history"
    needs: ClassVar[Right] = Right.MANAGE
    number: int


FlowRequest = (
    Help | ListSubscriptions | Subscribe | Remove | Now | Pause | Resume | Snooze | History
)

_NUMBERED: dict[str, type[Remove | Now | Pause | Resume | History]] = {
    "remove": Remove,
    "unsubscribe": Remove,
    "now": Now,
    "pause": Pause,
    "resume": Resume,
    "history": History,
}
_SUBCOMMANDS = ("help", "list", "subscribe", "snooze", *_NUMBERED)


def parse_flow(text: str, kinds: QuestionKinds) -> FlowRequest:
    """Return what the text after /flow asks for; `kinds` are those of digests.

    Raises UserError naming the part that cannot be read and what would work.
    """
    given, privately = without_privately(tokens(text))
    first, rest = (given[0], given[1:]) if given else (Token("help"), ())
    match first.word:
        case "help":
            return Help()
        case "list":
            return _list(rest)
        case "subscribe":
            return subscription(rest, kinds, privately=privately)
        case "snooze":
            return _snooze(rest)
        case word if word in _NUMBERED:
            return _NUMBERED[word](_only_number(word, rest))
    raise unknown(
        first.text,
        _SUBCOMMANDS,
        works="/flow knows help, list, subscribe, pause, resume, snooze, now, remove and history.",
    )


def _list(rest: Sequence[Token]) -> ListSubscriptions:
    """Return the request of "list" or "list all"."""
    if not rest:
        return ListSubscriptions()
    if rest[0].word in {"all", "everywhere"} and not rest[1:]:
        return ListSubscriptions(everywhere=True)
    raise UserError(
        f"I don't know {quoted(joined(rest))} after list. /flow list shows this channel, "
        "/flow list all shows every channel."
    )


def _only_number(word: str, rest: Sequence[Token]) -> int:
    """Return the subscription's number when nothing else follows."""
    number = _number(word, rest)
    if rest[1:]:
        raise UserError(f"One subscription at a time, and nothing after it: /flow {word} {number}")
    return number


def _number(word: str, rest: Sequence[Token], *, more: str = "") -> int:
    """Return the subscription's number, as 3 or #3."""
    match = re.fullmatch(r"#?([0-9]{1,9})", rest[0].text if rest else "")
    if not match:
        raise UserError(
            f"Which subscription? Give its number as /flow list shows it: /flow {word} 3{more}"
        )
    return int(match[1])


def _snooze(rest: Sequence[Token]) -> Snooze:
    """Return the request of "snooze 3 1w" or "snooze 3 until 2026-12-24"."""
    number = _number("snooze", rest, more=" 1w")
    typed = joined(rest[1:]).casefold()
    until = re.fullmatch(r"until (\S+)", typed)
    if until:
        return Snooze(number, until=day(until[1]))
    match = _SNOOZE.fullmatch(typed)
    days = int(match[1]) * (7 if match[2].startswith("w") else 1) if match else 0
    if days not in range(1, MAX_SNOOZE + 1):
        missing = f"I can't read {quoted(typed)} as a time to wait. " if typed else ""
        raise UserError(
            f"{missing}Say for how long: /flow snooze {number} 1d, /flow snooze {number} 2w (up to "
            f"{MAX_SNOOZE} days), or /flow snooze {number} until 2026-12-24"
        )
    return Snooze(number, days=days)
