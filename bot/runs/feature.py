"""Everything that has to do with Smart Flows, put together; who composes the bot takes it whole."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.asking.model import RunsQuestion
from bot.asking.people import People
from bot.asking.tidying import RunRows
from bot.clock import Clock
from bot.http.connection import Connection
from bot.jobs.store import JobStore
from bot.jobs.tasks import Task
from bot.outbox.editor import Editor
from bot.outbox.files import Opener, Refusal
from bot.outbox.store import OutboxStore
from bot.runs.answering import QuestionAnswerer
from bot.runs.answers import TABLES, RunAnswers
from bot.runs.cards import Cards
from bot.runs.client.client import SmartFlows
from bot.runs.core.command import (
    CancelRun,
    ListWatches,
    ShowRun,
    StartFlow,
    UnwatchFlow,
    WatchFlow,
)
from bot.runs.documents import Documents
from bot.runs.flows import Flows
from bot.runs.forms import RunForms
from bot.runs.intents import (
    AnswerRun,
    CancelExecution,
    CancelTooLate,
    FollowRun,
    KeepWaiting,
    LearnFlow,
    RemindOfQuestion,
    RenewFlows,
    TellCard,
    TellWatch,
)
from bot.runs.model import SMART_FLOWS
from bot.runs.observations import Observations
from bot.runs.polling import Poller
from bot.runs.project import Project
from bot.runs.runs import Runs
from bot.runs.starting import FlowStarter
from bot.runs.store.cards import CardStore
from bot.runs.store.executions import ExecutionStore
from bot.runs.store.flow_cache import FlowCache
from bot.runs.store.questions import QuestionStore
from bot.runs.store.starts import StartStore
from bot.runs.store.watches import WatchStore
from bot.runs.summaries import RunDigests
from bot.runs.telling_runs import RunTeller
from bot.runs.vendor_health import VendorHealth
from bot.runs.watching import FlowWatcher
from bot.slack.client import Slack
from bot.store.database import Database
from bot.tables.table_files import TableFiles


@dataclass(frozen=True, slots=True)
class Resources:
    """What the parts are made of. `smartflows` may be off."""

    smartflows: Connection[SmartFlows]
    database: Database
    slack: Slack
    people: People
    jobs: JobStore
    outbox: OutboxStore
    editor: Editor
    tables: TableFiles
    clock: Clock
    base_url: str
    owner: str


class SmartFlowsParts:
    """The services of Smart Flows. `woken` is called when there may be jobs or messages."""

    def __init__(self, has: Resources, *, woken: Callable[[], None]) -> None:
        """Make every part of these resources."""
        clock, database = has.clock, has.database
        self.executions = ExecutionStore(database)
        self.card_rows = CardStore(database, queue=has.outbox.queue)
        self.questions, self.watches = QuestionStore(database), WatchStore(database)
        self.starts = StartStore(database)
        self.project = Project(has.smartflows, clock, base_url=has.base_url)
        self.flows = Flows(has.smartflows, FlowCache(database), clock)
        self.documents = Documents(has.smartflows)
        self.answers = RunAnswers(
            has.smartflows,
            RunDigests(self.project, clock),
            self.project,
            self.flows,
            self.executions,
            has.people,
            clock,
        )
        self._has = has
        self._woken = woken
        self._observations = Observations(database, clock, recorded=self.wake)
        self._health = VendorHealth(
            database, self.watches, self.card_rows, clock, owner=has.owner, changed=self.wake
        )
        self.cards = self._make_cards()
        self.poller = self._make_poller()
        self.watching = self._make_watching()
        self.forms = RunForms(
            has.slack,
            database,
            self.flows,
            self.executions,
            self.questions,
            has.jobs,
            clock,
        )

    @property
    def stores(self) -> tuple[RunRows, ...]:
        """The tables that grow with every run."""
        return self.executions, self.card_rows, self.questions, self.starts

    @property
    def openers(self) -> dict[str, Opener]:
        """What opens files: documents, and tables of runs."""
        has = self._has
        tables = TABLES.opener(self.answers.content, has.tables, has.clock)
        return {SMART_FLOWS.name: self.documents.open_file, TABLES.name: tables}

    @property
    def refusals(self) -> dict[str, Refusal]:
        """What says why a file could not be posted."""
        return {SMART_FLOWS.name: self.documents.refusal}

    def wake(self) -> None:
        """Say that there may be something to do."""
        self.cards.worker.wake()
        self._woken()

    async def tick(self) -> int:
        """Look at what runs, if it is time; return how many executions had news."""
        await self.flows.tick()
        return await self.poller.tick()

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        runs, answering, watching = self._make_runs(), self._make_answering(), self.watching
        telling, starting = self._make_telling(), self._make_starting()
        return (
            Task(StartFlow, starting.start),
            Task(RenewFlows, self.flows.renew),
            Task(ShowRun, runs.show),
            Task(RunsQuestion, self.answers.answer),
            Task(CancelRun, runs.ask_cancel),
            Task(CancelExecution, runs.cancel),
            Task(CancelTooLate, runs.cancel_too_late),
            Task(FollowRun, runs.follow),
            Task(KeepWaiting, runs.keep_waiting),
            Task(AnswerRun, answering.answer),
            Task(WatchFlow, watching.watch),
            Task(UnwatchFlow, watching.unwatch),
            Task(ListWatches, watching.show),
            Task(LearnFlow, watching.learn),
            Task(TellWatch, watching.tell),
            Task(TellCard, telling.tell),
            Task(RemindOfQuestion, telling.remind),
        )

    def _make_cards(self) -> Cards:
        has = self._has
        return Cards(
            has.smartflows,
            has.editor,
            self.card_rows,
            self.executions,
            self._observations,
            self._health,
            self.project,
            has.clock,
        )

    def _make_poller(self) -> Poller:
        return Poller(
            self._has.smartflows,
            self._observations,
            self.executions,
            self.watches,
            self.card_rows,
            self._health,
            self._has.clock,
        )

    def _make_starting(self) -> FlowStarter:
        has = self._has
        return FlowStarter(
            has.smartflows,
            has.slack,
            self.flows,
            self.project,
            self.cards,
            self.starts,
            has.people,
            has.clock,
        )

    def _make_runs(self) -> Runs:
        has = self._has
        return Runs(
            has.smartflows,
            self.executions,
            self.card_rows,
            has.jobs,
            has.editor,
            self.project,
            has.people,
            has.clock,
        )

    def _make_answering(self) -> QuestionAnswerer:
        has = self._has
        return QuestionAnswerer(
            has.smartflows, self.executions, self.card_rows, has.editor, has.people, has.clock
        )

    def _make_watching(self) -> FlowWatcher:
        has = self._has
        return FlowWatcher(
            has.smartflows,
            self.watches,
            self.executions,
            self._observations,
            self.poller,
            self.flows,
            self.project,
            has.people,
            has.clock,
        )

    def _make_telling(self) -> RunTeller:
        has = self._has
        return RunTeller(
            has.smartflows,
            self.executions,
            self.card_rows,
            self.questions,
            has.outbox,
            self._observations,
            self.documents,
            self.project,
            has.clock,
        )
