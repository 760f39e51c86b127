"""Names that come back from Slack in interactions about what somebody follows."""

from enum import StrEnum


class FollowCallback(StrEnum):
    """Callback ids of modals."""

    FOLLOW = "follow_this"
    """About one thing that is followed, or is to be."""
    MORNINGS = "follow_mornings"
    """Says when somebody is told."""


class FollowAction(StrEnum):
    """Action ids of inputs."""

    FIGURE = "follow_figure"
    HOW = "follow_how"
    AT = "follow_at"
    DAYS = "follow_days"
    QUIET = "follow_quiet"
