"""Training reports: one question, one answer, the same for people and digests."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from bot.asking import composing
from bot.asking.composing import ComposedAnswer, SettledQuestion
from bot.asking.core.finder import Choice, PickError
from bot.asking.core.periods import Period
from bot.asking.occasion import Occasion
from bot.asking.rendering.dates import local_day
from bot.asking.store import LastTold, SnapshotStore, remembered
from bot.errors import UserError
from bot.slack.blocks.blocks import says
from bot.slack.messages import Answer
from bot.training.core import aggregation, changes
from bot.training.core.aggregation import Bucket, Days
from bot.training.core.changes import ReportChanges, Snapshot
from bot.training.core.measures import report_tally
from bot.training.core.names import ALL, NamedFlow
from bot.training.core.overview import combined, distinct
from bot.training.files import ReportFiles, check_file
from bot.training.model import OVERDUE, ReportFilter, TrainingReport
from bot.training.names import TrainingNames
from bot.training.question import ReportQuestion
from bot.training.reading import ReportReader, filter_of
from bot.training.rendering.overview import overview_answer
from bot.training.rendering.reports import ReportSubject, narrowed, report_answer

UNCHECKED = (
    "MomoFlow cannot say at the moment whether it has this flow. The first digest will show it; if "
    "there is none, I tell you directly."
)
NO_NAMES = (
    "No flow has a name here yet. Give one its name with its id in MomoFlow: "
    "`/flow-report name onboarding flow_123abc`"
)
NONE_FITS = "None of the flows that have a name here is one of those wanted."


class Reports:
    """Composes reports. Raises UserError, PickError and VendorError."""

    def __init__(
        self,
        reader: ReportReader,
        names: TrainingNames,
        files: ReportFiles,
        snapshots: SnapshotStore,
    ) -> None:
        """Ask `reader`; what was told last is in `snapshots`."""
        self._reader = reader
        self._names = names
        self._files = files
        self._snapshots = snapshots

    async def settled(self, question: ReportQuestion) -> SettledQuestion:
        """Return the question with the flow's whole name.

        Of one without a name nobody has seen yet that it is there. While MomoFlow cannot be asked
        it is taken all the same: nobody should have to come back for that.
        """
        check_file(question)
        if is_of_all(question):
            await self._flows(question)
        named = await self.named_today(question)
        is_known = not named.flow_id or await self._names.check(named.flow_id)
        return SettledQuestion(named, "" if is_known else UNCHECKED)

    async def named_today(self, question: ReportQuestion) -> ReportQuestion:
        """Return the question with the flow's whole name; one without a name keeps its id."""
        if is_of_all(question):
            return question
        named = await self._named(question)
        unnamed = named.flow_id if named.name == named.flow_id else ""
        return replace(question, flow=named.name, flow_id=unnamed)

    async def compose(self, question: ReportQuestion, occasion: Occasion) -> ComposedAnswer:
        """Return the answer; what changed is said against what its readers were told last."""
        check_file(question)
        period = occasion.period(question.period) if question.period else None
        if is_of_all(question):
            return await self._of_all(question, period, occasion)
        return await self._of_one(question, period, occasion)

    async def _of_one(
        self, question: ReportQuestion, period: Period | None, occasion: Occasion
    ) -> ComposedAnswer:
        named = await self._named(question)
        kept = _kept(question, named.name, named.flow_id, period)
        subject = ReportSubject(replace(question, flow=named.name, flow_id=named.flow_id), period)
        asked = filter_of(named.flow_id, question, period)
        # the vendor's own sums are for a file alone
        read = await self._reader.one(replace(asked, by=None))
        report = read.report
        if question.export:
            subject = replace(subject, buckets=_buckets(report, subject, occasion))
            file = self._files.answer(report, asked, subject, occasion)
            return _answered(file, kept, report, subject)
        hidden = await self._reader.hidden(read, period, status=question.status)
        subject = replace(subject, hidden=hidden, buckets=_buckets(report, subject, occasion))
        changed, told = await self._since(report, report.flow_id, subject, occasion)
        shown = narrowed(report, question.status)
        answer = report_answer(shown, replace(subject, changes=changed), occasion)
        return _answered(answer, kept, report, subject, told)

    async def _of_all(
        self, question: ReportQuestion, period: Period | None, occasion: Occasion
    ) -> ComposedAnswer:
        kept = _kept(question, ALL, "", period)
        if not await self._names.all():
            return ComposedAnswer(Answer(says(NO_NAMES)), kept)
        flows = [each for each in await self._flows(question) if occasion.counts(each.name)]
        if not flows:
            return ComposedAnswer(Answer(says(NONE_FITS)), kept, nothing=NONE_FITS)
        subject = ReportSubject(question, period)
        found = await self._reader.several(flows, all_filter(question, period))
        whole = combined(found.reports, title="All flows")
        subject = replace(subject, buckets=_buckets(whole, subject, occasion))
        if question.export:
            file = self._files.answer_of_all(found, subject, occasion)
            return _answered(file, kept, whole, subject)
        if question.status:
            status = question.status
            reports = tuple(narrowed(each, status) for each in found.reports)
            found = replace(found, reports=reports)
        if found.missing:  # with a flow less, nothing can be compared
            return _answered(overview_answer(found, subject, occasion), kept, whole, subject)
        of_whom = f"all:{sha256('|'.join(sorted(found.ids)).encode()).hexdigest()[:16]}"
        changed, told = await self._since(whole, of_whom, subject, occasion)
        answer = overview_answer(found, replace(subject, changes=changed), occasion)
        return _answered(answer, kept, whole, subject, told)

    async def _named(self, question: ReportQuestion) -> NamedFlow:
        if question.flow_id:
            return await self._names.known(question.flow_id)
        return await self._names.resolve(question.flow)

    async def _flows(self, question: ReportQuestion) -> Sequence[NamedFlow]:
        """Return all flows that have a name; what is of one flow alone is asked for one."""
        names = await self._names.all()
        if not names:
            raise UserError(NO_NAMES)
        flows = distinct(names)
        one = _of_one_flow(question)
        if one:
            choices = [Choice(each.name, each.name, each.flow_id) for each in flows]
            raise PickError(ALL, choices, noun="flow", field="flow", lead=one)
        return flows

    async def _since(
        self, report: TrainingReport, of_what: str, subject: ReportSubject, occasion: Occasion
    ) -> tuple[ReportChanges | None, LastTold]:
        """Return what changed since its readers were told last, and what to remember."""
        question, now = subject.question, occasion.now
        asked = f"{of_what}|{question.period}|{question.status}|{question.by}"
        key = f"{occasion.readers}|{asked}"
        before = await self._snapshots.read(key, Snapshot)
        after = changes.snapshot(
            report,
            now,
            status_filter=question.status,
            days=_days(subject.period),
            by_digest=occasion.subscription is not None,
        )
        changed = changes.changes(before, after) if before else None
        return changed, remembered(key, after)


