"""Orders in plain words: "every Monday at 9 send onboarding here" becomes what /flow is told."""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from bot.asking.core.arguments import Token, TokenKind, tokens
from bot.asking.core.fillers import word_set
from bot.asking.core.plain_lines import PlainLine, addressed
from bot.asking.core.retyping import as_line
from bot.asking.terms import Measure
from bot.digests.core import schedule
from bot.digests.core.terms.wishes import without_wishes
from bot.errors import UserError

_VERBS = word_set(
    """send post give show tell get bring us please a the digest of it can you i we want would like
    need to subscribe schedule order remind weekly daily monthly"""
)
_OFTEN = word_set("every each")
_NAMED = word_set("daily weekly monthly fortnightly biweekly quarterly")
"""May be a part of a name as well, unless they end the line."""
_PLURAL = re.compile(r"[a-z]+days")
_USUAL = Token("09:00")
"""Where no time of day was said: it is shown before anything is ordered."""
_PLACES = word_set("here")
_ME = word_set("me myself")
_ELSEWHERE = frozenset({TokenKind.CHANNEL, TokenKind.USER})
_TO = word_set("to in into for at")


def plain_order(
    text: str,
    kinds: Mapping[str, str],
    *,
    command: str,
    understood: Callable[[str], PlainLine | None],
    measures: Sequence[Measure] = (),
) -> PlainLine | None:
    """Return the line of `command` that orders a digest, or None for any other.

    A line without a schedule is one only where it begins with "subscribe". `kinds` are the words
    for kinds of digests by the command that asks the same; `understood` finds the command of what
    is left without the schedule. What else is wished stays as it was said, on figures that are
    among `measures`. Raises UserError for a schedule or a wish that lacks something.
    """
    given = tokens(text)
    if _schedule(given) is None and not subscribes(given):
        return None
    given, wishes = without_wishes(given, measures)
    found = _schedule(given) or ((given, (), ()) if subscribes(given) else None)
    if found is None:
        return None
    before, planned, after = found
    about, mine = _without_me(addressed([*before, *after]))
    about, there = _without_place(about)
    here = [each for each in about if each.word in _PLACES]
    asked = understood(as_line(_without_verbs([each for each in about if each not in here])))
    kind = kinds.get(asked.command) if asked else None
    if asked is None or kind is None:
        return None
    said = " ".join(each.typed for each in wishes)
    parts = ("subscribe", kind, asked.text, as_line(planned), said, as_line(here), there, mine)
    return PlainLine(command, " ".join(filter(None, parts)))


def subscribes(given: Sequence[Token]) -> bool:
    """Return whether a line surely orders a digest, so that its schedule is asked for."""
    start = addressed(given)
    return len(start) > 1 and start[0].word == "subscribe"


def _schedule(
    given: Sequence[Token],
) -> tuple[Sequence[Token], Sequence[Token], Sequence[Token]] | None:
    """Return the tokens before a schedule, its own, and those after it; raises its first error."""
    errors: list[UserError] = []
    for at in (at for at in range(len(given)) if schedule.begins(given[at:])):
        try:
            _, rest = schedule.parse_schedule(given[at:])
        except UserError as error:
            apart = _apart(given[at:])
            if apart:
                return given[:at], *apart
            errors.append(error)
        else:
            end = len(given) - len(rest)
            return given[:at], given[at:end], given[end:]
    if errors:
        raise errors[0]
    return None


def _apart(given: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]] | None:
    """Return a schedule whose time of day stands apart from its days, or nowhere, and the rest.

    Days without any time that do not come again and again may be something else: a period, or a
    part of a name.
    """
    days = _days(given)
    rest = given[days:]
    for at in (at for at, each in enumerate(rest) if days and each.word == "at"):
        count = _time(rest[at:])
        if count:
            time = rest[at : at + count]
            return (*given[:days], *time), (*rest[:at], *rest[at + count :])
    sure = any(each.word in _OFTEN or _PLURAL.fullmatch(each.word) for each in given[:2])
    ends = given[0].word in _NAMED and not given[1:]
    return ((*given[:days], _USUAL), rest) if days and (sure or ends) else None


def _days(given: Sequence[Token]) -> int:
    """Return how many of the first tokens are days of a schedule that lacks its time of day."""
    for count in range(len(given), 0, -1):
        with suppress(UserError):
            _, rest = schedule.parse_schedule((*given[:count], _USUAL))
            if not rest:
                return count
    return 0


def _time(given: Sequence[Token]) -> int:
    """Return how many of the first tokens are a time of day after "at"; 0 for none."""
    counts = range(len(given), 1, -1)
    return next((count for count in counts if schedule.times_of(given[1:count])), 0)


def _without_me(given: Sequence[Token]) -> tuple[list[Token], str]:
    """Return the tokens without "me" or "to me", and the words for one's own direct messages."""
    kept: list[Token] = []
    for each in given:
        if each.word not in _ME:
            kept.append(each)
        elif kept and kept[-1].word == "to":
            del kept[-1]
    return kept, "to me" if len(kept) < len(given) else ""


def _without_place(given: Sequence[Token]) -> tuple[list[Token], str]:
    """Return the tokens without a channel or a person at whom a digest goes, and those as typed."""
    at = next((at for at, each in enumerate(given) if each.kind in _ELSEWHERE), None)
    if at is None:
        return list(given), ""
    start = at - (at > 0 and given[at - 1].word in _TO)
    return [*given[:start], *given[at + 1 :]], f"to {as_line(given[at : at + 1])}"


def _without_verbs(given: Sequence[Token]) -> Sequence[Token]:
    start = next((at for at, each in enumerate(given) if each.word not in _VERBS), len(given))
    return given[start:]
