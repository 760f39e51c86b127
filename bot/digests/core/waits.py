"""How long a digest shall wait, as people say it: 2 weeks, until Monday, this month."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.asking.core import ahead
from bot.asking.core.arguments import Token, joined, keyword
from bot.asking.core.days import day
from bot.asking.core.fillers import NUMBERS
from bot.digests.intents import MuteDigests, OfferRest
from bot.errors import UserError

ALL: Final = frozenset({"all", "everything"})
"""In place of a digest's number: those here, or one's own."""
_WHOSE: Final = frozenset({"my", "mine", "here", "of", "digests", "them", "the"})
MOST_DAYS: Final = 366
_FILLERS: Final = frozenset({"digests", "subscriptions", "here", "all"})
_UNTIL: Final = re.compile(r"(?:until|till|til|to|through) +(.+)")
_FOR: Final = re.compile(r"(?:for )?(?:the |about |up to )?(?:next )?(.+)")
_COUNTED: Final = re.compile(r"([0-9]{1,4}) ?(d|days?|w|weeks?|m|months?)")
_DAYS_OF: Final = {"d": 1, "w": 7, "m": 30}
_ENDS: Final = {
    "today": "tomorrow",
    "this-week": "next-week",
    "this-month": "next-month",
    "this-quarter": "next-quarter",
    "this-year": "next-year",
}
"""Who says how long means up to the end of it."""


@dataclass(frozen=True, slots=True)
class Wait:
    """So many days, or until the morning of a day: a date, or the canonical words of core.ahead."""

    days: int = 0
    until: date | None = None
    named: str = ""


def wait_of(typed: str) -> Wait | None:
    """Return what the words after a digest's number say, or None where they say nothing known.

    Raises UserError for a day that there is not.
    """
    plain = " ".join(keyword(typed).split())
    until = _UNTIL.fullmatch(plain)
    said = until[1] if until else plain
    return _counted(said) or _day(said, until=bool(until))


def mute(word: str, rest: Sequence[Token]) -> MuteDigests:
    """Return the request of "mute reports" or "mute report digests 1w"; `rest` begins with a kind.

    Raises UserError for words that are no time to wait.
    """
    after = [each for each in rest[1:] if each.word not in _FILLERS]
    wait = wait_of(joined(after)) if after else Wait()
    if wait is None:
        raise UserError(f"For how long? For example: /flow {word} {rest[0].word} 1w")
    return MuteDigests(rest[0].word, wait.days, wait.until, wait.named)


def rest_all(word: str, rest: Sequence[Token]) -> OfferRest:
    """Return the request of "pause all", "pause all until monday" or "resume all".

    Raises UserError for words that are no time to wait.
    """
    after = [each for each in rest[1:] if each.word not in _FILLERS | _WHOSE]
    wait = wait_of(joined(after)) if after else Wait()
    if wait is None:
        raise UserError(f"For how long? For example: /flow {word} all until monday")
    return OfferRest(days=wait.days, until=wait.until, named=wait.named)


def end_of(named: str, today: date) -> date:
    """Return the day until whose morning canonical words are meant to last."""
    return ahead.coming(named, today)[0]


def _counted(said: str) -> Wait | None:
    bare = _FOR.fullmatch(said)
    words = (bare[1] if bare else said).split()
    count = " ".join(f"{NUMBERS.get(each, each)}" for each in words)
    match = _COUNTED.fullmatch(re.sub(r"^an? (?=\w)", "1 ", count))
    days = int(match[1]) * _DAYS_OF[match[2][0]] if match else 0
    return Wait(days=days) if 1 <= days <= MOST_DAYS else None


def _day(said: str, *, until: bool) -> Wait | None:
    end = re.sub(r"^(?:the )?end of (?:the )?(?=week|month|quarter|year)", "this ", said)
    name = ahead.canonical(end.removeprefix("for "))
    if not until or end != said:
        name = _ENDS.get(name, name)
    if name == "tomorrow":
        return Wait(days=1)
    if not name or name.startswith(("last-", "since-", "yesterday")):
        if until and re.match(r"[0-9]", said):
            return Wait(until=day(said))
        return None
    fixed = re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", name)
    return Wait(until=date.fromisoformat(name)) if fixed else Wait(named=name)
