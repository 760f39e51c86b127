"""Deadlines of questions: who is asked too when one passes, and what becomes of the run then."""

from collections.abc import Callable
from typing import Any

from bot.asking.core.quiet import decent_time
from bot.clock import Clock
from bot.errors import UserError
from bot.jobs.outcome import NewJob, Outcome, reply
from bot.jobs.request import Job, Request
from bot.jobs.store import add_job
from bot.jobs.tasks import Task
from bot.outbox.entries import OutgoingAnswer
from bot.runs.core.deadlines import (
    AtTheEnd,
    EndDeadline,
    ListDeadlines,
    QuestionDeadline,
    SetDeadline,
    within_of,
)
from bot.runs.core.watching import RunState
from bot.runs.flows import Flows
from bot.runs.following.run_news import RunTeller
from bot.runs.intents import CancelExecution, GiveMoreTime, PassDeadline
from bot.runs.orders.runs import cancel_key
from bot.runs.rendering import deadlines as words
from bot.runs.store.cards import CardRow, CardStore
from bot.runs.store.deadlines import (
    DeadlineStore,
    begin_deadline,
    deadline_key,
    open_questions,
    put_deadline,
    put_due,
    remove_deadline,
)
from bot.runs.store.executions import ExecutionStore
from bot.runs.store.questions import KeptQuestion, QuestionStore
from bot.slack.directory import Directory
from bot.slack.messages import Answer, Target
from bot.slack.people import Membership, Person
from bot.store.database import Transaction
from bot.troubles.heirs import check_heir, is_gone

NO_LONGER_OPEN = "That question is answered, or its run has ended."


