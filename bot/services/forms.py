"""Windows that cannot wait for a job: opened by the listener, from local rows only."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.clients.slack import Slack
from bot.errors import UserError
from bot.model.asking import EventsQuestion, Question, ReportQuestion, question_of
from bot.model.messages import Message
from bot.rendering import forms
from bot.rendering.questions import command_words, formats_of
from bot.rendering.subscribe_forms import subscribe_modal
from bot.rendering.wording import question_words
from bot.services.composing import ASKED
from bot.services.names import TrainingNames
from bot.store.ledger import Entry, LedgerStore

NOT_OURS = (
    "There is no report of mine that I know behind that message, or it is more than 90 days old. "
    "Use this on a report of Flowbot's, press the Export button in it, or ask anew with "
    "`/flow-report`."
)


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

    def __init__(self, slack: Slack, ledger: LedgerStore, names: TrainingNames) -> None:
        """Look things up in local stores only."""
        self._slack = slack
        self._ledger = ledger
        self._names = names

    async def open_report(self, trigger_id: str) -> None:
        """Open the form of a training report."""
        await self._open(trigger_id, forms.report_modal())

    async def open_export_of(self, trigger_id: str, *, channel: str, ts: str) -> None:
        """Open the export form for the data behind a message."""
        await self._export(trigger_id, await self._ledger.posted(channel, ts))

    async def open_export(self, trigger_id: str, *, key: str) -> None:
        """Open the export form for the answer with that ledger key."""
        await self._export(trigger_id, await self._ledger.by_key(key))

    async def exported(self, key: str) -> Told:
        """Return the question behind an answer, where it was told and whether for one alone."""
        entry = await self._ledger.by_key(key)
        if entry is None or not entry.question:
            raise UserError(NOT_OURS)
        channel = entry.posted_channel or entry.target.channel
        kind = entry.question["kind"]
        return Told(
            question_of(kind, entry.question),
            question_of(kind, entry.question.get(ASKED) or entry.question),
            channel,
            private=entry.target.private,
        )

    async def open_subscribe(self, trigger_id: str, *, channel: str, ts: str) -> None:
        """Open the form that orders a message's question as a digest."""
        entry = await self._ledger.posted(channel, ts)
        if entry is None:
            raise UserError(NOT_OURS)
        told = await self.exported(entry.key)
        about = f"A digest of this: {command_words(told.asked)}"
        await self._open(trigger_id, subscribe_modal(about=about, metadata=entry.key))

    async def flow_options(self, query: str) -> list[dict[str, Any]]:
        """Return the options of the flow pick list for what was typed so far."""
        return forms.flow_options(await self._names.all(), query)

    async def notice(self, trigger_id: str, problem: Message) -> None:
        """Open a window that only says something."""
        await self._open(trigger_id, forms.problem_view("Flowbot", problem))

    async def _export(self, trigger_id: str, entry: Entry | None) -> None:
        if entry is None or not entry.question:
            raise UserError(NOT_OURS)
        told = await self.exported(entry.key)
        view = forms.export_modal(
            about=await self._about(told), metadata=entry.key, formats=formats_of(told.question)
        )
        await self._open(trigger_id, view)

    async def _about(self, told: Told) -> str:
        question = told.question
        if not isinstance(question, ReportQuestion):
            return f"The data behind this: {command_words(_of_those_days(told))}"
        named = await self._names.resolve(question.flow)  # an id, as names may move to other flows
        return f"The data behind this report: {question_words(replace(question, flow=named.name))}."

    async def _open(self, trigger_id: str, view: Mapping[str, Any]) -> None:
        await self._slack.call("views.open", trigger_id=trigger_id, view=view)


def _of_those_days(told: Told) -> Question:
    """Return the question with its names as they were typed, and its days as they were meant."""
    if isinstance(told.asked, EventsQuestion) or isinstance(told.question, EventsQuestion):
        return told.asked
    return replace(told.asked, period=told.question.period)
