"""Analytics of field reports: one question, one answer, the same for people and digests."""

from dataclasses import replace

from bot.asking.composing import ComposedAnswer, SettledQuestion, kept
from bot.asking.occasion import Occasion
from bot.asking.terms import Tally, tally_of
from bot.clock import Clock
from bot.errors import VendorError
from bot.fieldreports.channels import ReportChannels
from bot.fieldreports.core import figures as fieldfigures
from bot.fieldreports.core.figures import Figure
from bot.fieldreports.core.measures import measure_of
from bot.fieldreports.figures import (
    NOT_COMPARED,
    Scope,
    compared_with,
    figure,
    latest,
    summary,
    summary_before,
)
from bot.fieldreports.files import AnalyticsFiles
from bot.fieldreports.lists import ReportLists
from bot.fieldreports.question import (
    AWARENESS,
    BY_HOUR,
    BY_WEEKDAY,
    HEATMAP,
    IMAGES,
    OVER_TIME,
    READS,
    REPORT_LISTS,
    SUMMARY,
    AnalyticsQuestion,
)
from bot.fieldreports.rendering.answers import (
    figure_answer,
    figure_export_answer,
    heatmap_answer,
    images_answer,
)
from bot.fieldreports.rendering.news import news
from bot.fieldreports.rendering.notes import missing_pictures
from bot.fieldreports.rendering.subjects import FigureSubject
from bot.fieldreports.rendering.summary import report_total, summary_answer
from bot.fieldreports.scopes import ReportScopes, as_meant, as_named
from bot.slack.messages import Answer, FileOffer

MOST_PICTURES = 10
MOVING = (OVER_TIME, AWARENESS, READS)
"""Figures of which the rows move on with the days; their total says whether anything changed."""


class Analytics:
    """Composes figures. Raises UserError, PickError and VendorError."""

    def __init__(
        self,
        channels: ReportChannels,
        scopes: ReportScopes,
        files: AnalyticsFiles,
        clock: Clock,
    ) -> None:
        """Ask the client of `channels`."""
        self._channels = channels
        self.lists = ReportLists(channels)
        self._scopes = scopes
        self._files = files
        self._clock = clock

    async def compose(self, question: AnalyticsQuestion, occasion: Occasion) -> ComposedAnswer:
        """Return the answer; its figures are compared with the period before, whoever saw that."""
        if question.figure in REPORT_LISTS:
            return await self.lists.compose(question, occasion)
        scope = await self._scopes.scope(question, zone=occasion.zone, asked_at=occasion.asked_at)
        named = as_named(question, scope)
        subject = FigureSubject(named, scope.period, scope.earlier)
        answer, found = await self._answer(subject, occasion, scope)
        return ComposedAnswer(answer, kept(named, as_meant(question, scope)), tally=found)

    async def settled(self, question: AnalyticsQuestion) -> SettledQuestion:
        """Return the question with its names settled, as a digest shall ask it from now on."""
        if question.figure in REPORT_LISTS:
            return SettledQuestion(await self.lists.settled(question))
        now = self._clock.now()  # names are the same in any zone
        scope = await self._scopes.scope(question, zone="UTC", asked_at=now)
        return SettledQuestion(as_named(question, scope))

    async def _answer(
        self, subject: FigureSubject, occasion: Occasion, scope: Scope
    ) -> tuple[Answer, Tally]:
        kind = subject.question.figure
        if subject.question.export:
            return await self._export(subject, occasion, scope)
        if kind == SUMMARY:
            return await self._summary(subject, occasion, scope)
        if kind == HEATMAP:
            return await self._heatmap(subject, occasion, scope)
        if kind == IMAGES:
            return await self._images(subject, occasion, scope)
        client = self._channels.client
        now = await figure(client, kind, scope)
        before = await self._before(kind, scope)
        return figure_answer(now, subject, occasion, before=before), _counted(
            subject, now.total, now
        )

    async def _summary(
        self, subject: FigureSubject, occasion: Occasion, scope: Scope
    ) -> tuple[Answer, Tally]:
        client = self._channels.client
        now = await summary(client, scope)
        before = await summary_before(client, scope)
        answer = summary_answer(now, before, subject, occasion)
        return answer, _counted(subject, report_total(now))

    async def _heatmap(
        self, subject: FigureSubject, occasion: Occasion, scope: Scope
    ) -> tuple[Answer, Tally]:
        client = self._channels.client
        weekdays = await figure(client, BY_WEEKDAY, scope)
        hours = await figure(client, BY_HOUR, scope)
        both = fieldfigures.heatmap(weekdays, hours)
        answer = heatmap_answer(both, subject, occasion)
        if not both.total:
            return answer, _counted(subject, 0)
        title = news(both, subject, None, now=occasion.now)
        picture = self._files.heatmap(title, subject, scope, weekdays=weekdays, hours=hours)
        return replace(answer, files=(picture,)), _counted(subject, both.total)

    async def _images(
        self, subject: FigureSubject, occasion: Occasion, scope: Scope
    ) -> tuple[Answer, Tally]:
        found = await self._channels.client.images(scope.asked)
        wanted = latest(found, MOST_PICTURES)
        tried = await self._files.pictures(subject.question, scope, wanted)
        offers = tuple(each for each in tried if isinstance(each, FileOffer))
        errors = [each for each in tried if isinstance(each, VendorError)]
        answer = images_answer(
            fieldfigures.images(found, scope.period.zone),
            subject,
            occasion,
            uploaded=len(offers),
            notes=missing_pictures(errors, of=len(wanted)),
        )
        return replace(answer, files=offers), _counted(subject, len(found))

    async def _export(
        self, subject: FigureSubject, occasion: Occasion, scope: Scope
    ) -> tuple[Answer, Tally]:
        count = await self._files.count(scope, subject.question)
        answer = figure_export_answer(count, subject, occasion)
        if count:
            answer = replace(answer, files=(self._files.table(subject, scope),))
        return answer, _counted(subject, count)

    async def _before(self, kind: str, scope: Scope) -> Figure | None:
        """Return the figure of the period before, or None where there is no comparison."""
        earlier = scope.before()
        if earlier is None or kind in NOT_COMPARED:
            return None
        return await compared_with(figure(self._channels.client, kind, earlier))


def _counted(subject: FigureSubject, count: int, figure: Figure | None = None) -> Tally:
    rows = figure.rows if figure and figure.kind not in MOVING else None
    return tally_of({measure_of(subject.question).name: count}, rows)
