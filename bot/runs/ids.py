"""Names that come back from Slack in interactions about runs."""

from enum import StrEnum
from typing import Final

_AS: Final = "as:"


class RunCallback(StrEnum):
    """Callback ids of shortcuts and modals."""

    RUN_FLOW = "run_smart_flow"
    """The global shortcut, and the modal that it and the message shortcut open."""
    RUN_WITH_THIS = "run_smart_flow_with_this"
    """The message shortcut."""
    ANSWER_RUN = "answer_run"
    """The modal with the question of a run."""
    RUN_BATCH = "run_smart_flow_batch"
    """The modal of runs that ask nobody, and its next page, which starts them."""
    CONFIRM_BATCH = "confirm_smart_flow_batch"
    DEADLINE = "deadline_of_questions"
    """The modal in which the questions of a flow get a deadline."""


class RunAction(StrEnum):
    """Action ids of buttons and inputs."""

    OPEN_RUN = "open_run"
    """Opens the form of a run; its value is a flow's id."""
    CANCEL_RUN = "cancel_run"
    """As all that follow up to the inputs, its value is an execution's id."""
    RUN_DETAILS = "run_details"
    """A button, or a choice among runs."""
    WATCH_RUN = "watch_run"
    KEEP_WAITING = "keep_waiting"
    ANSWER_QUESTION = "answer_question"

    FLOW_TO_RUN = "flow_to_run"
    RUN_INPUT = "run_input"
    RUN_FILE = "run_file"
    BATCH_INPUT = "batch_input"
    BATCH_FILE = "batch_file"
    DEADLINE_TIME = "deadline_time"
    DEADLINE_PERSON = "deadline_person"
    DEADLINE_END = "deadline_end"
    ANSWER = "answer"
    """Every input of a run's question; the block ids tell them apart."""


class RunBlock(StrEnum):
    """Block ids of a message's buttons."""

    RUN_BUTTONS = "run_buttons"
    STUCK_BUTTONS = "stuck_buttons"
    QUESTION_BUTTONS = "question_buttons"


def as_that_run(execution: str) -> str:
    """Return what the form of a run is about that shall go as another went."""
    return f"{_AS}{execution}"


def which_run(about: str) -> str:
    """Return the execution as which a run shall go, or empty text where there is none."""
    return about.removeprefix(_AS) if about.startswith(_AS) else ""
