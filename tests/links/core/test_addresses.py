"""Addresses are read strictly, and an id is only what stands whole in its place."""

import pytest

from bot.errors import UserError
from bot.links.core.addresses import (
    checked_pattern,
    id_at,
    is_within,
    patterns_of,
    read_address,
    texts_of,
)

HOSTILE = (
    "http://learn.example.com/flows/f_1",
    "javascript://learn.example.com/%0aalert(1)",
    "https://learn.example.com@evil.example/flows/f_1",
    "https://user:secret@learn.example.com/flows/f_1",
    "https://learn.example.com:8443/flows/f_1",
    "https://learn.example.com:bad/flows/f_1",
    "https://xn--lern-0qa.example.com/flows/f_1",
    "https://learn.example.xn--p1ai/flows/f_1",
    "https://l\N{CYRILLIC SMALL LETTER IE}arn.example.com/flows/f_1",
    "https://127.0.0.1/flows/f_1",
    "https://[::1]/flows/f_1",
    "https://localhost/flows/f_1",
    "https://learn.example.com\\@evil.example/flows/f_1",
    "https://learn.example.com/flows/f_1 x",
    "https://learn.example.com/flows/f_1\N{RIGHT-TO-LEFT OVERRIDE}",
    "https://learn.example.com./flows/f_1",
    "https://[learn.example.com/flows/f_1",
    f"https://learn.example.com/flows/{'f' * 2_000}",
    "",
)


@pytest.mark.parametrize("url", HOSTILE)
def test_what_may_lead_elsewhere_than_it_looks_is_no_address(url: str) -> None:
    assert read_address(url) is None


@pytest.mark.parametrize(
    ("url", "pattern", "expected"),
    [
        ("https://a.example.com/flows/f_1", "/flows/{id}", "f_1"),
        ("https://A.Example.com:443/flows/f_1/", "/flows/{id}", "f_1"),
        ("https://a.example.com/flows/f_1?utm=x#top", "/flows/{id}", "f_1"),
        ("https://a.example.com/o/9/flows/f_1", "/o/*/flows/{id}", "f_1"),
        ("https://a.example.com/v?x=2&amp;id=f_1", "/v?id={id}", "f_1"),
        ("https://a.example.com/v?id=f_1&id=f_2", "/v?id={id}", ""),
        ("https://a.example.com/v?other=f_1", "/v?id={id}", ""),
        ("https://a.example.com/#/flows/f_1?tab=2", "/#/flows/{id}", "f_1"),
        ("https://a.example.com/#/flows", "/#/flows/{id}", ""),
        ("https://a.example.com/flows", "/flows/{id}", ""),
        ("https://a.example.com/flows/f_1/edit", "/flows/{id}", ""),
        ("https://a.example.com/Flows/f_1", "/flows/{id}", ""),
        ("https://a.example.com/flows/../f_1", "/flows/{id}", ""),
        ("https://a.example.com/flows//f_1", "/flows/{id}", ""),
    ],
)
def test_the_id_is_what_stands_in_its_place(url: str, pattern: str, expected: str) -> None:
    address = read_address(url)
    assert address is not None
    assert id_at(address, pattern) == expected


@pytest.mark.parametrize(
    "pattern",
    ["", "flows/{id}", "/flows", "/{id}/{id}", "/flow-{id}", "/a b/{id}", f"/{'x' * 200}/{{id}}"],
)
def test_a_pattern_that_would_be_a_guess_is_refused(pattern: str) -> None:
    with pytest.raises(UserError, match=r"\{id\}"):
        checked_pattern(pattern)


def test_the_pattern_is_found_from_an_example() -> None:
    address = read_address("https://a.example.com/flows/f_1/x?y=f_2#/z/f_3")
    assert address is not None
    assert texts_of(address) == ("flows", "f_1", "x", "f_2", "z", "f_3")
    assert patterns_of(address, ["f_1", "f_2"]) == ("/flows/{id}/x",)
    assert patterns_of(address, ["f_2"]) == ("/flows/f_1/x?y={id}",)
    assert patterns_of(address, ["f_1", "f_3"]) == ("/flows/{id}/x", "/flows/f_1/x#/z/{id}")


def test_slack_tells_of_a_domain_and_what_is_below_it() -> None:
    assert is_within("a.example.com", ["example.com"])
    assert not is_within("example.com", ["a.example.com"])
    assert not is_within("badexample.com", ["example.com"])
