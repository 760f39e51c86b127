"""What can be wanted of steps: the arguments of jobs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.jobs.access import Right
from bot.jobs.request import Intent


@dataclass(frozen=True, slots=True)
class BeginStep(Intent):
    """A step that a workflow came to, in the name of whoever wants it.

    `started_by` is who started the workflow, as Slack itself said; empty where nobody did, as on a
    schedule. Its own right is checked with what it becomes.
    """

    job: ClassVar[str] = "begin_step"
    needs: ClassVar[Right] = Right.ASK
    untold: ClassVar[bool] = True
    execution: str
    step: str
    inputs: Mapping[str, Any]
    started_by: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmStep(Intent):
    """What somebody pressed whom a step names: whether it is done in their name."""

    job: ClassVar[str] = "confirm_step"
    needs: ClassVar[Right] = Right.ASK
    execution: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class ReadFigure(Intent):
    """A figure of an answer that is told to nobody: the question's kind, and the question's row."""

    job: ClassVar[str] = "read_figure"
    needs: ClassVar[Right] = Right.ASK
    untold: ClassVar[bool] = True
    kind: str
    question: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LookAtStep(Intent):
    """A step that waits for something of a room's to end."""

    job: ClassVar[str] = "look_at_step"
    execution: str


@dataclass(frozen=True, slots=True)
class EndStep(Intent):
    """A step whose time is over."""

    job: ClassVar[str] = "end_step"
    execution: str


@dataclass(frozen=True, slots=True)
class TellStep(Intent):
    """A step of which it is known what came of it: Slack is to be told."""

    job: ClassVar[str] = "tell_step"
    execution: str


def begin_key(execution: str) -> str:
    """Return the key under which a step is accepted, however often Slack sends it."""
    return f"step:{execution}"


def tell_key(execution: str) -> str:
    """Return the key under which Slack is told of a step's end."""
    return f"step:{execution}:tell"


def asked_key(execution: str) -> str:
    """Return the key of the job that does what a step wants."""
    return f"step:{execution}:asked"


def confirm_key(execution: str) -> str:
    """Return the outbox key of the card that asks whoever a step names."""
    return f"step:{execution}:confirm"
