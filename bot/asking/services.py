"""What every workspace can ask for, whichever services are on: a file once more."""

from collections.abc import Container
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.clock import Clock
from bot.errors import BotError, UserError
from bot.jobs.access import Right
from bot.jobs.outcome import ANSWER, Outcome, reply
from bot.jobs.request import Intent, Job
from bot.jobs.tasks import Task
from bot.outbox.entries import Entry, EntryKind, OutgoingAnswer
from bot.outbox.made_good import tell_made_good
from bot.outbox.recording import FateListener, SettledListener
from bot.outbox.store import OutboxStore, explanation_key, settle_doubt, settle_lost
from bot.slack.blocks.blocks import says
from bot.slack.messages import Answer, Target
from bot.store.database import Transaction

NOTED = "Good, then it stays as it is."
HERE = "Here is the file you asked for."
AGAIN_BELOW = "The file “{title}” didn't come at first. I sent it again as a message of its own."
SENT_AGAIN = "I am sending it again."
_AGAIN = "again:"
"""Begins the keys of jobs that send a file again."""


@dataclass(frozen=True, slots=True)
class SendFileAgain(Intent):
    """A file that could not be sent; `key` is that of its row in the outbox."""

    job: ClassVar[str] = "send_file_again"
    needs: ClassVar[Right] = Right.ASK
    key: str


@dataclass(frozen=True, slots=True)
class SettleDoubt(Intent):
    """What a person says of a message that may be in Slack or not; `key` is that of its row."""

    job: ClassVar[str] = "settle_doubt"
    needs: ClassVar[Right] = Right.ASK
    key: str
    there: bool


def again_key(key: str) -> str:
    """Return the key of the job that sends a file again; `key` is that of its row in the outbox."""
    return f"{_AGAIN}{key}"


def with_files_sent_again(
    became: FateListener, clock: Clock, own_words: Container[str]
) -> FateListener:
    """Return one that hears of a lost file, too, once it came by being sent again.

    Its message says so, but for files of sources in `own_words`, which do that themselves.
    """
    begins = f"{ANSWER}{_AGAIN}"

    def heard(tx: Transaction, entry: Entry, error: BotError | None) -> None:
        became(tx, entry, error)
        if error is None and entry.kind is EntryKind.FILE and entry.parent_key.startswith(begins):
            now = clock.now()
            lost = settle_lost(tx, entry.parent_key.removeprefix(begins), now=now)
            if lost:  # it may have been one that was sent again itself
                tell_made_good(tx, lost, own_words=own_words, now=now)
                heard(tx, lost, None)

    return heard


class CommonServices:
    """Raises UserError."""

    def __init__(
        self, outbox: OutboxStore, clock: Clock, settled: SettledListener, became: FateListener
    ) -> None:
        """Find what was tried in this outbox.

        `settled` hears of a message that turns out to be in Slack, `became` of what people say of
        any message or file.
        """
        self._outbox = outbox
        self._clock = clock
        self._settled = settled
        self._became = became

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        return (
            Task(SendFileAgain, self.send_again),
            Task(SettleDoubt, self.settle_doubt),
        )

    async def send_again(self, job: Job[SendFileAgain]) -> Outcome:
        """Send a file and its parent message once more."""
        entry = await self._outbox.by_key(job.details.key)
        parent = await self._outbox.by_key(entry.parent_key) if entry else None
        if entry is None or parent is None:
            raise UserError("That file is too old to be sent again. Please ask for it anew.")
        message = parent.message if parent.message.text else says(HERE)  # a private one is blank
        answer = Answer(message, files=(entry.file,))
        told = await self._explained(entry)
        return Outcome((reply(job, answer, question=parent.question), *told))

    async def _explained(self, entry: Entry) -> tuple[OutgoingAnswer, ...]:
        """Return the edit of what explains a lost file, so that nobody presses its button again."""
        explained = await self._outbox.by_key(explanation_key(entry.key))
        if explained is None or not explained.ts:
            return ()
        target = Target(explained.posted_channel, edits=explained.key)
        said = says(AGAIN_BELOW.format(title=entry.file.title))
        return (OutgoingAnswer(explanation_key(f"{explained.key}:again"), target, Answer(said)),)

    async def settle_doubt(self, job: Job[SettleDoubt]) -> Outcome:
        """Believe who looked; what was sent again by somebody else is not sent once more."""
        key, there = job.details.key, job.details.there
        now = self._clock.now()

        def write(tx: Transaction) -> None:
            entry = settle_doubt(tx, key, there=there, now=now)
            if entry and there and not entry.parent_key:
                self._settled(tx, entry, "")
            if entry:
                self._became(tx, entry, None)

        message = says(NOTED if there else SENT_AGAIN)
        return Outcome((reply(job, Answer(message), private=True),), (write,))
