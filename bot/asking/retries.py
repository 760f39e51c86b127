"""Sending a file again, where it could not go the first time."""

from bot.errors import UserError
from bot.jobs.outcome import Outcome, reply, request_of
from bot.jobs.store import Job
from bot.outbox.store import OutboxStore
from bot.slack.messages import Answer


class Retries:
    """Raises UserError."""

    def __init__(self, outbox: OutboxStore) -> None:
        """Find what was tried in this outbox."""
        self._outbox = outbox

    async def again(self, job: Job) -> Outcome:
        """Send a file and its parent message once more. Details: key of the file's row."""
        entry = await self._outbox.by_key(request_of(job).details["key"])
        parent = await self._outbox.by_key(entry.parent_key) if entry else None
        if entry is None or parent is None:
            raise UserError("That file is too old to be sent again. Please ask for it anew.")
        answer = Answer(parent.message, files=(entry.file,))
        return Outcome((reply(job, answer, question=parent.question),))