class Deadlines:
    """Raises UserError, DeniedError, NotKnownYetError and VendorError."""

    def __init__(
        self,
        flows: Flows,
        deadlines: DeadlineStore,
        executions: ExecutionStore,
        cards: CardStore,
        questions: QuestionStore,
        teller: RunTeller,
        directory: Directory,
        clock: Clock,
        *,
        holidays: Callable[[], str],
    ) -> None:
        """Tell by `teller`; on the public holidays of a place, such as "GB", nobody is asked."""
        self._flows = flows
        self._deadlines = deadlines
        self._executions = executions
        self._cards = cards
        self._questions = questions
        self._teller = teller
        self._directory = directory
        self._clock = clock
        self._holidays = holidays

    @property
    def tasks(self) -> tuple[Task[Any], ...]:
        """The work that is done here."""
        return (
            Task(SetDeadline, self.set),
            Task(EndDeadline, self.end),
            Task(ListDeadlines, self.show),
            Task(GiveMoreTime, self.give_more_time),
            Task(PassDeadline, self.come),
        )

    async def set(self, job: Job[SetDeadline]) -> Outcome:
        """Set the deadline of a flow, for the questions that are open too."""
        wanted, now = job.details, self._clock.now()
        flow = await self._flows.watched(wanted.flow)
        then = await self._directory.person(wanted.then) if wanted.then else None
        if then:
            await self._check(then)
        rule = QuestionDeadline(
            flow,
            within_of(wanted.seconds),
            wanted.then,
            wanted.at_end,
            job.request.user,
            job.asker.name,
        )

        def write(tx: Transaction) -> None:
            put_deadline(tx, rule, now=now)
            for execution, number in open_questions(tx, flow.id):
                begin_deadline(tx, rule, execution, number, now=now)

        said = words.deadline_set(rule, then.name if then else "")
        return Outcome((reply(job, Answer(said)),), (write,))

    async def end(self, job: Job[EndDeadline]) -> Outcome:
        """Take the deadline of a flow away."""
        flow = await self._flows.watched(job.details.flow)
        if all(each.flow.id != flow.id for each in await self._deadlines.all()):
            raise UserError(words.has_none(flow))
        said = words.deadline_ended(flow)
        return Outcome(
            (reply(job, Answer(said)),), (lambda tx: _ignored(remove_deadline(tx, flow.id)),)
        )

    async def show(self, job: Job[ListDeadlines]) -> Outcome:
        """Show every deadline."""
        rules = await self._deadlines.all()
        people = {each.then for each in rules if each.then}
        names = {each: (await self._directory.person(each)).name for each in sorted(people)}
        return Outcome((reply(job, words.deadline_list(rules, names), private=job.is_private),))

    async def give_more_time(self, job: Job[GiveMoreTime]) -> Outcome:
        """Let a run go on waiting as long again."""
        wanted, now = job.details, self._clock.now()
        found = await self._found(wanted.execution, wanted.number)
        if found is None:
            raise UserError(NO_LONGER_OPEN)
        tracked, card, _, rule = found
        due = now + rule.within
        said = words.more_time(tracked, by=job.asker.name, within=rule.within)
        told = await self._teller.in_thread(f"answer:{job.key}", card, said)

        def write(tx: Transaction) -> None:
            put_due(tx, wanted.execution, wanted.number, due)

        return Outcome((told,), (write,))

    async def come(self, job: Job[PassDeadline]) -> Outcome:
        """Do what a deadline that passed asks for, unless the question is answered by now.

        Nothing is done by night, at the weekend or on a holiday of whoever it concerns.
        """
        wanted, now = job.details, self._clock.now()
        found = await self._found(wanted.execution, wanted.number)
        if found is None:
            return Outcome()
        tracked, card, asked, rule = found
        due = await self._deadlines.due(wanted.execution, wanted.number)
        if due and due > now:  # somebody gave it more time
            return Outcome(again_at=due, begun=False)
        then = await self._directory.person(rule.then or card.user)
        if then.again_at and then.again_at > now:
            return Outcome(again_at=then.again_at, begun=False)
        decent = decent_time(now, then.zone, holidays=self._holidays())
        if decent > now:
            return Outcome(again_at=decent, begun=False)
        if wanted.is_last:
            return await self._end_run(job, tracked, card, rule)
        return await self._ask_too(job, tracked, card, asked, rule, then)

    async def _found(
        self, execution: str, number: int
    ) -> tuple[RunState, CardRow, KeptQuestion, QuestionDeadline] | None:
        """Return a question that is open, with its run, card and deadline."""
        tracked, card = await self._executions.get(execution), await self._cards.get(execution)
        asked = await self._questions.get(execution, number)
        rule = await self._deadlines.of(tracked.flow.id) if tracked else None
        if tracked is None or card is None or asked is None or rule is None:
            return None
        return (tracked, card, asked, rule) if await self._teller.is_open(asked) else None

    async def _ask_too(
        self,
        job: Job[PassDeadline],
        tracked: RunState,
        card: CardRow,
        asked: KeptQuestion,
        rule: QuestionDeadline,
        then: Person,
    ) -> Outcome:
        """Ask the second person, and begin the time after which the run ends."""
        due = self._clock.now() + rule.within
        may = _may_be_asked(then)
        message = words.deadline_passed(
            tracked,
            asked.number,
            asked.question,
            rule,
            then=then.id if may else "",
            missing="" if may else then.name,
        )
        told = await self._teller.in_thread(job.key, card, message)
        if may and rule.then and not await self._reads_along(told, then):
            told = OutgoingAnswer(job.key, Target(channel=then.id, user=then.id), Answer(message))

        def write(tx: Transaction) -> None:
            if rule.at_end is AtTheEnd.CANCEL:
                put_due(tx, tracked.id, asked.number, due)
                last = PassDeadline(tracked.id, asked.number, is_last=True)
                key = deadline_key(tracked.id, asked.number, is_last=True)
                add_job(tx, key=key, wanted=last, now=self._clock.now(), at=due)

        return Outcome((told,), (write,))

    async def _end_run(
        self, job: Job[PassDeadline], tracked: RunState, card: CardRow, rule: QuestionDeadline
    ) -> Outcome:
        """Cancel a run, as whoever set the deadline may; else say that it goes on waiting."""
        if rule.at_end is not AtTheEnd.CANCEL:
            return Outcome()
        setter = await self._directory.person(rule.creator)
        if is_gone(setter):
            said = words.nobody_to_cancel(tracked, rule)
            return Outcome((await self._teller.in_thread(job.key, card, said),))
        said = words.cancels(tracked, rule)
        told = await self._teller.in_thread(job.key, card, said)
        wanted = CancelExecution(tracked.id)
        request = Request(rule.creator, rule.creator_name, card.channel, wanted)
        return Outcome((told,), jobs=(NewJob(cancel_key(tracked.id), request),))

    async def _reads_along(self, told: OutgoingAnswer, then: Person) -> bool:
        """Return whether a person surely sees what is posted there."""
        place = await self._directory.place(told.target.channel)
        if place.user:
            return place.user == then.id
        return place.is_public or bool(await self._directory.has_member(place.channel, then.id))

    async def _check(self, then: Person) -> None:
        """Raise what says why somebody can't be asked."""
        try:
            await check_heir(self._directory, then, "", now=self._clock.now())
        except UserError:
            raise UserError(words.CANNOT_BE_ASKED) from None


def _may_be_asked(person: Person) -> bool:
    return person.is_active and person.membership in {Membership.OURS, Membership.GUEST}


def _ignored(_: object) -> None:
    """Return nothing of what a write returned."""
