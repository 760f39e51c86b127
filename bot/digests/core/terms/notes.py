"""Notes of digests: text that may call people and user groups, as whoever ordered wrote it.

A note is kept as it was typed, with `<@U1|ada>` and `<!subteam^S1|@leads>` in it as Slack sends
them. Nobody else is called from a note: not a channel, and not everybody who is here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Final

_CALLED: Final = re.compile(
    r"<(?:@(?P<user>[UW][A-Z0-9]+)|!subteam\^(?P<group>S[A-Z0-9]+))(?:\|(?P<name>[^<>]*))?>"
)
_ENTITY: Final = re.compile(r"<([^<>]+)>")


@dataclass(frozen=True, slots=True)
class Callout:
    """A person or a user group in a note, by their id and the name that Slack gave."""

    name: str
    user: str = ""
    group: str = ""


def note_typed(raw: str) -> str:
    """Return a note of text as Slack sends it: people and groups as they are, all else as text."""
    kept, at = [], 0
    for match in _CALLED.finditer(raw):
        kept += [_text(raw[at : match.start()]), match[0]]
        at = match.end()
    return " ".join("".join((*kept, _text(raw[at:]))).split())


def note_parts(note: str) -> Iterator[str | Callout]:
    """Yield the texts of a note and whom it calls, in order."""
    at = 0
    for match in _CALLED.finditer(note):
        if match.start() > at:
            yield note[at : match.start()]
        name = (match["name"] or "").removeprefix("@") or "somebody"
        yield Callout(name, match["user"] or "", match["group"] or "")
        at = match.end()
    if note[at:]:
        yield note[at:]


def note_words(note: str) -> str:
    """Return a note for reading, which calls nobody: names instead of ids."""
    return "".join(each if isinstance(each, str) else f"@{each.name}" for each in note_parts(note))


def called_in(note: str) -> str:
    """Return the ids of all whom a note calls, as one text; empty for nobody."""
    found = (each for each in note_parts(note) if isinstance(each, Callout))
    return " ".join(each.user or each.group for each in found)


def _text(raw: str) -> str:
    plain = _ENTITY.sub(lambda match: match[1].partition("|")[2] or match[1], raw)
    return unescape(plain)
