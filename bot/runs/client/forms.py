"""A form of Smart Flows, JSON Schema with a layout beside it, into a Question. Pure.

The layout names the order, the labels and the choices, the schema the types; either may be missing.
What cannot be read becomes a field of kind OTHER, never an error: the vendor's own panel can still
ask it.
"""

from collections.abc import Iterator
from typing import Any

from bot.runs.core.user_input import FieldChoice, FieldKind, QuestionField, Scalar, UserInput

DEEPEST = 12
MOST_FIELDS = 200
MOST_CHOICES = 500
LONGEST_TEXT = 100_000
DATES = ("date", "datepicker")
LONG_TEXTS = ("textarea", "multiline")
PLAIN_FORMATS = ("", "email", "uri", "url", "text", "string", "uuid", "phone", *LONG_TEXTS)
TYPES = {
    "string": FieldKind.TEXT,
    "number": FieldKind.NUMBER,
    "integer": FieldKind.INTEGER,
    "boolean": FieldKind.YES_NO,
}


def question_of(source: dict[str, Any]) -> UserInput | None:
    """Return what a progress or a state's output asks, or None where it holds no form."""
    schema, model = _object(source.get("schema")), _object(source.get("model"))
    layout = list(_items(source.get("form"), 0))
    keys = dict.fromkeys([*(key for key, _ in layout), *_object(schema.get("properties"))])
    if not keys:
        return None
    shown = dict(reversed(layout))  # the first mention of a key counts
    fields = (_field(key, schema, shown.get(key, {}), model) for key in list(keys)[:MOST_FIELDS])
    title = _words(schema.get("title")) or _title(source.get("form"))
    return UserInput(title=title, fields=tuple(fields), defaults=model)


def _items(form: Any, depth: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the key and the layout of each field, whatever sections and tabs it stands in."""
    if depth > DEEPEST or not isinstance(form, list):
        return
    for item in form:
        if isinstance(item, str) and item != "*":
            yield item, {}
        if not isinstance(item, dict):
            continue
        key = _key(item.get("key"))
        if key:
            yield key, item
        else:
            yield from _items(item.get("items"), depth + 1)
            yield from _items(item.get("tabs"), depth + 1)


def _key(value: Any) -> str:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return value if isinstance(value, str) else ""


def _title(form: Any) -> str:
    first = form[0] if isinstance(form, list) and form else None
    return _words(first.get("title")) if isinstance(first, dict) and "key" not in first else ""


def _field(
    key: str, schema: dict[str, Any], shown: dict[str, Any], model: dict[str, Any]
) -> QuestionField:
    rule = _object(_object(schema.get("properties")).get(key)) or _object(shown.get("schema"))
    choices = _choices(rule, shown)
    default = model.get(key, rule.get("default", shown.get("default")))
    kind = _kind(rule, shown, choices)
    if not _is_scalar(default):
        kind, default = FieldKind.OTHER, None
    return QuestionField(
        key=key,
        label=_words(shown.get("title")) or _words(rule.get("title")) or key,
        kind=kind,
        required=_is_required(key, schema, shown),
        default=default,
        hint=_words(shown.get("description")) or _words(rule.get("description")),
        choices=(choices or ()) if kind is FieldKind.CHOICE else (),
        least=_number(rule.get("minimum")),
        most=_number(rule.get("maximum")),
        longest=_count(rule.get("maxLength")),
        lines=_words(shown.get("type")).casefold() in LONG_TEXTS
        or _words(rule.get("format")).casefold() in LONG_TEXTS,
    )


def _kind(
    rule: dict[str, Any], shown: dict[str, Any], choices: tuple[FieldChoice, ...] | None
) -> FieldKind:
    kind = _type(rule.get("type"))
    style = _words(shown.get("type")).casefold()
    form = _words(rule.get("format")).casefold()
    if choices is None or kind not in (*TYPES, ""):
        return FieldKind.OTHER
    if choices and kind != "boolean":
        return FieldKind.CHOICE
    if kind in ("string", "") and (style in DATES or form == "date"):
        return FieldKind.DATE
    if kind == "string" and form not in PLAIN_FORMATS:
        return FieldKind.OTHER
    return TYPES.get(kind, FieldKind.OTHER)


def _type(value: Any) -> str:
    """Return the one type besides null; "" for none named, "?" for several."""
    named = value if isinstance(value, list) else [value]
    kinds = [one for one in named if isinstance(one, str) and one != "null"]
    if not kinds:
        return ""
    return kinds[0] if len(kinds) == 1 else "?"


def _choices(rule: dict[str, Any], shown: dict[str, Any]) -> tuple[FieldChoice, ...] | None:
    """Return what can be picked, nothing for a free field, None for what cannot be shown."""
    pairs = _pairs(shown.get("titleMap")) or _pairs(rule.get("oneOf"))
    values = rule.get("enum")
    if not pairs and isinstance(values, list):
        pairs = [(value, value) for value in values]
    elif not pairs and "oneOf" in rule:
        return None
    if len(pairs) > MOST_CHOICES or not all(_is_scalar(value) for value, _ in pairs):
        return None
    return tuple(FieldChoice(value, _words(label) or _shown(value)) for value, label in pairs)


def _pairs(value: Any) -> list[tuple[Any, Any]]:
    """Return value and label of each entry: a map, or a list of value/name, const/title."""
    if isinstance(value, dict):
        return list(value.items())
    entries = value if isinstance(value, list) else []
    return [
        (one.get("value", one.get("const")), one.get("name", one.get("title")))
        for one in entries
        if isinstance(one, dict) and ("value" in one or "const" in one)
    ]


def _is_required(key: str, schema: dict[str, Any], shown: dict[str, Any]) -> bool:
    listed = schema.get("required")
    return (isinstance(listed, list) and key in listed) or shown.get("required") is True


def _shown(value: Scalar) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return "—" if value is None or value == "" else str(value)


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _words(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _number(value: Any) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _count(value: Any) -> int | None:
    number = _number(value)
    return int(number) if number is not None and 0 < number < LONGEST_TEXT else None


def _is_scalar(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float | bool)
