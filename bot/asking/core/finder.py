"""Finding what a person named among known things: flows, workflows, events, channels, fields.

Every service finds by the same rules, so what was learnt with one command holds for the others.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Final
from unicodedata import category, normalize

from bot.asking.core.arguments import (
    MARKS,
    MOST_NEAREST,
    meant,
    nearest_names,
    quoted,
    without_filler,
)
from bot.asking.core.retyping import TypedLine
from bot.errors import UserError

MAX_CHOICES: Final = 100
"""A pick list with more is no help: the asker is told to type more of the name."""
_NAMED: Final = 10
"""So many are named in a sentence."""
_ACCENTS: Final = ("\u0300", "\u036f")
"""The first and the last accent that Unicode can put on any letter; marks of one script stay."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be named: `detail` tells those of the same name apart."""

    id: str
    name: str
    detail: str = ""


def told_apart(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """Return the choices with the id in the detail of those that would look alike."""
    looks = Counter((each.name, each.detail) for each in choices)
    return tuple(
        replace(each, detail=" · ".join(filter(None, (each.detail, each.id))))
        if looks[each.name, each.detail] > 1 and each.id not in each.detail
        else each
        for each in choices
    )


class PickError(UserError):
    """Several things fit; `field` is the detail of the job that says which.

    `lead` is the question to ask; without one it says what was typed and how much fits it.
    """

    def __init__(
        self, typed: str, choices: Sequence[Choice], *, noun: str, field: str, lead: str = ""
    ) -> None:
        """Remember what was typed and what it can be."""
        choices = told_apart(choices)
        same = Counter(each.name for each in choices)
        names = ", ".join(
            f"{quoted(each.name)} ({each.detail})" if same[each.name] > 1 else quoted(each.name)
            for each in choices[:_NAMED]
        )
        more = len(choices) - _NAMED
        names = f"{names} and {more} more" if more > 0 else names
        works = "Type a little more of the name."
        super().__init__(lead or f"{quoted(typed)} could be {names}. {works}")
        self.typed = typed
        self.choices = tuple(choices)
        self.noun = noun
        self.field = field
        self.lead = lead


class NearError(PickError):
    """Nothing fits what was typed; the choices are the nearest."""


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds things of one kind.

    `noun` is "workflow" or the like; `field` is the detail of a job that says which one is meant;
    `works` is the sentence that ends the error for an unknown name, and `words` are those that
    `command` knows in the name's place. `ways` are what can be done instead, as of UserError.
    """

    noun: str
    field: str
    works: str = ""
    words: Sequence[str] = ()
    command: str = ""
    ways: Sequence[tuple[str, object]] = ()

    def find(self, typed: str, choices: Sequence[Choice]) -> Choice:
        """Return the one that is meant; raises PickError for several and UserError for none.

        Where nothing was typed the first of all are to pick from.
        """
        if not typed.strip() and choices:
            lead = f"Which {self.noun}?"
            some = choices[:MAX_CHOICES]
            raise PickError(typed, some, noun=self.noun, field=self.field, lead=lead)
        found = matching(typed, choices)
        if not found:
            raise self.unknown(typed, choices)
        return self.one_of(typed, found)

    def find_again(self, known_id: str, typed: str, choices: Sequence[Choice]) -> Choice:
        """Return the one that was found before, by its id; without an id the one that is meant.

        Raises UserError where it is gone, even if another one has its name by now.
        """
        if not known_id:
            return self.find(typed, choices)
        kept = next((each for each in choices if each.id == known_id), None)
        if kept is None:
            raise self._with_ways(f"The {self.noun} {quoted(typed)} is no longer there.")
        return kept

    def find_surely(self, typed: str, choices: Sequence[Choice]) -> Choice:
        """Return the one that is meant where finding it sets something going.

        What was found by a part of its name alone is for the asker to confirm: PickError.
        """
        found = self.find(typed, choices)
        whole = {_bare(typed), _bare(without_filler(typed))}
        if not _with_id(typed, (found,)) and _bare(found.name) not in whole:
            raise PickError(typed, (found,), noun=self.noun, field=self.field)
        return found

    def one_of(self, typed: str, found: Sequence[Choice]) -> Choice:
        """Return the only one; raises PickError for several, UserError for too many of them."""
        if len(found) > MAX_CHOICES:
            some = ", ".join(quoted(each.name) for each in found[:3])
            raise UserError(
                f"{quoted(typed)} fits {len(found):,} {self.noun}s, such as {some}. "
                "Type more of the name."
            )
        if len(found) > 1:
            raise PickError(typed, found, noun=self.noun, field=self.field)
        return found[0]

    def unknown(self, typed: str, choices: Sequence[Choice]) -> UserError:
        """Return the error for a name that nothing has: the nearest to pick from, or what works."""
        article = "an" if self.noun[:1] in "aeiou" else "a"
        unfound = f"I can't find {article} {self.noun} called {quoted(typed)}."
        begun = _begun(typed, choices)
        if begun and begun[2]:
            return self._with_rest(typed, begun[0], begun[1])
        named = {each.name: each for each in reversed(choices)}
        near = nearest_names(without_filler(typed) or typed, named, words=self.words)
        near = near or _within(typed, named)
        found = [named[name] for name in near if name in named]
        if found and len(found) == len(near):
            lead = f"{unfound}{meant(near)}"
            return NearError(typed, found, noun=self.noun, field=self.field, lead=lead)
        if begun and not near:
            return self._with_rest(typed, begun[0], begun[1])
        of_command = [each for each in near if each not in named]
        if of_command and self.command:
            return self._misspelt(f"{unfound}{meant(near)}", typed, of_command)
        return self._with_ways(f"{unfound}{meant(near)}")

    def _misspelt(self, sentence: str, typed: str, words: Sequence[str]) -> UserError:
        """Return the error for a line that began with nearly a word of the command."""
        rest = escape(typed.partition(" ")[2], quote=False)
        lines = [f"{word} {rest}".strip() for word in words]
        error = UserError(sentence)
        typing = [(f"Yes, {line}", TypedLine(self.command, line)) for line in lines]
        error.ways = (*typing, *self.ways)
        return error

    def _with_rest(self, typed: str, found: Choice, rest: str) -> UserError:
        """Return the error for a name and words after it that nothing has."""
        lead = f"I found {quoted(found.name)}, but didn't understand {quoted(rest)}. Go on without?"
        error = NearError(typed, (found,), noun=self.noun, field=self.field, lead=lead)
        error.ways = self.ways
        return error

    def _with_ways(self, sentence: str) -> UserError:
        error = UserError(f"{sentence} {self.works}".rstrip())
        error.ways = self.ways
        return error


def matching(typed: str, choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """Return the choices that fit best: by id, the whole name, its beginning, or all typed words.

    Words stand in any order, each for a word that begins with it. Case, spaces and ways of writing
    accents do not count; accents and punctuation do, unless nothing fits with them, and so do words
    such as "the … flow". One is the answer, several are for the asker to pick from.
    """
    if not folded(typed):
        return ()
    found = _with_id(typed, choices) or _named(typed, choices, folded)
    found = found or _named(typed, choices, _bare)
    bare = without_filler(typed)
    return found or (matching(bare, choices) if bare not in {"", typed} else ())


def _within(typed: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the names that stand whole in what was typed, the longest first."""
    said = f" {_bare(typed)} "
    found = [name for name in names if _bare(name) and f" {_bare(name)} " in said]
    return tuple(sorted(found, key=len, reverse=True)[:MOST_NEAREST])


def _begun(typed: str, choices: Sequence[Choice]) -> tuple[Choice, str, bool] | None:
    """Return the one thing whose name some first words are, the words after, and if it is whole."""
    words = typed.split()
    for count in range(len(words) - 1, 0, -1):
        start, rest = " ".join(words[:count]), " ".join(words[count:])
        wanted = folded(start)
        found = [each for each in choices if folded(each.name) == wanted]
        if len({each.name for each in found}) == 1:
            return found[0], rest, True
    found = [each for each in choices if words and folded(each.name).startswith(folded(words[0]))]
    if len(found) == 1 and words[1:]:
        return found[0], " ".join(words[1:]), False
    return None


def folded(name: str) -> str:
    """Return a name as it is compared: case, spaces and ways of writing accents do not count."""
    return " ".join(normalize("NFC", name).casefold().split())


def _with_id(typed: str, choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """Return what has that id; a mark after it ends a sentence."""
    ids = {typed.strip(), typed.strip().rstrip(MARKS)}
    return tuple(each for each in choices if each.id in ids)


def _named(typed: str, choices: Sequence[Choice], fold: Callable[[str], str]) -> tuple[Choice, ...]:
    """Return the choices whose names fit best, both compared as `fold` leaves them."""
    wanted = fold(typed)
    names = [(each, fold(each.name)) for each in choices] if wanted else []
    found = (tuple(each for each, name in names if fits(wanted, name)) for fits in _FITS)
    return next(filter(None, found), ())


def _bare(name: str) -> str:
    """Return a name's words without accents and punctuation, letters of any width plain."""
    apart = normalize("NFKD", name.casefold())
    plain = (each for each in apart if not _ACCENTS[0] <= each <= _ACCENTS[1])
    return " ".join(_words(normalize("NFKC", "".join(plain)).casefold()))


def _words(text: str) -> list[str]:
    return "".join(each if _in_word(each) else " " for each in text).split()


def _in_word(character: str) -> bool:
    """Return whether it is a letter, a digit, an underscore, or a mark on one of them."""
    return character.isalnum() or character == "_" or category(character).startswith("M")


def _whole(wanted: str, name: str) -> bool:
    return name == wanted


def _beginning(wanted: str, name: str) -> bool:
    return name.startswith(wanted)


def _all_words(wanted: str, name: str) -> bool:
    typed, own = _words(wanted), _words(name)
    return bool(typed) and all(any(each.startswith(word) for each in own) for word in typed)


_FITS: Final[Sequence[Callable[[str, str], bool]]] = (_whole, _beginning, _all_words)
"""The ways in which what was typed can fit a name, the best first."""
