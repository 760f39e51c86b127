"""Training as a file: our own workbook, or the file that MomoFlow makes."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import date
from typing import Any, Final

from bot.asking.core import periods
from bot.asking.core.finder import Choice, PickError
from bot.asking.core.periods import Period
from bot.asking.occasion import Occasion
from bot.asking.rendering.dates import local_day
from bot.asking.table_files import TableContent, TableFile, TableSource
from bot.clock import Clock
from bot.codec import decode, encode
from bot.http.connection import Connection
from bot.http.streaming import body_of
from bot.http.vendor_files import csv_body, workbook_body
from bot.slack.messages import Answer, FileOffer, FileSource
from bot.spool import Body
from bot.tables.columns import Sheet
from bot.training.client import MomoFlow
from bot.training.core import aggregation
from bot.training.core.aggregation import Days
from bot.training.core.names import ALL
from bot.training.core.overview import FlowReports, combined, distinct
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
from bot.training.reading import ReportReader, filter_of, vendors_status
from bot.training.rendering import exports, sheets
from bot.training.rendering.news import period_days
from bot.training.rendering.reports import ReportSubject, narrowed
from bot.training.rendering.statuses import status_title, status_word

BODIES: Final = {"csv": csv_body, "xlsx": workbook_body}
"""How a file of the vendor's is opened whose format may hold formulas."""
TABLES: Final = TableSource("momoflow_tables", MOMOFLOW.title, ReportQuestion)


class ReportFiles:
    """Offers files and opens them. Raises UserError and VendorError."""

    def __init__(
        self,
        momoflow: Connection[MomoFlow],
        reader: ReportReader,
        names: TrainingNames,
        clock: Clock,
    ) -> None:
        """Ask `momoflow` for its own files, and `reader` for what is in ours."""
        self._momoflow = momoflow
        self._reader = reader
        self._names = names
        self._clock = clock

    def answer(
        self,
        report: TrainingReport,
        asked: ReportFilter,
        subject: ReportSubject,
        occasion: Occasion,
    ) -> Answer:
        """Return the file of one flow with its message; where there is nobody, no file."""
        shown = narrowed(report, subject.question.status)
        message = exports.export_message(shown, subject, occasion)
        if exports.has_nobody(shown, subject):
            return message
        title = exports.export_title(shown, subject, occasion)
        if is_ours(subject.question):
            file = TableFile(_absolute(subject), title, occasion.zone)
            offer = TABLES.offer(file, day=_today(occasion))
        else:
            offer = _vendors_offer(asked, subject.question, title)
        named = exports.file_name(shown, subject.question.export, day=_today(occasion))
        return replace(message, files=(replace(offer, filename=named),))

    def answer_of_all(
        self, found: FlowReports, subject: ReportSubject, occasion: Occasion
    ) -> Answer:
        """Return the file of all named flows with its message."""
        status = subject.question.status
        reports = tuple(narrowed(each, status) for each in found.reports)
        whole = combined(reports, title=exports.ALL_FLOWS)
        message = exports.export_message(whole, subject, occasion, missing=found.missing)
        if exports.has_nobody(whole, subject):
            return message
        title = exports.export_title(whole, subject, occasion)
        file = TableFile(_absolute(subject), title, occasion.zone)
        named = exports.file_name(whole, subject.question.export, day=_today(occasion))
        offer = TABLES.offer(file, day=_today(occasion))
        return replace(message, files=(replace(offer, filename=named),))

    def open_vendors(self, arguments: dict[str, Any]) -> AbstractAsyncContextManager[Body]:
        """Open MomoFlow's file; its link is asked for anew, as nobody says how long one lives."""
        return self._open(arguments)

    async def content(self, file: TableFile[ReportQuestion]) -> TableContent:
        """Return what our file holds, asked for anew; its days are absolute."""
        question, now = file.question, self._clock.now()
        today = local_day(now, file.zone)
        period = None
        if question.period:
            period = periods.period(question.period, today=today, zone=file.zone)
        read = await self._read(question, period)
        found = [narrowed(each, question.status) for each in read.reports]
        days = Days(today, period.first, period.last) if period else Days(today)
        return TableContent(
            _sheets(found, question, file.zone, days),
            period=f"assigned {period_days(period, now)}" if period else "all dates",
            filters=tuple(_filters(question, read)),
            facts=(("Flow id", question.flow_id),) if question.flow_id else (),
        )

    async def _read(self, question: ReportQuestion, period: Period | None) -> FlowReports:
        asked = filter_of(question.flow_id, question, period)
        if question.flow_id:
            return FlowReports(((await self._reader.one(asked)).report,))
        flows = distinct(await self._names.all())
        return await self._reader.several(flows, replace(asked, by=None))

    @asynccontextmanager
    async def _open(self, arguments: dict[str, Any]) -> AsyncIterator[Body]:
        momoflow = self._momoflow.client
        export = await momoflow.export(decode(ReportFilter, arguments["filter"]), arguments["form"])
        opened = BODIES.get(arguments["form"], body_of)
        async with momoflow.download(export) as download, opened(MOMOFLOW, download) as body:
            yield body


def is_ours(question: ReportQuestion) -> bool:
    """Return whether the file is made here: every workbook that is not wanted raw, and all flows.

    People open workbooks, so those have words, dates and filters; CSV feeds programs and stays as
    MomoFlow makes it, and so does PDF, which nobody makes here.
    """
    if question.flow == ALL and not question.flow_id:
        return True
    return question.export == "xlsx" and not question.raw


def check_file(question: ReportQuestion) -> None:
    """Raise PickError for several statuses in a file that MomoFlow makes: of one, or of all."""
    if question.export and question.status == NOT_COMPLETED and not is_ours(question):
        choices = [Choice(each, status_title(each)) for each in STATUSES if each != COMPLETED]
        lead = "MomoFlow makes files of one status at a time. Which one?"
        raise PickError("not completed", choices, noun="status", field="status", lead=lead)


def _absolute(subject: ReportSubject) -> ReportQuestion:
    """Return the question with the days that were meant when it was asked."""
    period = subject.period
    return replace(subject.question, period=f"{period.first}..{period.last}" if period else "")


def _filters(question: ReportQuestion, read: FlowReports) -> Iterator[tuple[str, str]]:
    if question.status:
        yield "Status", f"only {status_word(question.status)}"
    if read.missing:
        yield "Not counted", ", ".join(flow.name for flow, _ in read.missing)


def _today(occasion: Occasion) -> date:
    return local_day(occasion.now, occasion.zone)


def _sheets(
    found: list[TrainingReport], question: ReportQuestion, zone: str, days: Days
) -> list[Sheet]:
    several = not question.flow_id
    made = [sheets.people_sheet(found, several=several, zone=zone)]
    if several:
        made.append(sheets.flows_sheet(found))
    if question.detailed:
        made.append(sheets.modules_sheet(found, zone=zone))
    if question.by:
        listed = combined(found, title="").assignments
        by = aggregation.completion_by(listed, question.by, zone, asked=days)
        made.append(sheets.over_time_sheet(by, question.by, status=question.status))
        made += [sheets.sums_sheet(each) for each in found if each.aggregate]
    if any(each.scheduled for each in found) and not question.status:
        made.append(sheets.upcoming_sheet(found, several=several))
    return made


def _vendors_offer(asked: ReportFilter, question: ReportQuestion, title: str) -> FileOffer:
    wanted = replace(asked, by=None, status=vendors_status(question.status))
    return FileOffer(
        filename="",
        title=title,
        source=FileSource(MOMOFLOW.name, {"filter": encode(wanted), "form": question.export}),
        alt_text=title,
    )
