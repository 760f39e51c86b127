import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.http.fields import Fields, ShapeError, objects

DATA = json.loads(
    '{"text": "a", "blank": " ", "null": null, "number": 84.4, "whole": 3, "minus": -1,'
    ' "nan": NaN, "huge": 1e999, "flag": true, "object": {"deep": {}}, "list": [{"a": "b"}, 7],'
    ' "at": "2026-11-23T09:00:00+01:00", "naive": "2026-11-23T09:00:00",'
    ' "one": 1, "late": "9999-12-31T23:59:59-23:00"}'
)


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (lambda f: f.text("text"), "a"),
        (lambda f: f.text_or_empty("null"), ""),
        (lambda f: f.text_or_empty("missing"), ""),
        (lambda f: f.text_or_empty("whole"), "3"),
        (lambda f: f.integer("whole"), 3),
        (lambda f: f.integer_or_none("null"), None),
        (lambda f: f.number_or_none("number"), 84.4),
        (lambda f: f.number_or_none("missing"), None),
        (lambda f: f.boolean("flag", default=False), True),
        (lambda f: f.boolean("missing", default=True), True),
        (lambda f: [f.flag_or_none(name) for name in ("flag", "one", "null")], [True, True, None]),
        (lambda f: f.instant_or_none("at"), datetime(2026, 11, 23, 8, tzinfo=UTC)),
        (lambda f: f.instant_or_none("naive"), datetime(2026, 11, 23, 9, tzinfo=UTC)),
        (lambda f: f.instant_or_none("null"), None),
        (lambda f: list(f.children_or_none("missing")), []),
        (lambda f: f.child_or_empty("missing").text_or_empty("x"), ""),
        (lambda f: sorted(f.child("object").rest("x")), ["deep"]),
    ],
)
def test_what_is_there_is_read(read: Callable[[Fields], object], expected: object) -> None:
    assert read(Fields(DATA)) == expected


@pytest.mark.parametrize(
    ("read", "path"),
    [
        (lambda f: f.text("missing"), "missing"),
        (lambda f: f.text("blank"), "blank"),
        (lambda f: f.text("whole"), "whole"),
        (lambda f: f.text_or_empty("object"), "object"),
        (lambda f: f.integer("null"), "null"),
        (lambda f: f.integer("number"), "number"),
        (lambda f: f.integer("minus"), "minus"),
        (lambda f: f.integer("flag"), "flag"),
        (lambda f: f.number_or_none("nan"), "nan"),
        (lambda f: f.number_or_none("huge"), "huge"),
        (lambda f: f.number_or_none("text"), "text"),
        (lambda f: f.boolean("text", default=False), "text"),
        (lambda f: f.flag_or_none("whole"), "whole"),
        (lambda f: f.flag_or_none("text"), "text"),
        (lambda f: list(objects(f.rest()["object"])), "body"),
        (lambda f: list(objects(f.rest()["list"])), "body[1]"),
        (lambda f: f.instant_or_none("text"), "text"),
        (lambda f: f.instant_or_none("whole"), "whole"),
        (lambda f: f.instant_or_none("late"), "late"),
        (lambda f: f.child("text"), "text"),
        (lambda f: f.child("object").child("deep").text("x"), "object.deep.x"),
        (lambda f: list(f.children("object")), "object"),
        (lambda f: list(f.children("list")), "list[1]"),
        (lambda f: next(f.children("list")).integer("a"), "list[0].a"),
        (lambda f: Fields(f.rest()["list"]), "body"),
    ],
)
def test_a_surprise_is_named_by_its_path(read: Callable[[Fields], object], path: str) -> None:
    with pytest.raises(ShapeError) as surprise:
        read(Fields(DATA))
    assert str(surprise.value) == path


def test_a_whole_number_too_large_for_a_float_is_a_surprise() -> None:
    with pytest.raises(ShapeError):
        Fields({"n": 10**400}).number_or_none("n")
