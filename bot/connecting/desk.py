"""Connecting services and letting go of them: what an admin of a workspace does in its Home tab."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from bot.asking.form_filling import explained, show_view
from bot.asking.rendering.offers import opening
from bot.clock import Clock
from bot.config.values import VendorSettings
from bot.connecting.fields import fields_of, settings_of
from bot.connecting.ids import ConnectingCallback
from bot.connecting.intents import ConnectService, DisconnectService, UseConnections
from bot.connecting.rendering import words
from bot.connecting.rendering.window import TITLE
from bot.connecting.rendering.words import ServiceState
from bot.errors import BotError, UserError, VendorError
from bot.feature import Feature
from bot.jobs.access import Right
from bot.jobs.deeds import Deed
from bot.jobs.outcome import NewJob, Outcome, reply
from bot.jobs.policy import Thing
from bot.jobs.request import Job
from bot.jobs.tasks import Task
from bot.slack.blocks.blocks import actions
from bot.slack.blocks.modals import last_page
from bot.slack.blocks.problems import problem
from bot.slack.client import Slack
from bot.slack.messages import Answer, Block, Message
from bot.store.secret_keys import SecretKeys
from bot.workspaces.store.connections import ConnectionStore, KeptConnection

BY_HAND: Final = (
    "In this workspace whoever runs Flowbot has connected the services, by settings of the program."
)
UNREADABLE: Final = "I can't read what you typed any more. Please fill the window in again."


class ConnectingDesk:
    """Tries access before it is kept. Raises UserError and VendorError."""

    def __init__(
        self,
        features: Mapping[str, Feature[Any]],
        places: Mapping[str, VendorSettings],
        store: ConnectionStore,
        keys: SecretKeys,
        slack: Slack,
        clock: Clock,
        *,
        is_own: bool,
        changed: Callable[[], None],
    ) -> None:
        """Connect these features, reached at the addresses of `places`.

        Where it `is_own`, the workspace of SLACK_BOT_TOKEN, nothing can be connected here.
        `changed` has what was connected used from now on.
        """
        self._features = features
        self._places = places
        self._store = store
        self._keys = keys
        self._slack = slack
        self._clock = clock
        self.is_own = is_own
        self._changed = changed

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        return (
            Task(ConnectService, self.connect, deed=Deed("Connect a service", self._about)),
            Task(
                DisconnectService, self.disconnect, deed=Deed("Disconnect a service", self._about)
            ),
            Task(UseConnections, self.use),
        )

    def feature(self, service: str) -> Feature[Any]:
        """Return a service's feature. Raises UserError where nothing can be connected."""
        if self.is_own or service not in self._features:
            raise UserError(BY_HAND)
        return self._features[service]

    def sealed(self, values: Mapping[str, str]) -> str:
        """Return what was entered as a row may hold it."""
        return self._keys.encrypt(json.dumps(dict(values)))

    async def states(self) -> tuple[ServiceState, ...]:
        """Return how each service stands; none in the workspace of SLACK_BOT_TOKEN."""
        if self.is_own:
            return ()
        kept = await self._store.all()
        return tuple(
            _state(name, feature.vendor.title, kept.get(name))
            for name, feature in self._features.items()
        )

    async def at_home(self, job: Job[Any]) -> Sequence[Block]:
        """Return the section of the Home tab; nothing in the workspace of SLACK_BOT_TOKEN."""
        states = await self.states()
        if not states:
            return ()
        may = job.may(Right.GOVERN)
        return words.section(states, may=may, now=self._clock.now(), zone=job.asker.zone)

    async def known(self, service: str) -> dict[str, Any]:
        """Return what is kept of a service, its secrets too; nothing where it is not readable."""
        kept = (await self._store.all()).get(service)
        return dict(kept.values or {}) if kept else {}

    async def connect(self, job: Job[ConnectService]) -> Outcome:
        """Try what was entered, and keep it if it is good; the window says what came of it."""
        wanted = job.details
        feature = self.feature(wanted.service)
        try:
            outcome, page = await self._connected(job, feature)
        except (UserError, VendorError) as error:
            if await self._shown(wanted.view_id, self._refusal(error, wanted.service)):
                return Outcome(error=type(error).__name__)
            raise
        if await self._shown(wanted.view_id, page):
            return replace(outcome, answers=())
        return outcome

    async def disconnect(self, job: Job[DisconnectService]) -> Outcome:
        """Delete a workspace's access to a service."""
        service, now = job.details.service, self._clock.now()
        title = self.feature(service).vendor.title
        write = partial(self._store.drop, vendor=service, now=now)
        said = reply(job, Answer(words.disconnected(title)), private=True)
        return Outcome((said,), (write,), jobs=(self._used(job),))

    async def use(self, job: Job[UseConnections]) -> Outcome:
        """Have the bot of the workspace made anew; the change is on disk by now."""
        del job
        self._changed()
        return Outcome()

    async def _connected(
        self, job: Job[ConnectService], feature: Feature[Any]
    ) -> tuple[Outcome, Message]:
        service, now = job.details.service, self._clock.now()
        opened = self._keys.decrypt(job.details.values)
        if opened is None:
            raise UserError(UNREADABLE)
        given = {**await self.known(service), **json.loads(opened)}
        settings = settings_of(self._places[service], given)
        check = await feature.tried(settings, self._clock)
        secret = {each.name for each in fields_of(type(settings)) if each.is_secret}
        kept = {name: value for name, value in given.items() if name not in secret}
        write = partial(
            self._store.put,
            vendor=service,
            values=kept,
            secrets={name: value for name, value in given.items() if name in secret},
            by=job.request.user,
            now=now,
        )
        page = words.connected(
            feature.vendor.title, account=check.account, quota=check.quota, lacks=check.lacks
        )
        said = reply(job, Answer(page), private=True)
        return Outcome((said,), (write,), jobs=(self._used(job),)), page

    def _used(self, job: Job[Any]) -> NewJob:
        return NewJob(f"use:{job.key}", UseConnections())

    def _refusal(self, error: BotError, service: str) -> Message:
        said = problem(error)
        again = opening("Try again", ConnectingCallback.CONNECT, about=service)
        return Message(said.text, (*said.blocks, actions("connect:again", *again)))

    async def _shown(self, window: str, page: Message) -> bool:
        if not window:
            return False
        view = last_page(TITLE, page.blocks)
        return await show_view(self._slack, window, view, explained(TITLE))

    def _about(self, wanted: ConnectService | DisconnectService) -> Thing:
        feature = self._features.get(wanted.service)
        return Thing(wanted.service, feature.vendor.title if feature else wanted.service)


def _state(name: str, title: str, kept: KeptConnection | None) -> ServiceState:
    if kept is None:
        return ServiceState(name, title)
    return ServiceState(name, title, kept.set_by, kept.set_at, is_readable=kept.values is not None)
