"""Names that come back from Slack in what an agent's conversation shows."""

from enum import StrEnum


class AgentAction(StrEnum):
    """Action ids."""

    RATE = "agent_rate"
    """Says whether an answer was good; the value is the answer's outbox key and a word."""


class AgentBlock(StrEnum):
    """Block ids."""

    RATING = "agent_rating"
