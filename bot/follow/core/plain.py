"""Plain lines about what somebody follows: "follow the overdue of ladder safety"."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from bot.asking.core.arguments import Token, tokens
from bot.asking.core.fillers import ASKING, word_set
from bot.asking.core.plain_lines import PlainLine, addressed
from bot.asking.core.retyping import as_line

_FOLLOW: Final = word_set("follow track")
_UNFOLLOW: Final = word_set("unfollow")
_STOP: Final = word_set("stop following")
_FOLLOWING: Final = "following"
_SHORT: Final = 5
"""So few words has a line that asks only that."""


def plain_follow(
    text: str,
    kinds: Mapping[str, str],
    *,
    understood: Callable[[str], PlainLine | None],
) -> str:
    """Return what to type after /flow for a plain line about following; empty for any other.

    `kinds` are the words for kinds of questions by the command that asks them; `understood` finds
    the command of what is to be followed. Raises UserError as `tokens` does.
    """
    given = addressed(tokens(text))
    start = next((at for at, each in enumerate(given) if each.word not in ASKING), len(given))
    said = given[start:]
    if not said:
        return ""
    first, rest = said[0], said[1:]
    if first.word in _UNFOLLOW or {each.word for each in said[:2]} == _STOP:
        return as_line((Token("unfollow"), *rest[first.word not in _UNFOLLOW :]))
    if _is_about_oneself(given):
        return _FOLLOWING
    return _follow(rest, kinds, understood) if first.word in _FOLLOW else ""


def _is_about_oneself(given: Sequence[Token]) -> bool:
    """Return whether a line is such as "what do I follow?" or "what am I following"."""
    words = [each.word for each in given]
    asks = words[:1] in (["what"], ["which"], [_FOLLOWING])
    return asks and words[-1] in {"follow", _FOLLOWING} and len(words) <= _SHORT


def _follow(
    rest: Sequence[Token],
    kinds: Mapping[str, str],
    understood: Callable[[str], PlainLine | None],
) -> str:
    number = [each.word for each in rest if each.word.removeprefix("#").isdecimal()]
    if number and len(rest) <= len(("digest", "3")):
        return f"follow {number[0]}"
    asked = understood(as_line(rest)) if rest else None
    kind = kinds.get(asked.command) if asked else None
    return f"follow {kind} {asked.text}" if asked and kind else ""
