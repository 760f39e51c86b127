"""Lines without a slash command: which command is meant, for direct messages and mentions.

Nothing here names a feature: what each command is called in plain words is its own data, and so
are the names of the things it knows. Pure; whoever carries a line out shows first what it changes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.asking.core.arguments import (
    Token,
    TokenKind,
    joined,
    nearest_names,
    tokens,
    without_filler,
)
from bot.asking.core.fillers import FILLER, word_set
from bot.asking.core.finder import Choice, folded, matching
from bot.asking.core.retyping import as_line

HELP = word_set(
    """help hello hi hey menu ? hilfe commands start moin hallo servus hola good morning afternoon
    evening day info what who are can you do for me thanks thank thx ty cheers ping test"""
)
_GREETINGS = word_set("hi hello hey please pls ok okay so and")
_MOST_NEAREST = 3
_SURELY = 0.75
_SHORTEST = 5
"""What is less alike than that, or shorter, is near to names by chance."""


@dataclass(frozen=True, slots=True)
class SpokenCommand:
    """What a command is called in plain words.

    `nouns` stand for the command itself and are left out of the line, as "report" in "report
    onboarding"; `words` are its own words and stay, as "overdue". `about` makes a line of the name
    of a thing alone, one that only shows something.
    """

    nouns: frozenset[str] = field(default_factory=frozenset)
    words: frozenset[str] = field(default_factory=frozenset)
    about: str = "{}"


@dataclass(frozen=True, slots=True)
class PlainLine:
    """The command that is meant, and the text after it as Slack would send it."""

    command: str
    text: str


def understood(
    text: str,
    commands: Mapping[str, SpokenCommand],
    *,
    names: Mapping[str, Sequence[str]] | None = None,
    helped_by: str,
) -> PlainLine | None:
    """Return the command that a plain line means, or None where it may be none or several.

    `commands` are by their names with the slash; `names` are those of the things that each knows.
    `helped_by` is the command that answers a greeting. Raises UserError as `tokens` does.
    """
    given = addressed(tokens(text))
    if not given or all(each.word in HELP for each in given):
        return PlainLine(helped_by, "help")
    return (
        _by_its_name(given, commands)
        or _by_its_words(given, commands)
        or _by_a_name(given, commands, names or {})
    )


def lines_about(
    text: str, commands: Mapping[str, SpokenCommand], names: Mapping[str, Sequence[str]]
) -> tuple[PlainLine, ...]:
    """Return lines of the one command that knows the longest name in a plain line, best first.

    They are the line as it is, if the command can read that, and what shows the thing of the name.
    """
    given = addressed(tokens(text))
    line = f" {_plain(given)} "
    found = [
        (command, name)
        for command, some in names.items()
        for name in some
        if command in commands and f" {folded(name)} " in line
    ]
    longest = max((len(name) for _, name in found), default=0)
    found = [each for each in found if len(each[1]) == longest]
    if len({command for command, _ in found}) != 1:
        return ()
    command, name = found[0]
    about = _about(name, commands[command])
    return PlainLine(command, as_line(given)), PlainLine(command, about)


def line_with_a_part(
    text: str, commands: Mapping[str, SpokenCommand], names: Mapping[str, Sequence[str]]
) -> PlainLine | None:
    """Return a plain line as it is, of the one command that knows a name with a word of it."""
    given = addressed(tokens(text))
    said = {folded(each.word) for each in given if len(each.word) >= _SHORTEST} - FILLER
    found = [
        command
        for command, some in names.items()
        if command in commands and any(said & {*folded(name).split()} for name in some)
    ]
    return PlainLine(found[0], as_line(given)) if len(found) == 1 else None


def _plain(given: Sequence[Token]) -> str:
    return folded(joined([Token(each.word or each.text) for each in given]))


def nearest_lines(
    text: str, commands: Mapping[str, SpokenCommand], names: Mapping[str, Sequence[str]]
) -> tuple[PlainLine, ...]:
    """Return lines that only show something and are near to a plain line, to offer instead."""
    typed = joined(addressed(tokens(text)))
    wanted = without_filler(typed) or typed
    owners = {name: command for command, some in names.items() for name in some}
    if len(wanted) < _SHORTEST:
        return ()
    near = nearest_names(wanted, owners, most=_MOST_NEAREST, alike=_SURELY)
    return tuple(
        PlainLine(owners[name], _about(name, commands[owners[name]]))
        for name in near
        if owners[name] in commands
    )


def addressed(given: Sequence[Token]) -> Sequence[Token]:
    """Return a line without the mention and the greeting before it."""
    start = 0
    while len(given) > start + 1 and _is_address(given[start]):
        start += 1
    return given[start:]


def _is_address(token: Token) -> bool:
    return token.kind is TokenKind.USER or token.word in _GREETINGS


def _by_its_name(given: Sequence[Token], commands: Mapping[str, SpokenCommand]) -> PlainLine | None:
    """Return the command that is typed with its name, with the slash or without."""
    words = [each.word.removeprefix("/") for each in given]
    spelt = {name.removeprefix("/"): name for name in commands}
    for count in (2, 1):
        name = spelt.get("-".join(words[:count])) if len(words) >= count else None
        if name:
            return PlainLine(name, as_line(given[count:]))
    return None


def _by_its_words(
    given: Sequence[Token], commands: Mapping[str, SpokenCommand]
) -> PlainLine | None:
    """Return the one command whose words are in the line; the earliest word decides."""
    for at, token in enumerate(given):
        found = [
            name
            for name, spoken in commands.items()
            if token.word and (token.word in spoken.nouns or token.word in spoken.words)
        ]
        if len(found) == 1:
            noun = token.word in commands[found[0]].nouns
            return PlainLine(found[0], as_line((*given[:at], *given[at + noun :])))
    return None


def _by_a_name(
    given: Sequence[Token],
    commands: Mapping[str, SpokenCommand],
    names: Mapping[str, Sequence[str]],
) -> PlainLine | None:
    """Return the one command that knows a thing of that name."""
    typed = joined(given)
    fitting = {
        command: matching(typed, [Choice(name, name) for name in some])
        for command, some in names.items()
        if command in commands
    }
    found = [command for command, things in fitting.items() if things]
    if len(found) != 1:
        return None
    things = fitting[found[0]]
    name = things[0].name if len(things) == 1 else without_filler(typed) or typed
    return PlainLine(found[0], _about(name, commands[found[0]]))


def _about(name: str, spoken: SpokenCommand) -> str:
    return spoken.about.format(as_line((Token(name, TokenKind.QUOTED),)))
