"""Asking MomoFlow for reports: on one flow, on all named ones, and who is overdue besides."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.asking.core.periods import Period
from bot.errors import Reason, VendorError
from bot.http.connection import Connection
from bot.training.client import MomoFlow
from bot.training.core.measures import people
from bot.training.core.names import NamedFlow
from bot.training.core.overview import FlowReports
from bot.training.core.within import is_listed, within
from bot.training.model import (
    NOT_COMPLETED,
    OVERDUE,
    STATUSES,
    Assignment,
    ReportFilter,
    TrainingReport,
)
from bot.training.question import ReportQuestion
from bot.training.rendering.reports import HiddenOverdue

WIDTH: Final = 4
"""Reports that are asked for at a time: MomoFlow allows 50 a minute."""


@dataclass(frozen=True, slots=True)
class FlowReading:
    """The report that was asked for; `whole` is that on all dates, if it is counted from it."""

    report: TrainingReport
    whole: TrainingReport | None = None


class ReportReader:
    """Raises VendorError; while MomoFlow is off, with how to switch it on."""

    def __init__(self, momoflow: Connection[MomoFlow]) -> None:
        """Ask `momoflow`."""
        self._momoflow = momoflow

    async def one(self, asked: ReportFilter) -> FlowReading:
        """Return the report; one question is asked of a flow, whatever the period.

        Where the flow is too large for that, or MomoFlow counts more people than it lists, the
        period is asked for as it is. The vendor's own sums come by themselves, if at all.
        """
        plain = replace(asked, by=None)
        whole = await self._whole(plain)
        report = within(whole, plain) if whole else await self._momoflow.client.report(plain)
        if asked.by:
            report = replace(report, aggregate=await self._sums(asked))
        return FlowReading(report, whole)

    async def several(self, flows: Sequence[NamedFlow], asked: ReportFilter) -> FlowReports:
        """Return the report on each flow; raises only where none can be had."""
        free = asyncio.Semaphore(WIDTH)

        async def read(flow: NamedFlow) -> TrainingReport | VendorError:
            async with free:
                try:
                    return (await self.one(replace(asked, flow_id=flow.flow_id))).report
                except VendorError as error:
                    return error

        found = await asyncio.gather(*map(read, flows))
        pairs = list(zip(flows, found, strict=True))
        missing = [(flow, each) for flow, each in pairs if isinstance(each, VendorError)]
        reports = tuple(each for each in found if isinstance(each, TrainingReport))
        if missing and not reports:
            raise missing[0][1]
        return FlowReports(reports, tuple(missing))

    async def hidden(
        self, shown: FlowReading, period: Period | None, *, status: str
    ) -> HiddenOverdue:
        """Return who is overdue in a flow besides those whom the report on a period shows.

        Nobody where overdue people are not asked for, and where MomoFlow does not tell: the report
        itself says which days it is about.
        """
        if period is None or status not in {"", OVERDUE, NOT_COMPLETED}:
            return HiddenOverdue()
        every = shown.whole or await self._overdue(shown.report.flow_id)
        if every is None:
            return HiddenOverdue()
        listed = {each.id for each in shown.report.assignments}
        more = [
            each for each in every.assignments if each.status == OVERDUE and each.id not in listed
        ]
        return HiddenOverdue(people(more), earlier=all(_before(each, period) for each in more))

    async def _whole(self, asked: ReportFilter) -> TrainingReport | None:
        """Return the report on all dates, if one on a period is asked for and it can be had."""
        if asked.start is None:
            return None
        try:
            whole = await self._momoflow.client.report(
                ReportFilter(asked.flow_id, detailed=asked.detailed)
            )
        except VendorError as error:
            if error.reason is not Reason.TOO_LARGE:
                raise
            return None
        return whole if is_listed(whole) else None

    async def _overdue(self, flow_id: str) -> TrainingReport | None:
        try:
            return await self._momoflow.client.report(ReportFilter(flow_id, status=OVERDUE))
        except VendorError:
            return None

    async def _sums(self, asked: ReportFilter) -> tuple[tuple[str, str], ...]:
        """Return the vendor's own answer to an aggregation, which is undocumented."""
        try:
            return (await self._momoflow.client.report(asked)).aggregate
        except VendorError:
            return ()


def filter_of(flow_id: str, question: ReportQuestion, period: Period | None) -> ReportFilter:
    """Return what to ask the vendor for; buckets need everybody, so `by` drops the status."""
    return ReportFilter(
        flow_id=flow_id,
        start=period.start if period else None,
        end=period.end if period else None,
        status=None if question.by else vendors_status(question.status),
        detailed=question.detailed,
        by=question.by or None,
    )


def vendors_status(status: str) -> str | None:
    """Return the status as the vendor can filter by it, or None."""
    return status if status in STATUSES else None


def _before(each: Assignment, period: Period) -> bool:
    return each.assigned_at is not None and each.assigned_at < period.start
