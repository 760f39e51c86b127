"""Answers about the runs of Smart Flows: digests and lists, the same for people and on schedule."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.asking.composing import ComposedAnswer, SettledQuestion, kept
from bot.asking.core import periods
from bot.asking.core.periods import Period
from bot.asking.occasion import Occasion
from bot.asking.rendering.dates import days
from bot.asking.table_files import TableContent, TableFile, TableSource
from bot.asking.terms import Tally
from bot.clock import Clock
from bot.http.connection import Connection
from bot.runs.client.client import NEWEST_FIRST, SmartFlows
from bot.runs.core.measures import listed_runs
from bot.runs.core.watching import merge
from bot.runs.flows import Flows
from bot.runs.model import (
    ERROR,
    INTERRUPTED,
    PAUSED,
    QUEUED,
    RUNNING,
    Execution,
    ExecutionFilter,
    VendorRef,
)
from bot.runs.question import RunsQuestion
from bot.runs.rendering.lists import FEW, list_title, run_list
from bot.runs.rendering.sheets import runs_sheet
from bot.runs.store.executions import ExecutionStore
from bot.runs.summaries.summaries import RunDigests
from bot.runs.vendor import Project
from bot.slack.messages import Answer

TABLES: Final = TableSource("smartflows_runs", "Smart Flows", RunsQuestion)
LISTED: Final = 200
"""So many runs are counted, of which a table shows 99."""
LATEST: Final = "latest"
DOTS: Final = ".."
_STATUSES: Final = {
    "running": (QUEUED, RUNNING),
    "failed": (ERROR, INTERRUPTED),
    "waiting": PAUSED,
}


class RunAnswers:
    """Composes answers about runs. Raises UserError, PickError and VendorError."""

    def __init__(
        self,
        smartflows: Connection[SmartFlows],
        digests: RunDigests,
        project: Project,
        flows: Flows,
        executions: ExecutionStore,
        clock: Clock,
    ) -> None:
        """Ask `smartflows`."""
        self._smartflows = smartflows
        self._digests = digests
        self._project = project
        self._flows = flows
        self._executions = executions
        self._clock = clock

    async def settled(self, question: RunsQuestion) -> SettledQuestion:
        """Return the question with the flow that its words mean. Raises UserError, PickError."""
        return SettledQuestion(await self._named(question))

    async def _named(self, question: RunsQuestion) -> RunsQuestion:
        if question.flow_id or not question.flow:
            return question
        flow = await self._flows.watched(question.flow)
        return replace(question, flow=flow.name, flow_id=flow.id)

    async def compose(self, question: RunsQuestion, occasion: Occasion) -> ComposedAnswer:
        """Return the answer."""
        client, zone, asked_at = self._smartflows.client, occasion.zone, occasion.asked_at
        asked = await self._named(question)
        meant = replace(_meant(asked, asked_at, zone), export="")
        about = kept(asked, meant)
        if question.export:
            answer, found = await self._file(replace(meant, export=question.export), occasion)
        elif question.which:
            answer, found = await self._list(question.which, occasion)
        else:
            answer, found = await self._digests.digest(client, asked, occasion)
        return ComposedAnswer(answer, about, tally=found)

    async def content(self, file: TableFile[RunsQuestion]) -> TableContent:
        """Return the runs of a question for a file."""
        runs = await self._runs(file.question, file.zone)
        return TableContent([runs_sheet(runs, title=_title(replace(file.question, period="")))])

    async def _file(self, meant: RunsQuestion, occasion: Occasion) -> tuple[Answer, Tally]:
        runs = await self._runs(meant, occasion.zone)
        file = TableFile(meant, _title(meant), occasion.zone)
        return TABLES.answer(file, len(runs), occasion), listed_runs(runs)

    async def _list(self, which: str, occasion: Occasion) -> tuple[Answer, Tally]:
        now = occasion.now
        listed = await self._listed(which, occasion.zone)
        found = [one for one in listed if occasion.counts(one.flow.name)]
        found = found[:FEW] if which == LATEST else found
        answer = run_list(
            [merge(await self._executions.get(one.id), one, now) for one in found],
            occasion,
            which=which,
            more=len(listed) >= LISTED,
            own_only=await self._project.sees_only_own(),
        )
        return answer, listed_runs(found)

    async def _runs(self, question: RunsQuestion, zone: str) -> Sequence[Execution]:
        if question.which:
            return await self._listed(question.which, zone)
        period = _period(question, self._clock.now(), zone)
        return await self._digests.rows(self._smartflows.client, question, period)

    async def _listed(self, which: str, zone: str) -> tuple[Execution, ...]:
        if which in _STATUSES or which == LATEST:
            asked = ExecutionFilter(statuses=_STATUSES.get(which, ()))
            page = await self._smartflows.client.filtered(asked, size=LISTED, sort=NEWEST_FIRST)
            return page.rows
        midnight = self._clock.now().astimezone(ZoneInfo(zone))
        midnight = midnight.replace(hour=0, minute=0, second=0, microsecond=0)
        page = await self._smartflows.client.filtered(ExecutionFilter(since=midnight), size=LISTED)
        return page.rows


def about_flow(flow: VendorRef, *, now: datetime, zone: str) -> dict[str, Any]:
    """Return the question to keep beside a message about a run: its flow's, of the days up to it.

    With it the shortcuts in the message's menu work.
    """
    asked = RunsQuestion(flow.name or flow.id, flow.id) if flow.id else RunsQuestion()
    return kept(asked, _meant(asked, now, zone))


def _meant(question: RunsQuestion, asked_at: datetime, zone: str) -> RunsQuestion:
    """Return the question with its days as they were then; a list is always of now."""
    if question.which:
        return question
    period = _period(question, asked_at, zone)
    return replace(question, period=f"{period.first}..{period.last}")


def _period(question: RunsQuestion, asked_at: datetime, zone: str) -> Period:
    today = asked_at.astimezone(ZoneInfo(zone)).date()
    return periods.period(question.period, today=today, zone=zone)


def _title(question: RunsQuestion) -> str:
    if question.which:
        return list_title(question.which)
    if DOTS not in question.period:
        return f"Runs of {question.flow or 'all flows'}"
    first, last = map(date.fromisoformat, question.period.split(DOTS))
    return f"Runs of {question.flow or 'all flows'}, {days(first, last)}"
