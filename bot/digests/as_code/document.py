"""The text: YAML with a mapping for each channel. Every fault is told with its line and column.

All scalars are read as they are written: `when: 09:00` is no number of seconds, as YAML 1.1 has it.
Anchors and aliases are refused, so that a short text stays short.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import yaml
from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, NodeEvent
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.asking.core.arguments import nearest, quoted
from bot.errors import UserError

CHANNEL: Final = "channel"
MOST_LETTERS: Final = 200_000
DEEPEST: Final = 5
_YES, _NO = frozenset({"yes", "true", "on"}), frozenset({"no", "false", "off"})

Plain = str | bool | tuple[str, ...]
"""What a field is: text, yes or no, or texts."""
Sections = Mapping[str, Mapping[str, type]]
"""The fields of each section by their names, and what each is: `str`, `bool` or `tuple`."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the text; both count from 1."""

    line: int
    column: int

    def __str__(self) -> str:
        return f"Line {self.line}, column {self.column}"


class CodeError(UserError):
    """Something in the text that cannot be read, with where it stands."""

    def __init__(self, spot: Spot, why: str) -> None:
        """Say why."""
        super().__init__(f"{spot}: {why}")
        self.spot = spot


@dataclass(frozen=True, slots=True)
class CodedEntry:
    """One entry of a section: its fields, where it begins and where each of them stands."""

    section: str
    fields: Mapping[str, Plain]
    spot: Spot
    spots: Mapping[str, Spot]

    def text(self, name: str) -> str:
        """Return a field that is text, empty where it is not there."""
        return str(self.fields.get(name, ""))

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a field that is several texts, none where it is not there."""
        found = self.fields.get(name, ())
        return found if isinstance(found, tuple) else (str(found),)

    def fault(self, name: str, why: str) -> CodeError:
        """Return what is wrong with a field, or with all of it where the field is not there."""
        return CodeError(self.spots.get(name, self.spot), why)


@dataclass(frozen=True, slots=True)
class ChannelText:
    """What one channel has: its id as it is written, or empty, and the entries."""

    channel: str
    entries: tuple[CodedEntry, ...]
    spot: Spot


def documents(text: str, sections: Sections) -> tuple[ChannelText, ...]:
    """Return the documents of a text. Raises CodeError."""
    if len(text) > MOST_LETTERS:
        raise CodeError(Spot(1, 1), f"This has {len(text):,} letters, and {MOST_LETTERS:,} fit.")
    try:
        _check_shape(text)
        nodes = [each for each in yaml.compose_all(text, yaml.SafeLoader) if each is not None]
    except yaml.MarkedYAMLError as error:
        raise _unreadable(error) from None
    except yaml.YAMLError as error:
        raise CodeError(Spot(1, 1), f"This is no YAML: {error}") from None
    found = tuple(_document(each, sections) for each in nodes)
    if not found:
        raise CodeError(Spot(1, 1), f"There is nothing in it. {_works(sections)}")
    return found


def written(channel: str, remark: str, entries: Mapping[str, Sequence[Mapping[str, Plain]]]) -> str:
    """Return the text of a channel's entries by section; `remark` is the comment above them."""
    body: dict[str, Any] = {CHANNEL: channel}
    for section, listed in entries.items():
        if listed:
            body[section] = [_listed(each) for each in listed]
    said = "".join(f"# {line}\n" for line in remark.splitlines())
    return said + yaml.safe_dump(body, sort_keys=False, allow_unicode=True, width=10_000)


def _listed(fields: Mapping[str, Plain]) -> dict[str, Any]:
    return {name: [*each] if isinstance(each, tuple) else each for name, each in fields.items()}


def _check_shape(text: str) -> None:
    """Raise CodeError for what could grow without end, before anything is built of it."""
    depth = 0
    for event in yaml.parse(text, yaml.SafeLoader):
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > DEEPEST:
            raise CodeError(_spot(event.start_mark), "This is nested deeper than anything here.")
        if isinstance(event, NodeEvent) and (isinstance(event, AliasEvent) or event.anchor):
            raise CodeError(_spot(event.start_mark), "Anchors and aliases (& and *) aren't read.")


def _document(node: Node, sections: Sections) -> ChannelText:
    known = {CHANNEL, *sections}
    channel, entries = "", list[CodedEntry]()
    for key, value in _pairs(node, known, _works(sections)):
        if key == CHANNEL:
            channel = _text(value, "a channel's id")
        else:
            entries += _entries(key, value, sections[key])
    return ChannelText(channel, tuple(entries), _spot(node.start_mark))


def _entries(section: str, node: Node, fields: Mapping[str, type]) -> Iterator[CodedEntry]:
    if _is_empty(node):
        return
    if not isinstance(node, SequenceNode):
        raise CodeError(_spot(node.start_mark), f"{section} is a list: each begins with a dash.")
    for each in node.value:
        works = f"An entry of {section} has {', '.join(fields)}."
        read, spots = dict[str, Plain](), dict[str, Spot]()
        for name, value in _pairs(each, {*fields}, works):
            read[name] = _plain(value, fields[name])
            spots[name] = _spot(value.start_mark)
        yield CodedEntry(section, read, _spot(each.start_mark), spots)


def _pairs(node: Node, known: set[str], works: str) -> Iterator[tuple[str, Node]]:
    if not isinstance(node, MappingNode):
        raise CodeError(_spot(node.start_mark), f"Names with values are wanted here. {works}")
    seen = set[str]()
    for key, value in node.value:
        name = _text(key, "a name")
        if name not in known:
            near = nearest(name, known)
            meant = f"Did you mean {near}?" if near else works
            raise CodeError(_spot(key.start_mark), f"I don't know {quoted(name)}. {meant}")
        if name in seen:
            raise CodeError(_spot(key.start_mark), f"{name} is there twice.")
        seen.add(name)
        yield name, value


def _plain(node: Node, wanted: type) -> Plain:
    if wanted is tuple:
        listed = node.value if isinstance(node, SequenceNode) else [node]
        return tuple(_text(each, "text") for each in listed)
    text = _text(node, "text")
    if wanted is not bool:
        return text
    if text.casefold() not in _YES | _NO:
        raise CodeError(_spot(node.start_mark), f"{quoted(text)} is neither yes nor no.")
    return text.casefold() in _YES


def _text(node: Node, what: str) -> str:
    if not isinstance(node, ScalarNode):
        raise CodeError(_spot(node.start_mark), f"Here stands {what}, and no list or mapping.")
    return "" if _is_empty(node) else str(node.value)


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.tag == "tag:yaml.org,2002:null"


def _spot(mark: Any) -> Spot:
    return Spot(mark.line + 1, mark.column + 1) if mark else Spot(1, 1)


def _unreadable(error: yaml.MarkedYAMLError) -> CodeError:
    spot = _spot(error.problem_mark or error.context_mark)
    return CodeError(spot, f"This is no YAML here: {error.problem or error.context}.")


def _works(sections: Sections) -> str:
    return f"A text for a channel has {', '.join((CHANNEL, *sections))}."
