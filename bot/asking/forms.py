"""The windows that every feature shares, and what is known of a message they are opened from."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot import log
from bot.asking.composing import ASKED
from bot.asking.form import Form, FormRequest, MessageRef, MessageShortcut, Submission
from bot.asking.question import Question, QuestionKind, QuestionKinds
from bot.asking.rendering import forms
from bot.errors import SlackError, UserError
from bot.jobs.access import Right
from bot.memory import Memory
from bot.outbox.entries import Entry
from bot.outbox.store import OutboxStore
from bot.slack.blocks.ids import Callback
from bot.slack.blocks.modals import Errors, View, opened_in, problem_view
from bot.slack.client import Slack
from bot.slack.messages import Message

CurrentNames = Mapping[type[Question], Callable[[Any], Awaitable[Question]]]
"""Gives a kept question the names of today, where names can change."""
NOT_OURS = (
    "Flowbot did not write that message, so I do not know what is behind it. Use this on one of "
    "Flowbot's answers or digests; `/flow help` shows how to get one."
)
FORGOTTEN = (
    "I no longer know what that message was about: it is more than 90 days old, or it came where I "
    "am not a member. Ask anew; `/flow help` shows how."
)
NOTHING_BEHIND = (
    "There are no figures or rows behind that message: it only says what was done. Use this on a "
    "report, a list, a run or a digest; `/flow help` shows how to get one."
)

PATIENCE_SECONDS = 2.0
"""How long Slack may take to open a window: it waits three seconds for the answer to its own."""
NOTICE_SECONDS = 0.5
HASH_CONFLICT = "hash_conflict"
"""What Slack says where a window is not any more as it was when somebody did something in it."""
MOST_WINDOWS = 1_000
SLOW = (
    "Slack takes long to open the window. If it does not appear in a moment, please try once more."
)
Then = Callable[[str], Awaitable[None]]
"""What follows once a window is open, given Slack's id of it."""


class SlowSlackError(UserError):
    """A window was not opened in time to wait for it. It may appear later."""


@dataclass(frozen=True, slots=True)
class PastAnswer:
    """What an answer was about, where it was told, and whether to its asker alone.

    `question` is as it was meant then, `asked` as it was asked, its period still relative.
    """

    kind: QuestionKind[Any]
    question: Question
    asked: Question
    channel: str
    private: bool

    def exported(self, form: str) -> FormRequest:
        """Return the wish for the data behind it as a file of a format that it can be had in."""
        question = self.kind.as_file(self.question, form)
        privately = self.private or self.kind.is_personal(question)
        return FormRequest(question, self.channel, privately=privately)

    @property
    def of_those_days(self) -> Question:
        """The question with its names as they were typed, and its days as they were meant."""
        if not self.question.period:
            return self.asked
        asked: Any = self.asked
        return replace(asked, period=self.question.period)  # type: ignore[no-any-return]


