import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.core.finder import MAX_CHOICES, Choice, Finder, PickError, matching, told_apart
from bot.errors import UserError

CHECKOUT = Choice("w1", "Checkout")
CHECKOUT_OLD = Choice("w2", "Checkout 2025", "changed 2026-01-05")
SPRING = Choice("w3", "Spring campaign for checkout")
ALL = (CHECKOUT, CHECKOUT_OLD, SPRING)


FINDER = Finder(noun="workflow", field="workflow", works="To see all: /flow-export workflows")


def found(typed: str) -> tuple[Choice, ...]:
    try:
        return (FINDER.find(typed, ALL),)
    except PickError as several:
        return several.choices


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
                'I can\'t find a workflow called "chekout". Did you mean "Checkout", '
                '"Checkout 2025" or "Spring campaign for checkout"?'
            ),
        ),
        (
            "Spring campain",
            (
                'I can\'t find a workflow called "Spring campain". Did you mean '
                '"Spring campaign for checkout"?'
            ),
        ),
        ("zzz", 'I can\'t find a workflow called "zzz". To see all: /flow-export workflows'),
        (
            "wie viele haben Checkout 2025 gemacht",
            (
                'I can\'t find a workflow called "wie viele haben Checkout 2025 gemacht". Did you '
                'mean "Checkout 2025" or "Checkout"?'
            ),
        ),
        ("", "Which workflow?"),
        ("//", 'I can\'t find a workflow called "//". To see all: /flow-export workflows'),
    ],
)
def test_what_is_not_known_is_answered_with_the_nearest(typed: str, text: str) -> None:
    with pytest.raises(UserError) as caught:
        FINDER.find(typed, ALL)
    assert str(caught.value) == text


def test_accents_count_however_they_are_written() -> None:
    decomposed = Choice("w9", "Cafe\u0301  opening")
    assert matching("café opening", [decomposed]) == (decomposed,)


@pytest.mark.parametrize(
    ("typed", "names", "expected"),
    [
        ("cafe", ["Café", "Cafeteria"], ["Cafeteria"]),
        ("cafe", ["Café", "Decafé"], ["Café"]),
        ("cafe", ["Café", "Cafe"], ["Cafe"]),
        ("cafe o", ["Café opening", "Cafe order"], ["Cafe order"]),
        ("résumé", ["Resume check"], ["Resume check"]),
        ("Ёлка", ["Елка 2026"], ["Елка 2026"]),
        ("people's day", ["People\u2019s day"], ["People\u2019s day"]),
        ("ladder\u2013safety", ["Ladder Safety"], ["Ladder Safety"]),
        ("q&a", ["Q & A hour", "Qatar"], ["Q & A hour"]),
        ("\uff33pring", ["Spring campaign"], ["Spring campaign"]),
        ("strasse", ["Straße"], ["Straße"]),
        ("सुर", ["सुरक्षा", "कसुर"], ["सुरक्षा"]),
        ("かき", ["がき"], []),
        ("ring", ["Spring campaign"], []),
        ("spring spring", ["Spring campaign"], ["Spring campaign"]),
        ("spring x", ["Spring campaign"], []),
        ("?!", ["???"], []),
    ],
)
def test_accents_and_punctuation_count_only_where_something_fits_with_them(
    typed: str, names: list[str], expected: list[str]
) -> None:
    found = matching(typed, [Choice(f"id {name}", name) for name in names])
    assert [each.name for each in found] == expected


def test_an_id_comes_before_a_name_that_looks_the_same() -> None:
    named, meant = Choice("17", "18"), Choice("18", "19")
    assert matching(" 18 ", [named, meant]) == (meant,)


def test_too_many_to_pick_from_ask_for_more_of_the_name() -> None:
    many = [Choice(f"{n}", f"Step {n}") for n in range(MAX_CHOICES + 1)]
    with pytest.raises(UserError, match='fits 101 workflows, such as "Step 0", "Step 1"'):
        FINDER.find("step", many)


@given(st.text())
def test_any_text_finds_known_things_or_nothing(typed: str) -> None:
    assert set(matching(typed, ALL)) <= set(ALL)


def test_things_that_look_alike_are_shown_with_their_ids() -> None:
    twins = [Choice("1", "Checkout"), Choice("2", "Checkout"), Choice("3", "Checkout", "new")]
    assert [each.detail for each in told_apart(twins)] == ["1", "2", "new"]

    with pytest.raises(PickError, match=r'"Checkout" \(1\), "Checkout" \(2\)'):
        FINDER.find("checkout", twins)
