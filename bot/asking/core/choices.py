"""Finding what a person named among the things a vendor lists: workflows, events, channels."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import normalize

from bot.asking.core.arguments import meant, nearest_names, quoted
from bot.errors import UserError

MAX_CHOICES = 10
"""A pick list with more is no help: the asker is told to type more of the name."""

_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be named: `detail` tells those of the same name apart."""

    id: str
    name: str
    detail: str = ""


def matching(typed: str, choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """Return the choices that fit best: by id, the whole name, its beginning, or all typed words.

    Case does not count. One is the answer, several are for the asker to pick from.
    """
    wanted = folded(typed)
    words = set(_WORDS.findall(wanted))
    tests = (
        lambda each: each.id == typed.strip(),
        lambda each: folded(each.name) == wanted,
        lambda each: folded(each.name).startswith(wanted),
        lambda each: bool(words) and _has(each.name, words),
    )
    found = (tuple(filter(test, choices)) for test in tests)
    return next((some for some in found if wanted and some), ())


def folded(name: str) -> str:
    """Return a name as it is compared: case, spaces and ways of writing accents do not count."""
    return " ".join(normalize("NFC", name).casefold().split())


def candidates(
    typed: str, choices: Sequence[Choice], *, noun: str, lists: str, words: Sequence[str] = ()
) -> tuple[Choice, ...]:
    """Return one choice, or up to MAX_CHOICES to pick from.

    `noun` is "workflow" or the like, `lists` the command that lists them, `words` what else can be
    typed in the name's place. Raises UserError with the
    nearest names when none fits, and with some names when too many do.
    """
    found = matching(typed, choices)
    if not found:
        near = meant(nearest_names(typed, [each.name for each in choices], words=words))
        raise UserError(f"I know no {noun} called {quoted(typed)}.{near} To see all: {lists}")
    return few(typed, found, noun=noun)


def few(typed: str, found: Sequence[Choice], *, noun: str) -> tuple[Choice, ...]:
    """Return choices to pick from; raises UserError with some of them when there are too many."""
    if len(found) > MAX_CHOICES:
        some = ", ".join(quoted(each.name) for each in found[:3])
        raise UserError(
            f"{quoted(typed)} fits {len(found):,} {noun}s, such as {some}. Type more of the name."
        )
    return tuple(found)


def _has(name: str, words: set[str]) -> bool:
    """Return whether each word begins a word of the name."""
    own = _WORDS.findall(folded(name))
    return all(any(each.startswith(word) for each in own) for word in words)
