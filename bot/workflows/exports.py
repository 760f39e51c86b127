"""Exports of workflow events: one question, one answer, the same for people and digests."""

import json
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.asking.composing import Composed, Occasion, kept
from bot.asking.core import periods
from bot.asking.core.finder import Choice
from bot.clock import Clock
from bot.digests.store import SubscriptionStore
from bot.errors import UserError
from bot.jobs.outcome import Outcome, reply
from bot.jobs.request import Job
from bot.outbox.store import OutboxStore
from bot.slack.messages import Answer
from bot.workflows.event_streams import fetched_rows
from bot.workflows.finder import Workflows
from bot.workflows.intents import OtherForm
from bot.workflows.lists import VIEWS, WorkflowLists
from bot.workflows.plans import COMPRESSED, Plan, in_parts, offer, plan_of, split
from bot.workflows.question import COUNTS, ExportQuestion
from bot.workflows.rendering import exports as words
from bot.workflows.rendering.exports import ExportAsking
from bot.workflows.rendering.workflows import counts_answer

SHOWN = 50
"""Rows that are shown in Slack unless another limit was asked for."""
TOO_OLD = "That file is too old to be made again. Please ask for it anew."


class WorkflowExports:
    """Composes exports. Raises UserError, PickError and VendorError."""

    def __init__(
        self,
        workflows: Workflows,
        outbox: OutboxStore,
        orders: SubscriptionStore,
        clock: Clock,
    ) -> None:
        self._workflows = workflows
        self.lists = WorkflowLists(workflows, clock)
        self._outbox = outbox
        self._orders = orders
        self._clock = clock

    async def settled(self, question: ExportQuestion) -> ExportQuestion:
        """Return the question with the workflow's whole name."""
        if not question.workflow:
            return question
        choice = await self._workflows.find(question.workflow)
        return replace(question, workflow=choice.name)

    async def compose(self, question: ExportQuestion, occasion: Occasion) -> Composed:
        """Return the answer; the bytes of a file are asked for when it is uploaded."""
        if question.data in VIEWS:
            return await self.lists.compose(question, occasion)
        zone = occasion.zone
        choice = await self._workflows.find(question.workflow)
        today = occasion.asked_at.astimezone(ZoneInfo(zone)).date()
        period = periods.period(question.period, today=today, zone=zone)
        asking = ExportAsking(
            question=replace(question, workflow=choice.name),
            workflow=choice.name,
            period=period,
            now=self._clock.now(),
            zone=zone,
            asked_by=occasion.asked_by,
            parts=len(split(period)),
            subscription=occasion.subscription,
        )
        meant = replace(question, workflow=choice.id, period=f"{period.first}..{period.last}")
        answer = await self._answer(Plan(asking, choice.id), choice, key=occasion.key)
        return Composed(answer, kept(asking.question, meant))

    async def _answer(self, plan: Plan, choice: Choice, *, key: str) -> Answer:
        asking = plan.asking
        if plan.question.data == COUNTS and not plan.question.export:
            counts = await self._workflows.giosg.sidedata(
                choice.id, start=asking.period.start, end=asking.period.end
            )
            return counts_answer(asking, counts)
        if plan.question.export:
            return Answer(words.export_started(asking), files=(offer(plan),))
        # The vendor documents no shape of such rows, but that of its CSV.
        rows = await fetched_rows(self._workflows.giosg, plan, plan.question.limit or SHOWN)
        if rows.rows:
            return Answer(words.export_shown(asking, rows, export_value=key))
        info = await self._workflows.giosg.info(choice.id)
        empty = words.export_empty(
            asking, last_event_at=info.last_event_at, doubtful=not rows.columns
        )
        return Answer(empty)

    async def other_form(self, job: Job[OtherForm]) -> Outcome:
        """Bring a file that was too large in another form."""
        value = json.loads(job.details.value)
        entry = await self._outbox.by_key(value["key"])
        if entry is None:
            raise UserError(TOO_OLD)
        parent = await self._outbox.by_key(entry.parent_key)
        plan = await plan_of(entry.file.source.arguments, self._orders)
        whole = replace(plan, size=value["size"])
        if job.details.form == COMPRESSED:
            packed = offer(replace(whole, form=COMPRESSED))
            answer = Answer(words.export_started(plan.asking), files=(packed,))
        else:
            files = tuple(map(offer, in_parts(whole, count=value["count"])))
            answer = Answer(words.export_in_parts(plan.asking, value["count"]), files=files)
        return Outcome((reply(job, answer, question=parent.question if parent else {}),))
