"""Names that come back from Slack in interactions about digests."""

from enum import StrEnum


class DigestAction(StrEnum):
    """Action ids of inputs."""

    SCHEDULE = "schedule"
    NOTE = "note"
