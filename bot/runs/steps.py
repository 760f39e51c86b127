"""What Smart Flows can do as steps of workflows."""

from typing import Final

from bot.asking.core.room_steps import (
    FLAG,
    NUMBER,
    TEXTS,
    WHEN,
    WHOLE,
    RoomStep,
    StepInput,
    StepOutput,
    StepValues,
)
from bot.runs.core.command import StartFlow
from bot.runs.ids import RunAction

END: Final = "run"
"""The word for a run that a step waits for."""
_HOURS: Final = StepInput(
    name="hours",
    title="Wait for at most (hours)",
    description="1 to 24; 24 where it is empty. After that the step fails, and the run goes on.",
    type=WHOLE,
    needed=False,
)
_OUTPUTS: Final = (
    StepOutput(name="run_id", title="Run", description="The id of the run", sure=True),
    StepOutput(
        name="status",
        title="Status",
        description="Success, Warning, Error, Canceled or Interrupted",
        sure=True,
    ),
    StepOutput(name="succeeded", title="Succeeded", type=FLAG, sure=True),
    StepOutput(
        name="documents",
        title="Documents",
        description="Their names; the files are in the thread of the message",
        type=TEXTS,
        sure=True,
    ),
    StepOutput(name="document_count", title="Number of documents", type=NUMBER, sure=True),
    StepOutput(name="started_at", title="Started at", type=WHEN),
    StepOutput(name="ended_at", title="Ended at", type=WHEN),
)


def _start(given: StepValues) -> StartFlow:
    return StartFlow(str(given["flow"]), xml=str(given.get("input") or ""))


def _does(given: StepValues) -> str:
    return f"run {given.get('flow_title') or given['flow']}"


STEPS: Final = (
    RoomStep(
        callback="run_smart_flow",
        title="Run a Smart Flow and wait for its end",
        description="Starts a Smart Flow; its status and documents go to the steps that come after",
        inputs=(
            StepInput(name="flow", title="Smart Flow", picks=RunAction.FLOW_TO_RUN),
            StepInput(
                name="input",
                title="Input (XML)",
                description="For flows that need one.",
                needed=False,
            ),
            _HOURS,
        ),
        outputs=_OUTPUTS,
        wanted=_start,
        does=_does,
        awaits=END,
        about="run_id",
    ),
    RoomStep(
        callback="wait_for_run",
        title="Wait for a run's end",
        description="Waits until a run of a Smart Flow has ended, whoever started it",
        inputs=(
            StepInput(name="run", title="Run", description="Its id, or a beginning of it."),
            _HOURS,
        ),
        outputs=_OUTPUTS,
        awaits=END,
        about="run",
        in_channel=False,
    ),
)
