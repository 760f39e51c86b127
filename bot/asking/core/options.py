"""Reading a name and the options after it, for commands whose options stand in any order.

Each command says which words it knows; this reads them, refuses what is misspelt, and leaves the
meaning to the command.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.asking.core import periods
from bot.asking.core.arguments import (
    Token,
    TokenKind,
    asking,
    joined,
    keyword,
    meant,
    nearest,
    quoted,
    unknown,
)
from bot.asking.core.fillers import COURTESY, GLUE, NUMBERS
from bot.asking.core.retyping import Correction, RetypeError
from bot.errors import UserError

Reader = Callable[[Sequence[Token]], tuple[Any, int]]
"""Reads the tokens after its word: the value, and how many tokens it took."""

_NO_QUOTES = str.maketrans('"“”„«»', "'" * 6)
_CLOSE = 0.85  # a word of a name is seldom that near to an option by chance
_NEAR = 0.76  # at 0.75 are "onbording" to "ongoing", and "once" to "done"
"""So near must a word be where something is left over, to be what was meant."""
_PRIVATELY = "privately"
_BEFORE_NAMES = frozenset({"in", "of", "for", "on", "yet", "still"})
PARTING = ",;:"
"""What parts a name from its options; a name may well end in another mark."""
_LONGEST_PHRASE = 3  # words
FORMATS: Mapping[str, str] = {"csv": "csv", "xlsx": "xlsx", "excel": "xlsx", "xls": "xlsx"}
FORMAT_WORDS: Mapping[str, tuple[str, Any]] = {
    word: ("export", form) for word, form in FORMATS.items()
}


@dataclass(frozen=True, slots=True)
class Options:
    """The options of one command.

    `alone` gives the field and the value of a word, or of a phrase of some, that needs nothing
    more; those in `soft` are options only at the end or before another option, as they may well be
    part of a name. `valued` gives the field and the reader of what follows a word. `which` asks for
    the missing name, `works` says what can be typed; both are sentences with an example. `noun` is
    what has the name, for people; `instead` has words that are no part of a name, and what they
    probably mean; `foreign` has the error for kinds of tokens that the command has no use for,
    `late` the one for "privately" before other options. `likely` can stand where something is not
    understood.
    """

    which: str
    works: str
    alone: Mapping[str, tuple[str, Any]]
    valued: Mapping[str, tuple[str, Reader]]
    with_period: bool = True
    soft: Collection[str] = ()
    noun: str = ""
    instead: Mapping[str, str] = field(default_factory=dict)
    foreign: Mapping[TokenKind, str] = field(default_factory=dict)
    late: str = "Put privately at the end, after everything else."
    likely: Sequence[Correction] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """All that can be typed, for "did you mean"."""
        spans = (*periods.NAMED, "last-7d", "last-30d") if self.with_period else ()
        return (*sorted({*self.alone, *self.valued, _PRIVATELY}), *spans)

    def begin(self, given: Sequence[Token]) -> bool:
        """Return whether the tokens begin with an option."""
        words = [each.word for each in given]
        if words and (words[0] in self.valued or words[0] == _PRIVATELY):
            return True
        count = self.phrase(words)
        soft = count > 0 and " ".join(words[:count]) in self.soft
        if not count:
            count = self.span(words)
            soft = count > 0 and periods.may_be_a_name(" ".join(words[:count]))
        return count > 0 and not (soft and self._goes_on(given[count:]))

    def end(self, given: Sequence[Token]) -> bool:
        """Return whether a name ends before these tokens: options, or words that lead to them.

        Words that say nothing lead to an option, or are a courtesy at the end of the line.
        """
        rest = given[self.glue(given) :]
        polite = not rest and all(each.word in COURTESY for each in given)
        return polite or self.begin(rest)

    def glue(self, given: Sequence[Token]) -> int:
        """Return how many of the first words say nothing by themselves before an option."""
        most = next((at for at, each in enumerate(given) if each.word not in GLUE), len(given))
        return next((at for at in range(most) if self.begin(given[at:])), most)

    def until(self, given: Sequence[Token]) -> int:
        """Return how many tokens stand before the next option."""
        return next((at for at in range(len(given)) if self.end(given[at:])), len(given))

    def _goes_on(self, rest: Sequence[Token]) -> bool:
        """Return whether a name goes on after words that may be a part of it."""
        return bool(rest) and rest[0].word not in _BEFORE_NAMES and not self.end(rest)

    def phrase(self, words: Sequence[str]) -> int:
        """Return how many of the first words, in lower case, are an option that stands alone."""
        counts = range(min(_LONGEST_PHRASE, len(words)), 0, -1)
        return next((count for count in counts if " ".join(words[:count]) in self.alone), 0)

    def span(self, words: Sequence[str]) -> int:
        """Return how many of the first words, in lower case, are a period or an attempt at one."""
        return periods.leading(words) if self.with_period else 0

    def misspelt(self, word: str) -> str:
        """Return the option that a word, in lower case, nearly is, or an empty text."""
        return self.instead.get(word) or nearest(word, self.words, cutoff=_CLOSE)


def name_and_options(given: Sequence[Token], options: Options) -> tuple[str, Sequence[Token]]:
    """Return the name, of one quoted token or the words before the first option, and the rest.

    Raises UserError when there is no name, or a word in it is nearly an option.
    """
    for each in given:
        if each.kind in options.foreign:
            raise UserError(options.foreign[each.kind])
    if not given:
        raise UserError(options.which)
    before, rest = options_before(given, options)
    if not rest:
        raise UserError(
            f"{options.which}. If {quoted(given[0].text)} begins a name, put the name in quotation "
            "marks."
        )
    end = 1
    while rest[0].kind is not TokenKind.QUOTED and end < len(rest):
        if options.end(rest[end:]) or rest[end].kind is TokenKind.QUOTED:
            break
        _refuse_misspelt(rest[end], joined(rest[: end + 1]), options)
        end += 1
    name = joined(rest[:end])
    bare = name.rstrip(PARTING) if rest[0].kind is TokenKind.WORD else name
    return bare or name, (*before, *rest[end:])


def options_before(
    given: Sequence[Token], options: Options
) -> tuple[Sequence[Token], Sequence[Token]]:
    """Return the options before the name, as in "who is overdue in onboarding", and the rest.

    Words around them that say nothing are left out; where there are no such options, nothing is.
    """
    before: list[Token] = []
    rest = given
    while True:
        start = options.glue(rest) if before else asking(rest)
        asked = start > 0 and options.phrase([each.word for each in rest[start:]]) > 1
        if not asked and not options.begin(rest[start:]):
            return before, rest[start:] if before else rest
        used = _option(rest[start:], options)[-1]
        before += rest[start : start + used]
        rest = rest[start + used :]


def read_options(given: Sequence[Token], options: Options) -> dict[str, Any]:
    """Return the values by field; raises UserError for unknown words and for contradictions."""
    found: dict[str, Any] = {}
    rest = given[options.glue(given) :]
    while rest:
        name, value, used = _option(rest, options, alone=not found)
        if name in found and found[name] != value:
            both = f"{quoted(_shown(found[name]))} and {quoted(_shown(value))}"
            raise UserError(f"One {_NOUNS.get(name, name)} at a time: this has {both}.")
        found[name] = value
        rest = rest[used:]
        rest = rest[options.glue(rest) :]
    return found


def one_word(values: Mapping[str, str], *, works: str, plural: bool = False) -> Reader:
    """Return the reader of one of some words, with `plural` also with an s at its end.

    Its errors end in `works`.
    """

    def read(given: Sequence[Token]) -> tuple[str, int]:
        word = keyword(given[0].text) if given else ""
        word = word.removesuffix("s") if plural else word
        if word in values:
            return values[word], 1
        raise unknown(given[0].text, values, works=works) if given else UserError(works)

    return read


format_after = one_word(FORMATS, works="After export comes csv or xlsx.")
"""Reads the format after "export"."""


def whole_number(given: Sequence[Token], *, most: int, works: str) -> tuple[int, int]:
    """Return a number from 1 to `most`; raises UserError saying `works` for anything else."""
    text = keyword(given[0].text).replace(",", "") if given else ""
    text = str(NUMBERS.get(text, text))
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(most)) else 0
    if not 1 <= number <= most:
        wrong = f" {quoted(given[0].text)} is none." if given else ""
        raise UserError(f"{works}{wrong}")
    return number, 1


def as_typed(text: str, options: Options, *, taken: Collection[str]) -> str:
    """Return a name or value as it has to be typed: in quotes unless it is one plain word.

    `taken` are words, in lower case, that mean something else where the name stands.
    """
    plain = text.isascii() and text.replace("-", "").replace("_", "").isalnum()
    free = text.casefold() not in taken and not asking((Token(text),))
    if plain and free and not options.end((Token(text),)):
        return text
    return in_quotes(text)


def in_quotes(text: str) -> str:
    """Return a name in quotation marks, so that no word of it is taken for an option."""
    return f'"{text.translate(_NO_QUOTES)}"'


_NOUNS = {"by": "grain", "data": "kind of data", "export": "format"}


def _option(
    given: Sequence[Token], options: Options, *, alone: bool = False
) -> tuple[str, Any, int]:
    """Return the field, its value, and how many tokens said so; `alone` where none was before."""
    words = [keyword(each.text) for each in given]  # after the name, quotation marks do no harm
    span = options.span(words)
    if span:
        return "period", periods.canonical(" ".join(words[:span])), span
    count = options.phrase(words)
    if count:
        return *options.alone[" ".join(words[:count])], count
    if words[0] in options.valued:
        name, read = options.valued[words[0]]
        value, used = read(given[1:])
        return name, value, used + 1
    if words[0] == _PRIVATELY:
        raise UserError(options.late)
    raise _leftover(given, options, alone=alone)


def _leftover(given: Sequence[Token], options: Options, *, alone: bool) -> UserError:
    """Return the error for words that are no option: what they nearly are, and without them."""
    ends = (
        at
        for at in range(1, len(given))
        if options.end(given[at:]) or options.misspelt(given[at].word)
    )
    end = next(ends, len(given))
    typed = joined(given[:end])
    near = nearest(given[0].word, options.words, cutoff=_NEAR) if given[0].word else ""
    likely = options.likely if alone and end == len(given) else ()
    rest = joined(given[1:end])
    return RetypeError(
        f"I didn't understand {quoted(typed if not near else given[0].text)}."
        f"{meant([near]) if near else ' Shall I leave it out?'}",
        typed=typed,
        corrections=(
            *([Correction(f"Yes, {near}", f"{near} {rest}".strip())] if near else []),
            Correction("Leave it out", ""),
            *(() if near else likely),
        ),
    )


def _refuse_misspelt(token: Token, name: str, options: Options) -> None:
    """Raise RetypeError for a word that is nearly an option and so probably no part of a name."""
    near = options.misspelt(token.word)
    if near:
        whose = f" of the {options.noun}" if options.noun else ""
        raise RetypeError(
            f"I didn't understand {quoted(token.word)}. Did you mean {quoted(near)}? "
            f"If it belongs to the name{whose}, put the name in quotation marks: {quoted(name)}. "
            f"{options.works}",
            typed=name,
            corrections=(
                Correction(f"Yes, {near}", f"{name.removesuffix(token.text)}{near}"),
                Correction("It belongs to the name", in_quotes(name)),
            ),
        )


def _shown(value: object) -> str:
    """Return a value as it was typed, near enough."""
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)
