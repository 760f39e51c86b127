"""What may follow /flow subscribe: what a digest is about, its schedule, its zone and a note."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

from bot.asking.core import periods, zones
from bot.asking.core.arguments import Token, TokenKind, joined, nearest, quoted
from bot.asking.core.fillers import COURTESY
from bot.asking.core.options import in_quotes
from bot.asking.core.retyping import Correction, RetypeError
from bot.asking.question import Question, QuestionKind, QuestionKinds
from bot.asking.terms import NO_TERMS, Terms
from bot.digests.core import schedule
from bot.digests.core.schedule import Schedule
from bot.digests.core.terms.notes import note_typed
from bot.digests.core.terms.wishes import wished, without_wishes
from bot.errors import UserError

MAX_NOTE = 200
_SUGGESTED: Final = ("weekdays 09:00", "every monday 09:00", "first monday 09:00")
_EXAMPLE = (
    "For example: /flow subscribe report onboarding overdue last-7d weekdays 09:00 Europe/Berlin"
)


ME: Final = "me"
"""In place of a conversation: the direct messages of who asks."""
_PLACES: Final = frozenset({TokenKind.CHANNEL, TokenKind.USER})
_TO_WHOM: Final = 2
"""Words of "to grace", a name that Slack did not know."""
_TO: Final = frozenset({"to", "in", "into", "for", "at", "@"})
NOT_FOR_OTHERS: Final = (
    "I send digests to channels, or to you. Who wants one in their own direct messages orders it "
    "there."
)
_HERE: Final = (
    *("in here", "to here", "for here", "in this channel", "to this channel"),
    *("into this channel", "here"),
)
_TO_ME: Final = (
    "to me",
    "to myself",
    "for me",
    "as a direct message",
    "by direct message",
    "dm me",
)


class PlainWordsError(UserError):
    """What was typed begins with no word of /flow, and may be plain words for what it does."""


@dataclass(frozen=True, slots=True)
class Subscribe:
    """A digest; the schedule's zone is empty when none was given.

    `place` is Slack's id of the conversation for it or of a person, or ME; empty for this one.
    """

    question: Question
    schedule: Schedule
    note: str = ""
    place: str = ""
    terms: Terms = NO_TERMS


def subscription(rest: Sequence[Token], kinds: QuestionKinds, *, privately: bool) -> Subscribe:
    """Return the request of "subscribe report onboarding weekdays 09:00 Europe/Berlin".

    `kinds` are those of which there can be digests.
    """
    if privately:
        raise UserError(
            "A digest is posted for the whole channel. Leave out privately, or subscribe in your "
            "direct messages with Flowbot."
        )
    if not rest or rest[0].word not in kinds:
        raise _unknown_kind(rest, kinds)
    kind, about = kinds[rest[0].word], rest[1:]
    about, note = _without_note(about)
    about, place = _without_place(about)
    about, wishes = without_wishes(about, kind.measures(None))
    found = _found(about, kind)
    found = replace(found, note=note, place=place or found.place)
    return replace(found, terms=wished(wishes, kind, found.question))


def _found(about: Sequence[Token], kind: QuestionKind[Any]) -> Subscribe:
    """Return the order of what a digest is about and its schedule, the first that can be read."""
    errors: list[UserError] = []
    for at in _starts(about, kind):
        try:
            return _ordered(about, at, kind)
        except UserError as error:
            errors.append(error)
    of_any = _of_any(about, kind)
    if of_any:
        return of_any
    raise errors[0] if errors else _no_schedule(about, kind)


def _of_any(about: Sequence[Token], kind: QuestionKind[Any]) -> Subscribe | None:
    """Return the order of a schedule alone, where there is something to pick from."""
    if kind.unnamed is None or not schedule.begins(about):
        return None
    found, rest = schedule.parse_schedule(about)
    return None if rest else Subscribe(kind.unnamed, found)


def _ordered(about: Sequence[Token], at: int, kind: QuestionKind[Any]) -> Subscribe:
    """Return the order whose schedule begins at a token; raises UserError where none does."""
    planned, rest = schedule.parse_schedule(about[at:])
    found, options = _with_zone(planned, rest)
    after, mine = _without_words(options)
    if [each.word for each in after[:1]] == ["to"] and len(after) == _TO_WHOM:
        raise not_for_others(after[1].text)
    _check_near_zone(after, kind)
    question = kind.of_digest(about[:at], after, zone=found.zone)
    return Subscribe(question, found, place=mine)


def _with_zone(found: Schedule, after: Sequence[Token]) -> tuple[Schedule, Sequence[Token]]:
    """Return the schedule with the zone that stands among later options, and those options."""
    words = [each.word for each in after]
    for at in range(0 if found.zone else len(words)):
        count = zones.leading(words[at:])
        if count:
            name = joined(after[at : at + count])
            zone = "" if zones.is_own(name) else zones.zone_named(name)
            return replace(found, zone=zone), (*after[:at], *after[at + count :])
    return found, after


def _check_near_zone(after: Sequence[Token], kind: QuestionKind[Any]) -> None:
    """Raise RetypeError where a zone one letter off follows the schedule instead of an option."""
    typed = after[0].text if after else ""
    if typed and kind.options and not kind.options.end(after) and zones.near_zones(typed):
        zones.zone_named(typed)


def _without_place(given: Sequence[Token]) -> tuple[Sequence[Token], str]:
    """Return the tokens without "to #general" or "to @grace", and Slack's id of it."""
    for at, token in enumerate(given):
        if token.kind in _PLACES:
            start = at - (at > 0 and given[at - 1].word in _TO)
            return (*given[:start], *given[at + 1 :]), token.text
        if token.word.startswith("#") and at:
            raise RetypeError(
                f"I can't find the channel {quoted(token.text)}. Choose it from the list that "
                "Slack shows while you type #.",
                typed=token.text,
                corrections=[Correction("Send it here", "here")],
            )
        if token.word.startswith("@") and token.word != "@" and at:
            raise not_for_others(token.text)
    return given, ""


