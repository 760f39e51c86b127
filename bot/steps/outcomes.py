"""What comes of what a step wanted, as far as that goes: a message, values, or words for why not.

Each piece of news is written down with the transaction that it is of: the end of a job, or that of
a message. So nothing is lost between two of them, and what comes twice counts once.
"""

from dataclasses import replace
from typing import Final

from bot.asking.question import Question, QuestionKinds
from bot.clock import Clock
from bot.errors import BotError
from bot.jobs.outcome import CameTo, Outcome
from bot.jobs.request import Intent, Job, Request
from bot.jobs.store import add_job
from bot.outbox.entries import Entry, EntryKind, OutgoingAnswer, State
from bot.outbox.store import entry_within, files_within
from bot.redaction import without_addresses
from bot.slack.blocks import problems
from bot.slack.messages import Target
from bot.steps import catalog, words
from bot.steps.catalog import StepCatalog
from bot.steps.execution import StepExecution, StepMessage, StepProgress
from bot.steps.intents import BeginStep, LookAtStep, TellStep, tell_key
from bot.steps.questions import as_file, picked_kind, question_of
from bot.steps.store import end_step, get_step, let_wait, step_awaiting
from bot.steps.telling import plain_words
from bot.store.database import Transaction

FILE: Final = ":file"
"""Ends the key of the job that asks for the file beside a report."""
SECOND: Final = "agreement:"
"""Begins the key of what a step waits for where somebody else has to agree."""


