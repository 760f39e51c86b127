"""A welcome where the bot was added: what can be done here, once in a channel."""

from typing import Final

from bot.asking.rendering.offers import offer
from bot.asking.store import SnapshotStore, put_snapshot
from bot.clock import Clock
from bot.feature import Switches
from bot.jobs.access import Right
from bot.jobs.outcome import Outcome, answer_key, reply
from bot.jobs.request import Job
from bot.outbox.entries import OutgoingAnswer
from bot.slack.directory import Directory
from bot.slack.messages import Answer, Message, Target
from bot.slack.people import Reach
from bot.talk.help import HelpDesk
from bot.talk.intents import ShowHelp, Welcome
from bot.talk.rendering.welcome import welcome

_LEADS: Final = 2


class Welcomer:
    """Says hello."""

    def __init__(
        self,
        switches: Switches,
        desk: HelpDesk,
        directory: Directory,
        snapshots: SnapshotStore,
        clock: Clock,
    ) -> None:
        """Remember in `snapshots` where that was done."""
        self._switches = switches
        self._desk = desk
        self._directory = directory
        self._snapshots = snapshots
        self._clock = clock

    async def welcome(self, job: Job[Welcome]) -> Outcome:
        """Say what can be done here; where others read along, to who invited the bot alone.

        Without knowing who that was, it is said only where nobody else reads.
        """
        channel, now = job.request.channel, self._clock.now()
        key = f"{channel}:welcome"
        if await self._snapshots.get(key):
            return Outcome()
        outgoing = await self._outgoing(job, await self._words(job))
        if outgoing is None:
            return Outcome()
        return Outcome((outgoing,), (lambda tx: put_snapshot(tx, key, "said", now=now),))

    async def _words(self, job: Job[Welcome]) -> Message:
        services = [feature.command.help.news for feature, _ in self._switches.on]
        leads = (await self._desk.lead_buttons(job.request.channel, _is_asked))[:_LEADS]
        return welcome(services, (*leads, *offer("What I can do", ShowHelp())))

    async def _outgoing(self, job: Job[Welcome], said: Message) -> OutgoingAnswer | None:
        if job.request.user:
            return reply(job, Answer(said))
        place = await self._directory.place(job.request.channel)
        if place.reach is not Reach.INTERNAL:
            return None
        return OutgoingAnswer(answer_key(job), Target(job.request.channel), Answer(said))


def _is_asked(right: Right) -> bool:
    """Return whether a right is one that members have who read along."""
    return right in {Right.ASK, Right.HELP}
