"""Everything that has to do with Smart Flows, put together; who composes the bot takes it whole."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.clients.slack import Slack
from bot.clients.smartflows import SmartFlows
from bot.clock import Clock
from bot.services.answering import Answering
from bot.services.cards import Cards
from bot.services.documents import VENDOR, Documents
from bot.services.edits import Edits
from bot.services.files import Opener
from bot.services.flows import Flows
from bot.services.listed_files import table_opener
from bot.services.outcome import Outcome
from bot.services.people import People
from bot.services.project import Project
from bot.services.run_answers import FILES, RunAnswers
from bot.services.run_digests import RunDigests
from bot.services.run_forms import RunForms
from bot.services.runs import CANCEL, Runs
from bot.services.sightings import TELL_CARD, TELL_WATCH, Sightings
from bot.services.starting import LEARN, Starting
from bot.services.sweeping import Sweeping
from bot.services.table_files import TableFiles
from bot.services.telling_runs import REMINDER, TellingRuns
from bot.services.tidying import RunRows
from bot.services.vendor_health import VendorHealth
from bot.services.watching import Watching
from bot.store.cards import CardStore
from bot.store.database import Database
from bot.store.executions import ExecutionStore
from bot.store.flow_cache import FlowCache
from bot.store.jobs import Job, JobStore
from bot.store.ledger import LedgerStore
from bot.store.questions import QuestionStore
from bot.store.starts import StartStore
from bot.store.watches import WatchStore

Service = Callable[[Job], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True)
class Resources:
    """What the parts are made of. `client` is None while Smart Flows is off."""

    client: SmartFlows | None
    database: Database
    slack: Slack
    people: People
    jobs: JobStore
    ledger: LedgerStore
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
        self.card_rows = CardStore(database, lane=has.ledger.lane)
        self.questions, self.watches = QuestionStore(database), WatchStore(database)
        self.starts = StartStore(database)
        self.project = Project(has.client, clock, base_url=has.base_url)
        self.flows = Flows(has.client, FlowCache(database), clock)
        self.documents = Documents(has.client)
        self.answers = RunAnswers(
            has.client,
            RunDigests(self.project, clock),
            self.project,
            self.flows,
            self.executions,
            has.people,
            clock,
        )
        self._has = has
        self._woken = woken
        self._edits = Edits(has.slack, has.ledger)
        self._sightings = Sightings(database, clock, recorded=self.wake)
        self._health = VendorHealth(
            database, self.watches, self.card_rows, clock, owner=has.owner, changed=self.wake
        )
        self.cards = self._make_cards()
        self.sweeping = self._make_sweeping()
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
        tables = table_opener(self.answers.sheet, has.tables, has.clock, vendor="Smart Flows")
        return {VENDOR: self.documents.open_file, FILES: tables}

    def wake(self) -> None:
        """Say that there may be something to do."""
        self.cards.pump.wake()
        self._woken()

    async def tick(self) -> int:
        """Look at what runs, if it is time; return how many executions had news."""
        await self.flows.tick()
        return await self.sweeping.tick()

    def table(self) -> dict[str, Service]:
        """Return which service carries out which job."""
        runs, answering, watching = self._make_runs(), self._make_answering(), self.watching
        telling, starting = self._make_telling(), self._make_starting()
        return {
            "start_run": starting.start,
            "renew_flows": self.flows.renew,
            "show_run": runs.show,
            "runs": self.answers.answer,
            "ask_cancel_run": runs.ask_cancel,
            CANCEL: runs.cancel,
            "cancel_run_too_late": runs.cancel_too_late,
            "follow_run": runs.follow,
            "keep_waiting": runs.keep_waiting,
            "answer_run": answering.answer,
            "watch_flow": watching.watch,
            "unwatch_flow": watching.unwatch,
            "list_watches": watching.show,
            LEARN: watching.learn,
            TELL_WATCH: watching.tell,
            TELL_CARD: telling.tell,
            REMINDER: telling.remind,
        }

    def _make_cards(self) -> Cards:
        has = self._has
        return Cards(
            has.client,
            has.slack,
            self.card_rows,
            self.executions,
            has.ledger,
            self._sightings,
            self._health,
            self.project,
            has.clock,
        )

    def _make_sweeping(self) -> Sweeping:
        return Sweeping(
            self._has.client,
            self._sightings,
            self.executions,
            self.watches,
            self.card_rows,
            self._health,
            self._has.clock,
        )

    def _make_starting(self) -> Starting:
        has = self._has
        return Starting(
            has.client,
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
            has.client,
            self.executions,
            self.card_rows,
            has.jobs,
            self._edits,
            self.project,
            has.people,
            has.clock,
        )

    def _make_answering(self) -> Answering:
        has = self._has
        return Answering(
            has.client, self.executions, self.card_rows, self._edits, has.people, has.clock
        )

    def _make_watching(self) -> Watching:
        has = self._has
        return Watching(
            has.client,
            self.watches,
            self.executions,
            self._sightings,
            self.sweeping,
            self.flows,
            self.project,
            has.people,
            has.clock,
        )

    def _make_telling(self) -> TellingRuns:
        has = self._has
        return TellingRuns(
            has.client,
            self.executions,
            self.card_rows,
            self.questions,
            has.ledger,
            self._sightings,
            self.documents,
            self.project,
            has.clock,
        )
