"""Every name that comes back from Slack in an interaction, so that one search finds both ends."""

from enum import StrEnum


class Callback(StrEnum):
    """Callback ids of shortcuts and modals; those of shortcuts also stand in manifest.yml."""

    GET_REPORT = "get_training_report"
    """The global shortcut, and the modal it opens."""
    EXPORT_DATA = "export_data"
    """The message shortcut, and the modal it opens."""
    RUN_FLOW = "run_smart_flow"
    """The global shortcut, and the modal that it and the message shortcut open."""
    RUN_WITH_THIS = "run_smart_flow_with_this"
    """The message shortcut."""
    ANSWER_RUN = "answer_run"
    """The modal with the question of a run."""
    NOTICE = "notice"
    """A modal with nothing to submit: loading, closed, or a problem."""


class Action(StrEnum):
    """Action ids of buttons and inputs."""

    OPEN_EXPORT = "open_export"
    CONFIRM_ASSIGN = "confirm_assign"
    CANCEL_ASSIGN = "cancel_assign"
    TRY_AGAIN = "try_again"
    OPEN_RUN = "open_run"
    """Opens the form of a run; its value is a flow's id."""
    CANCEL_RUN = "cancel_run"
    """As all that follow up to the inputs, its value is an execution's id."""
    RUN_DETAILS = "run_details"
    WATCH_RUN = "watch_run"
    KEEP_WAITING = "keep_waiting"
    ANSWER_QUESTION = "answer_question"

    FLOW = "flow"
    FLOW_ID = "flow_id"
    PERIOD = "period"
    FIRST_DAY = "first_day"
    LAST_DAY = "last_day"
    STATUS = "status"
    FORMAT = "format"
    DETAILED = "detailed"
    CONVERSATION = "conversation"
    FLOW_TO_RUN = "flow_to_run"
    RUN_INPUT = "run_input"
    RUN_FILE = "run_file"
    ANSWER = "answer"
    """Every input of a run's question; the block ids tell them apart."""


class BlockId(StrEnum):
    """Block ids of a modal's inputs (where Slack puts errors), and of a message's buttons."""

    FLOW = "flow"
    FLOW_ID = "flow_id"
    PERIOD = "period"
    FIRST_DAY = "first_day"
    LAST_DAY = "last_day"
    STATUS = "status"
    FORMAT = "format"
    DETAILED = "detailed"
    CONVERSATION = "conversation"
    FLOW_TO_RUN = "flow_to_run"
    RUN_INPUT = "run_input"
    RUN_FILE = "run_file"
    REPORT_BUTTONS = "report_buttons"
    ASSIGN_BUTTONS = "assign_buttons"
    TRY_AGAIN = "try_again"
    RUN_BUTTONS = "run_buttons"
    STUCK_BUTTONS = "stuck_buttons"
    QUESTION_BUTTONS = "question_buttons"
