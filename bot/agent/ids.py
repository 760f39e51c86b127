"""Names that come back from Slack in what an agent's conversation shows."""

from enum import StrEnum


class AgentAction(StrEnum):
    """Action ids."""

    RATE = "agent_rate"
    """Says whether an answer was good; the value is the answer's outbox key and a word."""
    CHANGE = "agent_change"
    """Opens a line to be changed."""
    LINE = "agent_line"
    """The line in that window."""


class AgentCallback(StrEnum):
    """Callback ids of windows."""

    CHANGE = "agent_change_line"


class AgentBlock(StrEnum):
    """Block ids."""

    RATING = "agent_rating"
