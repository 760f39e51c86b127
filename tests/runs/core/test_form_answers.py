from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.runs.core.form_answers import AnswerValues, answers, fields
from bot.runs.core.user_input import FieldChoice, FieldKind, QuestionField, Scalar, UserInput

COLOURS = (
    FieldChoice(1, "Red"),
    FieldChoice(value=True, label="Blue"),
    FieldChoice(None, "None of them"),
)


def asked(kind: FieldKind, *, default: Scalar = None, **more: Any) -> QuestionField:
    base = QuestionField("k", "Label", kind, default=default)
    return replace(base, **more)


def question(*all_fields: QuestionField, **defaults: Any) -> UserInput:
    return UserInput("Approve", all_fields, defaults)


def initial(one: QuestionField) -> str | None:
    made = fields(question(one))
    return made[0].initial if made else None


def answer(one: QuestionField, given: str) -> Any:
    """Return the value that goes to the vendor, or the message beside the input."""
    found = answers(question(one), {"0:k": given})
    return found.values["k"] if isinstance(found, AnswerValues) else found["0:k"]


TEXT = asked(FieldKind.TEXT)
NUMBER = asked(FieldKind.NUMBER)
INTEGER = asked(FieldKind.INTEGER)
YES_NO = asked(FieldKind.YES_NO)
CHOICE = asked(FieldKind.CHOICE, choices=COLOURS)
DATE = asked(FieldKind.DATE)
OTHER = asked(FieldKind.OTHER)


@pytest.mark.parametrize(
    ("field", "default", "shown"),
    [
        (TEXT, "hello", "hello"),
        (TEXT, None, ""),
        (TEXT, 12, "12"),
        (NUMBER, 1.5, "1.5"),
        (NUMBER, 1e-7, "0"),
        (NUMBER, 2.0, "2"),
        (NUMBER, float("inf"), ""),
        (NUMBER, "many", ""),
        (INTEGER, 10, "10"),
        (INTEGER, True, ""),
        (YES_NO, True, "yes"),
        (YES_NO, False, "no"),
        (YES_NO, "true", ""),
        (YES_NO, None, ""),
        (CHOICE, 1, "0"),
        (CHOICE, True, "1"),
        (CHOICE, None, "2"),
        (CHOICE, "green", ""),
        (DATE, "2026-11-22T00:00:00Z", "2026-11-22"),
        (DATE, "soon", ""),
    ],
)
def test_what_the_vendor_fills_in_stands_in_the_input(
    field: QuestionField, default: Scalar, shown: str
) -> None:
    assert initial(replace(field, default=default)) == shown


@pytest.mark.parametrize(
    "beyond",
    [
        question(),
        question(TEXT, OTHER),
        question(*[TEXT] * 91),
        question(replace(CHOICE, choices=COLOURS * 40)),
        question(replace(CHOICE, choices=())),
        question(replace(TEXT, default="x" * 3_001)),
    ],
    ids=["nothing", "another kind", "many fields", "many choices", "no choice", "a long text"],
)
def test_what_slack_cannot_ask_is_left_to_the_vendors_panel(beyond: UserInput) -> None:
    assert fields(beyond) is None


def test_block_ids_differ_even_when_keys_are_long_and_alike() -> None:
    long = replace(TEXT, key="x" * 300)
    ids = [each.block_id for each in fields(question(long, long)) or ()]
    assert len(set(ids)) == 2
    assert max(map(len, ids)) <= 255


@pytest.mark.parametrize(
    ("field", "given", "value"),
    [
        (TEXT, "hello", "hello"),
        (TEXT, "", None),
        (replace(TEXT, default="old"), "", ""),
        (replace(TEXT, default=" old "), "old", " old "),
        (replace(TEXT, default=12), "12", 12),
        (NUMBER, "12.5", 12.5),
        (replace(NUMBER, default=3), "", None),
        (replace(NUMBER, default=1e-7), "0", 1e-7),
        (INTEGER, "12", 12),
        (INTEGER, "12.0", 12),
        (INTEGER, "-90071992547409931", -90071992547409931),
        (YES_NO, "yes", True),
        (YES_NO, "no", False),
        (CHOICE, "1", True),
        (replace(CHOICE, default=1), "0", 1),
        (replace(CHOICE, default="green"), "", "green"),
        (DATE, "2026-12-24", "2026-12-24"),
        (replace(DATE, default="2026-11-22T00:00:00Z"), "2026-11-22", "2026-11-22T00:00:00Z"),
    ],
)
def test_an_answer_has_the_type_that_the_vendor_wants(
    field: QuestionField, given: str, value: Scalar
) -> None:
    assert answer(field, given) == value
    assert type(answer(field, given)) is type(value)


@pytest.mark.parametrize(
    ("field", "given", "says"),
    [
        (replace(TEXT, required=True), " ", "This is needed."),
        (replace(TEXT, longest=3), "four", "At most 3 characters; this has 4."),
        (NUMBER, "many", "This has to be a number, such as 12.5"),
        (NUMBER, "nan", "This has to be a number, such as 12.5"),
        (replace(NUMBER, least=1), "0.5", "This has to be at least 1."),
        (replace(NUMBER, most=2.5), "3", "This has to be at most 2.5."),
        (INTEGER, "1.5", "This has to be a whole number."),
        (YES_NO, "perhaps", "Choose yes or no."),
        (CHOICE, "3", "Choose one from the list."),
        (CHOICE, "Red", "Choose one from the list."),
        (DATE, "tomorrow", "This has to be a date, such as 2026-11-22"),
    ],
)
def test_a_mistake_is_told_beside_its_input(field: QuestionField, given: str, says: str) -> None:
    assert answer(field, given) == says


def test_what_the_vendor_sent_beside_the_fields_goes_back_with_the_answer() -> None:
    asks = question(TEXT, hidden={"rows": [1]}, k="before")
    assert answers(asks, {"0:k": "after"}) == AnswerValues({"hidden": {"rows": [1]}, "k": "after"})


def test_all_mistakes_are_told_at_once() -> None:
    second = replace(NUMBER, key="n")
    found = answers(question(replace(TEXT, required=True), second), {"1:n": "x"})
    assert isinstance(found, dict)
    assert list(found) == ["0:k", "1:n"]


@given(
    st.sampled_from([TEXT, NUMBER, INTEGER, YES_NO, CHOICE, DATE]),
    st.none() | st.text(max_size=20) | st.integers() | st.floats() | st.booleans(),
    st.text(max_size=20),
)
def test_any_default_and_any_text_give_an_answer_or_a_message(
    field: QuestionField, default: Scalar, given: str
) -> None:
    one = replace(field, default=default)
    assert initial(one) is not None
    answer(one, given)
