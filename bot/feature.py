"""What a feature adds to Flowbot, as one value; the composition root is a loop over such values.

A vendor's room gives one `Feature`: what is known before anything is opened. `build` makes its
services of the parts that all features share, and returns them as a `Wiring`.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from bot.asking.cleanup import Forgetful
from bot.asking.composing import ComposedAnswer, Composer, Composers, SettledQuestion
from bot.asking.core.arguments import Ask, Help, OpenForm
from bot.asking.core.declared.room_tools import RoomTool
from bot.asking.core.plain_lines import SpokenCommand
from bot.asking.core.room_steps import RoomStep, StepEnd
from bot.asking.form import Form
from bot.asking.linking.things import LinkedThing, LinkReader
from bot.asking.moving import PlacedStore
from bot.asking.occasion import Occasion
from bot.asking.question import Question, QuestionKind
from bot.asking.rendering.help import Example, HelpPage, Names
from bot.asking.store import ChoiceLists, SnapshotStore
from bot.clock import Clock
from bot.config.own import GeneralSettings
from bot.config.values import VendorSettings
from bot.consent.consents import Consents
from bot.consent.people import PeopleOfServices
from bot.digests.as_code.sections import CodedSection
from bot.digests.store import SubscriptionStore
from bot.errors import Vendor
from bot.http.connection import Connection
from bot.http.service_check import ServiceCheck
from bot.jobs.access import Right
from bot.jobs.policies import Policies
from bot.jobs.policy import Thing
from bot.jobs.request import Intent
from bot.jobs.store import JobStore
from bot.jobs.tasks import Task
from bot.outbox.editor import Editor
from bot.outbox.files import NarratedSource, Opener, Refusal
from bot.outbox.recording import SettledListener
from bot.outbox.store import OutboxStore
from bot.slack.client import Slack
from bot.slack.directory import Directory
from bot.slack.groups import UserGroups
from bot.store.credentials import CredentialStore, KeptPair
from bot.store.database import Database
from bot.store.leases import Lease, Leases
from bot.store.timekeeping import TimedStore
from bot.tables.table_files import TableFiles
from bot.troubles.keeper import Troubles
from bot.troubles.model import OrderRoom
from bot.worker import Worker

MB = 1_000_000
S = TypeVar("S", bound=VendorSettings)
ParsedCommand = Help | OpenForm | Ask[Any] | Intent


async def nothing_lately(_: str) -> Sequence[Example]:
    """Return nothing that somebody set going."""
    return ()


async def no_names() -> Names:
    """Return no name at all."""
    return {}


def no_tools() -> tuple[RoomTool, ...]:
    """Return nothing that assistants may ask."""
    return ()


def as_given(settings: S, _: KeptPair) -> S:
    """Return settings whose credential is never replaced."""
    return settings


@dataclass(frozen=True, slots=True)
class Parts:
    """What all features are built from.

    `wake` says that there may be jobs or messages; who holds `speaks` sends them, and nobody else.
    """

    general: GeneralSettings
    clock: Clock
    stack: AsyncExitStack
    database: Database
    leases: Leases
    speaks: Lease
    credentials: CredentialStore
    slack: Slack
    directory: Directory
    consents: Consents
    people: PeopleOfServices
    policies: Policies
    groups: UserGroups
    jobs: JobStore
    outbox: OutboxStore
    editor: Editor
    digests: SubscriptionStore
    snapshots: SnapshotStore
    troubles: Troubles
    tables: TableFiles
    wake: Callable[[], None]

    @property
    def lists(self) -> ChoiceLists:
        """The pick lists of forms."""
        return ChoiceLists(self.snapshots)

    @property
    def largest(self) -> int:
        """How many bytes a file in this workspace may have."""
        return self.general.largest_file_mb * MB


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command, with its words in Slack's own list of commands.

    `parse` takes the text after it and raises UserError. The hint is shown in every workspace, so
    it has no names. `spoken` is what the command is called in a line without a slash.
    """

    name: str
    description: str
    usage_hint: str
    parse: Callable[[str], ParsedCommand]
    help: HelpPage
    spoken: SpokenCommand = field(default_factory=SpokenCommand)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """What a feature adds once it is built.

    `connection` says whether its vendor is on, `names` returns real names for its help, and
    `lately` what a person set going last, as lines that show it, and `lately_in` what was set going
    in a channel; all from local rows. `composers`
    answers each of its kinds of question. `tasks` are what else it does, `services` what its forms
    and handlers use, found by their class. `openers`, `narrated` and `refusals` are its files by
    name of their source. `workers` run beside those of jobs and messages, `polls` are called every
    second or so, `settled` hears what became of each message, `rows` are tidied, `timed` are put
    right after the clock was set back, and `placed` follow a channel whose id changes. `orders`
    are those that rest while they cannot be told, `coded` those that can be written as text.
    `things` find what is meant by a name, for rules about a right. `current_names` gives a kept
    question the names of today, from local rows. `ends` look for what its steps of workflows wait
    for, by id, and return nothing as long as it goes on.
    """

    connection: Connection[Any]
    composers: Mapping[type[Question], Composer]
    names: Callable[[], Awaitable[Names]] = no_names
    lately: Callable[[str], Awaitable[Sequence[Example]]] = nothing_lately
    lately_in: Callable[[str], Awaitable[Sequence[Example]]] = nothing_lately
    tasks: tuple[Task[Any], ...] = ()
    services: tuple[object, ...] = ()
    openers: Mapping[str, Opener] = field(default_factory=dict)
    narrated: Mapping[str, NarratedSource] = field(default_factory=dict)
    refusals: Mapping[str, Refusal] = field(default_factory=dict)
    workers: tuple[Worker, ...] = ()
    polls: tuple[Callable[[], Awaitable[int]], ...] = ()
    settled: tuple[SettledListener, ...] = ()
    rows: tuple[Forgetful, ...] = ()
    timed: tuple[TimedStore, ...] = ()
    placed: tuple[PlacedStore, ...] = ()
    orders: tuple[OrderRoom, ...] = ()
    coded: tuple[CodedSection, ...] = ()
    things: Mapping[Right, Callable[[str], Awaitable[Thing]]] = field(default_factory=dict)
    ends: Mapping[str, Callable[[str], Awaitable[StepEnd | None]]] = field(default_factory=dict)
    current_names: Mapping[type[Question], Callable[[Any], Awaitable[Question]]] = field(
        default_factory=dict
    )
    linked: Mapping[str, LinkReader] = field(default_factory=dict)
    """What reads the things that links lead to, by their kinds."""

    def missing(self, feature: "Feature[Any]") -> Iterator[str]:
        """Yield what the feature declares and nothing here serves, in words."""
        for kind in feature.kinds:
            if kind.question not in self.composers:
                yield f"composer of {kind.question.__name__}"
        for each in feature.linked:
            if each.kind not in self.linked:
                yield f"reader of {each.kind}"
        yield from self._missing_of_forms(feature)
        for step in feature.steps:
            if step.awaits and step.awaits not in self.ends:
                yield f"end of {step.awaits} for the step {step.callback}"

    def _missing_of_forms(self, feature: "Feature[Any]") -> Iterator[str]:
        services, done = (
            {type(each) for each in self.services},
            {each.intent for each in self.tasks},
        )
        for form in feature.forms:
            if form.service not in services:
                yield f"service {form.service.__name__} for the form {form.callback}"
            if form.renew and type(form.renew) not in done:
                yield f"task for {type(form.renew).__name__} of the form {form.callback}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature(Generic[S]):
    """One vendor's room: what it adds, before anything is opened.

    `name` is that of its folder and of its block of settings. The first of its `forms` is the one
    that its command opens where it names no other. `connect` opens a connection with any settings,
    keeps nothing and changes nothing for whoever uses the same ones. `with_kept` gives settings the
    credential that took the place of theirs, where the vendor replaces it.
    """

    name: str
    vendor: Vendor
    settings: type[S]
    command: Command
    kinds: tuple[QuestionKind[Any], ...]
    build: Callable[[Parts, S], Awaitable[Wiring]]
    followed: tuple[str, ...] = ()
    """Which rows of a workspace (`mine`) give its polls something to look at, after FROM."""
    connect: Callable[[S, Clock, AsyncExitStack], Awaitable[Connection[Any]]]
    with_kept: Callable[[S, KeptPair], S] = as_given
    forms: tuple[Form[Any], ...] = ()
    rights: Mapping[str, Right] = field(default_factory=dict)
    """Of the room's own buttons, by action id: who may not press one is not shown it."""
    steps: tuple[RoomStep, ...] = ()
    """What else than its questions can be a step of a workflow."""
    linked: tuple[LinkedThing, ...] = ()
    """The things that links of its vendor may lead to."""
    tools: Callable[[], tuple[RoomTool, ...]] = no_tools
    """What assistants may ask, for whoever serves them: their words are read only then."""

    async def tried(self, settings: S, clock: Clock) -> ServiceCheck:
        """Return what the vendor says of a credential before it is kept, by one harmless call.

        Raises VendorError: OFF without a credential, and whatever a refusal means.
        """
        async with AsyncExitStack() as stack:
            connection = await self.connect(settings, clock, stack)
            return await connection.tried()


