import pytest
from hypothesis import given, settings

from bot.asking.core.finder import Choice
from bot.asking.rendering.pick_lists import choice_options, pick_list
from tests.slack.checks import refusals
from tests.snapshots import as_json, expected
from tests.training.rendering.samples import vendor_text

CHOICES = (
    Choice("w1", "Checkout"),
    Choice("w2", "Checkout 2025", "changed 2026-01-05"),
    Choice("w3", "Spring campaign for checkout"),
    Choice("x" * 151, "An id that Slack would refuse"),
)


def test_each_thing_that_a_name_fits_has_a_button() -> None:
    rendered = pick_list(
        "check", CHOICES[:2], noun="workflow", value=lambda each: f"key-1:{each.id}"
    )
    assert as_json(rendered) == expected("pick_list", rendered)


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("CHECK", ["w1", "w2", "w3"]),
        ("", ["w1", "w2", "w3"]),
        ("campaign", ["w3"]),
        ("w2", ["w2"]),
        ("zzz", []),
    ],
)
def test_things_are_suggested_while_typing(query: str, values: list[str]) -> None:
    assert [each["value"] for each in choice_options(CHOICES, query)] == values


def test_no_more_than_a_hundred_things_are_suggested() -> None:
    assert len(choice_options([Choice(f"{n}", "same") for n in range(150)], "s")) == 100


@settings(deadline=None)
@given(vendor_text, vendor_text)
def test_no_vendor_text_becomes_markup(name: str, detail: str) -> None:
    choices = (Choice("w1", name, detail), Choice("w2", detail, name))
    rendered = pick_list(name, choices, noun="workflow", value=lambda each: each.id)
    assert refusals(rendered) == []
    assert all(1 <= len(each["text"]["text"]) <= 75 for each in choice_options(choices, ""))
