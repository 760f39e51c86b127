"""Reading a name and the options after it, for commands whose options stand in any order.

Each command says which words it knows; this reads them, refuses what is misspelt, and leaves the
meaning to the command. Training reports have their own rules, in report_options.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.asking.core import periods
from bot.asking.core.arguments import Token, TokenKind, joined, nearest, quoted, unknown
from bot.errors import UserError

Reader = Callable[[Sequence[Token]], tuple[Any, int]]
"""Reads the tokens after its word: the value, and how many tokens it took."""

_NO_QUOTES = str.maketrans('"“”„«»', "'" * 6)
_CLOSE = 0.85  # a word of a name is seldom that near to an option by chance
_FORMATS = {"csv": "csv", "xlsx": "xlsx", "excel": "xlsx", "xls": "xlsx"}
FORMAT_WORDS: Mapping[str, tuple[str, Any]] = {
    word: ("export", form) for word, form in _FORMATS.items()
}


@dataclass(frozen=True, slots=True)
class Options:
    """The options of one command.

    `alone` gives the field and the value of a word that needs nothing more; `valued` the field and
    the reader of what follows a word. `which` asks for the missing name, `works` says what can be
    typed; both are sentences with an example.
    """

    which: str
    works: str
    alone: Mapping[str, tuple[str, Any]]
    valued: Mapping[str, tuple[str, Reader]]
    with_period: bool = True

    @property
    def words(self) -> tuple[str, ...]:
        """All that can be typed, for "did you mean"."""
        spans = (*periods.NAMED, "last-7d", "last-30d") if self.with_period else ()
        return (*sorted({*self.alone, *self.valued, "privately"}), *spans)

    def begin(self, given: Sequence[Token]) -> bool:
        """Return whether the tokens begin with an option."""
        first = given[0].word if given else ""
        known = first in self.alone or first in self.valued or first == "privately"
        return known or bool(self.with_period and periods.leading([each.word for each in given]))


def name_and_options(given: Sequence[Token], options: Options) -> tuple[str, Sequence[Token]]:
    """Return the name, of one quoted token or the words before the first option, and the rest.

    Raises UserError when there is no name, or a word in it is nearly an option.
    """
    if not given:
        raise UserError(options.which)
    if options.begin(given):
        raise UserError(
            f"{options.which}. If {quoted(given[0].text)} begins a name, put the name in quotation "
            "marks."
        )
    end = 1
    while given[0].kind is not TokenKind.QUOTED and end < len(given):
        if options.begin(given[end:]) or given[end].kind is TokenKind.QUOTED:
            break
        _refuse_misspelt(given[end].word, joined(given[: end + 1]), options)
        end += 1
    return joined(given[:end]), given[end:]


def read_options(given: Sequence[Token], options: Options) -> dict[str, Any]:
    """Return the values by field; raises UserError for unknown words and for contradictions."""
    found: dict[str, Any] = {}
    rest = given
    while rest:
        field, value, used = _option(rest, options)
        if field in found and found[field] != value:
            both = f"{quoted(_shown(found[field]))} and {quoted(_shown(value))}"
            raise UserError(f"One {_NOUNS.get(field, field)} at a time: this has {both}.")
        found[field] = value
        rest = rest[used:]
    return found


def format_after(given: Sequence[Token]) -> tuple[str, int]:
    """Return the format after "export"."""
    word = given[0].word if given else ""
    if word in _FORMATS:
        return _FORMATS[word], 1
    works = "After export comes csv or xlsx."
    raise unknown(given[0].text, _FORMATS, works=works) if given else UserError(works)


def whole_number(given: Sequence[Token], *, most: int, works: str) -> tuple[int, int]:
    """Return a number from 1 to `most`; raises UserError ending in `works` for anything else."""
    text = given[0].text.replace(",", "") if given else ""
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(most)) else 0
    if not 1 <= number <= most:
        wrong = f"{quoted(given[0].text)} does not work here. " if given else ""
        raise UserError(f"{wrong}{works}")
    return number, 1


def as_typed(text: str, options: Options, *, taken: Collection[str]) -> str:
    """Return a name or value as it has to be typed: in quotes unless it is one plain word.

    `taken` are words, in lower case, that mean something else where the name stands.
    """
    plain = text.isascii() and text.replace("-", "").replace("_", "").isalnum()
    if plain and text.casefold() not in taken and not options.begin((Token(text),)):
        return text
    return in_quotes(text)


def in_quotes(text: str) -> str:
    """Return a name in quotation marks, so that no word of it is taken for an option."""
    return f'"{text.translate(_NO_QUOTES)}"'


_NOUNS = {"export": "format", "data": "kind of data"}


def _option(given: Sequence[Token], options: Options) -> tuple[str, Any, int]:
    """Return the field, its value, and how many tokens said so."""
    words = [each.word for each in given]
    span = periods.leading(words) if options.with_period else 0
    if span:
        return "period", periods.canonical(" ".join(words[:span])), span
    first = words[0]
    if first in options.alone:
        return *options.alone[first], 1
    if first in options.valued:
        field, read = options.valued[first]
        value, used = read(given[1:])
        return field, value, used + 1
    if first == "privately":
        raise UserError("Put privately at the end, after everything else.")
    raise unknown(given[0].text, options.words, works=options.works)


def _refuse_misspelt(word: str, name: str, options: Options) -> None:
    """Raise UserError for a word that is nearly an option and so probably no part of a name."""
    near = nearest(word, options.words, cutoff=_CLOSE) if word else ""
    if near:
        raise UserError(
            f"I don't know {quoted(word)}. Did you mean {quoted(near)}? If it belongs to the name, "
            f"put the name in quotation marks: {quoted(name)}. {options.works}"
        )


def _shown(value: object) -> str:
    """Return a value as it was typed, near enough."""
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)
