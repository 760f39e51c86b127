"""Help: what can be typed, by example, with real names of this workspace and a button for each.

A page has two levels: its first group is shown at once, each of the others behind a button.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Final

from bot.asking.core.retyping import TypedLine
from bot.asking.rendering.lines import typing
from bot.asking.rendering.shape import headline
from bot.slack.blocks.blocks import (
    Element,
    actions,
    bullets,
    code,
    context,
    message,
    paragraph,
    plain,
)
from bot.slack.blocks.ids import BlockId
from bot.slack.messages import Block, Message

_BRACES: Final = re.compile(r"\{(\w+)\}")
_ROW: Final = 5
_LONGEST_LABEL: Final = 28
PERIODS: Final = (
    "Periods: today, yesterday, this-week, last-week, this-month, last-month, this-quarter, "
    "last-quarter, this-year, last-year, ytd, last-30d, 2026-01-01..2026-03-31"
)
Names = Mapping[str, Sequence[str]]
"""The names of this workspace of each kind ("flow", "event"), each as it has to be typed."""


@dataclass(frozen=True, slots=True)
class Example:
    """A command that can be typed, and what it does.

    `label` is that of the button that does it; without one there is none. A word in braces, such as
    {flow}, stands for a real name.
    """

    typed: str
    does: str
    label: str = ""

    @property
    def kinds(self) -> Sequence[str]:
        """The kinds of names in it."""
        return _BRACES.findall(self.typed)

    def named(self, names: Names) -> "Example":
        """Return it with real names, bare where they are not to be typed."""
        chosen = {kind: _chosen(names[kind]) for kind in self.kinds}
        bare = {kind: name.strip('"') for kind, name in chosen.items()}
        return Example(
            _filled(self.typed, chosen), _filled(self.does, bare), _filled(self.label, bare)
        )


@dataclass(frozen=True, slots=True)
class MissingName:
    """What is shown while no name is known: a sentence if need be, and what lists or makes some."""

    words: str
    instead: Example


@dataclass(frozen=True, slots=True)
class HelpGroup:
    """Examples that belong together; `title` is also the button that shows them."""

    title: str
    examples: Sequence[Example]
    small_print: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class HelpPage:
    """The help of one command.

    `news` is its headline. `lacking` says by kind of name what is shown while there is none. The
    first example of all is the one that the help of /flow has of it, `digest` an order of one.
    """

    news: str
    groups: Sequence[HelpGroup]
    lacking: Mapping[str, MissingName] = field(default_factory=dict)
    digest: Example | None = None

    @property
    def lead(self) -> Example:
        """The example for whoever sees one of each command."""
        return self.groups[0].examples[0]

    def shown(self, number: int, names: Names) -> tuple[Sequence[str], Sequence[Example]]:
        """Return the examples of a group with real names, and sentences on what is lacking.

        An example of a name that nobody knows is left out, or what lists such names stands for all
        of its kind.
        """
        sentences: dict[str, None] = {}
        examples: dict[Example, None] = {}
        for each in self.groups[number].examples:
            unknown = [kind for kind in each.kinds if not names.get(kind)]
            if not unknown:
                examples[each.named(names)] = None
            elif unknown[0] in self.lacking:
                lacking = self.lacking[unknown[0]]
                if lacking.words:
                    sentences[lacking.words] = None
                examples[lacking.instead] = None
        return tuple(sentences), tuple(examples)


Buttons = Callable[[Example], tuple[Element, ...]]
"""Returns the button that does what an example says, if there is one."""


def help_message(
    page: HelpPage,
    number: int,
    names: Names,
    *,
    buttons: Buttons,
    more: Sequence[Element] = (),
    wanted: Callable[[Example], bool] = lambda _: True,
) -> Message:
    """Return one group of a page, of its examples the `wanted`; `more` lead to the others."""
    news = page.groups[number].title if number else page.news
    sentences, known = page.shown(number, names)
    examples = [each for each in known if wanted(each)]
    row = [element for each in examples for element in buttons(each)]
    said = "; ".join(f"{each.typed} {each.does}" for each in examples)
    return message(
        " ".join((f"{news}.", *sentences, said)),
        headline(news),
        *(paragraph(plain(each)) for each in sentences),
        *([_listed(examples)] if examples else []),
        *_rows((*row, *more)),
        *map(context, page.groups[number].small_print),
    )


def example_button(example: Example, *, channel: str = "") -> tuple[Element, ...]:
    """Return the button that types an example; none for one without a label.

    `channel` is where, for a window.
    """
    if not example.label:
        return ()
    command, _, text = example.typed.partition(" ")
    line = TypedLine(command, escape(text, quote=False), channel)
    return typing(short(example.label), line, spoken=f"{example.label}: {example.does}")


def short(label: str) -> str:
    """Return a button's label of a length that leaves room for others in its row."""
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"


def _listed(examples: Sequence[Example]) -> Block:
    return bullets(*[(code(each.typed), plain(f"  {each.does}")) for each in examples])


def _rows(elements: Sequence[Element]) -> Sequence[Block]:
    rows = (elements[at : at + _ROW] for at in range(0, len(elements), _ROW))
    return [actions(f"{BlockId.HELP_BUTTONS}:{at}", *row) for at, row in enumerate(rows)]


def _chosen(names: Sequence[str]) -> str:
    """Return the name for an example: the first that is easily read, if any is."""
    plain = (each for each in names if each.strip('"').replace(" ", "").isalnum())
    return next(plain, names[0])


def _filled(text: str, names: Mapping[str, str]) -> str:
    return _BRACES.sub(lambda found: names.get(found[1], found[0]), text)
