"""Training reports and their exports: one question, one answer, the same for people and digests."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from typing import Any, Final

from bot.asking import composing
from bot.asking.composing import ComposedAnswer, SettledQuestion
from bot.asking.core.finder import Choice, PickError
from bot.asking.core.periods import Period
from bot.asking.occasion import Occasion
from bot.asking.rendering.dates import local_day
from bot.asking.store import SnapshotStore, put_snapshot
from bot.codec import decode, encode
from bot.errors import VendorError
from bot.http.connection import Connection
from bot.http.streaming import body_of
from bot.http.vendor_files import csv_body, workbook_body
from bot.slack.messages import Answer, FileOffer, FileSource
from bot.spool import Body
from bot.training.client import MomoFlow
from bot.training.core import aggregation, changes
from bot.training.core.changes import Snapshot
from bot.training.core.names import NamedFlow
from bot.training.model import (
    COMPLETED,
    MOMOFLOW,
    NOT_COMPLETED,
    STATUSES,
    ReportFilter,
    TrainingReport,
)
from bot.training.names import TrainingNames
from bot.training.question import ReportQuestion
from bot.training.rendering import exports
from bot.training.rendering import reports as training
from bot.training.rendering.reports import ReportSubject
from bot.training.rendering.tables import status_title

BODIES: Final = {"csv": csv_body, "xlsx": workbook_body}
"""How a file is opened whose format may hold formulas."""
UNCHECKED: Final = (
    "MomoFlow cannot say at the moment whether it has this flow. The first digest will show it; if "
    "there is none, I tell you directly."
)


class Reports:
    """Composes reports. Raises UserError and VendorError."""

    def __init__(
        self,
        momoflow: Connection[MomoFlow],
        names: TrainingNames,
        snapshots: SnapshotStore,
    ) -> None:
        """While `momoflow` is off, every question is answered with how to switch it on."""
        self._momoflow = momoflow
        self._names = names
        self._snapshots = snapshots

    async def settled(self, question: ReportQuestion) -> SettledQuestion:
        """Return the question with the flow's whole name.

        Of one without a name nobody has seen yet that it is there. While MomoFlow cannot be asked
        it is taken all the same: nobody should have to come back for that.
        """
        _check_file(question)
        named = await self.named_today(question)
        is_known = not named.flow_id or await self._names.check(named.flow_id)
        return SettledQuestion(named, "" if is_known else UNCHECKED)

    async def named_today(self, question: ReportQuestion) -> ReportQuestion:
        """Return the question with the flow's whole name; one without a name keeps its id."""
        named = await self._named(question)
        unnamed = named.flow_id if named.name == named.flow_id else ""
        return replace(question, flow=named.name, flow_id=unnamed)

    async def compose(self, question: ReportQuestion, occasion: Occasion) -> ComposedAnswer:
        """Return the answer; what changed is said against what its readers were told last."""
        _check_file(question)
        named = await self._named(question)
        period = occasion.period(question.period) if question.period else None
        asked = filter_of(named.flow_id, question, period)
        if question.export:  # the vendor's own sums are not part of the file's message
            asked = replace(asked, by=None)
        report = await self._ask(asked)
        subject = ReportSubject(question, period)
        as_asked = replace(question, flow=named.name, flow_id="", export="")
        kept = composing.kept(as_asked, _absolute(question, named, period))
        if question.by:
            by = aggregation.completion_by(report.assignments, question.by, occasion.zone)
            subject = replace(subject, buckets=by)
        if question.export:
            return ComposedAnswer(_export(report, asked, subject, occasion), kept)
        return await self._report(report, subject, occasion, kept)

    async def _named(self, question: ReportQuestion) -> NamedFlow:
        if question.flow_id:
            return await self._names.known(question.flow_id)
        return await self._names.resolve(question.flow)

    async def _report(
        self,
        report: TrainingReport,
        subject: ReportSubject,
        occasion: Occasion,
        kept: dict[str, Any],
    ) -> ComposedAnswer:
        question, now = subject.question, occasion.now
        asked = f"{report.flow_id}|{question.period}|{question.status}|{question.by}"
        key = f"{occasion.readers}|{asked}"
        before = await self._snapshots.read(key, Snapshot)
        after = changes.snapshot(report, now, status_filter=question.status)
        subject = replace(subject, changes=changes.changes(before, after) if before else None)
        answer = training.report_answer(_narrowed(report, question), subject, occasion)
        return ComposedAnswer(answer, kept, (lambda tx: put_snapshot(tx, key, after, now=now),))

    async def _ask(self, asked: ReportFilter) -> TrainingReport:
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

    def open_file(self, arguments: dict[str, Any]) -> AbstractAsyncContextManager[Body]:
        """Open an export; a link is asked for anew each time, as nobody says how long one lives."""
        return self._open(arguments)

    @asynccontextmanager
    async def _open(self, arguments: dict[str, Any]) -> AsyncIterator[Body]:
        momoflow = self._momoflow.client
        export = await momoflow.export(decode(ReportFilter, arguments["filter"]), arguments["form"])
        opened = BODIES.get(arguments["form"], body_of)
        async with momoflow.download(export) as download, opened(MOMOFLOW, download) as body:
            yield body


