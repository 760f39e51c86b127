"""SaferMe's JSON and paging without a network."""

from typing import Any

import pytest

from bot.fieldreports.client import wire
from bot.fieldreports.client.paging import (
    MOST_PAGES,
    ContentRange,
    content_range,
    next_first,
    pages,
)
from bot.fieldreports.client.session import parse_tokens
from bot.fieldreports.client.wire import listed
from bot.http.answers import Refusal
from bot.http.fields import Fields, ShapeError

OPTION = {"label": "Low", "value": "f_1", "enabled": False}


@pytest.mark.parametrize(
    ("status", "payload", "text"),
    [
        (401, {"errors": ["Wrong"], "failures": {"base": ["Wrong"]}}, "Wrong"),
        (422, {"message": "client error", "param": "channel_id"}, "client error: channel_id"),
        (422, {"failures": {"email": ["is taken"]}}, "email: is taken"),
        (422, {"errors": {"base": "No"}}, "No"),
        (422, {"param": "x"}, "x"),
        (403, {"error_codes": {"base": [{"error": "account_locked"}]}}, "locked:"),
        (403, None, "forbidden:"),
        (500, [1], ""),
    ],
)
def test_a_refusal_becomes_a_short_text(status: int, payload: Any, text: str) -> None:
    assert wire.refusal_text(Refusal("/x", status, payload)) == text


@pytest.mark.parametrize(
    ("data", "labels"),
    [
        (None, []),
        ("", []),
        (" ", []),
        ("{}", []),
        ("null", []),
        ({}, []),
        ({"options": None}, []),
        ({"options": [OPTION]}, ["Low"]),
        ('{"options": [{"label": "Low"}]}', ["Low"]),
        ([], []),
        ("[1]", []),
    ],
)
def test_choices_are_read_in_every_shape(data: Any, labels: list[str]) -> None:
    form = wire.one_form({"id": 1, "fields": [{"id": 2, "field_type": "Radio", "data": data}]})
    assert [option.label for option in form.fields[0].options] == labels


def test_choices_that_are_no_json_are_a_surprise() -> None:
    with pytest.raises(ShapeError, match=r"fields\[0\]\.data"):
        wire.one_form({"id": 1, "fields": [{"id": 2, "data": "{"}]})


@pytest.mark.parametrize(("dow", "weekday"), [(0, 7), (1, 1), (6, 6), (7, 7)])
def test_weekdays_are_counted_from_monday(dow: int, weekday: int) -> None:
    count = wire.weekday_count(Fields({"dow": dow, "report_count": 1}))
    assert count.weekday == weekday


@pytest.mark.parametrize(
    ("parse", "item"),
    [
        (wire.weekday_count, {"dow": 8, "report_count": 1}),
        (wire.hour_count, {"hour": 24, "report_count": 1}),
        (wire.bucket, {"datetime_range_start": None, "report_count": 1}),
    ],
)
def test_what_no_calendar_has_is_a_surprise(parse: Any, item: dict[str, Any]) -> None:
    with pytest.raises(ShapeError):
        parse(Fields(item))


@pytest.mark.parametrize(
    "payload", [[{"id": 1, "name": "A"}], {"teams": [{"id": 1, "name": "A"}], "total": 1}]
)
def test_a_list_may_be_bare_or_inside_an_object(payload: Any) -> None:
    assert [one.name for one in listed(wire.team)(payload)] == ["A"]


def test_reads_may_be_a_list_of_one() -> None:
    assert wire.read_figures([{"total_reads": 3}]).total_reads == 3


def test_nobody_is_no_number() -> None:
    count = wire.user_count(Fields({"user_id": -1, "report_count": 2}))
    assert count.user_id is None


@pytest.mark.parametrize(
    "session",
    [
        {},
        {"access_token": "a"},
        {"access_token": "a", "refresh_token": " "},
        {"access_token": "ä\n", "refresh_token": "r"},
    ],
)
def test_half_a_pair_is_a_surprise(session: dict[str, str]) -> None:
    with pytest.raises(ShapeError, match="session"):
        parse_tokens({"session": session})


@pytest.mark.parametrize(
    ("header", "read"),
    [
        ("reports 0-99/233", ContentRange(0, 99, 233)),
        ("0-1/2", ContentRange(0, 1, 2)),
        ("reports */0", ContentRange(None, None, 0)),
        ("reports */5", ContentRange(None, None, 5)),
        ("reports 10-29/*", ContentRange(10, 29, None)),
        ("", None),
        ("bytes=0-1", None),
    ],
)
def test_a_content_range_is_read_in_all_its_forms(header: str, read: ContentRange | None) -> None:
    assert content_range(header) == read


@pytest.mark.parametrize(
    ("first", "got", "said", "following"),
    [
        (0, 100, ContentRange(0, 99, 233), 100),
        (200, 33, ContentRange(200, 232, 233), None),
        (0, 60, ContentRange(0, 59, 233), 60),
        (0, 0, ContentRange(None, None, 5), None),
        (0, 100, ContentRange(0, 99, None), 100),
        (100, 40, ContentRange(100, 139, None), 140),
        (140, 0, ContentRange(None, None, None), None),
        (100, 100, ContentRange(0, 99, 233), None),
        (0, 100, None, 100),
        (0, 99, None, None),
        (0, 100, ContentRange(None, None, None), 100),
    ],
)
def test_the_next_page_begins_where_this_one_ends(
    first: int, got: int, said: ContentRange | None, following: int | None
) -> None:
    assert next_first(first, got=got, said=said) == following


async def test_a_list_that_never_ends_is_read_so_far_and_no_further() -> None:
    async def fetch(header: dict[str, str]) -> tuple[list[str], str]:
        return [header["Range"]] * 100, ""

    assert len([page async for page in pages(fetch)]) == MOST_PAGES


async def test_a_vendor_that_does_not_heed_the_header_is_asked_twice_and_no_more() -> None:
    asked = []

    async def fetch(header: dict[str, str]) -> tuple[list[int], str]:
        asked.append(header["Range"])
        return [*range(120)], ""

    assert [page async for page in pages(fetch)] == [[*range(120)]]
    assert asked == ["objects=0-99", "objects=120-219"]
