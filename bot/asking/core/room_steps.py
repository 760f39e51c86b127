"""A step of a workflow as a vendor's room declares it, and what comes of one. Pure.

Workflow Builder shows titles and descriptions to whoever builds a workflow; what is chosen there
becomes the same intent as what people type.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.jobs.request import Intent

TEXT: Final = "string"
NUMBER: Final = "number"
WHOLE: Final = "integer"
FLAG: Final = "boolean"
TEXTS: Final = "array"
"""A list of texts."""
WHEN: Final = "slack#/types/timestamp"
"""A moment in whole seconds since 1970."""
PERSON: Final = "slack#/types/user_id"
CHANNEL: Final = "slack#/types/channel_id"

StepValues = Mapping[str, Any]
"""Values by the names of inputs or outputs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepInput:
    """What whoever builds a workflow fills in. The name stays the same for ever.

    `picks` is the action id of the room's list from which it is picked, if from one.
    """

    name: str
    title: str
    description: str = ""
    type: str = TEXT
    needed: bool = True
    picks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepOutput:
    """What the steps that come after can use. One that is `sure` is always there."""

    name: str
    title: str
    description: str = ""
    type: str = TEXT
    sure: bool = False


@dataclass(frozen=True, slots=True)
class StepEnd:
    """What came of something that a step waited for: its outputs, or in words why there are none.

    A value that is None is not known.
    """

    values: StepValues = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomStep:
    """One step of a room.

    `callback` is its name at Slack, in snake_case and the same for ever. `wanted` returns what is
    wanted by the inputs, and raises UserError with words that say what would work; of what is
    picked from a list they have the label too, under the input's name and "_title". A step without
    it only waits. What it waits for is of the kind `awaits`, a word of the room's `ends`, and has
    its id in the value or the input `about`. Without `in_channel` what it tells is for the person
    alone. `does` says by the same inputs what it wants, to follow "wants to", such as "run Invoice
    run".
    """

    callback: str
    title: str
    description: str
    inputs: tuple[StepInput, ...]
    outputs: tuple[StepOutput, ...]
    wanted: Callable[[StepValues], Intent] | None = None
    does: Callable[[StepValues], str] | None = None
    awaits: str = ""
    about: str = ""
    in_channel: bool = True
