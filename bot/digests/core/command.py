"""What may follow /flow: help, and a channel's subscriptions to digests."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import ClassVar, Final

from bot.asking.core.arguments import (
    Help,
    OpenForm,
    Token,
    TokenKind,
    joined,
    nearest,
    quoted,
    tokens,
    without_privately,
)
from bot.asking.core.days import day
from bot.asking.core.retyping import Correction, RetypeError, as_line
from bot.asking.question import TABLE_FORMATS, QuestionKinds
from bot.digests.core import as_text
from bot.digests.core.past import History, Resend, Why
from bot.digests.core.schedule import parse_schedule, times_of
from bot.digests.core.subscribe import PlainWordsError, Subscribe, subscription
from bot.digests.core.verbs import MEANT, verb_of
from bot.digests.core.waits import MOST_DAYS, mute, rest_all, wait_of
from bot.digests.ids import DigestCallback
from bot.digests.intents import HandOver, MuteDigests, OfferRest
from bot.doctor.intents import RunDoctor, parse_doctor
from bot.errors import UserError
from bot.follow.core import command as follow
from bot.jobs.access import Right
from bot.jobs.request import Intent
from bot.policy.core.command import PolicyRequest, parse_audit, parse_policy

NAME = "/flow"
DESCRIPTION = "Help, and this channel's digests"
USAGE_HINT = "help | list | subscribe (a form) | report <flow> weekdays 9:00 | edit <number>"


@dataclass(frozen=True, slots=True)
class ListSubscriptions(Intent):
    """A request to see a page of the digests of this channel, or of all channels.

    `channel` is another one that its asker is in, if one was named.
    """

    job: ClassVar[str] = "list_subscriptions"
    needs: ClassVar[Right] = Right.ASK
    everywhere: bool = False
    page: int = 0
    turned: bool = False
    channel: str = ""


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
    """A subscription to stop for a number of days, or until the morning of a date.

    `named` are words for that date, such as "monday" or "next-month", as of core.waits.
    """

    job: ClassVar[str] = "snooze_subscription"
    needs: ClassVar[Right] = Right.MANAGE
    number: int
    days: int = 0
    until: date | None = None
    named: str = ""


@dataclass(frozen=True, slots=True)
class Reschedule(Intent):
    """A subscription to come at other times, or at all that a new schedule says.

    `times` are written as 09:30; `cron`, `words` and `zone` are those of core.schedule.Schedule.
    """

    job: ClassVar[str] = "reschedule_subscription"
    needs: ClassVar[Right] = Right.MANAGE
    number: int
    times: tuple[str, ...] = ()
    cron: str = ""
    words: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True)
class SurfaceLine:
    """What was typed after the word of a surface, as Slack sends it: "add report onboarding"."""

    surface: str
    text: str


FlowRequest = (
    Help
    | OpenForm
    | ListSubscriptions
    | Subscribe
    | Remove
    | Now
    | Pause
    | Resume
    | Snooze
    | History
    | Why
    | Resend
    | Reschedule
    | HandOver
    | MuteDigests
    | OfferRest
    | PolicyRequest
    | RunDoctor
    | as_text.TextRequest
    | SurfaceLine
    | follow.FollowRequest
)

_SURELY: Final = 0.75
_SHORTEST: Final = 4
"""A shorter word is near to too many."""
_SUGGESTED: Final = ("weekdays 09:00", "mondays 09:00", "first monday 09:00")
_SUGGESTED_RESTS: Final = (("1 day", "1d"), ("1 week", "1w"), ("2 weeks", "2w"))
_LISTED: Final = frozenset({"digests", "subscriptions", "here", "in", "of", "my", "the"})
_NUMBER_WORDS: Final = frozenset(
    {"digest", "subscription", "number", "no", "nr", "the", "my", "of", "for"}
)
_NUMBERED: Final[dict[str, type[Remove | Now | Resume]]] = {
    "remove": Remove,
    "now": Now,
    "resume": Resume,
}


def parse_flow(text: str, kinds: QuestionKinds) -> FlowRequest:
    """Return what the text after /flow asks for; `kinds` are those of digests.

    Raises UserError naming the part that cannot be read and what would work.
    """
    given, privately = without_privately(tokens(text))
    first, rest = (given[0], given[1:]) if given else (Token("help"), ())
    verb = verb_of(first, rest, kinds)
    if verb in _OF_SURFACES:
        rest = tokens(text)[1:]  # a word that is a courtesy elsewhere may be one of its own
    match verb:
        case "help":
            return Help()
        case "which":
            return _why(first.word, given)
        case "subscribe":
            about = given if first.word in kinds else rest
            return _subscribe(about, kinds, privately=privately)
        case "follow":
            return follow.parse_follow(rest, kinds, plainly=PlainWordsError)
        case word if word in _MORE:
            return _MORE[word](first.word, rest)
        case word if word in _NUMBERED:
            return _NUMBERED[word](_only_number(first.word, rest))
    raise _unknown_verb(first)


def _subscribe(
    about: Sequence[Token], kinds: QuestionKinds, *, privately: bool
) -> Subscribe | OpenForm:
    """Return the order of a line; without a word it is given in the form."""
    if not about and not privately:
        return OpenForm(form=DigestCallback.NEW)
    return subscription(about, kinds, privately=privately)


def _unknown_verb(first: Token) -> UserError:
    near = nearest(first.word, MEANT, cutoff=_SURELY) if len(first.word) >= _SHORTEST else ""
    unread = f"I didn't understand {quoted(first.text)}."
    if not near:
        return PlainWordsError(f"{unread} Try `/flow help`.")
    return RetypeError(
        f"{unread} Did you mean {quoted(near)}?",
        typed=first.text,
        corrections=[Correction(f"Yes, {near}", near)],
    )


def _edit(word: str, rest: Sequence[Token]) -> Reschedule | OpenForm:
    """Return the request of "edit 3 to 10:00" or "edit 3 to mondays 9:00"; "edit 3" is a form."""
    number, after = _numbered(rest)
    if not number:
        raise _which(word, " to 10:00")
    to = [each for each in after if each.word not in {"to", "at", "time", "schedule"}]
    if not to:
        return OpenForm(f"{number}", DigestCallback.CHANGE)
    only = times_of(to)
    if only:
        return Reschedule(number, times=only)
    try:
        found, more = parse_schedule(to)
    except RetypeError:
        raise
    except UserError:
        raise RetypeError(
            f"I can't read {quoted(joined(to))} as a time. When should it come?",
            typed=joined(to),
            corrections=[Correction(each.capitalize(), f"to {each}") for each in _SUGGESTED],
        ) from None
    if more:
        raise RetypeError(
            f"I didn't understand {quoted(joined(more))} after the schedule. Shall I leave it out?",
            typed=joined(more),
            corrections=[Correction("Leave it out", "")],
        )
    return Reschedule(number, cron=found.cron, words=found.words, zone=found.zone)


def _list(rest: Sequence[Token]) -> ListSubscriptions:
    """Return the request of "list", "list all" or "list #channel"."""
    rest = [each for each in rest if each.word not in _LISTED]
    if len(rest) == 1 and rest[0].kind is TokenKind.CHANNEL:
        return ListSubscriptions(channel=rest[0].text)
    if not rest:
        return ListSubscriptions()
    if rest[0].word in {"all", "everywhere", "everything", "mine"} and not rest[1:]:
        return ListSubscriptions(everywhere=True)
    typed = joined(rest)
    raise RetypeError(
        f"I can list the digests of this channel or of all, but didn't understand {quoted(typed)}.",
        typed=typed,
        corrections=[Correction("This channel's", "here"), Correction("All my digests", "all")],
    )


def _only_number(word: str, rest: Sequence[Token]) -> int:
    """Return the subscription's number when nothing else follows; 0 where there is nothing."""
    number, after = _numbered(rest)
    if not rest:
        return 0  # which one is asked, with those that there are
    if not number and after and MEANT.get(word) == "now":
        raise PlainWordsError(f"Which digest? For example: /flow {word} 3")  # or "run invoice"
    if not number:
        raise _which(word)
    if after:
        typed = joined(after)
        raise RetypeError(
            f"One digest at a time: I didn't understand {quoted(typed)}. Shall I leave it out?",
            typed=typed,
            corrections=[Correction("Leave it out", "")],
        )
    return number


