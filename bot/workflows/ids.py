"""Names that come back from Slack in interactions about workflows."""

from enum import StrEnum


class WorkflowCallback(StrEnum):
    """Callback ids of shortcuts and modals."""

    EXPORT_STEP = "export_workflow_step"
    """The global shortcut, and the modal it opens."""


class WorkflowAction(StrEnum):
    """Action ids of buttons and inputs."""

    """Opens the form of a workflow's export; its value is the workflow's id."""
    FILE_COMPRESSED = "file_compressed"
    FILE_IN_PARTS = "file_in_parts"

    WORKFLOW = "workflow"
    WORKFLOW_DATA = "workflow_data"
    STEP = "step"
    LIMIT = "limit"
    GOAL = "goal"
    EVENT_ACTIONS = "event_actions"
    LABELS = "labels"
    PATH = "path"
