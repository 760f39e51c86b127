"""What each room shows to the tests that walk all rooms.

One value in `tests/<room>/examples.py`: whoever adds a room adds that, and is walked from then on.
"""

from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any

from bot.asking.core.arguments import Ask, tokens
from bot.asking.question import Question
from bot.assembly.features import FEATURES, ROOMS
from bot.feature import ParsedCommand
from tests.stage import Stage

COMMANDS = {each.command.name: each.command for each in FEATURES}


async def as_typed(_: Stage, command: str) -> str:
    return command


@dataclass(frozen=True, slots=True)
class Findable:
    """What can be found by its name: a command with `{}` for that, and how its answer begins."""

    command: str
    name: str
    begins: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """Examples of one room; `{}` in a command stands for a name."""

    answers: tuple[str, ...]
    """Commands that bring an answer for all to see, one for each of `views` at least.

    The first is answered by the vendor, with nothing to choose from and nothing known before.
    """
    view: Callable[[Any], str] = lambda _: ""
    """Reads off a question which of the views it is."""
    views: Collection[str] = ("",)
    certain: Callable[[Stage, str], Awaitable[str]] = as_typed
    """Returns a command so that it surely brings its answer: it fits a single thing."""
    workbooks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Commands that bring a workbook, with the titles of its sheets."""
    csv_files: Mapping[str, int] = field(default_factory=dict)
    """Commands that bring CSV files, with how many there are."""
    forms: Mapping[str, str] = field(default_factory=dict)
    """Commands that open a form, with its callback id."""
    findable: Mapping[str, Findable] = field(default_factory=dict)
    """What is found by name, by the words for it."""
    commands: Callable[[str], Mapping[str, ParsedCommand]]
    """What commands about a name want."""
    questions: Callable[[str], tuple[Question, ...]]
    """Questions about a name."""
    words: Collection[str] = ()
    """Words of the command that neither its kinds of question nor its help tell."""


@cache
def examples() -> Mapping[str, Examples]:
    """Return the examples of every room."""
    return {room: import_module(f"tests.{room}.examples").EXAMPLES for room in ROOMS}


def answers() -> Iterator[tuple[str, str]]:
    """Yield each room with each of its commands that bring an answer."""
    for room, each in examples().items():
        yield from ((room, command) for command in each.answers)


def parsed(command: str) -> ParsedCommand:
    """Return what a command wants. Raises UserError."""
    name, _, text = command.partition(" ")
    return COMMANDS[name].parse(text)


def question_of(command: str) -> Question:
    """Return the question of a command."""
    asked = parsed(command)
    assert isinstance(asked, Ask), command
    question: Question = asked.question
    return question


def words_of_commands() -> frozenset[str]:
    """Return the words that commands know, with all others in the help and in the examples."""
    pages = [each.help for each in COMMANDS.values()]
    typed = [each.typed for page in pages for group in page.groups for each in group.examples]
    typed += [command for _, command in answers()]
    options = [kind.options.words for each in FEATURES for kind in each.kinds if kind.options]
    more = [each.words for each in examples().values()]
    split = (each.text for command in typed for each in tokens(command))
    return frozenset(split).union(*options, *more) - set(COMMANDS)
