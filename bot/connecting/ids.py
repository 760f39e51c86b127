"""Names that come back from Slack in interactions about connections."""

from enum import StrEnum


class ConnectingCallback(StrEnum):
    """Callback ids of modals."""

    CONNECT = "connect_service"


class ConnectingAction(StrEnum):
    """The action id of an input, followed by a colon and the field that it is of."""

    FIELD = "connect_field"
