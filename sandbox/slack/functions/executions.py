"""What became of each execution of a function. One that nobody ends stays in progress for ever."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sandbox.slack.functions.declared import Function, Parameter
from sandbox.slack.functions.values import fits
from sandbox.slack.refusals import Refusal

KEPT: Final = 500


class Progress(StrEnum):
    """How far an execution is, in the word that people read."""

    RUNNING = "in progress"
    SUCCEEDED = "completed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Execution:
    """One execution: by whom, with what, and what came of it. `error` is all that people read."""

    id: str
    workflow: str
    function: Function
    user: str
    inputs: Mapping[str, Any]
    began_at: datetime
    progress: Progress = Progress.RUNNING
    outputs: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""
    ended_at: datetime | None = None


class Executions:
    """All executions of a workspace, oldest first."""

    def __init__(self) -> None:
        """Begin with none."""
        self._all: OrderedDict[str, Execution] = OrderedDict()

    def __iter__(self) -> Iterator[Execution]:
        return iter(list(self._all.values()))

    def __getitem__(self, execution: str) -> Execution:
        """Return one as it is now. Raises LookupError."""
        return self._all[execution]

    def begin(self, execution: Execution) -> None:
        """Add one that is to be carried out."""
        self._all[execution.id] = execution
        if len(self._all) > KEPT:
            self._all.popitem(last=False)

    def succeed(self, execution: str, outputs: Any, *, at: datetime) -> None:
        """End one with its outputs; refuses what does not fit what was declared."""
        one = self._running(execution)
        if wrong := problems(one.function.outputs, outputs):
            raise Refusal("parameter_validation_failed", errors=wrong)
        self._all[execution] = replace(
            one, progress=Progress.SUCCEEDED, outputs=outputs, ended_at=at
        )

    def fail(self, execution: str, error: str, *, at: datetime) -> None:
        """End one with words for whoever built the workflow."""
        one = self._running(execution)
        self._all[execution] = replace(one, progress=Progress.FAILED, error=error, ended_at=at)

    def _running(self, execution: str) -> Execution:
        one = self._all.get(execution)
        if one is None:
            raise Refusal("function_execution_not_found")
        if one.progress is not Progress.RUNNING:
            raise Refusal("execution_not_in_running_state")
        return one


def problems(declared: Sequence[Parameter], given: Any) -> list[str]:
    """Return what does not fit the declared inputs or outputs, each in words."""
    if not isinstance(given, Mapping):
        return ["these must be named values"]
    known = {each.name: each for each in declared}
    wrong = [f"{name} was not declared" for name in given if name not in known]
    for name, each in known.items():
        if name not in given:
            wrong += [f"{name} is missing"] if each.is_required else []
        elif not fits(given[name], each.type, each.items):
            wrong.append(f"{name} is no {each.type}")
    return wrong
