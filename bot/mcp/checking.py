"""Whether a tool's arguments are as its schema says, in words that say what would work. Pure.

Of JSON Schema only what the tools use: types, choices, bounds, lengths, patterns, items, and which
are required. https://json-schema.org/draft/2020-12/json-schema-validation
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from bot.errors import UserError

Schema = Mapping[str, Any]
_TYPES: Final[Mapping[str, tuple[type, ...]]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "array": (list,),
    "object": (dict,),
}
_NAMED: Final = {
    "string": "a text",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "array": "a list",
    "object": "an object",
}
MOST_NAMED: Final = 3
"""So many problems are told at once."""
KNOWN: Final = frozenset(
    {
        *("type", "enum", "const", "minimum", "maximum", "minLength", "maxLength", "pattern"),
        *("items", "minItems", "maxItems", "properties", "required", "additionalProperties"),
        *("maxProperties", "title", "description", "default", "examples", "format"),
    }
)
"""The words of a schema that are looked at, or say nothing about what is allowed."""


def check(arguments: Any, schema: Schema) -> None:
    """Raise UserError with what is wrong with arguments and what would work."""
    problems = list(_problems(arguments, schema, "The arguments"))
    if problems:
        raise UserError(" ".join(problems[:MOST_NAMED]))


def _problems(value: Any, schema: Schema, name: str) -> Iterator[str]:
    kind = str(schema.get("type", ""))
    wrong_kind = kind and (
        not isinstance(value, _TYPES[kind]) or (kind != "boolean" and isinstance(value, bool))
    )
    if wrong_kind:
        yield f"{name} must be {_NAMED[kind]}."
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{name} must be one of: {', '.join(map(str, schema['enum']))}."
    if kind == "string":
        yield from _text_problems(value, schema, name)
    elif kind in {"integer", "number"}:
        yield from _number_problems(value, schema, name)
    elif kind == "array":
        yield from _list_problems(value, schema, name)
    elif kind == "object":
        yield from _object_problems(value, schema, name)


def _text_problems(value: str, schema: Schema, name: str) -> Iterator[str]:
    least, most = schema.get("minLength", 0), schema.get("maxLength")
    if not value.strip() and least:
        yield f"{name} must not be empty."
    elif len(value.strip()) < least:
        yield f"{name} is too short: at least {least} characters."
    if most is not None and len(value) > most:
        yield f"{name} is too long: at most {most} characters."
    if "pattern" in schema and not re.search(schema["pattern"], value):
        examples = schema.get("examples") or ()
        like = f" It looks like {examples[0]}." if examples else ""
        yield f"{name} is not written as it should be.{like}"


def _number_problems(value: float, schema: Schema, name: str) -> Iterator[str]:
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is not None and value < least:
        yield f"{name} must be at least {least}."
    if most is not None and value > most:
        yield f"{name} must be at most {most}."


def _list_problems(value: Sequence[Any], schema: Schema, name: str) -> Iterator[str]:
    least, most = schema.get("minItems", 0), schema.get("maxItems")
    if len(value) < least:
        yield f"{name} must have at least {least}."
    if most is not None and len(value) > most:
        yield f"{name} must have at most {most}."
    for each in value[:most]:
        yield from _problems(each, schema.get("items", {}), f"Each of {name}")


def _object_problems(value: Mapping[str, Any], schema: Schema, name: str) -> Iterator[str]:
    known: Mapping[str, Schema] = schema.get("properties", {})
    if len(value) > schema.get("maxProperties", len(value)):
        yield f"{name} must have at most {schema['maxProperties']} values."
    unknown = [each for each in value if each not in known]
    if unknown and schema.get("additionalProperties") is False:
        takes = f"It takes: {', '.join(known)}." if known else "It takes no arguments."
        yield f"There is no argument {_quoted(unknown[0])}. {takes}"
    for each in schema.get("required", ()):
        if each not in value:
            about = str(known.get(each, {}).get("description", "")).rstrip(".")
            yield f"{each} is missing{f': {about}' if about else ''}."
    for each, inner in known.items():
        if each in value:
            yield from _problems(value[each], inner, each)


def _quoted(name: str) -> str:
    return f'"{name[:40]}"'
