"""The small language the Block Kit tables are written in.

A rule looks at one value and adds a problem for everything that is wrong, with the place as Slack
names it: `must be less than 3001 characters [json-pointer:/blocks/0/text/text]`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Rule = Callable[[Any, str, list[str]], None]
"""Takes a value, its JSON pointer and the list of problems to add to."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an object: how to check it and whether it must be there."""

    rule: Rule
    is_required: bool = False


def required(rule: Rule) -> Field:
    """Return a field that must be there."""
    return Field(rule, is_required=True)


def optional(rule: Rule) -> Field:
    """Return a field that may be left out."""
    return Field(rule)


def problem(text: str, pointer: str) -> str:
    """Return a problem worded as Slack words it."""
    return f"{text} [json-pointer:{pointer}]"


def anything(_value: Any, _pointer: str, _problems: list[str]) -> None:
    """Accept every value: for parts of Slack's JSON that the sandbox does not know."""


def boolean(value: Any, pointer: str, problems: list[str]) -> None:
    """Accept true and false."""
    if not isinstance(value, bool):
        problems.append(problem("must be a boolean", pointer))


def string(*, most: int, least: int = 1) -> Rule:
    """Return a rule for text of `least` to `most` characters."""

    def check(value: Any, pointer: str, problems: list[str]) -> None:
        if not isinstance(value, str):
            problems.append(problem("must provide a string", pointer))
        elif len(value) < least:
            problems.append(problem(f"must be more than {least - 1} characters", pointer))
        elif len(value) > most:
            problems.append(problem(f"must be less than {most + 1} characters", pointer))

    return check


def pattern(expression: str, meaning: str) -> Rule:
    """Return a rule for text that matches a whole regular expression, called `meaning`."""
    compiled = re.compile(expression)

    def check(value: Any, pointer: str, problems: list[str]) -> None:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            problems.append(problem(f"must be {meaning}", pointer))

    return check


def integer(*, least: int, most: int) -> Rule:
    """Return a rule for a whole number between two others."""

    def check(value: Any, pointer: str, problems: list[str]) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            problems.append(problem("must be an integer", pointer))
        elif not least <= value <= most:
            problems.append(problem(f"must be between {least} and {most}", pointer))

    return check


def number(value: Any, pointer: str, problems: list[str]) -> None:
    """Accept a finite JSON number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:  # noqa: PLR0124 - NaN is the one value unlike itself
        problems.append(problem("must be a number", pointer))


def choice(*values: str) -> Rule:
    """Return a rule for one of a few words."""

    def check(value: Any, pointer: str, problems: list[str]) -> None:
        if value not in values:
            problems.append(problem("must be a valid enum value", pointer))

    return check


def url(*, most: int, schemes: tuple[str, ...] = ("http://", "https://")) -> Rule:
    """Return a rule for an address of at most `most` characters."""

    def check(value: Any, pointer: str, problems: list[str]) -> None:
        string(most=most)(value, pointer, problems)
        if isinstance(value, str) and not value.lower().startswith(schemes):
            problems.append(problem("invalid url", pointer))

    return check


def items(rule: Rule, *, least: int = 1, most: int) -> Rule:
    """Return a rule for a list whose members follow one rule."""

    def check(value: Any, pointer: str, problems: list[str]) -> None:
        if not isinstance(value, list):
            problems.append(problem("must provide an array", pointer))
            return
        if len(value) > most:
            problems.append(problem(f"no more than {most} items allowed", pointer))
        if len(value) < least:
            problems.append(problem(f"no fewer than {least} items allowed", pointer))
        for index, member in enumerate(value):
            rule(member, f"{pointer}/{index}", problems)

    return check


def shape(fields: Mapping[str, Field], *also: Rule) -> Rule:
    """Return a rule for an object with exactly these fields.

    `also` are rules across fields; they look only at objects whose fields are sound.
    """

    def check(value: Any, pointer: str, problems: list[str]) -> None:
        if not isinstance(value, dict):
            problems.append(problem("must provide an object", pointer))
            return
        before = len(problems)
        for name, field in fields.items():
            if name in value:
                field.rule(value[name], f"{pointer}/{name}", problems)
            elif field.is_required:
                problems.append(problem(f"missing required field: {name}", pointer))
        problems.extend(
            problem(f"invalid additional property: {name}", pointer)
            for name in value
            if name not in fields
        )
        for rule in also if len(problems) == before else ():
            rule(value, pointer, problems)

    return check


def variant(table: Mapping[str, Rule]) -> Rule:
    """Return a rule that picks another by the object's `type`."""

    def check(value: Any, pointer: str, problems: list[str]) -> None:
        if not isinstance(value, dict):
            problems.append(problem("must provide an object", pointer))
            return
        kind = value.get("type")
        rule = table.get(kind) if isinstance(kind, str) else None
        if kind is None:
            problems.append(problem("missing required field: type", pointer))
        elif rule is None:
            problems.append(problem(f"unsupported type: {kind}", f"{pointer}/type"))
        else:
            rule(value, pointer, problems)

    return check


def one_of(*names: str) -> Rule:
    """Return a rule for an object that has exactly one of these fields."""

    def check(value: Any, pointer: str, problems: list[str]) -> None:
        if sum(name in value for name in names) != 1:
            listed = ", ".join(f"`{name}`" for name in names)
            problems.append(problem(f"must define exactly one of {listed}", pointer))

    return check


def any_of(*names: str) -> Rule:
    """Return a rule for an object that has at least one of these fields."""

    def check(value: Any, pointer: str, problems: list[str]) -> None:
        if not any(name in value for name in names):
            listed = " or ".join(f"`{name}`" for name in names)
            problems.append(problem(f"must define either {listed}", pointer))

    return check
