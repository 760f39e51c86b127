"""Asking MomoFlow for reports: on one flow, on all named ones, and who is overdue besides."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.asking.core.periods import Period
from bot.errors import VendorError
from bot.http.connection import Connection
from bot.training.client import MomoFlow
from bot.training.core.measures import people
from bot.training.core.names import NamedFlow
from bot.training.core.overview import FlowReports
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


class ReportReader:
    """Raises VendorError; while MomoFlow is off, with how to switch it on."""

    def __init__(self, momoflow: Connection[MomoFlow]) -> None:
        """Ask `momoflow`."""
        self._momoflow = momoflow

    async def one(self, asked: ReportFilter) -> TrainingReport:
        """Return the report; an aggregation's answer is undocumented and may hold no people."""
        momoflow = self._momoflow.client
        if not asked.by:
            return await momoflow.report(asked)
        plain = await momoflow.report(replace(asked, by=None))
        try:
            vendors_own = await momoflow.report(asked)
        except VendorError:
            return plain
        return replace(plain, aggregate=vendors_own.aggregate)

    async def several(self, flows: Sequence[NamedFlow], asked: ReportFilter) -> FlowReports:
        """Return the report on each flow; raises only where none can be had."""
        momoflow = self._momoflow.client
        free = asyncio.Semaphore(WIDTH)

        async def read(flow: NamedFlow) -> TrainingReport | VendorError:
            async with free:
                try:
                    return await momoflow.report(replace(asked, flow_id=flow.flow_id))
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
        self, shown: TrainingReport, period: Period | None, *, status: str
    ) -> HiddenOverdue:
        """Return who is overdue in a flow besides those whom the report on a period shows.

        Nobody where overdue people are not asked for, and where MomoFlow does not tell: the report
        itself says which days it is about.
        """
        if period is None or status not in {"", OVERDUE, NOT_COMPLETED}:
            return HiddenOverdue()
        listed = {each.id for each in shown.assignments}
        try:
            every = await self._momoflow.client.report(ReportFilter(shown.flow_id, status=OVERDUE))
        except VendorError:
            return HiddenOverdue()
        more = [
            each for each in every.assignments if each.status == OVERDUE and each.id not in listed
        ]
        return HiddenOverdue(people(more), earlier=all(_before(each, period) for each in more))


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