def _history(word: str, rest: Sequence[Token]) -> History:
    """Return the request of "history 3" or "history 3 csv"."""
    number, after = _numbered(rest)
    form = [each for each in after if each.word not in {"as", "export"}]
    if number and len(form) == 1 and form[0].word in TABLE_FORMATS:
        return History(number, export=form[0].word)
    return History(_only_number(word, rest))


def _why(word: str, rest: Sequence[Token]) -> Why:
    """Return the request of "why 3", or of a whole question such as "why did 3 not come?"."""
    numbers = (re.fullmatch(r"#?([0-9]{1,9})\??", each.word) for each in rest)
    found = next(filter(None, numbers), None)
    if not found:
        raise _which(word)
    return Why(int(found[1]))


def _resend(word: str, rest: Sequence[Token]) -> Resend:
    """Return the request of "resend 3 2026-11-30" or "resend 3 2026-11-30 09:00"."""
    number, after = _numbered(rest)
    if not number:
        raise _which(word, " 2026-11-30")
    said = [each for each in after if each.word not in {"of", "from", "on", "at"}]
    times = times_of(said[-1:]) if len(said) > 1 and ":" in said[-1].word else ()
    said = said[:-1] if times else said
    if not said:
        raise UserError(f"Of which day? For example: /flow {word} {number} 2026-11-30")
    return Resend(number, day(joined(said)), at=times[0] if times else "")


