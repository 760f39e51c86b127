"""Public holidays of countries and their parts, as the "holidays" package knows them.

A place is kept as "GB" or "DE-BY". The package is imported where a place is named or looked up, as
few digests need it.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Final

from bot.asking.core.zone_words import country_codes

_ENGLISH: Final = "en_US"
_SAID: Final = {
    "GB": "the UK",
    "US": "the US",
    "NL": "the Netherlands",
    "AE": "the Emirates",
    "CZ": "Czechia",
    "KR": "South Korea",
    "PH": "the Philippines",
}
_OTHERS: Final = {
    **dict.fromkeys(("uk", "great britain", "united kingdom"), "GB"),
    **dict.fromkeys(("holland", "the netherlands"), "NL"),
    **dict.fromkeys(("deutschland", "german"), "DE"),
    **dict.fromkeys(("south korea", "korea"), "KR"),
    **dict.fromkeys(("united states", "america", "the us", "the usa"), "US"),
    "bavaria": "DE-BY",
    "saxony": "DE-SN",
    "lower saxony": "DE-NI",
    "thuringia": "DE-TH",
    "hesse": "DE-HE",
    "north rhine-westphalia": "DE-NW",
    "nrw": "DE-NW",
    "rhineland-palatinate": "DE-RP",
    "catalonia": "ES-CT",
    "vienna": "AT-9",
    "quebec": "CA-QC",
}
_WITH_PARTS: Final = ("DE", "GB", "US", "CA", "AU", "CH", "AT", "ES")
"""Countries whose parts may be named alone; the part of an earlier one counts."""
_SHORTEST: Final = 4
"""Letters of a part that is named alone; shorter ones are codes, and mean several things."""


def place_named(typed: str) -> str:
    """Return the place of a country's name or code, or of a part of one; empty for none known."""
    text = " ".join(typed.casefold().split()).removeprefix("the ")
    found = _OTHERS.get(text) or country_codes().get(text, "")
    if found:
        return found if found.partition("-")[0] in _supported() else ""
    code, _, part = text.replace(" ", "-", 1).partition("-")
    if code.upper() in _supported():
        return _part(code.upper(), part)
    return _lone_part(text)


def place_words(place: str) -> str:
    """Return a place for people, such as "the UK" or "Bavaria, Germany"."""
    code, _, part = place.partition("-")
    named = {each: name for name, each in country_codes().items()}
    country = _SAID.get(code) or named.get(code, code).title()
    if not part:
        return country
    spoken = next((name for name, each in _OTHERS.items() if each == place), "").title()
    parts = {each: name for name, each in reversed(tuple(_aliases(code).items()))}
    return f"{spoken or parts.get(part, part)}, {country}"


def holiday_on(place: str, day: date) -> str:
    """Return the name of the public holiday of a place on a day; empty where it is none.

    Of a place that the package does not know there are none.
    """
    return _of_year(place, day.year).get(day, "")


@cache
def _of_year(place: str, year: int) -> Mapping[date, str]:
    import holidays  # noqa: PLC0415  # 40 ms, and most digests come on holidays too

    code, _, part = place.partition("-")
    try:
        return dict(
            holidays.country_holidays(code, subdiv=part or None, years=year, language=_ENGLISH)
        )
    except NotImplementedError:  # a place of another version of the package
        return {}


@cache
def _supported() -> Mapping[str, tuple[str, ...]]:
    import holidays  # noqa: PLC0415

    found = holidays.list_supported_countries(include_aliases=False)
    return {code: tuple(parts) for code, parts in found.items()}


@cache
def _aliases(code: str) -> Mapping[str, str]:
    """Return the codes of a country's parts by their names, as the package has them."""
    import holidays  # noqa: PLC0415

    return dict(holidays.country_holidays(code).subdivisions_aliases)


def _part(code: str, typed: str) -> str:
    """Return a country, or a part of it by its code or name; empty for a part that is not known."""
    if not typed:
        return code
    parts = {name.casefold(): each for name, each in _aliases(code).items()}
    parts |= {each.casefold(): each for each in _supported()[code]}
    part = parts.get(typed) or parts.get(typed.replace("-", " "))
    return f"{code}-{part}" if part else ""


def _lone_part(text: str) -> str:
    if len(text) < _SHORTEST:
        return ""
    return next(filter(None, (_part(code, text) for code in _WITH_PARTS)), "")
