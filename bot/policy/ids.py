"""Names that come back from Slack in interactions about who may do what."""

from enum import StrEnum


class PolicyCallback(StrEnum):
    """Callback ids of modals."""

    SET = "set_policy"


class PolicyAction(StrEnum):
    """Action ids of inputs."""

    RIGHT = "policy_right"
    EFFECT = "policy_effect"
    EVERYONE = "policy_everyone"
    PEOPLE = "policy_people"
    GROUPS = "policy_groups"
    CHANNELS = "policy_channels"
    THING = "policy_thing"
    ASKS_IN = "policy_asks_in"
