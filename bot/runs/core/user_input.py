"""What a paused execution asks a person: a form, free of any vendor's layout of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Scalar = str | int | float | bool | None


class FieldKind(StrEnum):
    """What a field takes. OTHER is all that Slack cannot ask for."""

    TEXT = "text"
    NUMBER = "number"
    INTEGER = "integer"
    YES_NO = "yes_no"
    CHOICE = "choice"
    DATE = "date"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """One of the answers to pick from; `value` is what the vendor wants back."""

    value: Scalar
    label: str


@dataclass(frozen=True, slots=True)
class QuestionField:
    """One field. `default` is what the vendor fills in; the bounds are None where there is none."""

    key: str
    label: str
    kind: FieldKind
    required: bool = False
    default: Scalar = None
    hint: str = ""
    choices: tuple[FieldChoice, ...] = ()
    least: float | None = None
    most: float | None = None
    longest: int | None = None
    lines: bool = False
    """Whether a text may have several lines."""


@dataclass(frozen=True, slots=True)
class UserInput:
    """A form to fill in. `defaults` holds every value that the vendor sent, shown or not."""

    title: str = ""
    fields: tuple[QuestionField, ...] = ()
    defaults: Mapping[str, Any] = field(default_factory=dict)

    @property
    def askable(self) -> bool:
        """Whether every field can be asked in Slack."""
        return bool(self.fields) and all(one.kind is not FieldKind.OTHER for one in self.fields)

    def answer(self, given: Mapping[str, Scalar]) -> dict[str, Any]:
        """Return the whole answer: a key left out would be emptied by the vendor."""
        blank: dict[str, Any] = {one.key: one.default for one in self.fields}
        return {**blank, **self.defaults, **given}
