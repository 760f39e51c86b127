"""Time zones by the names people type: IANA names, cities, countries, abbreviations, UTC+2.

What may be two clocks is asked about, and nothing is guessed from how names are spelt but one slip
of the finger, which is asked about too.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Final
from zoneinfo import ZoneInfo

from bot.asking.core.arguments import quoted
from bot.asking.core.retyping import MOST_CORRECTIONS, Correction, RetypeError
from bot.asking.core.zone_words import AMBIGUOUS, BEFORE_TIME, TYPED, zones_of_countries

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
_WORKS = "Zones are a city (Berlin, New York), a name such as Europe/Berlin, or UTC+2."
_LONGEST: Final = 5  # words
_ABBREVIATED: Final = 4  # letters
_SLIP_FROM: Final = 5  # letters; below it too many names are one letter apart
_OWN: Final = frozenset({"my", "local", "our", "my local", "my own", "own"})
_TIME: Final = re.compile(r"(?:time in |in )?(.+?)( (?:local )?time(?: ?zone)?| zone)?")
_OFFSET: Final = re.compile(r"(?:utc|gmt)? ?([+-]) ?([0-9]{1,2})(?::?([0-9]{2}))?")
_NO_MARKS: Final = str.maketrans("_", " ", ".()[]")
_PARTS_OF_HOURS: Final = {
    "+3:30": "Asia/Tehran",
    "+4:30": "Asia/Kabul",
    "+5:30": "Asia/Kolkata",
    "+5:45": "Asia/Kathmandu",
    "+6:30": "Asia/Yangon",
    "+8:45": "Australia/Eucla",
    "+9:30": "Australia/Darwin",
    "-9:30": "Pacific/Marquesas",
}
"""Zones of such an offset that know no summer time."""
_HOURS: Final = range(-12, 15)
_WORDS: Final = {"CET": "Central European", "EET": "Eastern European", "WET": "Western European"}
_WINTER, _SUMMER = datetime(2026, 1, 15), datetime(2026, 7, 15)  # noqa: DTZ001  # in any zone


def zone_named(text: str) -> str:
    """Return the IANA name that is meant.

    Raises RetypeError where it may be one of several, UserError where nothing has the name.
    """
    found = _clocks(text)
    if len(found) == 1:
        return found[0].typed
    if found:
        which = " or ".join(f"{each.label}" for each in found)
        shown = text.upper() if len(text) <= _ABBREVIATED else text
        raise RetypeError(f"{quoted(shown)} could be {which}.", typed=text, corrections=found)
    near = near_zones(text)
    if near:
        which = " or ".join(each.label for each in near)
        sentence = f"I can't find the time zone {quoted(text)}. Did you mean {which}?"
        raise RetypeError(sentence, typed=text, corrections=near)
    raise RetypeError(
        f"I can't find the time zone {quoted(text)}. {_WORKS}",
        typed=text,
        corrections=[Correction("My own time", "my time")],
    )


def is_own(text: str) -> bool:
    """Return whether the words stand for the zone of who types them: my time."""
    match = re.fullmatch(r"(.+) time", " ".join(text.casefold().split()))
    return match is not None and match[1] in _OWN


def leading(words: Sequence[str]) -> int:
    """Return how many of the first words name a zone or try to, 0 when they do not.

    A city may have several words; anything with a slash after a letter is taken as an attempt.
    """
    for count in range(min(_LONGEST, len(words)), 0, -1):
        text = " ".join(words[:count])
        if all(words[:count]) and (is_own(text) or _clocks(text)):
            return count
    return int(bool(words) and "/" in words[0] and words[0][0].isalpha())


def near_zones(text: str) -> tuple[Correction, ...]:
    """Return the zones whose name differs by one letter from what was typed, to ask about."""
    wanted = _key(text)
    if len(wanted) < _SLIP_FROM:
        return ()
    names = (*_spellings(), *(_key(each) for each in TYPED if len(each) >= _SLIP_FROM))
    slips = [name for name in dict.fromkeys(names) if _one_slip(wanted, name)]
    found = _distinct(zone for name in slips for zone in _zones(name.replace("_", " ")))
    return tuple(Correction(spoken(zone), zone) for zone in found)[:MOST_CORRECTIONS]


def spoken(zone: str) -> str:
    """Return an IANA zone as people say it: "Berlin time", "UTC", "UTC+2 all year"."""
    fixed = re.fullmatch(r"Etc/GMT([+-])([0-9]+)", zone)
    if fixed:  # its sign is the other way round
        return f"UTC{'-' if fixed[1] == '+' else '+'}{fixed[2]} all year"
    if zone in {"UTC", "Etc/UTC"}:
        return "UTC"
    return f"{_WORDS.get(zone) or _city(zone)} time"


def names_with(text: str) -> tuple[str, ...]:
    """Return the IANA names with the text in them, those whose city begins with it first."""
    wanted = _key(text)
    names = {names[0] for names in _spellings().values() if len(names) == 1}
    found = [name for name in names if wanted in name.casefold()]

    def order(name: str) -> tuple[bool, str]:
        return not name.rpartition("/")[2].casefold().startswith(wanted), name

    return tuple(sorted(found, key=order))


def _clocks(text: str) -> tuple[Correction, ...]:
    """Return what a text names, each as it can be typed instead; one where it is clear."""
    plain = _plain(text)
    match = _TIME.fullmatch(plain)
    if not match:
        return ()
    name, time = match[1], match[2]
    several = AMBIGUOUS.get(name)
    if several:
        return tuple(Correction(label, zone) for label, zone in several)
    offset = _of_offset(name)
    known = (BEFORE_TIME if time else TYPED).get(name, "")
    zones = _distinct(filter(None, (offset or known,))) or _zones(name)
    return tuple(Correction(_city(zone), zone) for zone in zones[:MOST_CORRECTIONS])


def _zones(name: str) -> tuple[str, ...]:
    """Return the zones of that name, of that city, or of that country; each clock once."""
    return _distinct(
        _spellings().get(_key(name))
        or filter(None, (TYPED.get(name),))
        or zones_of_countries().get(name)
        or ()
    ) or _distinct(zones_of_countries().get(name, ()))


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


def _distinct(zones: Iterable[str]) -> tuple[str, ...]:
    """Return the first zone of each clock: of those that are the same in winter and in summer."""
    found: dict[object, str] = {}
    for zone in zones:
        info = ZoneInfo(zone)
        found.setdefault((info.utcoffset(_WINTER), info.utcoffset(_SUMMER)), zone)
    return tuple(found.values())


def _of_offset(name: str) -> str:
    """Return the zone of an offset that is the same all year, such as UTC+2, or an empty text."""
    match = _OFFSET.fullmatch(name)
    if not match:
        return ""
    sign, hours, minutes = match[1], int(match[2]), int(match[3] or 0)
    if minutes:
        return _PARTS_OF_HOURS.get(f"{sign}{hours}:{minutes:02}", "")
    if (hours if sign == "+" else -hours) not in _HOURS:
        return ""
    return f"Etc/GMT{'-' if sign == '+' else '+'}{hours}" if hours else "UTC"


def _one_slip(typed: str, name: str) -> bool:
    """Return whether one letter is wrong, missing, too much, or changed places with the next."""
    if typed == name or abs(len(typed) - len(name)) > 1 or typed[0] != name[0]:
        return False
    same = next(
        (at for at, pair in enumerate(zip(typed, name, strict=False)) if pair[0] != pair[1]),
        min(len(typed), len(name)),
    )
    rest, meant = typed[same:], name[same:]
    swapped = rest[1::-1] == meant[:2] and rest[2:] == meant[2:] and len(rest) > 1
    return swapped or rest[1:] == meant[1:] or rest[1:] == meant or rest == meant[1:]


def _plain(text: str) -> str:
    """Return a name in lower case, with plain spaces, without full stops and brackets."""
    return " ".join(text.casefold().translate(_NO_MARKS).split())


def _key(text: str) -> str:
    """Return the form in which names are compared."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "_".join("".join(each for each in apart if not unicodedata.combining(each)).split())


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