def _answered(
    answer: Answer,
    kept: dict[str, Any],
    report: TrainingReport,
    subject: ReportSubject,
    *told: LastTold,
) -> ComposedAnswer:
    """Return an answer with the figures of the report that it is from."""
    found = report_tally(report, subject.question)
    return ComposedAnswer(answer, kept, told=told, tally=found)


def is_of_all(question: ReportQuestion) -> bool:
    """Return whether a question is about all named flows."""
    return question.flow == ALL and not question.flow_id


def all_filter(question: ReportQuestion, period: Period | None) -> ReportFilter:
    """Return what to ask of each of all flows: without a status, who is overdue is enough."""
    asked = replace(filter_of("", question, period), by=None, detailed=False)
    listed_whole = question.by or question.status or question.export
    return asked if listed_whole else replace(asked, status=OVERDUE)


def _of_one_flow(question: ReportQuestion) -> str:
    """Return what to ask where a question can be about one flow alone; else empty."""
    if question.raw or question.export == "pdf":
        return "MomoFlow makes files of one flow. Which one?"
    return "Modules are shown for one flow. Which one?" if question.detailed else ""


def _buckets(
    report: TrainingReport, subject: ReportSubject, occasion: Occasion
) -> tuple[Bucket, ...]:
    grain, period = subject.question.by, subject.period
    if not grain:
        return ()
    today = local_day(occasion.now, occasion.zone)
    asked = Days(today, period.first, period.last) if period else Days(today)
    kept = narrowed(report, subject.question.status).assignments
    return aggregation.completion_by(kept, grain, occasion.zone, asked=asked)


def _days(period: Period | None) -> str:
    return f"{period.first}..{period.last}" if period else ""


def _kept(
    question: ReportQuestion, name: str, flow_id: str, period: Period | None
) -> dict[str, Any]:
    """Return the question to keep beside its answer, for its data: without the file it was."""
    asked = replace(question, flow=name, flow_id="", export="", raw=False)
    known = flow_id or name
    meant = replace(asked, flow=known, flow_id=flow_id, period=_days(period))
    return composing.kept(asked, meant)