class Forms:
    """Opens windows from local rows only. Raises UserError and SlackError."""

    def __init__(
        self, slack: Slack, outbox: OutboxStore, kinds: QuestionKinds, current_names: CurrentNames
    ) -> None:
        """Look answers up in `outbox`; read their questions as of `kinds`."""
        self._slack = slack
        self._outbox = outbox
        self._kinds = kinds
        self._current_names = current_names
        self._carried_on: set[asyncio.Task[None]] = set()
        self._changes = Memory[str, str](MOST_WINDOWS)
        self.patience = PATIENCE_SECONDS

    async def open(
        self,
        trigger_id: str,
        view: View,
        *,
        conversation: str = "",
        then: Then | None = None,
        on_top: bool = False,
    ) -> None:
        """Open a window in a conversation, and do what is to follow with Slack's id of it.

        It goes `on_top` of the one in which something was pressed, which stays as it is.

        Raises SlowSlackError where that takes longer than may be waited for; it goes on then.
        """
        shown = opened_in(view, conversation)
        method = "views.push" if on_top else "views.open"
        await self._within(self.patience, self._opened(method, trigger_id, shown, then))

    async def change(self, view_id: str, view: View, *, seen: str, at: str) -> None:
        """Show something else in an open window, after what somebody did in it at a moment.

        `seen` is Slack's hash of the window as they saw it, `at` Slack's time of what they did: of
        two things done at once the later one counts, whichever is dealt with first.
        """
        before = self._changes.get(view_id) or ""
        if at < before:
            return
        self._changes.put(view_id, at)
        await self._within(self.patience, self._changed(view_id, view, seen, at))

    async def _changed(self, view_id: str, view: View, seen: str, at: str) -> None:
        try:
            await self._slack.call("views.update", view_id=view_id, view=view, hash=seen)
        except SlackError as error:
            if error.code != HASH_CONFLICT:
                raise
            if self._changes.get(view_id) == at:  # what was shown in between came of less
                await self._slack.call("views.update", view_id=view_id, view=view)

    async def notice(self, trigger_id: str, problem: Message) -> None:
        """Open a window that only says something, after all that was tried before."""
        view = problem_view("Flowbot", problem)
        await self._within(
            min(self.patience, NOTICE_SECONDS), self._opened("views.open", trigger_id, view, None)
        )

    async def _opened(self, method: str, trigger_id: str, view: View, then: Then | None) -> None:
        answer = await self._slack.call(method, trigger_id=trigger_id, view=view)
        if then:
            await then(str((answer.get("view") or {}).get("id", "")))

    async def _within(self, seconds: float, work: Coroutine[Any, Any, None]) -> None:
        """Wait for some work only so long; what takes longer is carried on nevertheless."""
        task = asyncio.create_task(work)
        self._carried_on.add(task)
        task.add_done_callback(self._carried_on.discard)
        await asyncio.wait({task}, timeout=seconds)
        if task.done():
            task.result()
        else:
            task.add_done_callback(_note_late_failure)
            raise SlowSlackError(SLOW)

    async def export_view(self, key: str) -> View:
        """Return the export form for the answer with that outbox key."""
        past = await self.past(key)
        about, formats = await self._about(past), past.question.formats
        return forms.export_modal(about=about, metadata=key, formats=formats)

    async def export_of(self, message: MessageRef) -> View:
        """Return the export form for the data behind a message."""
        return await self.export_view(await self.key_of(message))

    async def export(self, submission: Submission) -> FormRequest | Errors:
        """Return the data behind an answer as a file, into the channel of that answer."""
        past = await self.past(submission.metadata)
        chosen = forms.export_form(submission.values, past.question.formats)
        return past.exported(chosen) if isinstance(chosen, str) else chosen

    async def past(self, key: str) -> PastAnswer:
        """Return what an answer was about, where it was told and whether for one alone."""
        entry = await self._outbox.by_key(key)
        if entry is None:
            raise UserError(FORGOTTEN)
        name = entry.question.get("kind", "")
        if name not in self._kinds:
            raise UserError(NOTHING_BEHIND)
        kind = self._kinds[name]
        return PastAnswer(
            kind,
            kind.of_row(entry.question),
            kind.of_row(entry.question.get(ASKED) or entry.question),
            entry.posted_channel or entry.target.channel,
            private=entry.target.private,
        )

    async def key_of(self, message: MessageRef) -> str:
        """Return the outbox key of a message; what stands in a thread has its parent's.

        Raises UserError with what would work.
        """
        return (await self._behind(message)).key

    async def _behind(self, message: MessageRef) -> Entry:
        if not message.ours:
            raise UserError(NOT_OURS)
        entry = await self._outbox.posted(message.channel, message.ts)
        if entry is None and message.thread_ts:  # a file, whose own place nobody tells
            entry = await self._outbox.posted(message.channel, message.thread_ts)
        if entry is None and message.key:
            named = await self._outbox.by_key(message.key)
            entry = named if named and named.target.channel == message.channel else None
        if entry is None:
            raise UserError(FORGOTTEN)
        parent = await self._outbox.by_key(entry.parent_key) if entry.parent_key else None
        return parent if parent and not entry.question else entry

    async def _about(self, past: PastAnswer) -> str:
        current = self._current_names.get(past.kind.question)
        if current is None:
            return past.kind.data_words(past.of_those_days)
        return past.kind.data_words(await current(past.question))


def _note_late_failure(task: asyncio.Task[None]) -> None:
    error = None if task.cancelled() else task.exception()
    if error:
        log.get().warning("window_not_opened", error=str(error) or type(error).__name__)


EXPORT_FORM = Form(
    callback=Callback.EXPORT_DATA,
    title="Export the data",
    service=Forms,
    submit=Forms.export,
    needs=Right.ASK,
    message_shortcut=MessageShortcut(
        Callback.EXPORT_DATA,
        "Export data behind this",
        "Export the data behind this answer or digest as CSV, Excel or PDF",
        Forms.export_of,
    ),
)
