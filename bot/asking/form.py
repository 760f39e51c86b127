"""A form as a declaration: what opens it, fills it, lists in it, and what its submission wants.

One generic listener in the handlers serves all forms, so a feature only declares its own. What a
listener may wait for is one local write, so `view` and `lists` look into local rows only; where
a vendor has to be asked first, a window opens at once and a job fills it.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from bot.asking.form_filling import FillForm
from bot.jobs.access import Right
from bot.jobs.request import Intent
from bot.slack.blocks.inputs import Values
from bot.slack.blocks.modals import Errors, View

F = TypeVar("F")
Options = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Shortcut:
    """How a form stands in Slack's shortcuts menu; `name` has at most 24 characters."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class MessageRef:
    """A message whose menu was used. `ours` says whether Flowbot wrote it.

    `thread_ts` is that of the thread it stands in, or empty; `key` is the outbox key in its Export
    button, for messages whose `ts` nobody told us. `text` and `files` are as Slack sends them.
    `user` is who used it.
    """

    channel: str
    ts: str
    thread_ts: str
    key: str
    ours: bool
    text: str = ""
    files: tuple[Mapping[str, Any], ...] = ()
    user: str = ""


@dataclass(frozen=True, slots=True)
class FormUse:
    """Who opens a form, about what was typed, and in which conversation, empty where in none."""

    typed: str
    user: str
    conversation: str


@dataclass(frozen=True, slots=True)
class MessageShortcut(Generic[F]):
    """How a form stands in the menu of every message; `view` returns it for one of them."""

    callback: str
    name: str
    description: str
    view: Callable[[F, MessageRef], Awaitable[View]]


@dataclass(frozen=True, slots=True)
class Submission:
    """A submitted window: its inputs, what was kept in it, Slack's id of it, and whose it is."""

    values: Values
    metadata: str
    view_id: str
    user: str = ""


@dataclass(frozen=True, slots=True)
class FormRequest:
    """What a submission wants, and the conversation for the answer; without one it is direct.

    Whoever submits the same `key` first is the one; `taken` returns the window for the others. It
    is the window's own unless one is given. `next_view` takes the window's place; it `goes_on_top`
    where the way back to the window, with all that was entered, stays open. `way_back` is the form
    to be opened again where nothing comes of it, if not as it was submitted.
    """

    intent: Intent
    channel: str
    privately: bool = False
    key: str = ""
    next_view: View | None = None
    goes_on_top: bool = False
    taken: Callable[[], Awaitable[View]] | None = None
    way_back: View | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(Generic[F]):
    """One form. `service` is the class of the object that its functions are given.

    `needs` is the right to open it, to look into its lists and to submit it.
    `view` returns the window about what was typed, or None where a job has to fill it: that of
    `fill`, made of Slack's id of the window and what was typed. `view_for` is in its place where it
    matters who opens it and where. A form without either opens from messages alone. `submit`
    returns messages beside the inputs where something needs another look; a form without it only
    opens the window of another.
    `lists` gives, by action id, the options for what was typed into a searched list so far, and
    `renew` is the job that brings them up to date, or `renews` returns it.
    """

    callback: str
    title: str
    service: type[F]
    needs: Right
    submit: Callable[[F, Submission], Awaitable[FormRequest | Errors]] | None = None
    view: Callable[[F, str], Awaitable[View | None]] | None = None
    view_for: Callable[[F, FormUse], Awaitable[View]] | None = None
    fill: Callable[[str, str], FillForm] | None = None
    lists: Mapping[str, Callable[[F, str], Awaitable[Options]]] = field(default_factory=dict)
    renew: Intent | None = None
    renews: Callable[[F], Intent | None] | None = None
    shortcut: Shortcut | None = None
    message_shortcut: MessageShortcut[F] | None = None

    async def opened(self, service: F, opening: FormUse) -> View | None:
        """Return the window for whoever opens it, or None where a job has to fill it."""
        if self.view_for:
            return await self.view_for(service, opening)
        assert self.view is not None, self.callback
        return await self.view(service, opening.typed)

    @property
    def opens_anywhere(self) -> bool:
        """Whether it opens without a message that it is about."""
        return bool(self.view or self.view_for)


async def opens_empty(_: object, typed: str) -> None:
    """Return no window: a job has to fill it, whatever was typed."""
    del typed
