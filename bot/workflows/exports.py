"""Exports of workflow events: one question, one answer, the same for people and digests."""

from dataclasses import replace

from bot.asking.composing import ComposedAnswer, SettledQuestion, kept
from bot.asking.core.finder import Choice, PickError
from bot.asking.occasion import Occasion
from bot.asking.terms import NO_TALLY, Tally, Terms, tally_of
from bot.codec import decode, loads
from bot.digests.store import SubscriptionStore
from bot.errors import UserError
from bot.jobs.outcome import Outcome, reply
from bot.jobs.request import Job
from bot.outbox.store import OutboxStore
from bot.slack.messages import Answer
from bot.workflows.core.measures import EVENTS, count_figures
from bot.workflows.event_streams import csv_rows, fetched_rows
from bot.workflows.finder import Workflows
from bot.workflows.intents import LargeFile, OtherForm
from bot.workflows.lists import VIEWS, WorkflowLists
from bot.workflows.plans import COMPRESSED, Plan, in_parts, occasion_of, offer, plan_of
from bot.workflows.question import COUNTS, STEP, WORKFLOWS, ExportQuestion
from bot.workflows.rendering import exports as words
from bot.workflows.rendering.workflows import counts_answer

SHOWN = 50
"""Rows that are shown in Slack unless another limit was asked for."""
TOO_OLD = "That file is too old to be made again. Please ask for it anew."


LIKELY_STEPS = (1, 2, 3, 4, 5)


class WorkflowExports:
    """Composes exports. Raises UserError, PickError and VendorError."""

    def __init__(
        self,
        workflows: Workflows,
        outbox: OutboxStore,
        orders: SubscriptionStore,
    ) -> None:
        self._workflows = workflows
        self.lists = WorkflowLists(workflows)
        self._outbox = outbox
        self._orders = orders

    async def settled(self, question: ExportQuestion) -> SettledQuestion:
        """Return the question with the workflow's whole name."""
        if question.data == WORKFLOWS:
            return SettledQuestion(question)
        choice = await self._workflows.find(question.workflow, workflow_id=question.workflow_id)
        if question.data == STEP and not question.step:
            raise _which_step(choice.name)
        return SettledQuestion(replace(question, workflow=choice.name, workflow_id=choice.id))

    async def compose(self, question: ExportQuestion, occasion: Occasion) -> ComposedAnswer:
        """Return the answer; the bytes of a file are asked for when it is uploaded."""
        if question.data in VIEWS:
            return await self.lists.compose(question, occasion)
        choice = await self._workflows.find(question.workflow, workflow_id=question.workflow_id)
        named = replace(question, workflow=choice.name, workflow_id=choice.id)
        period = occasion.period(question.period)
        digest = occasion.subscription
        plan = Plan(
            question=named,
            workflow=choice.name,
            workflow_id=choice.id,
            period=period,
            now=occasion.now,
            asked_by=occasion.asked_by,
            subscription=digest.id if digest else 0,
        )
        meant = replace(question, workflow=choice.id, period=f"{period.first}..{period.last}")
        about = kept(named, meant)
        if named.data == COUNTS and not named.export:
            counts = await self._workflows.giosg.sidedata(
                plan.workflow_id, start=period.start, end=period.end
            )
            answer = counts_answer(plan.subject, occasion, counts)
            return ComposedAnswer(answer, about, tally=count_figures(counts))
        answer = await self._answer(plan, occasion)
        found = await self._tally(plan, digest.terms) if digest else NO_TALLY
        return ComposedAnswer(answer, about, tally=found)

    async def _tally(self, plan: Plan, terms: Terms) -> Tally:
        """Return what a digest's terms ask about: how many events there are, and of when the last.

        The file itself is asked for only when it is uploaded.
        """
        giosg = self._workflows.giosg
        counted = bool(terms.only_if) and plan.question.data == STEP
        figures = {EVENTS.name: await csv_rows(giosg, plan)} if counted else {}
        if not terms.only_changed:
            return tally_of(figures)
        return tally_of(figures, (await giosg.info(plan.workflow_id)).last_event_at)

    async def _answer(self, plan: Plan, occasion: Occasion) -> Answer:
        giosg, subject = self._workflows.giosg, plan.subject
        if plan.question.export:
            return Answer(words.export_started(subject, occasion), files=(offer(plan),))
        # The vendor documents no shape of such rows, but that of its CSV.
        rows = await fetched_rows(giosg, plan, plan.question.limit or SHOWN)
        if rows.rows:
            return Answer(words.export_shown(subject, occasion, rows))
        info = await giosg.info(plan.workflow_id)
        empty = words.export_empty(
            subject, occasion, last_event_at=info.last_event_at, doubtful=not rows.columns
        )
        return Answer(empty)

    async def other_form(self, job: Job[OtherForm]) -> Outcome:
        """Bring a file that was too large in another form."""
        large = decode(LargeFile, loads(job.details.value))
        entry = await self._outbox.by_key(large.key)
        if entry is None:
            raise UserError(TOO_OLD)
        parent = await self._outbox.by_key(entry.parent_key)
        plan = plan_of(entry.file.source.arguments)
        about = (plan.subject, await occasion_of(plan, self._orders))
        whole = replace(plan, size=large.size)
        if job.details.form == COMPRESSED:
            packed = offer(replace(whole, form=COMPRESSED))
            answer = Answer(words.export_started(*about), files=(packed,))
        else:
            files = tuple(map(offer, in_parts(whole, count=large.count)))
            answer = Answer(words.export_in_parts(*about, large.count), files=files)
        return Outcome((reply(job, answer, question=parent.question if parent else {}),))


def _which_step(workflow: str) -> PickError:
    """Return the choice of a step where none was named."""
    steps = [Choice(f"{number}", f"Step {number}") for number in LIKELY_STEPS]
    lead = f"Which step of {workflow}?"
    return PickError("", steps, noun="step", field="step", lead=lead)
