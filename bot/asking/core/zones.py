"""Time zones by the names people type: an IANA name in any case, or a city."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from bot.asking.core.arguments import nearest, quoted
from bot.errors import UserError

_REGIONS = frozenset(
    [
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    ]
)
_WORKS = "Zones are written as Europe/Berlin, America/New_York or UTC."


def zone_named(text: str) -> str:
    """Return the IANA name for a name in any case or a city that only one zone has.

    Raises UserError with the nearest name, or with the zones that share the city.
    """
    found = _matches(text)
    if len(found) == 1:
        return found[0]
    if found:
        raise UserError(f"{quoted(text)} could be {' or '.join(found)}. Write the whole name.")
    near = nearest(_key(text), _spellings())
    meant = f" Did you mean {_spellings()[near][0]}?" if near else ""
    raise UserError(f"I don't know the time zone {quoted(text)}.{meant} {_WORKS}")


def leading(words: Sequence[str]) -> int:
    """Return how many of the first words name a zone or try to, 0 when they do not.

    A city may have several words; anything with a slash after a letter is taken as an attempt.
    """
    for count in (3, 2, 1):
        if len(words) >= count and all(words[:count]) and _matches(" ".join(words[:count])):
            return count
    return int(bool(words) and "/" in words[0] and words[0][0].isalpha())


def names_with(text: str) -> tuple[str, ...]:
    """Return the IANA names with the text in them, those whose city begins with it first."""
    wanted = _key(text)
    names = {names[0] for names in _spellings().values() if len(names) == 1}
    found = [name for name in names if wanted in name.casefold()]

    def order(name: str) -> tuple[bool, str]:
        return not name.rpartition("/")[2].casefold().startswith(wanted), name

    return tuple(sorted(found, key=order))


def _key(text: str) -> str:
    """Return the form in which names are compared."""
    return "_".join(text.casefold().split())


def _matches(text: str) -> tuple[str, ...]:
    """Return the zones of that name, or the zones of that city."""
    return _spellings().get(_key(text), ())


@cache
def _spellings() -> dict[str, tuple[str, ...]]:
    """Return zones by what may be typed for them, from the list in the tzdata package."""
    names = files("tzdata").joinpath("zones").read_text("ascii").split()
    cities: dict[str, tuple[str, ...]] = {}
    for name in names:
        region, _, city = name.rpartition("/")
        if region.partition("/")[0] in _REGIONS:
            cities[city.casefold()] = (*cities.get(city.casefold(), ()), name)
    return cities | {name.casefold(): (name,) for name in names if name != "Factory"}
