"""Values that an assistant gives for a run's question, as a form has them in its inputs. Pure.

What it does not name stays as it stands there, and what it says is judged by the form's own rules.
"""

from collections.abc import Mapping
from typing import Any

from bot.asking.core.arguments import quoted
from bot.errors import UserError
from bot.runs.core.form_answers import NO, YES, Field, fields
from bot.runs.core.user_input import FieldKind, UserInput


def given_of(question: UserInput, values: Mapping[str, Any]) -> dict[str, str]:
    """Return what stands in the inputs, by block id. Raises UserError for a name of no field."""
    known = {each.asked.key: each for each in fields(question) or ()}
    unknown = next((name for name in values if name not in known), None)
    if unknown is not None:
        raise UserError(f"The question has no {quoted(unknown)}. It asks for: {', '.join(known)}.")
    return {
        each.block_id: _typed(each, values[key]) if key in values else each.initial
        for key, each in known.items()
    }


def _typed(one: Field, value: Any) -> str:
    """Return a value as it would be typed or chosen."""
    if isinstance(value, bool):
        shown = YES if value else NO
    else:
        shown = "" if value is None else str(value).strip()
    if one.asked.kind is FieldKind.YES_NO:
        return shown.casefold()
    return _chosen(one, value, shown) if one.asked.kind is FieldKind.CHOICE else shown


def _chosen(one: Field, value: Any, shown: str) -> str:
    """Return the number of a choice, given by its label or by its value; no number for neither."""
    for at, choice in enumerate(one.asked.choices):
        same = type(choice.value) is type(value) and choice.value == value
        if same or shown in {choice.label, str(choice.value)}:
            return str(at)
    return "" if not shown else f"? {shown}"
