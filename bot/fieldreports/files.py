"""Files of field reports: tables, the heat map, and pictures, each made anew when it is sent.

A picture's address is signed and expires, so it is asked for again and never kept.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any, Final

from bot import log
from bot.asking.core.comparing import Earlier
from bot.asking.rendering.dates import day, day_and_time, days
from bot.asking.table_files import TableContent, TableFile, TableSource
from bot.clock import Clock
from bot.codec import decode, encode
from bot.errors import Reason, VendorError
from bot.fieldreports.channels import ReportChannels
from bot.fieldreports.core.figure_changes import COMPARABLE
from bot.fieldreports.core.figures import Figure
from bot.fieldreports.figures import Scope, compared_with, figure, summary, summary_before
from bot.fieldreports.fonts import fonts_for
from bot.fieldreports.model import SAFERME, ReportImage
from bot.fieldreports.question import BY_HOUR, BY_WEEKDAY, SUMMARY, AnalyticsQuestion
from bot.fieldreports.rendering.charts import heat_map_picture, heat_map_words
from bot.fieldreports.rendering.heatmaps import Heading
from bot.fieldreports.rendering.notes import figure_notes
from bot.fieldreports.rendering.subjects import FigureSubject, figure_title
from bot.fieldreports.rendering.tables import (
    detailed,
    figure_sheet,
    summary_rows,
    summary_sheets,
)
from bot.fieldreports.scopes import ReportScopes, as_meant, as_named
from bot.http.streaming import Download, spooled
from bot.slack.messages import FileOffer, FileSource
from bot.spool import Body, in_memory
from bot.tables.columns import Sheet
from bot.tables.document_types import document_type
from bot.tables.file_names import safe_filename
from bot.tables.table_files import TableFiles

FIRST_BYTES = 64
LARGEST_PICTURE = 10_000_000
"""Bytes; a thumbnail has some thousands."""
AT_ONCE = 3
"""Pictures that are looked at at the same time."""
CSV = "csv"
HEATMAP, PICTURE = "heatmap", "picture"
TABLES: Final = TableSource(SAFERME.name, "SaferMe", AnalyticsQuestion)


@dataclass(frozen=True, slots=True)
class PictureFile:
    """What a picture is made of: a HEATMAP of a question, or the thumbnail of an `image`."""

    file: str
    question: AnalyticsQuestion
    zone: str
    image: int = 0


class AnalyticsFiles:
    """Offers files and opens them. Raises VendorError."""

    def __init__(
        self,
        channels: ReportChannels,
        scopes: ReportScopes,
        tables: TableFiles,
        clock: Clock,
        *,
        words: Callable[[AnalyticsQuestion], str],
    ) -> None:
        """Ask the client of `channels`; `words` gives the command of a question."""
        self._channels = channels
        self._scopes = scopes
        self._open_table = TABLES.opener(self._content, tables, clock, words)
        self._clock = clock

    async def count(self, scope: Scope, question: AnalyticsQuestion) -> int:
        """Return how many rows the file of a figure has, or sheets; 0 for nothing to tell."""
        client = self._channels.client
        if question.figure != SUMMARY:
            rows = await figure(client, question.figure, scope)
            return 0 if rows.is_empty else len(rows.rows)
        now = await summary(client, scope)
        sheets = summary_sheets(now, {})
        if question.export == CSV and sheets:
            return len(summary_rows(now, await summary_before(client, scope)).rows)
        return len(sheets)

    def table(self, subject: FigureSubject, scope: Scope) -> FileOffer:
        """Return a figure as a file in the format of the question."""
        question = replace(as_meant(subject.question, scope), export=subject.question.export)
        file = TableFile(question, subject.heading, scope.period.zone)
        return TABLES.offer(file, day=scope.period.last)

    def heatmap(
        self, news: str, subject: FigureSubject, scope: Scope, *, weekdays: Figure, hours: Figure
    ) -> FileOffer:
        """Return hours and days as a picture, whose caption is the news."""
        return FileOffer(
            filename=safe_filename(f"{subject.heading} {scope.period.last}", "png"),
            title=news,
            source=_source(HEATMAP, subject.question, scope),
            alt_text=f"{news}. {heat_map_words(weekdays, hours)}",
        )

    async def pictures(
        self, question: AnalyticsQuestion, scope: Scope, images: Sequence[ReportImage]
    ) -> tuple[FileOffer | VendorError, ...]:
        """Return each report's thumbnail, or why it cannot be had."""
        turn = asyncio.Semaphore(AT_ONCE)

        async def one(image: ReportImage) -> FileOffer | VendorError:
            async with turn:
                try:
                    return await self._picture(question, scope, image)
                except VendorError as error:
                    log.get().warning("picture_not_had", error=str(error))
                    return error

        return tuple(await asyncio.gather(*map(one, images)))

    async def _picture(
        self, question: AnalyticsQuestion, scope: Scope, image: ReportImage
    ) -> FileOffer:
        async with self._channels.client.picture(image.thumbnail_url) as download:
            kind = document_type(download.content_type, await _beginning(download))
        name = f"Picture {image.id} of report {image.report_id or 'unknown'}"
        zone = scope.period.zone
        taken = f", taken {day_and_time(image.created_at, zone)}" if image.created_at else ""
        return FileOffer(
            filename=safe_filename(name, kind.extension),
            title=name,
            source=_source(PICTURE, question, scope, image=image.id),
            alt_text=f"{name}{taken}",
        )

    def open_file(self, arguments: dict[str, Any]) -> AbstractAsyncContextManager[Body]:
        """Open what was offered."""
        if arguments.get("file") in {HEATMAP, PICTURE}:
            return self._open_picture(decode(PictureFile, arguments))
        return self._open_table(arguments)

    async def _content(self, file: TableFile[AnalyticsQuestion]) -> TableContent:
        scope = await self._scopes.scope(file.question, zone=file.zone, asked_at=self._clock.now())
        title = figure_title(as_named(file.question, scope))
        sheets, notes = await self._sheets(scope, file.question, title)
        return TableContent(
            sheets,
            title=f"{scope.channel.name}, {title}",
            source=TABLES.vendor,
            period=days(scope.period.first, scope.period.last),
            filters=tuple(_filters(scope)),
            facts=tuple(_facts(scope, notes)),
        )

    async def _sheets(
        self, scope: Scope, question: AnalyticsQuestion, title: str
    ) -> tuple[list[Sheet], tuple[str, ...]]:
        """Return the tables of a figure, and what is to be minded in them."""
        client = self._channels.client
        if question.figure != SUMMARY:
            earlier = scope.before() if question.figure in COMPARABLE else None
            rows = await figure(client, question.figure, scope)
            then = None
            if earlier:
                then = await compared_with(figure(client, question.figure, earlier))
            notes = tuple(figure_notes(rows))
            return [figure_sheet(detailed(rows, then), title=title)], notes
        now, before = await summary(client, scope), await summary_before(client, scope)
        notes = tuple(note for each in now.values() for note in figure_notes(each))
        if question.export == CSV:
            return [figure_sheet(summary_rows(now, before), title=title)], notes
        return summary_sheets(now, before), notes

    @asynccontextmanager
    async def _open_picture(self, picture: PictureFile) -> AsyncIterator[Body]:
        now = self._clock.now()
        scope = await self._scopes.scope(picture.question, zone=picture.zone, asked_at=now)
        if picture.file == HEATMAP:
            client = self._channels.client
            weekdays = await figure(client, BY_WEEKDAY, scope)
            hours = await figure(client, BY_HOUR, scope)
            yield in_memory(await asyncio.to_thread(_heat_map, scope, weekdays, hours))
        else:
            async with self._thumbnail(scope, picture.image) as body:
                yield body

    @asynccontextmanager
    async def _thumbnail(self, scope: Scope, image_id: int) -> AsyncIterator[Body]:
        client = self._channels.client
        images = await client.images(scope.asked)
        address = next((each.thumbnail_url for each in images if each.id == image_id), "")
        if not address:
            raise VendorError(SAFERME, Reason.NOT_FOUND)
        async with (
            client.picture(address) as download,
            spooled(SAFERME, _small(download)) as body,
        ):
            yield body


