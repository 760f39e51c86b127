"""Deadlines of a flow's questions: what may be typed, and what follows from them. Plain values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import ClassVar, Final

from bot.asking.core.arguments import OpenForm, Token, TokenKind, joined, quoted
from bot.errors import UserError
from bot.jobs.access import Right
from bot.jobs.request import Intent
from bot.runs.ids import RunCallback
from bot.runs.model import VendorRef

SHORTEST: Final = timedelta(minutes=15)
LONGEST: Final = timedelta(days=14)
EXAMPLE: Final = "`/flow-run deadline Invoice run 4h then @ben then cancel`"
_UNITS: Final = {"m": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400}
_LASTS: Final = re.compile(
    r"(\d{1,5})\s*(m|min|mins|minutes?|h|hrs?|hours?|d|days?|w|weeks?)", re.IGNORECASE
)
_OFF: Final = frozenset({"off", "none", "remove", "end", "stop"})


class AtTheEnd(StrEnum):
    """What becomes of a run whose question nobody answered in twice the time."""

    WAIT = "wait"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class QuestionDeadline:
    """A rule: questions of `flow` are to be answered `within` some time.

    A flow without an id stands for all flows that have no rule of their own. Then `then`, a Slack
    id or empty, is asked as well; after as long again comes what `at_end` says.
    """

    flow: VendorRef
    within: timedelta
    then: str
    at_end: AtTheEnd
    creator: str
    creator_name: str


@dataclass(frozen=True, slots=True)
class SetDeadline(Intent):
    """A deadline for the questions of a flow: its name, a part of it or its id; empty for all."""

    job: ClassVar[str] = "set_deadline"
    needs: ClassVar[Right] = Right.CANCEL
    flow: str
    seconds: int
    then: str = ""
    at_end: AtTheEnd = AtTheEnd.WAIT


@dataclass(frozen=True, slots=True)
class EndDeadline(Intent):
    """A flow whose questions shall have no deadline any more, named as in SetDeadline."""

    job: ClassVar[str] = "end_deadline"
    needs: ClassVar[Right] = Right.CANCEL
    flow: str = ""


@dataclass(frozen=True, slots=True)
class ListDeadlines(Intent):
    """A request to see every deadline."""

    job: ClassVar[str] = "list_deadlines"
    needs: ClassVar[Right] = Right.ASK
    privately: bool = False


def parse_deadline(rest: Sequence[Token]) -> SetDeadline | EndDeadline | OpenForm:
    """Return what the words after "deadline" want. Raises UserError that says what would work."""
    at, within, after = _duration(rest)
    name = rest[:at]
    if within:
        return _set(name, within, rest[after:])
    if name and name[-1].word in _OFF:
        return EndDeadline(_flow(name[:-1]))
    return OpenForm(joined(name), RunCallback.DEADLINE)


def within_of(seconds: int) -> timedelta:
    """Return a time that a deadline may have. Raises UserError."""
    within = timedelta(seconds=seconds)
    if not SHORTEST <= within <= LONGEST:
        raise UserError("A deadline is 15 minutes at least and 14 days at most, such as 4h or 2d.")
    return within


def _duration(rest: Sequence[Token]) -> tuple[int, timedelta | None, int]:
    """Return where a duration begins, the duration, and where it ends; it is no first word."""
    for at, each in enumerate(rest):
        for words in (2, 1):
            text = " ".join(one.word for one in rest[at : at + words])
            lasts = _LASTS.fullmatch(text)
            if at and lasts and each.kind is TokenKind.WORD:
                seconds = int(lasts[1]) * _UNITS[lasts[2][0].lower()]
                return at, within_of(seconds), at + words
    return len(rest), None, len(rest)


def _set(name: Sequence[Token], within: timedelta, rest: Sequence[Token]) -> SetDeadline:
    then, at_end = "", AtTheEnd.WAIT
    for each in rest:
        if each.word == "then":
            continue
        if each.kind is TokenKind.USER and not then:
            then = each.text
        elif each.word in set(AtTheEnd):
            at_end = AtTheEnd(each.word)
        else:
            raise UserError(_UNKNOWN.format(word=quoted(each.text), example=EXAMPLE))
    return SetDeadline(_flow(name), int(within.total_seconds()), then, at_end)


_UNKNOWN: Final = (
    "I didn't understand {word}. After the time comes who is asked then, chosen from Slack's list "
    "as you type @, and whether to cancel: {example}"
)


def _flow(name: Sequence[Token]) -> str:
    words = [each.word for each in name]
    return "" if words in ([], ["all"], ["all", "flows"]) else joined(name)
