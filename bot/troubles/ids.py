"""Names that come back from Slack in interactions about troubles."""

from enum import StrEnum


class TroubleBlock(StrEnum):
    """Block ids of messages."""

    BUTTONS = "trouble_buttons"
