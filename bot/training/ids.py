"""Names that come back from Slack in interactions about training."""

from enum import StrEnum


class TrainingCallback(StrEnum):
    """Callback ids of shortcuts and modals."""

    GET_REPORT = "get_training_report"
    """The global shortcut, and the modal it opens."""
    ASSIGN = "assign_training"
    CONFIRM_ASSIGN = "confirm_training"
    """The preview that takes the place of the form."""
    REMIND = "remind_training"


class TrainingAction(StrEnum):
    """Action ids of buttons and inputs."""

    CONFIRM_ASSIGN = "confirm_assign"
    CANCEL_ASSIGN = "cancel_assign"

    FLOW = "flow"
    FLOW_ID = "flow_id"
    FLOW_TO_ASSIGN = "flow_to_assign"
    STATUS = "status"
    DETAILED = "detailed"
    PERSON = "assign_person"
    EMAIL = "assign_email"
    DUE = "assign_due"
    PRIORITY = "assign_priority"
    NOTES = "assign_notes"
    FLOW_TO_REMIND = "flow_to_remind"
    REMIND_NOTE = "remind_note"


class TrainingBlock(StrEnum):
    """Block ids of a message's buttons."""

    ASSIGN_BUTTONS = "assign_buttons"
    REMIND_BUTTONS = "remind_buttons"
