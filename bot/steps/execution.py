"""What is known of one step of a workflow that is carried out. Plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from bot.asking.core.room_steps import StepValues


class StepState(StrEnum):
    """How far a step is. Until it is told Slack waits for it."""

    WORKING = "working"
    """A job is on its way."""
    WAITING = "waiting"
    """For a message to be there, a run to end, or a person to agree."""
    ENDING = "ending"
    """It is known what came of it; Slack is to be told."""
    TOLD = "told"


OPEN: Final = (StepState.WORKING, StepState.WAITING)


@dataclass(frozen=True, slots=True)
class StepMessage:
    """A message of a step in Slack, and the names of its files."""

    channel: str = ""
    ts: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StepProgress:
    """What came of a step so far: figures and other values, a sentence, and its messages.

    `about` is the id of what it waits for beside a message, such as a run.
    """

    values: StepValues = field(default_factory=dict)
    summary: str = ""
    about: str = ""
    message: StepMessage = StepMessage()
    file: StepMessage = StepMessage()

    def with_values(self, values: StepValues) -> "StepProgress":
        """Return the same with more values."""
        return replace(self, values={**self.values, **values})


@dataclass(frozen=True, slots=True)
class StepExecution:
    """One step that is carried out, by Slack's id of it.

    `step` is its callback id, `user` in whose name it is, `channel` where it tells, empty for that
    person alone. What it `awaits` is the key of a message in the outbox, or the kind of what else
    and its id. `error` are the words of one that failed.
    """

    id: str
    step: str
    user: str
    channel: str
    inputs: Mapping[str, Any]
    deadline: datetime
    state: StepState = StepState.WORKING
    awaits: str = ""
    so_far: StepProgress = StepProgress()
    error: str = ""
