"""Arguments that do not fit the schema of a tool are told with what would work."""

from typing import Any

import pytest

from bot.assembly.features import FEATURES
from bot.errors import UserError
from bot.mcp.checking import KNOWN, check
from bot.mcp.tools.catalog import catalog

SCHEMA = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": 5},
        "day": {"type": "string", "pattern": r"^\d+$", "examples": ["31"]},
        "run": {"type": "string", "minLength": 4},
        "kind": {"type": "string", "enum": ["csv", "xlsx"]},
        "most": {"type": "integer", "minimum": 1, "maximum": 9},
        "share": {"type": "number"},
        "here": {"type": "boolean"},
        "people": {
            "type": "array",
            "items": {"type": "string", "minLength": 1},
            "minItems": 1,
            "maxItems": 2,
        },
        "values": {"type": "object", "maxProperties": 1},
    },
    "required": ["name"],
    "additionalProperties": False,
}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "name is missing."),
        ({"name": 3}, "name must be a text."),
        ({"name": " "}, "name must not be empty."),
        ({"name": "a", "run": ""}, "run must not be empty."),
        ({"name": "a", "run": "3f2"}, "run is too short: at least 4 characters."),
        ({"name": "much too long"}, "name is too long: at most 5 characters."),
        ({"name": "a", "day": "x"}, "day is not written as it should be. It looks like 31."),
        ({"name": "a", "kind": "pdf"}, "kind must be one of: csv, xlsx."),
        ({"name": "a", "most": 0}, "most must be at least 1."),
        ({"name": "a", "most": 10}, "most must be at most 9."),
        ({"name": "a", "most": True}, "most must be a whole number."),
        ({"name": "a", "most": 1.5}, "most must be a whole number."),
        ({"name": "a", "share": "1"}, "share must be a number."),
        ({"name": "a", "here": "yes"}, "here must be true or false."),
        ({"name": "a", "people": "ada"}, "people must be a list."),
        ({"name": "a", "people": []}, "people must have at least 1."),
        ({"name": "a", "people": ["a", "b", "c"]}, "people must have at most 2."),
        ({"name": "a", "people": [1]}, "Each of people must be a text."),
        ({"name": "a", "values": {"a": 1, "b": 2}}, "values must have at most 1 values."),
        ({"name": "a", "nme": "b"}, 'There is no argument "nme". It takes: name, day,'),
    ],
)
def test_each_fault_is_told(given: Any, said: str) -> None:
    with pytest.raises(UserError) as refused:
        check(given, SCHEMA)

    assert said in str(refused.value)


def test_what_fits_is_taken() -> None:
    whole = {"name": "a", "day": "1", "kind": "csv", "most": 9, "share": 0.5, "here": False}
    check({**whole, "people": ["ada"], "values": {"a": None}}, SCHEMA)


def test_a_few_faults_are_told_at_once() -> None:
    with pytest.raises(UserError) as refused:
        check({"kind": 1, "most": "x", "here": 2, "share": ""}, SCHEMA)

    assert str(refused.value).count(".") == 3


def test_no_tool_says_in_its_schema_what_nobody_checks() -> None:
    def words(schema: Any) -> set[str]:
        inner = [*schema.get("properties", {}).values(), *filter(None, [schema.get("items")])]
        return set(schema).union(*map(words, inner))

    assert set().union(*(words(each.schema) for each in catalog(FEATURES))) <= KNOWN
