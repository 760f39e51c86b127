"""The question of a paused execution as inputs that Slack has, and what people put into them.

Everything the vendor sent travels back with the answer: a value left out would be emptied, and one
that nobody touched goes back exactly as it came.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from bot.errors import UserError
from bot.runs.core.user_input import FieldKind, QuestionField, Scalar, UserInput
from bot.slack.blocks.budget import LIMITS

MOST_FIELDS = 90
"""A modal has at most 100 blocks, and some are ours."""
YES = "yes"
NO = "no"
Errors = dict[str, str]
"""Messages for people by block id."""


@dataclass(frozen=True, slots=True)
class Field:
    """One input: where its value comes back, what it asks, and what stands in it at first.

    `initial` is as Slack gives values back: text, a numeral, "yes" or "no", the number of a choice,
    or a date such as "2026-11-22"; empty for nothing.
    """

    block_id: str
    asked: QuestionField
    initial: str = ""


@dataclass(frozen=True, slots=True)
class AnswerValues:
    """A valid answer: every key of the question with its value."""

    values: dict[str, Any]


def fields(question: UserInput) -> tuple[Field, ...] | None:
    """Return the inputs, or None where the vendor's own panel has to ask.

    That is for what Slack has no input for, and for what is larger than its inputs.
    """
    if not question.askable or len(question.fields) > MOST_FIELDS:
        return None
    made = tuple(
        Field(_block_id(number, asked), asked, _initial(asked))
        for number, asked in enumerate(question.fields)
    )
    return made if all(map(_fits, made)) else None


def answers(question: UserInput, given: Mapping[str, str]) -> AnswerValues | Errors:
    """Return the whole answer, or messages for the inputs that need another look.

    `given` is what stands in the inputs, by block id; one that is not there is empty.
    """
    values: dict[str, Scalar] = {}
    errors: Errors = {}
    for field in fields(question) or ():
        typed = given.get(field.block_id, "").strip()
        try:
            values[field.asked.key] = _value(field, typed)
        except UserError as mistake:
            errors[field.block_id] = str(mistake)
    return errors or AnswerValues(question.answer(values))


def _block_id(number: int, asked: QuestionField) -> str:
    """Return an id that fits no other question by chance: a form may change while one is open."""
    return f"{number}:{asked.key}"[: LIMITS.identifier]


def _initial(asked: QuestionField) -> str:
    default = asked.default
    if asked.kind is FieldKind.CHOICE:
        places = (at for at, choice in enumerate(asked.choices) if _same(choice.value, default))
        return str(next(places, ""))
    if default is None:
        return ""
    if asked.kind is FieldKind.YES_NO:
        return {True: YES, False: NO}[default] if isinstance(default, bool) else ""
    if asked.kind is FieldKind.DATE:
        return _day(str(default)[:10])
    if asked.kind in (FieldKind.NUMBER, FieldKind.INTEGER):
        return _numeral(default)
    return str(default)


def _same(first: Scalar, second: Scalar) -> bool:
    """Return whether two values are the same to the vendor: 1 is not true."""
    return type(first) is type(second) and first == second


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _numeral(default: Scalar) -> str:
    """Return a number as Slack's number input takes it, without an exponent."""
    if isinstance(default, bool) or not isinstance(default, int | float) or not isfinite(default):
        return ""
    return str(default) if isinstance(default, int) else f"{default:f}".rstrip("0").rstrip(".")


def _fits(field: Field) -> bool:
    if field.asked.kind is FieldKind.CHOICE:
        return 0 < len(field.asked.choices) <= LIMITS.options
    return len(field.initial) <= LIMITS.plain_text_input


def _value(field: Field, typed: str) -> Scalar:
    """Return the value for the vendor; raises UserError."""
    if typed == field.initial.strip() and (typed or not field.asked.required):
        return field.asked.default
    if not typed:
        return _nothing(field.asked)
    return _READERS[field.asked.kind](field.asked, typed)


def _nothing(asked: QuestionField) -> Scalar:
    if asked.required:
        raise UserError("This is needed.")
    return "" if asked.kind is FieldKind.TEXT else None


def _text(asked: QuestionField, typed: str) -> str:
    if asked.longest is not None and len(typed) > asked.longest:
        raise UserError(f"At most {asked.longest:,} characters; this has {len(typed):,}.")
    return typed


def _number(asked: QuestionField, typed: str) -> float:
    try:
        value = float(typed)
    except ValueError:
        value = float("nan")
    if not isfinite(value):
        raise UserError("This has to be a number, such as 12.5")
    return _within(asked, value)


def _integer(asked: QuestionField, typed: str) -> int:
    value = _number(asked, typed)
    if not value.is_integer():
        raise UserError("This has to be a whole number.")
    return int(typed) if typed.lstrip("+-").isdecimal() else int(value)


def _within(asked: QuestionField, value: float) -> float:
    if asked.least is not None and value < asked.least:
        raise UserError(f"This has to be at least {asked.least:g}.")
    if asked.most is not None and value > asked.most:
        raise UserError(f"This has to be at most {asked.most:g}.")
    return value


def _yes_no(_asked: QuestionField, typed: str) -> bool:
    if typed not in (YES, NO):
        raise UserError("Choose yes or no.")
    return typed == YES


def _choice(asked: QuestionField, typed: str) -> Scalar:
    if not typed.isdecimal() or int(typed) >= len(asked.choices):
        raise UserError("Choose one from the list.")
    return asked.choices[int(typed)].value


def _date(_asked: QuestionField, typed: str) -> str:
    if not _day(typed):
        raise UserError("This has to be a date, such as 2026-11-22")
    return typed


_READERS: Mapping[FieldKind, Callable[[QuestionField, str], Scalar]] = {
    FieldKind.TEXT: _text,
    FieldKind.NUMBER: _number,
    FieldKind.INTEGER: _integer,
    FieldKind.YES_NO: _yes_no,
    FieldKind.CHOICE: _choice,
    FieldKind.DATE: _date,
}
