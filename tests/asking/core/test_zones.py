from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.core.zones import leading, zone_named
from bot.errors import UserError


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("BERLIN", "Europe/Berlin"),
        ("New York", "America/New_York"),
        ("america/argentina/ushuaia", "America/Argentina/Ushuaia"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_is_known_by_its_name_or_its_city(typed: str, expected: str) -> None:
    assert zone_named(typed) == expected
    assert ZoneInfo(expected).key == expected


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Europe/Berln", "Did you mean Europe/Berlin?"),
        ("Berln", "Did you mean Europe/Berlin?"),
        ("Istanbul", "Europe/Istanbul or Asia/Istanbul"),
        ("qqqqqqqq", 'I don\'t know the time zone "qqqqqqqq". Zones are written as'),
        ("Factory", "I don't know the time zone"),
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


@given(st.text(max_size=30))
def test_any_text_is_a_zone_or_a_user_error(text: str) -> None:
    try:
        found = zone_named(text)
    except UserError:
        return
    assert ZoneInfo(found).key == found
