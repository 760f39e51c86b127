"""What may follow /flow subscribe: what a digest is about, its schedule, its zone and a note."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from bot.asking.core import zones
from bot.asking.core.arguments import Token, TokenKind, joined, nearest, quoted
from bot.asking.question import Question, QuestionKind, QuestionKinds
from bot.digests.core import schedule
from bot.digests.core.schedule import Schedule
from bot.errors import UserError

MAX_NOTE = 200
_EXAMPLE = (
    "For example: /flow subscribe report onboarding overdue last-7d weekdays 09:00 Europe/Berlin"
)


@dataclass(frozen=True, slots=True)
class Subscribe:
    """A digest for this channel; the schedule's zone is empty when none was given."""

    question: Question
    schedule: Schedule
    note: str = ""


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
    before, found, after = _split_at_schedule(about, kind)
    found, after = _with_zone(found, after)
    return Subscribe(kind.of_digest(before, after, zone=found.zone), found, note)


def _with_zone(found: Schedule, after: Sequence[Token]) -> tuple[Schedule, Sequence[Token]]:
    """Return the schedule with the zone that stands among later options, and those options."""
    words = [each.word for each in after]
    for at in range(0 if found.zone else len(words)):
        count = zones.leading(words[at:])
        if count:
            zone = zones.zone_named(joined(after[at : at + count]))
            return replace(found, zone=zone), (*after[:at], *after[at + count :])
    return found, after


def _unknown_kind(rest: Sequence[Token], kinds: QuestionKinds) -> UserError:
    """Return the error for a subscription to nothing, or to something that is no kind."""
    typed = joined(rest[:1])
    near = nearest(typed, kinds.names) if typed else ""
    meant = f"I don't know {quoted(typed)}. Did you mean {quoted(near)}? " if near else ""
    *most, last = kinds.names
    return UserError(
        f"{meant}After subscribe comes {', '.join(most)} or {last}, what it is about and a "
        f"schedule. {_EXAMPLE}"
    )


def _without_note(given: Sequence[Token]) -> tuple[Sequence[Token], str]:
    """Return the tokens without a note, and the note: the quoted text after the word "note"."""
    for at, (word, text) in enumerate(pairwise(given)):
        if word.word == "note" and text.kind is TokenKind.QUOTED:
            if len(text.text) > MAX_NOTE:
                raise UserError(f"A note has at most {MAX_NOTE} characters.")
            return (*given[:at], *given[at + 2 :]), text.text
    return given, ""


def _split_at_schedule(
    about: Sequence[Token], kind: QuestionKind[Any]
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
    raise errors[0] if errors else _no_schedule(about, kind)


def _no_schedule(about: Sequence[Token], kind: QuestionKind[Any]) -> UserError:
    """Return the error for a digest without a schedule, or with a misspelt one."""
    if not about or schedule.begins(about):
        return UserError(
            f"{kind.which} In a digest it comes after {kind.name}, and the schedule after it."
        )
    for each in about[1:]:
        near = schedule.misspelt(each.word) if each.word else ""
        if near:
            return UserError(
                f"I don't know {quoted(each.text)}. Did you mean {quoted(near)}? {_EXAMPLE}"
            )
    return UserError(f"Say when the digest shall come. {schedule.WORKS} {_EXAMPLE}")
