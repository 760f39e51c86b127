"""Tables as files: offered with an answer, and made anew from their question when they are sent."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from bot.asking.occasion import Occasion
from bot.asking.question import Question
from bot.asking.rendering.dates import local_day
from bot.asking.rendering.occasions import source_words
from bot.asking.rendering.shape import Shape, laid_out
from bot.clock import Clock
from bot.codec import decode, encode
from bot.outbox.files import Opener
from bot.slack.blocks.tables import file_news
from bot.slack.messages import Answer, FileOffer, FileSource
from bot.spool import Body
from bot.tables.columns import Notes, Sheet
from bot.tables.file_names import safe_filename
from bot.tables.table_files import TableFiles

Q = TypeVar("Q", bound=Question)


@dataclass(frozen=True, slots=True)
class TableFile(Generic[Q]):
    """A table as a file. The format is the question's `export`; its days are read in `zone` (IANA).

    `part` names one of several tables that the question has; it is empty for all of them.
    """

    question: Q
    title: str
    zone: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class TableContent:
    """What a file holds, asked for anew, and what its notes tell of it.

    Without a `title` and a `source` these are the file's title, and the vendor and the command.
    """

    sheets: Sequence[Sheet]
    title: str = ""
    source: str = ""
    period: str = ""
    filters: Sequence[tuple[str, str]] = ()
    facts: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class TableSource(Generic[Q]):
    """Where tables of one kind of question come from.

    `name` is that under which its files are opened, `vendor` who has the rows, for people.
    """

    name: str
    vendor: str
    question: type[Q]

    def answer(self, file: TableFile[Q], rows: int, occasion: Occasion) -> Answer:
        """Return how many rows there are, with their file; none have no file."""
        shape = Shape(
            news=file_news(file.title, rows, form=file.question.export, vendor=self.vendor),
            facts=(source_words(self.vendor),),
            orders=False,
            exports=False,
        )
        offer = self.offer(file, day=local_day(occasion.now, occasion.zone))
        return replace(laid_out(shape, occasion), files=(offer,) if rows else ())

    def offer(self, file: TableFile[Q], *, day: date) -> FileOffer:
        """Return the file to upload; `day` tells it from others of the same title."""
        return FileOffer(
            filename=safe_filename(f"{file.title} {day}", file.question.export),
            title=file.title,
            source=FileSource(self.name, encode(file)),
            alt_text=f"{file.title}, as a table",
        )

    def opener(
        self,
        content: Callable[[TableFile[Q]], Awaitable[TableContent]],
        tables: TableFiles,
        clock: Clock,
        words: Callable[[Q], str],
    ) -> Opener:
        """Return what opens the files that were offered; `content` asks anew for what they hold.

        `words` gives the command of a question, for the notes in the file.
        """

        @asynccontextmanager
        async def opened(arguments: dict[str, Any]) -> AsyncIterator[Body]:
            file = self._file(arguments)
            found = await content(file)
            notes = Notes(
                title=found.title or file.title,
                source=found.source or f"{self.vendor}, {words(file.question)}",
                made_at=clock.now(),
                period=found.period,
                filters=found.filters,
                facts=found.facts,
                zone=ZoneInfo(file.zone),
                zone_name=file.zone,
            )
            async with tables.of_sheets(found.sheets, notes, file.question.export) as body:
                yield body

        return opened

    def _file(self, arguments: dict[str, Any]) -> TableFile[Q]:
        """Return the file that was offered; older versions kept the format of some beside it."""
        form = arguments.get("form")
        question = {**arguments["question"], **({"export": form} if form else {})}
        file: TableFile[Any] = decode(TableFile[Any], arguments)
        return replace(file, question=decode(self.question, question))