def _heat_map(scope: Scope, weekdays: Figure, hours: Figure) -> bytes:
    """Return the picture; with the reading of fonts it takes too long for the event loop."""
    heading = Heading(scope.channel.name, scope.period.label)
    return heat_map_picture(weekdays, hours, heading, fonts=fonts_for(heading.name))


def _filters(scope: Scope) -> Iterator[tuple[str, str]]:
    yield "Channel", scope.channel.name
    if scope.field:
        yield "Field", scope.field.label


def _facts(scope: Scope, notes: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield what else the notes of a workbook tell: the days of "before", and what to mind."""
    if scope.earlier:
        yield "Compared with", _before_words(scope.earlier, scope.period.zone)
    for note in notes:
        yield "Note", note


def _before_words(earlier: Earlier, zone: str) -> str:
    """Return the days that a period is compared with, and until when of the last one."""
    past = earlier.period
    if earlier.end >= past.end:
        return days(past.first, past.last)
    return f"{day(past.first)} until {day_and_time(earlier.end, zone)}"


async def _small(download: Download) -> AsyncIterator[bytes]:
    """Yield a picture's bytes; raises VendorError for one that no thumbnail is as large as."""
    size = 0
    async for chunk in download.chunks:
        size += len(chunk)
        if size > LARGEST_PICTURE:
            raise VendorError(SAFERME, Reason.TOO_LARGE)
        yield chunk


async def _beginning(download: Download) -> bytes:
    """Return a picture's first bytes, having seen all of it, so that one cut short is not told."""
    first = b""
    async for chunk in _small(download):
        first = (first + chunk)[:FIRST_BYTES]
    return first


def _source(file: str, question: AnalyticsQuestion, scope: Scope, *, image: int = 0) -> FileSource:
    picture = PictureFile(file, as_meant(question, scope), scope.period.zone, image)
    return FileSource(SAFERME.name, encode(picture))
