"""Windows that cannot wait for a job: opened by the listener, from local rows only."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.asking.composing import ASKED
from bot.asking.model import KINDS, EventsQuestion, Question, ReportQuestion, question_of
from bot.asking.rendering import forms
from bot.asking.rendering.questions import command_words, formats_of, question_words
from bot.digests.rendering.subscribe_forms import subscribe_modal
from bot.errors import UserError
from bot.outbox.entries import Entry
from bot.outbox.store import OutboxStore
from bot.slack.client import Slack
from bot.slack.messages import Message
from bot.training.names import TrainingNames

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


@dataclass(frozen=True, slots=True)
class Shown:
    """A message whose menu was used. `ours` says whether Flowbot wrote it.

    `thread_ts` is that of the thread it stands in, or empty; `key` is the outbox key in its Export
    button, for messages whose `ts` nobody told us.
    """

    channel: str
    ts: str
    thread_ts: str
    key: str
    ours: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer was about, where it was told, and whether to its asker alone.

    `question` is as it was meant then, `asked` as it was asked, its period still relative.
    """

    question: Question
    asked: Question
    channel: str
    private: bool


class Forms:
    """Opens modals and answers their pick lists. Raises UserError and SlackError."""

    def __init__(self, slack: Slack, outbox: OutboxStore, names: TrainingNames) -> None:
        """Look things up in local stores only."""
        self._slack = slack
        self._outbox = outbox
        self._names = names

    async def open_report(self, trigger_id: str) -> None:
        """Open the form of a training report."""
        await self._open(trigger_id, forms.report_modal())

    async def open_export_of(self, trigger_id: str, shown: Shown) -> None:
        """Open the export form for the data behind a message."""
        await self.open_export(trigger_id, key=(await self._behind(shown)).key)

    async def open_export(self, trigger_id: str, *, key: str) -> None:
        """Open the export form for the answer with that outbox key."""
        told = await self.exported(key)
        view = forms.export_modal(
            about=await self._about(told), metadata=key, formats=formats_of(told.question)
        )
        await self._open(trigger_id, view)

    async def exported(self, key: str) -> Told:
        """Return the question behind an answer, where it was told and whether for one alone."""
        entry = await self._outbox.by_key(key)
        if entry is None:
            raise UserError(FORGOTTEN)
        if entry.question.get("kind") not in KINDS:
            raise UserError(NOTHING_BEHIND)
        channel = entry.posted_channel or entry.target.channel
        kind = entry.question["kind"]
        return Told(
            question_of(kind, entry.question),
            question_of(kind, entry.question.get(ASKED) or entry.question),
            channel,
            private=entry.target.private,
        )

    async def open_subscribe(self, trigger_id: str, shown: Shown) -> None:
        """Open the form that orders a message's question as a digest."""
        entry = await self._behind(shown)
        told = await self.exported(entry.key)
        about = f"A digest of this: {command_words(told.asked)}"
        await self._open(trigger_id, subscribe_modal(about=about, metadata=entry.key))

    async def flow_options(self, query: str) -> list[dict[str, Any]]:
        """Return the options of the flow pick list for what was typed so far."""
        return forms.flow_options(await self._names.all(), query)

    async def notice(self, trigger_id: str, problem: Message) -> None:
        """Open a window that only says something."""
        await self._open(trigger_id, forms.problem_view("Flowbot", problem))

    async def _behind(self, shown: Shown) -> Entry:
        """Return the row with the question of a message; what stands in a thread has its parent's.

        Raises UserError with what would work.
        """
        if not shown.ours:
            raise UserError(NOT_OURS)
        entry = await self._outbox.posted(shown.channel, shown.ts)
        if entry is None and shown.thread_ts:  # a file, whose own place nobody tells
            entry = await self._outbox.posted(shown.channel, shown.thread_ts)
        if entry is None and shown.key:
            named = await self._outbox.by_key(shown.key)
            entry = named if named and named.target.channel == shown.channel else None
        if entry is None:
            raise UserError(FORGOTTEN)
        parent = await self._outbox.by_key(entry.parent_key) if entry.parent_key else None
        return parent if parent and not entry.question else entry

    async def _about(self, told: Told) -> str:
        question = told.question
        if not isinstance(question, ReportQuestion):
            return f"The data behind this: {command_words(_of_those_days(told))}"
        named = await self._names.known(question.flow_id or question.flow)  # names may move
        return f"The data behind this report: {question_words(replace(question, flow=named.name))}."

    async def _open(self, trigger_id: str, view: Mapping[str, Any]) -> None:
        await self._slack.call("views.open", trigger_id=trigger_id, view=view)


def _of_those_days(told: Told) -> Question:
    """Return the question with its names as they were typed, and its days as they were meant."""
    if isinstance(told.asked, EventsQuestion) or isinstance(told.question, EventsQuestion):
        return told.asked
    if not told.question.period:
        return told.asked
    return replace(told.asked, period=told.question.period)