def filter_of(flow_id: str, question: ReportQuestion, period: Period | None) -> ReportFilter:
    """Return what to ask the vendor for; buckets need everybody, so `by` drops the status."""
    return ReportFilter(
        flow_id=flow_id,
        start=period.start if period else None,
        end=period.end if period else None,
        status=None if question.by else _vendors_status(question),
        detailed=question.detailed,
        by=question.by or None,
    )


def _vendors_status(question: ReportQuestion) -> str | None:
    return question.status if question.status in STATUSES else None


def _check_file(question: ReportQuestion) -> None:
    """Raise PickError for a file of several statuses: MomoFlow makes files of one, or of all."""
    if question.export and question.status == NOT_COMPLETED:
        choices = [Choice(each, status_title(each)) for each in STATUSES if each != COMPLETED]
        lead = "MomoFlow makes files of one status at a time. Which one?"
        raise PickError("not completed", choices, noun="status", field="status", lead=lead)


def _narrowed(report: TrainingReport, question: ReportQuestion) -> TrainingReport:
    if not question.status:
        return report
    open_ones = question.status == NOT_COMPLETED
    kept = tuple(
        each
        for each in report.assignments
        if (each.status != COMPLETED if open_ones else each.status == question.status)
    )
    return replace(report, assignments=kept)


def _export(
    report: TrainingReport, asked: ReportFilter, subject: ReportSubject, occasion: Occasion
) -> Answer:
    question, period = subject.question, subject.period
    name = report.flow_name or report.flow_id
    about = {
        "fmt": question.export,
        "dates": period.label if period else "all dates",
        "status": question.status,
    }
    title = exports.export_title(name, **about)
    day = local_day(occasion.now, occasion.zone)
    offer = FileOffer(
        filename=exports.file_name(name, fmt=question.export, day=day),
        title=title,
        source=FileSource(
            MOMOFLOW.name,
            {
                "filter": encode(replace(asked, status=_vendors_status(question))),
                "form": question.export,
            },
        ),
        alt_text=title,
    )
    message = exports.export_message(
        name,
        **about,
        footer=occasion.footer,
        sums=training.over_time(report, subject, occasion),
    )
    return Answer(message, files=(offer,))


def _absolute(question: ReportQuestion, named: NamedFlow, period: Period | None) -> ReportQuestion:
    """Return the question as it was meant at this moment, so that its data can be had later."""
    dates = f"{period.first}..{period.last}" if period else ""
    flow_id = named.flow_id
    return replace(question, flow=flow_id, flow_id=flow_id, period=dates, export="")
