"""Names that come back from Slack in interactions about training."""

from enum import StrEnum


class TrainingCallback(StrEnum):
    """Callback ids of shortcuts and modals."""

    GET_REPORT = "get_training_report"
    """The global shortcut, and the modal it opens."""


class TrainingAction(StrEnum):
    """Action ids of buttons and inputs."""

    CONFIRM_ASSIGN = "confirm_assign"
    CANCEL_ASSIGN = "cancel_assign"

    FLOW = "flow"
    FLOW_ID = "flow_id"
    STATUS = "status"
    DETAILED = "detailed"


class TrainingBlock(StrEnum):
    """Block ids of a message's buttons."""

    ASSIGN_BUTTONS = "assign_buttons"
