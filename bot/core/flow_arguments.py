"""What may follow /flow: help, and a channel's subscriptions to digests."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from bot.core import schedule, zones
from bot.core.arguments import (
    Help,
    Kind,
    Token,
    joined,
    nearest,
    quoted,
    tokens,
    unknown,
    without_privately,
)
from bot.core.digest_questions import digest_question
from bot.core.periods import day
from bot.core.report_options import is_option, misspelt
from bot.core.schedule import Schedule
from bot.errors import UserError
from bot.model.asking import KINDS, Question

MAX_NOTE = 200
MAX_SNOOZE = 366
_EXAMPLE = (
    "For example: /flow subscribe report onboarding overdue last-7d weekdays 09:00 Europe/Berlin"
)
_SNOOZE = re.compile(r"(?:for )?([0-9]{1,4}) ?(d|days?|w|weeks?)")


@dataclass(frozen=True, slots=True)
class ListSubscriptions:
    """A wish to see the subscriptions of this channel, or of all channels."""

    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Subscribe:
    """A digest for this channel; the schedule's zone is empty when none was given."""

    question: Question
    schedule: Schedule
    note: str = ""


@dataclass(frozen=True, slots=True)
class Remove:
    """A subscription to end, by its number."""

    number: int


@dataclass(frozen=True, slots=True)
class Now:
    """A subscription to be sent at once, besides its schedule."""

    number: int


@dataclass(frozen=True, slots=True)
class Pause:
    """A subscription to stop until it is resumed."""

    number: int


@dataclass(frozen=True, slots=True)
class Resume:
    """A subscription to go on with."""

    number: int


@dataclass(frozen=True, slots=True)
class Snooze:
    """A subscription to stop for a number of days, or until the morning of a date."""

    number: int
    days: int = 0
    until: date | None = None


@dataclass(frozen=True, slots=True)
class History:
    """A wish to see the past deliveries of a subscription."""

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


def parse_flow(text: str) -> FlowRequest:
    """Return what the text after /flow asks for.

    Raises UserError naming the part that cannot be read and what would work.
    """
    given, privately = without_privately(tokens(text))
    first, rest = (given[0], given[1:]) if given else (Token("help"), ())
    match first.word:
        case "help":
            return Help(joined(rest))
        case "list":
            return _list(rest)
        case "subscribe":
            return _subscribe(rest, privately=privately)
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


def _subscribe(rest: Sequence[Token], *, privately: bool) -> Subscribe:
    """Return the request of "subscribe report onboarding weekdays 09:00 Europe/Berlin".

    After "runs" come a flow of Smart Flows, or all, and a period if one is wanted.
    """
    if privately:
        raise UserError(
            "A digest is posted for the whole channel. Leave out privately, or subscribe in your "
            "direct messages with Flowbot."
        )
    if not rest or rest[0].word not in KINDS:
        raise _unknown_kind(rest)
    kind, about = rest[0].word, rest[1:]
    about, note = _without_note(about)
    before, found, after = _split_at_schedule(about)
    found, after = _with_zone(found, after)
    if kind == "report":
        _refuse_second_zone(found, after)
    return Subscribe(digest_question(kind, before, after), found, note)


def _refuse_second_zone(found: Schedule, after: Sequence[Token]) -> None:
    """Raise UserError for a word after the schedule that can only be one more zone."""
    if after and after[0].word and not is_option(after) and not misspelt(after[0].word):
        second = zones.zone_named(after[0].text)
        raise UserError(f"One time zone at a time: this has {found.zone} and {second}.")


def _with_zone(found: Schedule, after: Sequence[Token]) -> tuple[Schedule, Sequence[Token]]:
    """Return the schedule with the zone that stands among later options, and those options."""
    words = [each.word for each in after]
    for at in range(0 if found.zone else len(words)):
        count = zones.leading(words[at:])
        if count:
            zone = zones.zone_named(joined(after[at : at + count]))
            return replace(found, zone=zone), (*after[:at], *after[at + count :])
    return found, after


def _unknown_kind(rest: Sequence[Token]) -> UserError:
    """Return the error for a subscription to nothing, or to something that is no kind."""
    typed = joined(rest[:1])
    near = nearest(typed, KINDS) if typed else ""
    meant = f"I don't know {quoted(typed)}. Did you mean {quoted(near)}? " if near else ""
    return UserError(
        f"{meant}After subscribe comes report, export, events or analytics, what it is about and a "
        f"schedule. {_EXAMPLE}"
    )


def _without_note(given: Sequence[Token]) -> tuple[Sequence[Token], str]:
    """Return the tokens without a note, and the note: the quoted text after the word "note"."""
    for at, (word, text) in enumerate(pairwise(given)):
        if word.word == "note" and text.kind is Kind.QUOTED:
            if len(text.text) > MAX_NOTE:
                raise UserError(f"A note has at most {MAX_NOTE} characters.")
            return (*given[:at], *given[at + 2 :]), text.text
    return given, ""


def _split_at_schedule(
    about: Sequence[Token],
) -> tuple[Sequence[Token], Schedule, Sequence[Token]]:
    """Return the tokens before the schedule, the schedule, and the tokens after it.

    A flow's name may hold a day or "daily"; so the first place where a schedule can be read is
    taken, and the first error counts only when there is none.
    """
    errors: list[UserError] = []
    for at in (at for at in range(1, len(about)) if schedule.begins(about[at:])):
        try:
            found, after = schedule.parse_schedule(about[at:])
        except UserError as error:
            errors.append(error)
        else:
            return about[:at], found, after
    raise errors[0] if errors else _no_schedule(about)


def _no_schedule(about: Sequence[Token]) -> UserError:
    """Return the error for a digest without a schedule, or with a misspelt one."""
    if not about or schedule.begins(about):
        return UserError(f"Which flow? It comes after report. {_EXAMPLE}")
    for each in about[1:]:
        near = schedule.misspelt(each.word) if each.word else ""
        if near:
            return UserError(
                f"I don't know {quoted(each.text)}. Did you mean {quoted(near)}? {_EXAMPLE}"
            )
    return UserError(f"Say when the digest shall come. {schedule.WORKS} {_EXAMPLE}")
