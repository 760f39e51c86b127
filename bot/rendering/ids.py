"""Every name that comes back from Slack in an interaction, so that one search finds both ends."""

from enum import StrEnum


class Callback(StrEnum):
    """Callback ids of shortcuts and modals; those of shortcuts also stand in manifest.yml."""

    GET_REPORT = "get_training_report"
    """The global shortcut, and the modal it opens."""
    EXPORT_DATA = "export_data"
    """The message shortcut, and the modal it opens."""
    NOTICE = "notice"
    """A modal with nothing to submit: loading, closed, or a problem."""


class Action(StrEnum):
    """Action ids of buttons and inputs."""

    OPEN_EXPORT = "open_export"
    CONFIRM_ASSIGN = "confirm_assign"
    CANCEL_ASSIGN = "cancel_assign"
    TRY_AGAIN = "try_again"

    FLOW = "flow"
    FLOW_ID = "flow_id"
    PERIOD = "period"
    FIRST_DAY = "first_day"
    LAST_DAY = "last_day"
    STATUS = "status"
    FORMAT = "format"
    DETAILED = "detailed"
    CONVERSATION = "conversation"


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
    REPORT_BUTTONS = "report_buttons"
    ASSIGN_BUTTONS = "assign_buttons"
    TRY_AGAIN = "try_again"
