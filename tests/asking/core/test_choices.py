import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.core.choices import MAX_CHOICES, Choice, candidates, matching
from bot.errors import UserError

CHECKOUT = Choice("w1", "Checkout")
CHECKOUT_OLD = Choice("w2", "Checkout 2025", "changed 2026-01-05")
SPRING = Choice("w3", "Spring campaign for checkout")
ALL = (CHECKOUT, CHECKOUT_OLD, SPRING)


def found(typed: str) -> tuple[Choice, ...]:
    return candidates(typed, ALL, noun="workflow", lists="/flow-export workflows")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("w3", (SPRING,)),
        ("CHECKOUT", (CHECKOUT,)),
        ("check", (CHECKOUT, CHECKOUT_OLD)),
        ("camp spring", (SPRING,)),
        (" checkout 2 ", (CHECKOUT_OLD,)),
    ],
    ids=["an id", "the whole name", "a beginning of two", "words in any order", "spaces"],
)
def test_a_thing_is_found_by(typed: str, expected: tuple[Choice, ...]) -> None:
    assert found(typed) == expected


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        (
            "chekout",
            (
                'I know no workflow called "chekout". Did you mean "Checkout", "Checkout 2025" or '
                '"Spring campaign for checkout"? To see all: /flow-export workflows'
            ),
        ),
        (
            "Spring campain",
            (
                'I know no workflow called "Spring campain". Did you mean '
                '"Spring campaign for checkout"? To see all: /flow-export workflows'
            ),
        ),
        ("zzz", 'I know no workflow called "zzz". To see all: /flow-export workflows'),
        ("", 'I know no workflow called "". To see all: /flow-export workflows'),
        ("//", 'I know no workflow called "//". To see all: /flow-export workflows'),
    ],
)
def test_what_is_not_known_is_answered_with_the_nearest(typed: str, text: str) -> None:
    with pytest.raises(UserError) as caught:
        found(typed)
    assert str(caught.value) == text


def test_accents_count_however_they_are_written() -> None:
    decomposed = Choice("w9", "Cafe\u0301  opening")
    assert matching("café opening", [decomposed]) == (decomposed,)


def test_too_many_to_pick_from_ask_for_more_of_the_name() -> None:
    many = [Choice(f"{n}", f"Step {n}") for n in range(MAX_CHOICES + 1)]
    with pytest.raises(UserError, match='fits 11 workflows, such as "Step 0", "Step 1"'):
        candidates("step", many, noun="workflow", lists="/flow-export workflows")


@given(st.text())
def test_any_text_finds_known_things_or_nothing(typed: str) -> None:
    assert set(matching(typed, ALL)) <= set(ALL)
