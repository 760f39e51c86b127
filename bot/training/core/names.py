"""Names for training flows: MomoFlow cannot list its flows, so people name their ids here."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.asking.core.arguments import MARKS, quoted
from bot.asking.core.finder import MAX_CHOICES, Choice, Finder, PickError, folded, matching
from bot.errors import UserError

MAX_NAME = 60
ALL = "all"
"""In a question in a name's place: every flow that has one."""
_ID = re.compile(r"(?=.*[0-9_])[A-Za-z0-9_-]{1,100}")
_SURELY_ID = re.compile(r"flow_.*|[a-z]+_[a-z0-9]*[0-9][a-z0-9]*", re.IGNORECASE)
_PUNCTUATION = frozenset(" -_.")
_FLOWS = Finder(noun="flow", field="flow")


@dataclass(frozen=True, slots=True)
class NamedFlow:
    """A flow's id and what to call it: its name, or the id again when it has none."""

    flow_id: str
    name: str


def known_as(flow_id: str, names: Mapping[str, str]) -> NamedFlow:
    """Return the flow of an id with the first of its names, or the id where it has none."""
    return NamedFlow(
        flow_id, next((name for name, each in names.items() if each == flow_id), flow_id)
    )


def resolve(typed: str, names: Mapping[str, str], *, words: Collection[str] = ()) -> NamedFlow:
    """Return the flow for a name, a part of one, or an id.

    `names` maps names to ids. What fits no name is taken as an id when it looks like one, as only
    MomoFlow can tell. Raises PickError for several flows, and UserError with the nearest names
    where there is none; `words` are those that the command knows in the name's place.
    """
    if typed in names.values() and folded(typed) not in map(folded, names):
        return known_as(typed, names)
    ordered = sorted(names, key=folded)
    if not typed.strip() and names:
        raise _which(ordered, names)
    found = _fitting(typed, [Choice(name, name, names[name]) for name in ordered])
    if found:
        chosen = _FLOWS.one_of(typed, found)
        return NamedFlow(chosen.detail, chosen.name)
    bare = typed.rstrip(MARKS)
    if is_id(bare):
        return NamedFlow(bare, bare)
    raise _unknown(typed, names, words)


def _which(ordered: Sequence[str], names: Mapping[str, str]) -> PickError:
    """Return the choice of a flow, or of all of them, where none was named."""
    some = [Choice(name, name, names[name]) for name in ordered[: MAX_CHOICES - 1]]
    choices = [*some, Choice(ALL, "All flows")]
    return PickError("", choices, noun="flow", field="flow", lead="Which flow?")


def _fitting(typed: str, choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """Return the names that fit, one of each flow; what surely is an id is no mere word of one."""
    if _SURELY_ID.fullmatch(typed):
        choices = [each for each in choices if folded(each.name).startswith(folded(typed))]
    once: dict[str, Choice] = {}
    for each in matching(typed, choices):
        once.setdefault(each.detail, each)
    return tuple(once.values())


def is_id(text: str) -> bool:
    """Return whether the text can be a flow's id: one word with a digit or an underscore in it."""
    return bool(_ID.fullmatch(text))


def checked_name(name: str, *, reserved: Collection[str]) -> str:
    """Return the name as it may be given to a flow.

    Raises UserError, saying what a name may be, for words of the command (`reserved`, in lower
    case), for what would be read as an id, and for characters that would be awkward to type.
    """
    odd = sorted({each for each in name if not _allowed(each)})
    if odd or not any(each.isalnum() for each in name):
        found = f" and not {' '.join(odd)}" if odd else ""
        raise UserError(
            f"{quoted(name)} cannot be a name. A name has letters, digits, spaces, - _ and .{found}"
        )
    if len(name) > MAX_NAME:
        raise UserError(f"A name has at most {MAX_NAME} characters; this one has {len(name)}.")
    if name.casefold() in reserved:
        raise UserError(
            f"{quoted(name)} is a word of this command and cannot be a name. "
            f"{quoted(f'{name} training')} would work."
        )
    if _SURELY_ID.fullmatch(name):
        raise UserError(
            f"{quoted(name)} looks like a flow id. Put the name first and the id second: "
            "/flow-report name onboarding flow_123abc"
        )
    return name


def _allowed(character: str) -> bool:
    """Return whether a name may hold the character: letters of any script with their marks."""
    return (
        character in _PUNCTUATION
        or unicodedata.category(character)[0] in "LM"
        or (character.isdecimal())
    )


def _unknown(typed: str, names: Mapping[str, str], words: Collection[str]) -> UserError:
    """Return the error that says what was probably meant and how to give a name."""
    choices = [Choice(name, name, names[name]) for name in sorted(names)]
    first, _, rest = typed.partition(" ")
    if rest and is_id(first):
        choices.append(Choice(first, first))
    works = f"To give a flow that name: `/flow-report name {_typable(typed)} <flow id>`"
    finder = replace(_FLOWS, works=works, words=tuple(words), command="/flow-report")
    return finder.unknown(typed, choices)


def _typable(typed: str) -> str:
    """Return the name as it has to be typed in an example."""
    shown = "".join(each for each in typed if _allowed(each)).strip()[:MAX_NAME].strip()
    return f'"{shown}"' if " " in shown else shown or "onboarding"
