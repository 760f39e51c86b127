"""What a surface adds: a further place in Slack, beside commands, where people meet Flowbot.

It is switched on by its name in SURFACES, and nothing of one that is off is imported. Its room is
the folder `bot/<name>` with a module `surface` that holds a SURFACE; what it hears of Slack is
`handlers/<name>.py`. It asks vendors by the questions of the features alone.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.asking.cleanup import Forgetful
from bot.asking.core.arguments import OpenForm
from bot.asking.moving import PlacedStore
from bot.asking.question import QuestionKinds
from bot.asking.rendering.help import Example
from bot.config.own import GeneralSettings
from bot.digests.core.command import SurfaceLine
from bot.digests.ordering import Orders
from bot.digests.rendering.order_form import OrderTaker
from bot.digests.subscriptions import Subscriptions
from bot.doctor.examining import Check
from bot.errors import UserError
from bot.feature import Feature, Parts, Switches
from bot.jobs.admission import Admission
from bot.jobs.inbox import Inbox
from bot.jobs.outcome import Outcome
from bot.jobs.request import Intent, Job
from bot.jobs.tasks import Task
from bot.jobs.trail.store import AuditTrail
from bot.outbox.files import Opener
from bot.outbox.recording import FateListener, SettledListener
from bot.store.timekeeping import TimedStore
from bot.talk.home import HomeSection
from bot.talk.room import Talk
from bot.troubles.model import OrderRoom
from bot.worker import Wakeable

Manifest = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SurfaceCheck:
    """A look of the doctor's, and what it is called in a list."""

    check: Check
    label: str


class ReadLine(Protocol):
    """Reads what was typed after a surface's word of /flow. Raises UserError."""

    def __call__(self, text: str, /, *, channel: str) -> OpenForm | Intent:
        """Return what is wanted in a channel."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SurfaceParts:
    """What all surfaces of a workspace are built from.

    `switches` has the features as they were built there, `kinds` all that can be asked; `orders`
    and `subscriptions` are digests as people order and change them, `talk` what is said without a
    command, and `trail` the audit.
    """

    parts: Parts
    features: tuple[Feature[Any], ...]
    switches: Switches
    kinds: QuestionKinds
    admission: Admission
    inbox: Inbox
    orders: Orders
    subscriptions: Subscriptions
    talk: Talk
    trail: AuditTrail


@dataclass(frozen=True, slots=True, kw_only=True)
class SurfaceWiring:
    """What a surface adds to a workspace's bot once it is built.

    `tasks` are what it does, `services` what its handlers use, found by their class, and `sections`
    parts of the Home tab. `openers` are its files by name of their source, `settled` hears what
    became of each message, `rows` are tidied, `timed` are put right after the clock was set back,
    and `placed` follow a channel whose id changes. `ticks` are called at least once a minute where
    the workspace is worked for, and return how much they put into the jobs. `orders` are those that
    rest while they cannot be told. `lines` read what is typed after its word of /flow, and `takers`
    take what is entered in the form of a digest, by the names they have in both. `examples` are
    told of in the help of /flow. `became` hears of all that was told, files among it, and `ended`
    returns what a job brought forth as it is to be told. `checks` are what admins are told of it by
    `/flow doctor`. What is `woken` hears whenever something may have been
    written, by this process or another.
    """

    tasks: tuple[Task[Any], ...] = ()
    services: tuple[object, ...] = ()
    sections: tuple[HomeSection, ...] = ()
    openers: Mapping[str, Opener] = field(default_factory=dict)
    settled: tuple[SettledListener, ...] = ()
    became: tuple[FateListener, ...] = ()
    ended: tuple[Callable[[Job[Intent], Outcome], Outcome], ...] = ()
    rows: tuple[Forgetful, ...] = ()
    timed: tuple[TimedStore, ...] = ()
    placed: tuple[PlacedStore, ...] = ()
    ticks: tuple[Callable[[], Awaitable[int]], ...] = ()
    orders: tuple[OrderRoom, ...] = ()
    lines: Mapping[str, ReadLine] = field(default_factory=dict)
    takers: Mapping[str, OrderTaker] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    checks: tuple[SurfaceCheck, ...] = ()
    woken: tuple[Wakeable, ...] = ()


class SurfaceLines:
    """What can be typed after /flow for surfaces, those that are on."""

    def __init__(self, surfaces: Iterable[SurfaceWiring]) -> None:
        """Read lines by these."""
        self._lines = {name: read for each in surfaces for name, read in each.lines.items()}

    def read(self, line: SurfaceLine, *, channel: str) -> OpenForm | Intent:
        """Return what a line wants. Raises UserError, also for a surface that is off."""
        read = self._lines.get(line.surface)
        if read is None:
            raise UserError(
                f"{line.surface.capitalize()} are off in this installation. Your Flowbot admin can "
                f"switch them on: `SURFACES={line.surface}`, and the scopes that they need."
            )
        return read(line.text, channel=channel)


def no_functions(_: Sequence[Feature[Any]]) -> Manifest:
    """Return that it adds no functions to the app's manifest."""
    return {}


def unchanged(manifest: Manifest, root: str) -> Manifest:
    """Return the manifest of a surface that needs nothing there."""
    del root
    return manifest


def as_it_is(manifest: Manifest, general: GeneralSettings) -> Manifest:
    """Return the manifest of a surface that has no setting in it."""
    del general
    return manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """One surface's room, before anything is opened.

    `manifest` adds to the app's manifest what Slack has to know of it; the root is where Slack
    reaches Flowbot over HTTP, empty with Socket Mode; `by_settings` adds what is set for this
    installation. `functions` are those of its manifest, by their callback ids, made of all
    features. `dates` are looks at rows (`mine`) whose time has come, as SQL after FROM, so that its
    `ticks` need not wait for the minute. One that `listens` has handlers; what is called
    `over_http` alone is not carried by Socket Mode.
    """

    name: str
    build: Callable[[SurfaceParts], Awaitable[SurfaceWiring]]
    manifest: Callable[[Manifest, str], Manifest] = unchanged
    functions: Callable[[Sequence[Feature[Any]]], Manifest] = no_functions
    by_settings: Callable[[Manifest, GeneralSettings], Manifest] = as_it_is
    dates: tuple[str, ...] = ()
    listens: bool = True
    over_http: bool = False
