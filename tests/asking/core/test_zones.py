from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.core.retyping import RetypeError
from bot.asking.core.zone_words import AMBIGUOUS, TYPED
from bot.asking.core.zones import leading, spoken, zone_named
from bot.errors import UserError

ASKED = [zone for clocks in AMBIGUOUS.values() for _, zone in clocks]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("BERLIN", "Europe/Berlin"),
        ("New York", "America/New_York"),
        ("america/argentina/ushuaia", "America/Argentina/Ushuaia"),
        ("utc", "UTC"),
        ("Istanbul", "Europe/Istanbul"),
        ("PST", "America/Los_Angeles"),
        ("AEST", "Australia/Sydney"),
        ("ET", "America/New_York"),
        ("London", "Europe/London"),
        ("London time", "Europe/London"),
        ("(Berlin)", "Europe/Berlin"),
        ("time in Tokyo", "Asia/Tokyo"),
        ("Mumbai", "Asia/Kolkata"),
        ("Saint Petersburg", "Europe/Moscow"),
        ("St. Petersburg", "Europe/Moscow"),
        ("India", "Asia/Kolkata"),
        ("Germany", "Europe/Berlin"),
        ("Z\u00fcrich", "Europe/Zurich"),
        ("central european time", "CET"),
        ("UTC+2", "Etc/GMT-2"),
        ("GMT-5", "Etc/GMT+5"),
        ("UTC+5:30", "Asia/Kolkata"),
        ("+01:00", "Etc/GMT-1"),
    ],
)
def test_a_zone_is_known_by_its_name_or_its_city(typed: str, expected: str) -> None:
    assert zone_named(typed) == expected
    assert ZoneInfo(expected).key == expected


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Europe/Berln", "Did you mean Berlin time?"),
        ("Berln", "Did you mean Berlin time?"),
        ("EST", '"EST" could be New York, with summer time or UTC-5 all year.'),
        ("IST", '"IST" could be India or Ireland or Israel.'),
        ("BST", "could be British time, London or Bangladesh"),
        ("CST", "could be US Central, Chicago or China or Cuba"),
        ("Sydny", "Did you mean Sydney time?"),
        ("USA", "New York or Chicago or Denver or Phoenix or Los Angeles"),
        ("qqqqqqqq", 'I can\'t find the time zone "qqqqqqqq". Zones are a city'),
        ("Factory", "I can't find the time zone"),
    ],
)
def test_an_unknown_zone_is_answered_with_the_nearest(typed: str, says: str) -> None:
    with pytest.raises(UserError) as caught:
        zone_named(typed)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ([], 0),
        (["berlin", "export"], 1),
        (["new", "york", "csv"], 2),
        (["port", "of", "spain"], 3),
        (["europe/berln"], 1),
        (["24/7"], 0),
        (["", "berlin"], 0),
        (["export"], 0),
    ],
)
def test_a_zone_is_recognised_at_the_beginning(words: list[str], count: int) -> None:
    assert leading(words) == count


@pytest.mark.parametrize("zone", sorted({*TYPED.values(), *ASKED}))
def test_every_zone_of_the_table_is_there(zone: str) -> None:
    assert ZoneInfo(zone).key == zone


@pytest.mark.parametrize("name", sorted({*TYPED, *AMBIGUOUS}))
def test_every_name_of_the_table_is_read(name: str) -> None:
    assert leading(name.split()) == len(name.split())


def test_a_choice_offers_what_can_be_typed_instead() -> None:
    with pytest.raises(RetypeError) as caught:
        zone_named("IST")
    typed = [each.typed for each in caught.value.corrections]
    assert typed == ["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"]
    assert [zone_named(each) for each in typed] == typed


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/Berlin", "Berlin time"),
        ("America/New_York", "New York time"),
        ("Etc/GMT-2", "UTC+2 all year"),
        ("UTC", "UTC"),
        ("CET", "Central European time"),
    ],
)
def test_a_zone_is_said_as_people_say_it(zone: str, words: str) -> None:
    assert spoken(zone) == words


@given(st.text(max_size=30))
def test_any_text_is_a_zone_or_a_user_error(text: str) -> None:
    try:
        found = zone_named(text)
    except UserError:
        return
    assert ZoneInfo(found).key == found
