"""What somebody says of digests without /flow: "pause 3 until monday", "why did 3 not come?"."""

import re
from collections.abc import Sequence
from typing import Final

from bot.asking.core.arguments import Token, TokenKind, nearest, tokens
from bot.asking.core.fillers import ASKING, COURTESY, word_set
from bot.asking.core.plain_lines import addressed
from bot.asking.core.retyping import as_line
from bot.asking.question import QuestionKinds
from bot.digests.core.verbs import MEANT
from bot.digests.core.waits import ALL

_SURELY: Final = 0.7
_SHORTEST: Final = 4
"""A shorter word is too easily near to one that /flow knows."""
_NUMBER: Final = re.compile(r"#?[0-9]{1,3}\??")
"""Of a digest; what is longer is rather the id of a run."""
_DIGESTS: Final = word_set("digest digests subscription subscriptions")
_BETWEEN: Final = _DIGESTS | word_set("a an number no nr the my of for did does was came from has")
_MINE: Final = word_set("my mine i me all everywhere every")
_ALONE: Final = word_set("pause resume snooze history why subscribe")
"""What needs no number to be about digests: which of them is meant is asked."""


def plain_change(text: str, kinds: QuestionKinds) -> str:
    """Return what to type after /flow for a plain line about digests; empty for any other line.

    A misspelt word is mended, as what changes something is shown first. Raises UserError as
    `tokens` does.
    """
    given = addressed(tokens(text))
    for start in dict.fromkeys((0, _asking(given))):
        verb = _verb(given[start].word) if given[start:] else ""
        rest = given[start + 1 :]
        if verb and MEANT[verb] == "subscribe" and _is_bare(rest):
            return "subscribe"
        if verb and _goes_on(verb, rest, kinds):
            return as_line((Token(MEANT[verb]), *rest))
    return _listing(given)


def _asking(given: Sequence[Token]) -> int:
    """Return how many of the first words only ask, as "can you please" does."""
    return next((at for at, each in enumerate(given) if each.word not in ASKING), len(given))


def _is_bare(rest: Sequence[Token]) -> bool:
    """Return whether nothing is said after a verb but that it is about a digest."""
    return all(each.word in _BETWEEN or each.word in COURTESY for each in rest)


def _verb(word: str) -> str:
    """Return the word that /flow knows for what was typed, if it is near enough to one."""
    if word in MEANT or len(word) < _SHORTEST:
        return word if word in MEANT else ""
    return nearest(word, MEANT, cutoff=_SURELY)


def _goes_on(verb: str, rest: Sequence[Token], kinds: QuestionKinds) -> bool:
    """Return whether the words after a verb are about digests."""
    meant = MEANT[verb]
    if not rest:
        return meant in _ALONE
    if meant == "subscribe":
        return rest[0].word in kinds
    words = [each.word for each in rest if each.word not in _BETWEEN]
    if not words or meant in {"list", "help"}:
        return meant not in {"list", "help"}
    return bool(_NUMBER.fullmatch(words[0])) or (words[0] in ALL and meant in {"pause", "resume"})


def _listing(given: Sequence[Token]) -> str:
    """Return the list for a line that speaks of digests: all, those of a channel, or those here."""
    words = {each.word for each in given}
    if not words & _DIGESTS:
        return ""
    named = [each for each in given if each.kind is TokenKind.CHANNEL]
    if len(named) == 1:
        return as_line((Token("list"), *named))
    return "list all" if words & _MINE else "list"
