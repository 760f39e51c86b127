"""Names that come back from Slack in interactions about troubles."""

from enum import StrEnum


class TroubleBlock(StrEnum):
    """Block ids of messages."""

    BUTTONS = "trouble_buttons"


class TroubleCallback(StrEnum):
    """Callback ids of modals."""

    OTHER_CHANNEL = "orders_to_other_channel"
    HAND_OVER = "hand_over_orders"


class TroubleAction(StrEnum):
    """Action ids of inputs."""

    CHANNEL = "orders_channel"
    HEIR = "orders_heir"
