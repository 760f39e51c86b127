"""Windows that cannot wait for a job: opened by the listener, from local rows only."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.clients.slack import Slack
from bot.core.analytics_arguments import analytics_words
from bot.errors import UserError
from bot.model.asking import EXPORT_FORMATS, TABLE_FORMATS, AnalyticsQuestion, ReportQuestion
from bot.model.messages import Message
from bot.rendering import forms
from bot.rendering.wording import question_words
from bot.services.analytics import KIND as ANALYTICS
from bot.services.analytics import question_of, words_of
from bot.services.names import TrainingNames
from bot.store.ledger import Entry, LedgerStore

NOT_OURS = (
    "There is no report of mine that I know behind that message, or it is more than 90 days old. "
    "Use this on a report of Flowbot's, press the Export button in it, or ask anew with "
    "`/flow-report`."
)


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer was about, where it was told, and whether to its asker alone."""

    question: ReportQuestion | AnalyticsQuestion
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
        return Told(_question(entry), channel, private=entry.target.private)

    async def flow_options(self, query: str) -> list[dict[str, Any]]:
        """Return the options of the flow pick list for what was typed so far."""
        return forms.flow_options(await self._names.all(), query)

    async def notice(self, trigger_id: str, problem: Message) -> None:
        """Open a window that only says something."""
        await self._open(trigger_id, forms.problem_view("Flowbot", problem))

    async def _export(self, trigger_id: str, entry: Entry | None) -> None:
        if entry is None or not entry.question:
            raise UserError(NOT_OURS)
        about, formats = await self._about(entry)
        view = forms.export_modal(about=about, metadata=entry.key, formats=formats)
        await self._open(trigger_id, view)

    async def _about(self, entry: Entry) -> tuple[str, tuple[str, ...]]:
        """Return what is behind an answer in words, and in which formats it can be had."""
        question = _question(entry)  # it holds the id, as names may move to other things
        if isinstance(question, AnalyticsQuestion):
            asked = analytics_words(words_of(entry.question))
            return f"The data behind this: /flow-analytics {asked}", TABLE_FORMATS
        named = await self._names.resolve(question.flow)
        asked = question_words(replace(question, flow=named.name))
        return f"The data behind this report: {asked}.", EXPORT_FORMATS

    async def _open(self, trigger_id: str, view: Mapping[str, Any]) -> None:
        await self._slack.call("views.open", trigger_id=trigger_id, view=view)


def _question(entry: Entry) -> ReportQuestion | AnalyticsQuestion:
    if entry.question["kind"] == ANALYTICS:
        return question_of(entry.question)
    kept = {name: value for name, value in entry.question.items() if name != "kind"}
    return ReportQuestion(**kept)
