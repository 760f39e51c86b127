"""What people call the things that a command does, at the beginning of a line."""

from collections.abc import Mapping, Sequence

from bot.asking.core.arguments import Token, asking, nearest, quoted
from bot.asking.core.retyping import Correction, RetypeError

_ARTICLES = frozenset({"the", "my", "our"})
_SURELY = 0.8
"""So alike must a word be to one of the command before it may pass for it."""


def called(names: Mapping[str, str]) -> dict[str, str]:
    """Return the word of the command for each phrase; `names` has them with bars between."""
    return {phrase: word for word, phrases in names.items() for phrase in phrases.split("|")}


def first_word(
    given: Sequence[Token], names: Mapping[str, str], *, alone: Sequence[str] = ()
) -> tuple[str, Sequence[Token]]:
    """Return the word of the command that a line begins with, or an empty text, and the rest.

    `names` gives it for each phrase, of which the longest counts. Phrases in `alone` count only
    where nothing follows. Words that only ask may stand before it.
    """
    before = asking(given)
    article = before + (given[before].word in _ARTICLES if given[before:] else 0)
    for start in dict.fromkeys((0, before, article)):
        rest = given[start:]
        words = [each.word for each in rest]
        for count in range(min(4, len(words)), 0, -1):
            phrase = " ".join(words[:count])
            if phrase in names and not (phrase in alone and rest[count:]):
                return names[phrase], rest[count:]
    return "", given


def refuse_misspelt(
    given: Sequence[Token], words: Sequence[str], *, noun: str, as_name: str
) -> None:
    """Raise RetypeError where the first word of a line is nearly one of the command's.

    `as_name` is what to type where it begins the name of a `noun` all the same.
    """
    first = given[0].word if given else ""
    near = nearest(first, words, cutoff=_SURELY) if first and first not in words else ""
    if near:
        raise RetypeError(
            f"I didn't understand {quoted(given[0].text)}. Did you mean {quoted(near)}?",
            typed=given[0].text,
            corrections=(
                Correction(f"Yes, {near}", near),
                Correction(f"It is {noun}", as_name),
            ),
        )
