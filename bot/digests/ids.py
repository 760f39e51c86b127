"""Names that come back from Slack in interactions about digests."""

from enum import StrEnum


class DigestCallback(StrEnum):
    """Callback ids of modals."""

    CHANGE = "change_digest"
    HAND_OVER = "hand_over_digest"


class DigestAction(StrEnum):
    """Action ids of inputs."""

    OFTEN = "digest_often"
    TIME = "digest_time"
    ZONE = "digest_zone"
    SCHEDULE = "schedule"
    NOTE = "note"
    HEIR = "digest_heir"
