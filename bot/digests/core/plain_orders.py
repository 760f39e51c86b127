"""Orders in plain words: "every Monday at 9 send onboarding here" becomes what /flow is told."""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from bot.asking.core.arguments import Token, tokens
from bot.asking.core.fillers import word_set
from bot.asking.core.plain_lines import PlainLine
from bot.asking.core.retyping import as_line
from bot.digests.core import schedule
from bot.errors import UserError

_VERBS = word_set(
    """send post give show tell get bring us please a the digest of it can you i we want would like
    need to subscribe schedule order remind"""
)
_OFTEN = word_set("every each")
_NAMED = word_set("daily weekly monthly fortnightly biweekly quarterly")
"""May be a part of a name as well, unless they end the line."""
_PLURAL = re.compile(r"[a-z]+days")
_USUAL = Token("09:00")
"""Where no time of day was said: it is shown before anything is ordered."""
_PLACES = word_set("here")
_ME = word_set("me myself")


def plain_order(
    text: str,
    kinds: Mapping[str, str],
    *,
    command: str,
    understood: Callable[[str], PlainLine | None],
) -> PlainLine | None:
    """Return the line of `command` that orders a digest, or None for a line without a schedule.

    `kinds` are the words for kinds of digests by the command that asks the same; `understood` finds
    the command of what is left without the schedule. Raises UserError for a schedule that lacks
    something.
    """
    given = tokens(text)
    found = _schedule(given)
    if found is None:
        return None
    before, planned, after = found
    about, mine = _without_me([*before, *after])
    here = [each for each in about if each.word in _PLACES]
    asked = understood(as_line(_without_verbs([each for each in about if each not in here])))
    kind = kinds.get(asked.command) if asked else None
    if asked is None or kind is None:
        return None
    parts = ("subscribe", kind, asked.text, as_line(planned), as_line(here), mine)
    return PlainLine(command, " ".join(filter(None, parts)))


def _schedule(
    given: Sequence[Token],
) -> tuple[Sequence[Token], Sequence[Token], Sequence[Token]] | None:
    """Return the tokens before a schedule, its own, and those after it; raises its first error."""
    errors: list[UserError] = []
    for at in (at for at in range(len(given)) if schedule.begins(given[at:])):
        try:
            _, rest = schedule.parse_schedule(given[at:])
        except UserError as error:
            days = _days(given[at:])
            if days:
                return given[:at], (*given[at : at + days], _USUAL), given[at + days :]
            errors.append(error)
        else:
            end = len(given) - len(rest)
            return given[:at], given[at:end], given[end:]
    if errors:
        raise errors[0]
    return None


def _days(given: Sequence[Token]) -> int:
    """Return how many tokens are the days of a schedule that only lacks its time of day.

    Days that do not come again and again may be anything else: a period, or a part of a name.
    """
    sure = any(each.word in _OFTEN or _PLURAL.fullmatch(each.word) for each in given[:2])
    if not sure and (given[0].word not in _NAMED or given[1:]):
        return 0
    for count in range(len(given), 0, -1):
        with suppress(UserError):
            _, rest = schedule.parse_schedule((*given[:count], _USUAL))
            if not rest:
                return count
    return 0


def _without_me(given: Sequence[Token]) -> tuple[list[Token], str]:
    """Return the tokens without "me" or "to me", and the words for one's own direct messages."""
    kept: list[Token] = []
    for each in given:
        if each.word not in _ME:
            kept.append(each)
        elif kept and kept[-1].word == "to":
            del kept[-1]
    return kept, "to me" if len(kept) < len(given) else ""


def _without_verbs(given: Sequence[Token]) -> Sequence[Token]:
    start = next((at for at, each in enumerate(given) if each.word not in _VERBS), len(given))
    return given[start:]
