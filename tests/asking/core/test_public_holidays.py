"""Places of public holidays, as people name them."""

from datetime import date

import pytest

from bot.asking.core.public_holidays import holiday_on, place_named, place_words


@pytest.mark.parametrize(
    ("typed", "place", "spoken"),
    [
        ("GB", "GB", "the UK"),
        ("uk", "GB", "the UK"),
        ("the Netherlands", "NL", "the Netherlands"),
        ("Germany", "DE", "Germany"),
        ("DE-BY", "DE-BY", "Bavaria, Germany"),
        ("de berlin", "DE-BE", "Berlin, Germany"),
        ("bayern", "DE-BY", "Bavaria, Germany"),
        ("Scotland", "GB-SCT", "Scotland, the UK"),
        ("usa", "US", "the US"),
        ("California", "US-CA", "California, the US"),
        ("Japan", "JP", "Japan"),
    ],
)
def test_places(typed: str, place: str, spoken: str) -> None:
    assert (place_named(typed), place_words(place)) == (place, spoken)


@pytest.mark.parametrize("typed", ["Atlantis", "DE-XX", "", "ny", "00"])
def test_no_places(typed: str) -> None:
    assert place_named(typed) == ""


def test_holidays_have_names() -> None:
    assert holiday_on("GB", date(2026, 12, 25)) == "Christmas Day"
    assert holiday_on("DE-BY", date(2026, 1, 6)) == "Epiphany"
    assert holiday_on("DE", date(2026, 1, 6)) == ""
    assert holiday_on("XX", date(2026, 1, 1)) == ""
