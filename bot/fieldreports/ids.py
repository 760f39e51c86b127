"""Names that come back from Slack in interactions about field reports."""

from enum import StrEnum


class FieldReportCallback(StrEnum):
    """Callback ids of shortcuts and modals."""

    FIELD_ANALYTICS = "field_analytics"
    """The global shortcut, and the modal it opens."""


class FieldReportAction(StrEnum):
    """Action ids of inputs."""

    REPORT_CHANNEL = "report_channel"
    FIGURE = "figure"
    REPORT_FIELD = "report_field"
