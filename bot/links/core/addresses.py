"""Addresses that people paste, and the patterns that say what is at them.

An address is read strictly: what could lead elsewhere than it looks, or names no public host, is no
address here. An id is what stands whole in the place of {id}, and never what only looks like one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Final
from urllib.parse import urlsplit

from bot.errors import UserError

ID: Final = "{id}"
ANY: Final = "*"
"""In a pattern: any one part of a path, or any value."""
LONGEST: Final = 2_000
LONGEST_PATTERN: Final = 200
_PORT: Final = 443
_LABEL = r"(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.(?!xn--)[a-z][a-z0-9-]*[a-z0-9]")
_PLAIN = re.compile(r"[!-~]+")
_HOW: Final = "Write it as `/flows/{id}`, with {id} where the id stands."
NO_PATTERN: Final = f"That pattern can't be read. {_HOW}"

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LinkPlace:
    """A path in its parts, and the values that follow it."""

    parts: tuple[str, ...]
    values: Pairs


@dataclass(frozen=True, slots=True)
class LinkAddress:
    """An https address: its host in lower case, the place there, and what follows a #."""

    host: str
    place: LinkPlace
    beyond: LinkPlace


def read_address(text: str) -> LinkAddress | None:
    """Return the address of a link, None for anything but a plain https address.

    Refused are other schemes, names and passwords before the host, ports, addresses in numbers,
    names in letters that look like others (punycode), and what is too long.
    """
    url = unescape(text)
    if len(url) > LONGEST or not _PLAIN.fullmatch(url) or "\\" in url:
        return None
    try:
        parts = urlsplit(url)
        port, host = parts.port, (parts.hostname or "").lower()
    except ValueError:
        return None
    if parts.scheme != "https" or "@" in parts.netloc or port not in {None, _PORT}:
        return None
    if not _HOST.fullmatch(host):
        return None
    path, query = parts.path, parts.query
    return LinkAddress(host, _place(path, query), _beyond(parts.fragment))


def is_domain(text: str) -> bool:
    """Return whether a text is the name of a public host, in lower case."""
    return bool(_HOST.fullmatch(text))


def is_within(host: str, domains: Sequence[str]) -> bool:
    """Return whether Slack tells of links to a host where an app names these domains."""
    return any(host == each or host.endswith(f".{each}") for each in domains)


def checked_pattern(text: str) -> str:
    """Return a pattern as it is kept. Raises UserError for one that cannot be read."""
    pattern = text.strip()
    plain = _PLAIN.fullmatch(pattern) and pattern.startswith("/")
    if not plain or len(pattern) > LONGEST_PATTERN or pattern.count(ID) != 1:
        raise UserError(NO_PATTERN)
    whole = _place_of(pattern)
    places = [each for place in whole for each in (*place.parts, *(v for _, v in place.values))]
    if ID not in places:  # as a part of a part it would be a guess
        raise UserError(NO_PATTERN)
    return pattern


def id_at(address: LinkAddress, pattern: str) -> str:
    """Return what stands in the place of the id where a pattern fits, else empty text.

    Values that the pattern does not name may be there too, such as those that count visits.
    """
    place, beyond = _place_of(pattern)
    here = _fitted(address.place, place)
    there = _fitted(address.beyond, beyond) if beyond != LinkPlace((), ()) else ""
    return "" if here is None or there is None else here or there


def patterns_of(address: LinkAddress, found: Sequence[str]) -> tuple[str, ...]:
    """Return the patterns of an address in which one of these texts stands in the id's place.

    A value is taken for an id only where no part of the path, or of what is beyond the #, is one:
    addresses carry many values that say nothing.
    """
    paths = tuple(_in_paths(address, found))
    values = (
        f"{path_of(address)}?{name}={ID}" for name, value in address.place.values if value in found
    )
    return paths or tuple(values)


def _in_paths(address: LinkAddress, found: Sequence[str]) -> Iterator[str]:
    for number, part in enumerate(address.place.parts):
        if part in found:
            yield _path(_with_id(address.place.parts, number))
    for number, part in enumerate(address.beyond.parts):
        if part in found:
            yield f"{path_of(address)}#{_path(_with_id(address.beyond.parts, number))}"


def texts_of(address: LinkAddress) -> tuple[str, ...]:
    """Return all that could be an id in an address, each once."""
    values = (value for _, value in address.place.values)
    return tuple(dict.fromkeys((*address.place.parts, *values, *address.beyond.parts)))


def path_of(address: LinkAddress) -> str:
    """Return the path of an address."""
    return _path(address.place.parts)


def _fitted(place: LinkPlace, pattern: LinkPlace) -> str | None:
    """Return what stands for {id}, empty if that is not here; None where nothing fits."""
    if len(place.parts) != len(pattern.parts):
        return None
    given = dict(place.values)
    if len(given) != len(place.values):  # a name that comes twice could mean either
        return None
    pairs = [
        *zip(place.parts, pattern.parts, strict=True),
        *((given.get(name, ""), value) for name, value in pattern.values),
    ]
    if any(not text or wanted not in {text, ID, ANY} for text, wanted in pairs):
        return None
    return next((text for text, wanted in pairs if wanted == ID), "")


def _place_of(pattern: str) -> tuple[LinkPlace, LinkPlace]:
    before, _, fragment = pattern.partition("#")
    path, _, query = before.partition("?")
    return _place(path, query), _beyond(fragment)


def _beyond(fragment: str) -> LinkPlace:
    path, _, query = fragment.partition("?")
    return _place(path, query)


def _place(path: str, query: str) -> LinkPlace:
    parts = tuple(path.strip("/").split("/")) if path.strip("/") else ()
    pairs = (each.partition("=") for each in query.split("&") if each)
    return LinkPlace(parts, tuple((name, value) for name, _, value in pairs))


def _path(parts: Sequence[str]) -> str:
    return f"/{'/'.join(parts)}"


def _with_id(parts: Sequence[str], number: int) -> list[str]:
    return [*parts[:number], ID, *parts[number + 1 :]]