class StepOutcomes:
    """Hears of the jobs of steps, and of their messages."""

    def __init__(
        self, known: StepCatalog, kinds: QuestionKinds, clock: Clock, *, queue: str
    ) -> None:
        """Put what follows into `queue`."""
        self._steps = known.steps
        self._kinds = kinds
        self._clock = clock
        self._queue = queue

    def ended(self, job: Job[Intent], outcome: Outcome) -> Outcome:
        """Return what a job brought forth as it is told where a step wanted it."""
        step = job.request.step
        if not step or (outcome.came_to is CameTo.ASKED):
            return self._asked_second(step, outcome) if step else outcome
        if outcome.again_at:  # it is tried again, and nobody waits in Slack itself
            return replace(outcome, answers=())
        if outcome.error or outcome.came_to in _NOT_DONE:
            return self._failed(step, outcome)
        if isinstance(job.details, BeginStep):
            return outcome
        told = tuple(_in_the_open(each) for each in outcome.answers[:1])
        first = next(iter(told), None)
        came = lambda tx: self._came(tx, step, outcome, first)  # noqa: E731
        return replace(outcome, answers=told, writes=(*outcome.writes, came))

    def _asked_second(self, step: str, outcome: Outcome) -> Outcome:
        """Let a step wait until somebody else has agreed, or it is told that nobody did."""
        asks = outcome.answers[0].key

        def write(tx: Transaction) -> None:
            let_wait(tx, step, awaits=f"{asks}:told", so_far=StepProgress())

        return replace(outcome, writes=(*outcome.writes, write))

    def _failed(self, step: str, outcome: Outcome) -> Outcome:
        """Let a step fail in the words that the person would have read."""
        said = next((each.answer.message.text for each in outcome.answers), "")
        why = plain_words(said or outcome.error)
        fails = lambda tx: self.fail(tx, step, why)  # noqa: E731
        return replace(outcome, answers=(), writes=(*outcome.writes, fails))

    def fail(self, tx: Transaction, execution: str, why: str) -> None:
        """Let a step end with words for why."""
        one = get_step(tx, execution)
        self._end(tx, execution, one.so_far if one else StepProgress(), error=why)

    def end(self, tx: Transaction, execution: str, so_far: StepProgress) -> None:
        """Let a step end well."""
        self._end(tx, execution, so_far, error="")

    def _end(self, tx: Transaction, execution: str, so_far: StepProgress, *, error: str) -> None:
        now = self._clock.now()
        if end_step(tx, execution, so_far=so_far, error=error, now=now):
            key, tells = tell_key(execution), TellStep(execution)
            add_job(tx, key=key, wanted=tells, now=now, queue=self._queue)

    def _came(
        self, tx: Transaction, execution: str, outcome: Outcome, told: OutgoingAnswer | None
    ) -> None:
        """Note what a job of a step brought forth; where there is a message, it is waited for."""
        one = get_step(tx, execution)
        if one is None:
            return
        so_far = one.so_far.with_values(outcome.values)
        if told is None:
            self._go_on(tx, one, so_far)
            return
        said = told.answer
        files = tuple(each.filename for each in said.files)
        if told.key.endswith(FILE):
            so_far = replace(so_far, file=StepMessage(files=files))
        else:
            message = StepMessage(files=files)
            summary = without_addresses(said.message.text)  # whoever sees the workflow reads it
            so_far = replace(so_far, summary=summary, message=message)
        let_wait(tx, execution, awaits=told.key, so_far=so_far)

    def settled(self, tx: Transaction, entry: Entry, error: str) -> None:
        """Hear what became of a message; one with files is there once they are."""
        one = step_awaiting(tx, entry.key)
        if one is None:
            return
        if entry.key.startswith(SECOND):  # what is told there is that it came to nothing
            self.fail(tx, one.id, plain_words(entry.message.text))
        elif error:
            self._lost(tx, one, error)
        else:
            self._look(tx, one)

    def became(self, tx: Transaction, entry: Entry, error: BotError | None) -> None:
        """Hear what became of a file."""
        if entry.kind is not EntryKind.FILE:
            return
        one = step_awaiting(tx, entry.parent_key)
        if one is None:
            return
        now = entry_within(tx, entry.key)
        if error and now and now.state in {State.FAILED, State.SKIPPED}:
            self._lost(tx, one, str(error))
        else:  # in doubt it may be there: somebody says so, or the deadline does
            self._look(tx, one)

    def _look(self, tx: Transaction, one: StepExecution) -> None:
        """Go on where the message that a step waits for is there with all its files."""
        posted, files = entry_within(tx, one.awaits), files_within(tx, one.awaits)
        if posted is None or any(each.state is not State.SENT for each in (posted, *files)):
            return
        is_file, so_far = one.awaits.endswith(FILE), one.so_far
        there = so_far.file if is_file else so_far.message
        there = replace(there, channel=posted.posted_channel, ts=posted.ts)
        came = replace(so_far, file=there) if is_file else replace(so_far, message=there)
        self._go_on(tx, one, came)

    def _go_on(self, tx: Transaction, one: StepExecution, so_far: StepProgress) -> None:
        """Want what a step wants next; end it where that is nothing."""
        now, step = self._clock.now(), self._steps.get(one.step)
        if step is None:
            self._end(tx, one.id, so_far, error=words.UNKNOWN_STEP)
        elif step.callback == catalog.REPORT and self._wants_file(one, so_far):
            let_wait(tx, one.id, awaits="", so_far=so_far)
            wanted = self._file_of(one, so_far)
            add_job(tx, key=_key(one.id), wanted=wanted, now=now, queue=self._queue)
        elif step.room and step.room.awaits:
            about = str({**one.inputs, **so_far.values}.get(step.room.about) or "")
            so_far = replace(so_far, about=about)
            let_wait(tx, one.id, awaits=f"{step.room.awaits}:{one.id}", so_far=so_far)
            look = LookAtStep(one.id)
            add_job(tx, key=f"step:{one.id}:look", wanted=look, now=now, queue=self._queue)
        else:
            self._end(tx, one.id, so_far, error="")

    def _wants_file(self, one: StepExecution, so_far: StepProgress) -> bool:
        return bool(one.inputs.get("format")) and not so_far.file.ts

    def _file_of(self, one: StepExecution, so_far: StepProgress) -> Request[Question]:
        """Return the request for the data behind a report, in the thread of its message."""
        asked = question_of(self._kinds, one.inputs)
        kind, _ = picked_kind(self._kinds, asked.job)
        return Request(
            user=one.user,
            user_name="",
            channel=one.channel,
            details=as_file(kind, asked, str(one.inputs["format"])),
            privately=not one.channel,
            chosen=bool(one.channel),
            thread_ts=so_far.message.ts,
            step=one.id,
        )

    def _lost(self, tx: Transaction, one: StepExecution, error: str) -> None:
        self.fail(tx, one.id, plain_words(problems.kept_sentence(error)))


_NOT_DONE: Final = frozenset(
    {CameTo.NOTHING, CameTo.FAILED, CameTo.DENIED, CameTo.IN_DOUBT, CameTo.REFUSED, CameTo.EXPIRED}
)


def _in_the_open(outgoing: OutgoingAnswer) -> OutgoingAnswer:
    """Return an answer with a place of its own: what one person alone sees goes to them directly.

    Slack gives no link to what is shown in a channel to one person.
    """
    target = outgoing.target
    if not target.private:
        return outgoing
    return replace(outgoing, target=Target(channel=target.user, user=target.user))


def _key(execution: str) -> str:
    return f"step:{execution}{FILE}"
