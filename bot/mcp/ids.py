"""Names that come back from Slack in interactions about assistants."""

from enum import StrEnum


class AssistantCallback(StrEnum):
    """Callback ids of modals."""

    MAKE = "assistant_token"


class AssistantAction(StrEnum):
    """Action ids of inputs."""

    NAME = "assistant_token_name"
