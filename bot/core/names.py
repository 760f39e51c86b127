"""Names for training flows: MomoFlow cannot list its flows, so people name their ids here."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.core.arguments import nearest, quoted
from bot.errors import UserError

MAX_NAME = 60
_MAX_CANDIDATES = 10
_ID = re.compile(r"(?=.*[0-9_])[A-Za-z0-9_-]{1,100}")
_SURELY_ID = re.compile(r"flow_.*|[a-z]+_[a-z0-9]*[0-9][a-z0-9]*", re.IGNORECASE)
_PUNCTUATION = frozenset(" -_.")


@dataclass(frozen=True, slots=True)
class Named:
    """A flow's id and what to call it: its name, or the id again when it has none."""

    flow_id: str
    name: str


def resolve(typed: str, names: Mapping[str, str]) -> Named:
    """Return the flow for a name in any case, a unique beginning of one, or an id.

    `names` maps names to ids. What no name begins with is taken as an id when it looks like one,
    as only MomoFlow can tell. Raises UserError with the candidates or the nearest name.
    """
    wanted = typed.casefold()
    for name, flow_id in names.items():
        if wanted == name.casefold() or typed == flow_id:
            return Named(flow_id, name)
    begun = sorted(name for name in names if wanted and name.casefold().startswith(wanted))
    if len(begun) == 1 or (begun and len({names[name] for name in begun}) == 1):
        return Named(names[begun[0]], begun[0])
    if begun:
        raise _ambiguous(typed, begun)
    if is_id(typed):
        return Named(typed, typed)
    raise _unknown(typed, names)


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


def _ambiguous(typed: str, begun: list[str]) -> UserError:
    """Return the error that lists the names that begin alike."""
    shown = ", ".join(quoted(name) for name in begun[:_MAX_CANDIDATES])
    more = len(begun) - _MAX_CANDIDATES
    rest = f" and {more} more" if more > 0 else ""
    return UserError(f"{quoted(typed)} could be {shown}{rest}. Type a little more of the name.")


def _unknown(typed: str, names: Mapping[str, str]) -> UserError:
    """Return the error that says what was probably meant and how to give a name.

    Several words may be a known flow and a word that is no option; then that word is named.
    """
    begun = _beginning(typed, names)
    if begun:
        rest = typed[len(begun) :].strip()
        return UserError(
            f"I know the flow {quoted(begun)}, but not what {quoted(rest)} means after it. "
            f"For example: /flow-report {_typable(begun)} overdue last-30d"
        )
    near = nearest(typed, names)
    meant = f" Did you mean {quoted(near)}?" if near else ""
    return UserError(
        f"I know no flow called {quoted(typed)}.{meant} "
        f"To give it a name: /flow-report name {_typable(typed)} <flow id>"
    )


def _beginning(typed: str, names: Mapping[str, str]) -> str:
    """Return the longest beginning of whole words that is a name or an id, or an empty text."""
    words = typed.split(" ")
    known = {name.casefold() for name in names}
    starts = (" ".join(words[:count]) for count in range(len(words) - 1, 0, -1))
    return next((each for each in starts if each.casefold() in known or is_id(each)), "")


def _typable(typed: str) -> str:
    """Return the name as it has to be typed in an example."""
    shown = "".join(each for each in typed if _allowed(each)).strip()[:MAX_NAME].strip()
    return f'"{shown}"' if " " in shown else shown or "onboarding"
