"""Names that come back from Slack in interactions about digests."""

from enum import StrEnum


class DigestCallback(StrEnum):
    """Callback ids of shortcuts and modals."""

    SUBSCRIBE = "subscribe_to_this"
    """The message shortcut, and the modal it opens."""


class DigestAction(StrEnum):
    """Action ids of inputs."""

    SCHEDULE = "schedule"
    NOTE = "note"