class _OffComposer:
    """Answers that a service is off, and takes no order of a digest."""

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection

    async def compose(self, question: Any, occasion: Occasion) -> ComposedAnswer:
        del question, occasion
        raise self._connection.off

    async def settled(self, question: Any) -> SettledQuestion:
        del question
        raise self._connection.off


class Switches:
    """Which services are on. What is off is advertised nowhere, and says so where it is used."""

    def __init__(self, wired: Iterable[tuple[Feature[Any], Wiring]]) -> None:
        """Ask the connections of these."""
        self._wired = tuple(wired)

    @property
    def on(self) -> tuple[tuple[Feature[Any], Wiring], ...]:
        """The features that are on, as they were built."""
        return tuple(each for each in self._wired if each[1].connection.is_on)

    @property
    def commands(self) -> tuple[str, ...]:
        """The commands of all features, switched on or off."""
        return tuple(feature.command.name for feature, _ in self._wired)

    @property
    def composers(self) -> Composers:
        """What answers each kind of question; of a service that is off, that it is off."""
        return {
            question.job: composer if wiring.connection.is_on else _OffComposer(wiring.connection)
            for _, wiring in self._wired
            for question, composer in wiring.composers.items()
        }

    def check(self, command: str) -> None:
        """Raise VendorError OFF for the command of a feature that is off; /flow is of none."""
        for each, wiring in self._wired:
            if each.command.name == command:
                wiring.connection.check()

    def check_form(self, callback: str) -> None:
        """Raise VendorError OFF for a form of a feature that is off; those of none are on."""
        for each, wiring in self._wired:
            if any(form.callback == callback for form in each.forms):
                wiring.connection.check()
