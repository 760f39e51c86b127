"""Starting flows that ask nobody, one or many: a form, its preview, and each start once.

What each run is started with is kept under a key of its own until it has started.
"""

from dataclasses import dataclass, replace
from typing import Any

from bot.asking.form import Form, FormRequest, Submission
from bot.asking.form_filling import explained, filled, show_view
from bot.asking.store import INPUT, put_snapshot
from bot.clock import Clock
from bot.codec import decode, dumps, loads
from bot.errors import SlackError, UserError
from bot.jobs.access import Right
from bot.jobs.outcome import NewJob, Outcome
from bot.jobs.request import Job
from bot.jobs.tasks import Task
from bot.runs.core.batch_input import batch_input
from bot.runs.flows import Flows
from bot.runs.ids import RunCallback
from bot.runs.intents import (
    EnteredBatch,
    FillBatch,
    PreviewBatch,
    RenewFlows,
    StartBatch,
    StartBatches,
)
from bot.runs.rendering import batches
from bot.slack.blocks.blocks import says
from bot.slack.blocks.modals import Errors, View, loading_modal, opened_in, problem_view
from bot.slack.blocks.problems import sentence
from bot.slack.client import Slack
from bot.store.database import Database, Transaction
from bot.tables.csv_decoding import text_of

TAKEN = "These runs were started already."
LARGEST = 1024 * 1024
"""Bytes of a file: what so few runs are started with has far less."""


@dataclass(frozen=True, slots=True)
class BatchPreview:
    """What a preview is about: the flow, the key of what its runs are given, and how many."""

    flow: str
    key: str
    count: int
    channel: str


def row_key(key: str, row: int) -> str:
    """Return the key under which one run's input is kept."""
    return f"{key}:{row}"


class Batches:
    """Opens and previews. Raises UserError and VendorError."""

    def __init__(self, slack: Slack, database: Database, flows: Flows, clock: Clock) -> None:
        """Keep what is entered in this database."""
        self._slack = slack
        self._database = database
        self._flows = flows
        self._clock = clock

    @property
    def tasks(self) -> tuple[Task[Any], ...]:
        """The work that is done here."""
        return (
            Task(FillBatch, self.fill),
            Task(PreviewBatch, self.preview),
            Task(StartBatches, self.start),
        )

    async def view(self, typed: str) -> View | None:
        """Return the form, with a flow chosen where one is named by its id.

        None where one is named otherwise, which may have to be looked for.
        """
        if not typed:
            return batches.batch_modal()
        found = next((flow for flow in await self._flows.all() if flow.id == typed), None)
        return batches.batch_modal(chosen=found) if found else None

    async def fill(self, job: Job[FillBatch]) -> Outcome:
        """Show the form with the flow that its name means."""
        view = self._with_flow(job.details.typed)
        return await filled(job, self._slack, view, title=batches.TITLE)

    async def _with_flow(self, typed: str) -> View:
        return batches.batch_modal(chosen=await self._flows.resolve(typed))

    async def submit(self, submission: Submission) -> FormRequest | Errors:
        """Return the preview that is wanted, in the form's own window."""
        form = batches.batch_form(submission.values)
        if not isinstance(form, batches.BatchForm):
            return form
        wanted = PreviewBatch(submission.view_id, form.flow, form.text, form.channel, form.file)
        return FormRequest(wanted, form.channel, next_view=loading_modal(batches.TITLE))

    async def preview(self, job: Job[PreviewBatch]) -> Outcome:
        """Show what would start."""
        view = opened_in(await self._previewed(job), job.request.asked_in)
        await show_view(
            self._slack,
            job.details.view_id,
            view,
            explained(batches.TITLE),
        )
        return Outcome()

    async def _previewed(self, job: Job[PreviewBatch]) -> View:
        """Keep what the runs would be started with, and return what would start."""
        wanted, key, now = job.details, f"{INPUT}{job.key}", self._clock.now()
        flow = await self._flows.resolve(wanted.flow, surely=True)
        runs, user = batch_input(await self._text(wanted)), job.request.user

        def write(tx: Transaction) -> None:
            for row, values in enumerate(runs):
                entered = EnteredBatch(user, flow.id, values)
                put_snapshot(tx, row_key(key, row), entered, now=now)

        await self._database.transaction(write)
        about = BatchPreview(flow.id, key, len(runs), wanted.channel)
        return batches.batch_preview(flow.name, runs, metadata=dumps(about))

    async def _text(self, wanted: PreviewBatch) -> str:
        if not wanted.file:
            return wanted.text
        try:
            return text_of(await self._slack.read_file(wanted.file, largest=LARGEST))
        except SlackError as error:
            raise UserError(
                f"I could not read that file. {sentence(error)} Add it again, or type the input."
            ) from error

    async def confirm(self, submission: Submission) -> FormRequest | Errors:
        """Return the starts that were previewed, once however often it is confirmed."""
        about = decode(BatchPreview, loads(submission.metadata))
        wanted = StartBatches(about.flow, about.key, about.count)
        return FormRequest(wanted, about.channel, key=f"batch:{about.key}", taken=self._taken)

    async def start(self, job: Job[StartBatches]) -> Outcome:
        """Start each run by a job of its own; the first says where the cards are, if elsewhere."""
        wanted, told = job.details, replace(job.request, opened_in="")
        starts = [
            (told if row else job.request).turned_into(
                StartBatch(wanted.flow, row_key(wanted.kept, row))
            )
            for row in range(wanted.count)
        ]
        jobs = tuple(NewJob(f"{job.key}:{row}", each) for row, each in enumerate(starts))
        return Outcome(jobs=jobs)

    async def _taken(self) -> View:
        return problem_view(batches.TITLE, says(TAKEN))


BATCH_FORM = Form(
    callback=RunCallback.RUN_BATCH,
    title=batches.TITLE,
    service=Batches,
    view=Batches.view,
    fill=FillBatch,
    submit=Batches.submit,
    needs=Right.RUN,
    renew=RenewFlows(),
)
CONFIRM_FORM = Form(
    callback=RunCallback.CONFIRM_BATCH,
    title=batches.TITLE,
    service=Batches,
    submit=Batches.confirm,
    needs=Right.RUN,
)