def not_for_others(typed: str) -> RetypeError:
    """Return the error for a digest to somebody else, named as `typed` after "to"."""
    return RetypeError(
        NOT_FOR_OTHERS,
        typed=typed,
        corrections=[Correction("Send it here", "here"), Correction("Send it to me", "me")],
    )


def _without_words(after: Sequence[Token]) -> tuple[Sequence[Token], str]:
    """Return the tokens after a schedule without "here" or "to me" at their end, and the place."""
    while after and after[-1].word in COURTESY:
        after = after[:-1]
    for words, place in (*((each, "") for each in _HERE), *((each, ME) for each in _TO_ME)):
        count = len(words.split())
        if count <= len(after) and " ".join(each.word for each in after[-count:]) == words:
            return after[:-count], place
    return after, ""


def _unknown_kind(rest: Sequence[Token], kinds: QuestionKinds) -> UserError:
    """Return the error for a subscription to nothing, or to something that is no kind."""
    *most, last = kinds.names
    works = f"After subscribe comes {', '.join(most)} or {last}, what it is about and a schedule."
    if not rest:
        return UserError(f"Tell me what to send and when. {works} {_EXAMPLE}")
    typed = rest[0].text
    near = nearest(typed, kinds.names)
    if not near:
        return PlainWordsError(f"I didn't understand {quoted(typed)}. {works} {_EXAMPLE}")
    return RetypeError(
        f"I didn't understand {quoted(typed)}. Did you mean {quoted(near)}?",
        typed=typed,
        corrections=[Correction(f"Yes, {near}", near)],
    )


def _without_note(given: Sequence[Token]) -> tuple[Sequence[Token], str]:
    """Return the tokens without a note, and the note: the quoted text after the word "note"."""
    for at, (word, text) in enumerate(pairwise(given)):
        if word.word == "note" and text.kind is TokenKind.QUOTED:
            if len(text.text) > MAX_NOTE:
                raise UserError(f"A note has at most {MAX_NOTE} characters.")
            return (*given[:at], *given[at + 2 :]), note_typed(text.raw)
    return given, ""


def _starts(about: Sequence[Token], kind: QuestionKind[Any]) -> Iterator[int]:
    """Yield where a schedule may begin.

    A flow's name may hold a day or "daily"; so the first place where a schedule can be read is
    taken, and the first error counts only when there is none.
    """
    taken = _in_periods(about, kind)
    places = (at for at in range(1, len(about)) if at not in taken)
    return (at for at in places if schedule.begins(about[at:]))


def _in_periods(about: Sequence[Token], kind: QuestionKind[Any]) -> set[int]:
    """Return where words belong to a period, as the day in "since monday" does."""
    if not kind.options or not kind.options.with_period:
        return set()
    words = [each.word for each in about]
    taken: set[int] = set()
    for at in range(1, len(words)):
        count = kind.options.span(words[at:]) if at not in taken else 0
        sure = count and not periods.may_be_a_name(" ".join(words[at : at + count]))
        if sure and not schedule.times_follow(about[at + count :]):
            taken.update(range(at, at + count))
        elif sure:
            taken.update(range(at + 1, at + count))
    return taken


def _no_schedule(about: Sequence[Token], kind: QuestionKind[Any]) -> UserError:
    """Return the error for a digest without a schedule, or with a misspelt one."""
    if not about or schedule.begins(about):
        return RetypeError(
            f"{kind.which} In a digest it comes after {kind.name}, and the schedule after it.",
            typed=kind.name,
            corrections=[
                Correction(each.capitalize(), f"{kind.name} {each}") for each in kind.likely
            ],
        )
    for each in about[1:]:
        near = schedule.misspelt(each.word) if each.word else ""
        if near:
            return RetypeError(
                f"I didn't understand {quoted(each.text)}. Did you mean {quoted(near)}?",
                typed=each.text,
                corrections=[Correction(f"Yes, {near}", near)],
            )
    typed = joined(about)
    return RetypeError(
        "When should I send it? For example weekdays 9am, or every monday 9:00 Berlin.",
        typed=typed,
        corrections=[
            Correction(each.capitalize(), f"{_line_of(about)} {each}") for each in _SUGGESTED
        ],
    )


def _line_of(about: Sequence[Token]) -> str:
    """Return words as they can be typed again."""
    return " ".join(
        in_quotes(each.text) if each.kind is TokenKind.QUOTED else each.text for each in about
    )
