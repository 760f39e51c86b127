from typing import Any

import pytest

from bot.runs.client.forms import question_of
from bot.runs.core.user_input import FieldChoice, FieldKind, Scalar, UserInput


def question(**members: Any) -> UserInput:
    found = question_of(members)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("rule", "shown", "kind"),
    [
        ({"type": "string"}, {}, FieldKind.TEXT),
        ({"type": ["null", "string"]}, {}, FieldKind.TEXT),
        ({"type": "number"}, {}, FieldKind.NUMBER),
        ({"type": "integer"}, {}, FieldKind.INTEGER),
        ({"type": "boolean"}, {"titleMap": {"true": "Yes"}}, FieldKind.YES_NO),
        ({"type": "string", "format": "date"}, {}, FieldKind.DATE),
        ({"type": "string"}, {"type": "datepicker"}, FieldKind.DATE),
        ({"type": "string", "format": "email"}, {}, FieldKind.TEXT),
        ({"enum": [1, 2]}, {}, FieldKind.CHOICE),
        ({"type": "string", "oneOf": [{"const": "a", "title": "A"}]}, {}, FieldKind.CHOICE),
        ({"type": "string"}, {"titleMap": {"a": "A"}}, FieldKind.CHOICE),
        ({"type": "string", "format": "date-time"}, {}, FieldKind.OTHER),
        ({"type": ["string", "number"]}, {}, FieldKind.OTHER),
        ({"type": "array"}, {}, FieldKind.OTHER),
        ({"type": "object"}, {}, FieldKind.OTHER),
        ({"oneOf": [{"type": "string"}]}, {}, FieldKind.OTHER),
        ({"type": "string", "enum": [{"a": 1}]}, {}, FieldKind.OTHER),
        ({"type": "string", "default": ["a"]}, {}, FieldKind.OTHER),
        ({"type": 7}, {}, FieldKind.OTHER),
        ({}, {}, FieldKind.OTHER),
    ],
)
def test_a_field_is_what_schema_and_layout_say_together(
    rule: dict[str, Any], shown: dict[str, Any], kind: FieldKind
) -> None:
    form = [{"key": "a", **shown}]
    assert question(schema={"properties": {"a": rule}}, form=form).fields[0].kind is kind


@pytest.mark.parametrize(
    ("form", "keys"),
    [
        (None, ["a", "b"]),
        (["*"], ["a", "b"]),
        (["b"], ["b", "a"]),
        ([{"type": "tabs", "tabs": [{"items": [{"key": ["b"]}]}]}], ["b", "a"]),
        ([{"items": [{"key": "b"}, {"items": ["a"]}]}, {"key": "b"}], ["b", "a"]),
        ([{"key": ["x", "y"]}, {"type": "help"}, 7], ["a", "b"]),
    ],
)
def test_the_layout_gives_the_order_and_the_schema_the_rest(form: Any, keys: list[str]) -> None:
    schema = {"properties": {"a": {"type": "string"}, "b": {"type": "string"}}}
    assert [one.key for one in question(schema=schema, form=form).fields] == keys


def test_a_field_known_to_the_layout_alone_brings_its_own_schema() -> None:
    form = [{"key": "a", "title": "A", "required": True, "schema": {"type": "integer"}}]
    found = question(form=form).fields[0]
    assert (found.label, found.kind, found.required) == ("A", FieldKind.INTEGER, True)


def test_choices_have_labels_whatever_they_are() -> None:
    enum: list[Scalar] = ["a", 1, True, None, ""]
    found = question(schema={"properties": {"a": {"enum": enum}}}).fields[0]
    labels = ("a", "1", "Yes", "—", "—")
    assert found.choices == tuple(map(FieldChoice, enum, labels))


def test_an_answer_holds_every_key() -> None:
    schema = {"properties": {"a": {"type": "string"}, "b": {"type": "string", "default": "x"}}}
    asked = question(schema=schema, model={"hidden": {"deep": 1}, "a": "old"})
    assert asked.answer({"a": "new"}) == {"a": "new", "b": "x", "hidden": {"deep": 1}}


def test_a_section_titles_a_form_whose_schema_has_no_title() -> None:
    form = [{"title": "About you", "items": ["a"]}]
    assert question(form=form).title == "About you"


def test_a_form_nested_without_end_is_cut() -> None:
    form: list[Any] = [{"key": "deep"}]
    for _ in range(300):
        form = [{"items": form}]
    assert question_of({"form": form}) is None
