"""What `/flow doctor` says of the conversation: whether it works, and for whom it is closed."""

from typing import Final

from bot.agent.statuses import Statuses
from bot.doctor.findings import Finding, passed, warned

AGENT: Final = "agent"
LABEL: Final = "the agent view, which is closed to guests"
NO_SESSIONS: Final = (
    "Slack shows no agent view here: the app's manifest has none, or the workspace is on the free "
    "plan. Direct messages are answered all the same."
)
MEND: Final = (
    "Print the manifest with `flowbot manifest --with agent`, put it into the app and install it "
    "again; or take `agent` out of SURFACES."
)


class AgentLook:
    """Looks at it, by what Slack said lately."""

    def __init__(self, statuses: Statuses) -> None:
        """Ask what Slack said."""
        self._statuses = statuses

    async def look(self) -> Finding:
        """Look whether Slack shows sessions."""
        if self._statuses.is_older:
            return warned(AGENT, NO_SESSIONS, MEND)
        return passed(AGENT, "Messages with Flowbot are its agent view, closed to guests.")
