"""Asking people once whether they may be found, and hearing what they say about it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, Protocol

from bot.asking.core.quiet import decent_time
from bot.clock import Clock
from bot.consent.intents import AgreeToBeFound, AskConsent, StopBeingFound
from bot.consent.model import ConsentState
from bot.consent.rendering import words
from bot.consent.store import (
    ConsentStore,
    ask_consent,
    consent_of,
    drop_question,
    say_consent,
    told_question,
)
from bot.errors import DeniedError
from bot.jobs.outcome import Outcome, reply
from bot.jobs.request import Job
from bot.jobs.store import add_job
from bot.jobs.tasks import Task
from bot.outbox.entries import OutgoingAnswer
from bot.outbox.store import take_back, tell
from bot.slack.by_email import is_reachable
from bot.slack.directory import Directory
from bot.slack.messages import Answer, Block, Target
from bot.slack.people import Membership, Person
from bot.store.database import Transaction

NO_GUESTS: Final = "Guests cannot be found by their address, so they get no reminders."


class ConsentRoom(Protocol):
    """What waits for people's words, told in the transaction that writes them down."""

    @property
    def is_on(self) -> bool:
        """Whether it has any use for them now."""
        ...

    def waits_for(self, tx: Transaction, user: str, /) -> bool:
        """Return whether it is still worth asking somebody."""
        ...

    def agreed(self, tx: Transaction, user: str, /) -> None:
        """Hear that somebody agreed."""
        ...

    def stopped(self, tx: Transaction, user: str, /) -> None:
        """Hear that somebody does not want it, or not any more."""
        ...


class Consents:
    """Raises DeniedError for guests."""

    def __init__(
        self, store: ConsentStore, directory: Directory, clock: Clock, *, holidays: str, queue: str
    ) -> None:
        """Keep what people say in `store`; questions are put through `queue`.

        On public holidays of the place `holidays` nobody is asked.
        """
        self.store = store
        self._directory = directory
        self._clock = clock
        self._holidays = holidays
        self._queue = queue
        self._rooms: list[ConsentRoom] = []

    def serve(self, room: ConsentRoom) -> None:
        """Tell a room of everybody's words from now on."""
        self._rooms.append(room)

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        return (
            Task(AgreeToBeFound, self.agree),
            Task(StopBeingFound, self.stop),
            Task(AskConsent, self.ask),
        )

    async def at_home(self, job: Job[Any]) -> Sequence[Block]:
        """Return the section of the Home tab; none for guests, or where nothing goes by it."""
        is_on = any(each.is_on for each in self._rooms)
        if not is_on or job.asker.membership is not Membership.OURS:
            return ()
        said = await self.store.of(job.request.user)
        return tuple(words.consent_section(said.state if said else None))

    def want(self, tx: Transaction, wanted: AskConsent, *, at: datetime) -> bool:
        """Have somebody asked at a moment, once for ever; False for who was, or has spoken."""
        now = self._clock.now()
        if not ask_consent(tx, wanted.person, by=wanted.by, now=now):
            return False
        key = f"{_key(wanted.person)}:{now.isoformat()}"
        return add_job(tx, key=key, wanted=wanted, now=now, at=at, queue=self._queue)

    async def ask(self, job: Job[AskConsent]) -> Outcome:
        """Put the question, if it is still worth it, at a time when people may be written to."""
        wanted, now = job.details, self._clock.now()
        person = await self._directory.person(wanted.person)
        by = await self._directory.person(wanted.by)
        untold = person.again_at or by.again_at
        if untold:
            return Outcome(again_at=untold, begun=False)
        at = decent_time(now, person.zone, holidays=self._holidays)
        if at > now and is_reachable(person):
            return Outcome(again_at=at, begun=False)
        asked = OutgoingAnswer(
            _key(person.id),
            Target(person.id, user=person.id),
            Answer(words.question(by.name, wanted.about)),
        )

        def write(tx: Transaction) -> None:
            wants = any(room.waits_for(tx, person.id) for room in self._rooms)
            if not wants or not is_reachable(person):
                drop_question(tx, person.id)
            elif told_question(tx, person.id, now=now):
                tell(tx, asked, now=now, queue=self._queue)

        return Outcome(writes=(write,))

    async def agree(self, job: Job[AgreeToBeFound]) -> Outcome:
        """Hear that somebody agrees."""
        user = _member(job.asker).id

        def write(tx: Transaction) -> None:
            say_consent(tx, user, ConsentState.AGREED, now=self._clock.now())
            for room in self._rooms:
                room.agreed(tx, user)

        said = reply(job, Answer(words.agreed()), private=True)
        return Outcome((said,), (write,))

    async def stop(self, job: Job[StopBeingFound]) -> Outcome:
        """Hear that somebody does not want it; what is on its way to them is taken back."""
        user = _member(job.asker).id

        def write(tx: Transaction) -> None:
            before = consent_of(tx, user)
            asked = before and before.state is ConsentState.ASKED
            state = ConsentState.DECLINED if asked else ConsentState.STOPPED
            say_consent(tx, user, state, now=self._clock.now())
            take_back(tx, _key(user))
            for room in self._rooms:
                room.stopped(tx, user)

        said = reply(job, Answer(words.stopped()), private=True)
        return Outcome((said,), (write,))


def _key(user: str) -> str:
    """Return the outbox key of the question to somebody."""
    return f"consent:{user}"


def _member(person: Person) -> Person:
    if person.membership is Membership.GUEST:
        raise DeniedError(NO_GUESTS)
    return person
