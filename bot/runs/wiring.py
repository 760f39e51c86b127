"""The services of Smart Flows, made of the parts that all rooms share."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from bot.asking.cleanup import Forgetful
from bot.asking.moving import PlacedStore
from bot.asking.rendering.help import Example
from bot.asking.store import SnapshotStore
from bot.feature import Parts
from bot.http.connection import Connection
from bot.jobs.tasks import Task
from bot.outbox.files import Opener, Refusal
from bot.runs.client.client import SmartFlows
from bot.runs.core.command import (
    CancelRun,
    ListWatches,
    ShowRun,
    StartFlow,
    UnwatchFlow,
    WatchFlow,
)
from bot.runs.core.watching import RunState
from bot.runs.deeds import with_deeds
from bot.runs.flows import Flows, ProjectFacts
from bot.runs.following.cards import Cards
from bot.runs.following.deadlines import Deadlines
from bot.runs.following.ends import RunEnds
from bot.runs.following.polling import Poller
from bot.runs.following.run_news import RunTeller
from bot.runs.following.watching import FlowWatcher, WatchTeller
from bot.runs.intents import (
    AnswerRun,
    CancelExecution,
    CancelTooLate,
    FetchDocuments,
    FollowRun,
    KeepWaiting,
    LearnFlow,
    RemindOfQuestion,
    RenewFlows,
    SnoozeWatch,
    StartBatch,
    TellCard,
    TellWatch,
    WakeWatch,
)
from bot.runs.model import SMART_FLOWS
from bot.runs.orders.answering import QuestionAnswerer
from bot.runs.orders.documents import DocumentFetcher, Documents
from bot.runs.orders.proposing import RunProposals
from bot.runs.orders.runs import Runs
from bot.runs.orders.starting import FlowStarter
from bot.runs.question import RunsQuestion
from bot.runs.rendering.words import flow_name, news_of
from bot.runs.settings import SmartFlowsSettings
from bot.runs.store.cards import CardStore
from bot.runs.store.deadlines import DeadlineStore
from bot.runs.store.executions import ExecutionStore
from bot.runs.store.flow_cache import FlowCache
from bot.runs.store.observations import Observations
from bot.runs.store.questions import QuestionStore
from bot.runs.store.starts import StartStore
from bot.runs.store.watches import WatchStore
from bot.runs.summaries.answers import TABLES, RunAnswers
from bot.runs.summaries.summaries import RunDigests
from bot.runs.vendor import Project, VendorHealth
from bot.runs.windows.batches import Batches
from bot.runs.windows.filling import FormFiller
from bot.runs.windows.forms import RunForms
from bot.store.timekeeping import TimedStore

LATELY = 3
"""So many runs of a person are shown on the Home tab."""


class RunServices:
    """The services of Smart Flows."""

    def __init__(
        self, parts: Parts, smartflows: Connection[SmartFlows], settings: SmartFlowsSettings
    ) -> None:
        """Make every one of them of `parts`."""
        self._parts = parts
        self._smartflows = smartflows
        clock, database = parts.clock, parts.database
        self.executions = ExecutionStore(database)
        self.card_rows = CardStore(database, queue=parts.outbox.queue)
        self.questions, self.watches = QuestionStore(database), WatchStore(database)
        self.starts, self.deadlines = StartStore(database), DeadlineStore(database)
        self.project = Project(self._smartflows, clock, base_url=settings.base_url or "")
        self.flows = Flows(self._smartflows, FlowCache(database), parts.troubles, clock)
        self.documents = Documents(self._smartflows)
        self.answers = RunAnswers(
            self._smartflows,
            RunDigests(self.project, clock),
            self.project,
            self.flows,
            self.executions,
            clock,
        )
        self._observations = Observations(
            database, clock, ahead=self.project.ahead, recorded=self.wake
        )
        self._health = VendorHealth(
            database,
            self.watches,
            self.card_rows,
            parts.troubles,
            clock,
            owner=parts.general.owner,
            changed=self.wake,
        )
        self.cards = self._make_cards()
        self.poller = self._make_poller()
        self.news = WatchTeller(
            self._smartflows,
            self.watches,
            self.executions,
            self.project,
            parts.troubles,
            parts.directory,
            clock,
        )
        self.forms = RunForms(
            database,
            self.flows,
            self.executions,
            self.questions,
            parts.jobs,
            clock,
        )

        self.ends = RunEnds(
            self._smartflows,
            self._make_runs(),
            self.executions,
            self.documents,
            self._observations,
            clock,
        )
        self.batches = Batches(parts.slack, database, self.flows, clock)

    @property
    def stores(self) -> tuple[Forgetful, ...]:
        """The tables that grow with every run."""
        return self.executions, self.card_rows, self.questions, self.starts

    @property
    def timed(self) -> tuple[TimedStore, ...]:
        """The tables that a clock set back would hold up."""
        return self.executions, self.card_rows, self.watches, self.starts, self.deadlines

    @property
    def placed(self) -> tuple[PlacedStore, ...]:
        """The tables that name channels."""
        return self.card_rows, self.watches

    async def lately(self, user: str) -> Sequence[Example]:
        """Return the last runs that a person started."""
        return _shown(await self.executions.started_by(user, limit=LATELY))

    async def lately_in(self, channel: str) -> Sequence[Example]:
        """Return the last runs that are told of in a channel."""
        return _shown(await self.executions.told_in(channel, limit=LATELY))

    def openers(self, typed: Callable[[RunsQuestion], str]) -> dict[str, Opener]:
        """Return what opens files: documents, and tables of runs by what is `typed` for them."""
        parts = self._parts
        tables = TABLES.opener(self.answers.content, parts.tables, parts.clock, typed)
        return {SMART_FLOWS.name: self.documents.open_file, TABLES.name: tables}

    @property
    def refusals(self) -> dict[str, Refusal]:
        """What says why a file could not be posted."""
        return {SMART_FLOWS.name: self.documents.refusal}

    def wake(self) -> None:
        """Say that there may be something to do."""
        self.cards.worker.wake()
        self._parts.wake()

    async def tick(self) -> int:
        """Look at what runs, if it is time; return how many executions had news."""
        await self.flows.tick()
        return await self.poller.tick()

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        runs, answering, watching = self._make_runs(), self._make_answering(), self._make_watching()
        teller, starting = self._make_teller(), self._make_starting()
        filler, fetcher = self._make_filler(), self._make_fetcher()
        work: tuple[Task[Any], ...] = (
            Task(StartFlow, starting.start),
            Task(StartBatch, starting.start_batch),
            *ProjectFacts(
                self._smartflows, self.flows, self.executions, self.project, self._parts.clock
            ).tasks,
            *self.batches.tasks,
            *RunProposals(
                self._smartflows, self.flows, runs, self.questions, self._parts.clock
            ).tasks,
            Task(RenewFlows, self.flows.renew),
            Task(ShowRun, runs.show),
            Task(CancelRun, runs.ask_cancel),
            Task(CancelExecution, runs.cancel),
            Task(CancelTooLate, runs.cancel_too_late),
            Task(FollowRun, runs.follow),
            Task(KeepWaiting, runs.keep_waiting),
            Task(AnswerRun, answering.answer),
            Task(WatchFlow, watching.watch),
            Task(UnwatchFlow, watching.unwatch),
            Task(SnoozeWatch, watching.snooze),
            Task(WakeWatch, watching.wake),
            Task(ListWatches, watching.show),
            Task(LearnFlow, watching.learn),
            Task(TellWatch, self.news.tell, failed=self.news.failed),
            Task(TellCard, teller.tell),
            Task(RemindOfQuestion, teller.remind),
            Task(FetchDocuments, fetcher.fetch),
            *filler.tasks,
            *self._make_deadlines(teller).tasks,
        )
        return with_deeds(work, self.flows, runs.resolve)

    def _make_cards(self) -> Cards:
        parts = self._parts
        return Cards(
            self._smartflows,
            parts.editor,
            self.card_rows,
            self.executions,
            self._observations,
            self._health,
            self.project,
            parts.directory,
            parts.clock,
        )

    def _make_poller(self) -> Poller:
        return Poller(
            self._smartflows,
            self._observations,
            self.executions,
            self.watches,
            self.card_rows,
            self._health,
            self._parts.clock,
        )

    def _make_starting(self) -> FlowStarter:
        parts = self._parts
        return FlowStarter(
            self._smartflows,
            parts.slack,
            self.flows,
            self.project,
            self.cards,
            self.starts,
            SnapshotStore(parts.database),
            parts.clock,
        )

    def _make_runs(self) -> Runs:
        parts = self._parts
        return Runs(
            self._smartflows,
            self.executions,
            self.card_rows,
            parts.jobs,
            parts.editor,
            self.project,
            parts.clock,
        )

    def _make_answering(self) -> QuestionAnswerer:
        parts = self._parts
        return QuestionAnswerer(
            self._smartflows,
            self.executions,
            self.card_rows,
            parts.editor,
            parts.clock,
        )

    def _make_watching(self) -> FlowWatcher:
        parts = self._parts
        return FlowWatcher(
            self._smartflows,
            self.watches,
            self.executions,
            self._observations,
            self.poller,
            self.flows,
            self.project,
            parts.directory,
            parts.clock,
        )

    def _make_filler(self) -> FormFiller:
        parts = self._parts
        return FormFiller(
            self._smartflows,
            parts.slack,
            parts.database,
            self.forms,
            self.executions,
            self.card_rows,
            parts.clock,
        )

    def _make_deadlines(self, teller: RunTeller) -> Deadlines:
        parts = self._parts
        return Deadlines(
            self.flows,
            self.deadlines,
            self.executions,
            self.card_rows,
            self.questions,
            teller,
            parts.directory,
            parts.clock,
            holidays=lambda: parts.general.holidays,
        )

    def _make_fetcher(self) -> DocumentFetcher:
        return DocumentFetcher(
            self._smartflows,
            self.executions,
            self.documents,
            self.project,
            self._parts.clock,
        )

    def _make_teller(self) -> RunTeller:
        parts = self._parts
        return RunTeller(
            self._smartflows,
            self.executions,
            self.card_rows,
            self.questions,
            parts.outbox,
            self._observations,
            self.documents,
            self.project,
            parts.directory,
            parts.clock,
        )


def _shown(runs: Iterable[RunState]) -> Sequence[Example]:
    return [
        Example(f"/flow-run status {each.id}", news_of(each), flow_name(each.flow)) for each in runs
    ]