def _hand_over(word: str, rest: Sequence[Token]) -> HandOver:
    """Return the request of "handover 3 to @grace", or of "hand 3 over to me"."""
    said = [each for each in rest if each.word not in {"over", "to"}]
    number, after = _numbered(said)
    if not number:
        raise _which(word, " to @grace")
    if len(after) != 1 or (after[0].kind is not TokenKind.USER and after[0].word != "me"):
        raise UserError(
            f"To whom? @mention one person: `/flow {word} {number} to @grace`, or to me"
        )
    return HandOver(number, after[0].text if after[0].kind is TokenKind.USER else "")


def _numbered(rest: Sequence[Token]) -> tuple[int, Sequence[Token]]:
    """Return the subscription's number, as 3, #3 or "digest 3", and what follows; 0 for none."""
    start = next((at for at, each in enumerate(rest) if each.word not in _NUMBER_WORDS), len(rest))
    match = re.fullmatch(r"#?([0-9]{1,9})", rest[start].word if rest[start:] else "")
    return (int(match[1]), rest[start + 1 :]) if match else (0, rest)


def _which(word: str, more: str = "") -> UserError:
    return RetypeError(
        f"Which digest? Give its number as /flow list shows it: /flow {word} 3{more}",
        typed=word,
        corrections=[Correction("See this channel's digests", "list")],
    )


def _snooze(word: str, rest: Sequence[Token]) -> Snooze:
    """Return the request of "snooze 3 1w" or "snooze 3 until monday"."""
    number, after = _numbered(rest)
    if not number:
        raise _which(word, " 1w")
    wait = wait_of(joined(after))
    if wait is None:
        missing = f"I can't read {quoted(joined(after))} as a time to wait. " if after else ""
        raise RetypeError(
            f"{missing}For how long? For example: /flow snooze {number} 1d, /flow snooze {number} "
            f"2w (up to {MOST_DAYS} days), or /flow snooze {number} until monday",
            typed=f"{word} {joined(rest)}",
            corrections=[
                Correction(label, f"snooze {number} {typed}") for label, typed in _SUGGESTED_RESTS
            ],
        )
    return Snooze(number, wait.days, wait.until, wait.named)


def _pause(word: str, rest: Sequence[Token]) -> Pause | Snooze:
    """Return the request of "pause 3"; "pause 3 until monday" is a snooze."""
    number, after = _numbered(rest)
    if number and after and not after[0].word.isdigit():
        return _snooze(word, rest)
    return Pause(_only_number(word, rest))


def _surface_line(surface: str, _: str, rest: Sequence[Token]) -> SurfaceLine:
    return SurfaceLine(surface, as_line(rest))


_OF_SURFACES: Final = {"scoreboard": "scoreboards"}
"""The words of surfaces, which read what follows themselves."""
_MORE: Final[dict[str, Callable[[str, Sequence[Token]], FlowRequest]]] = {
    "list": lambda _, rest: _list(rest),
    "snooze": _snooze,
    "pause": _pause,
    "mute": mute,
    "pause all": rest_all,
    "resume all": lambda *_: OfferRest(on=True),
    "edit": _edit,
    "history": _history,
    "why": _why,
    "resend": _resend,
    "handover": _hand_over,
    **{verb: partial(_surface_line, name) for verb, name in _OF_SURFACES.items()},
    "following": lambda _, rest: follow.parse_following(rest, times_of),
    "unfollow": lambda _, rest: follow.parse_unfollow(rest),
    **as_text.READERS,
    "policy": lambda _, rest: parse_policy(rest),
    "audit": lambda _, rest: parse_audit(rest),
    "doctor": lambda _, rest: parse_doctor(rest),
}
"""What reads the words after a verb that takes more than a number."""
