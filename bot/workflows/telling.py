"""What the message of an export says while its file comes, and once it is there or is not."""

from contextlib import suppress
from functools import partial
from json import dumps
from typing import Final
from zoneinfo import ZoneInfo

from bot.asking.core.arguments import quoted
from bot.clock import Clock
from bot.errors import VendorError
from bot.outbox.files import Narrate
from bot.outbox.transfers import Transfer
from bot.slack.messages import Message
from bot.tables.columns import Notes
from bot.tables.csv_rows import CsvMeter, table
from bot.workflows.client import Giosg
from bot.workflows.model import EventRows
from bot.workflows.plans import Plan
from bot.workflows.rendering import exports as words
from bot.workflows.rendering.exports import Exported

PART_OF_LARGEST: Final = 0.9
"""How much of the largest file a part may have, as the vendor's data grows."""


class Telling:
    """The words about one file. `meter` counts the CSV that passes."""

    def __init__(
        self, giosg: Giosg, plan: Plan, clock: Clock, narrate: Narrate, *, key: str, largest: int
    ) -> None:
        """Tell of the file with the outbox key `key`; `largest` is what the workspace takes."""
        self._giosg = giosg
        self._plan = plan
        self._clock = clock
        self._narrate = narrate
        self._key = key
        self._largest = largest
        self.meter = CsvMeter()

    def transfer(self, total: int | None) -> Transfer:
        """Return what counts `total` bytes on their way, None where nobody knows how many."""
        progress = partial(words.export_progress, self._plan.asking)
        return Transfer(total, self._clock, narrate=self._narrate, words=progress)

    def preview(self) -> EventRows:
        """Return the first rows of what passed."""
        return EventRows(*table(bytes(self.meter.head), most=words.PREVIEW_ROWS))

    def as_it_came(self, size: int | None = None) -> Message:
        """Return that the CSV that passed is in the thread, in `size` bytes if it was packed."""
        count = self.meter.size if size is None else size
        found = Exported(self.meter.rows, count, self.preview(), as_it_came=True)
        return words.export_done(self._plan.asking, found)

    def made(self, rows: int | None, size: int, preview: EventRows) -> Message:
        """Return that a file of `size` bytes is in the thread."""
        return words.export_done(self._plan.asking, Exported(rows, size, preview))

    def shown(self, rows: EventRows) -> Message:
        """Return the rows themselves, as they are so few."""
        parent = self._key.rpartition("#")[0]
        return words.export_shown(self._plan.asking, rows, export_value=parent)

    def too_large(self, size: int, *, as_csv: int, rows: int | None = None) -> Message:
        """Return that a file of `size` bytes is too large, with what there is instead.

        Compressed and in parts it is always CSV, which has `as_csv` bytes.
        """
        count = max(2, -(-as_csv // int(self._largest * PART_OF_LARGEST)))
        value = dumps({"key": self._key, "count": count, "size": as_csv})
        found = Exported(rows, size, self.preview())
        return words.export_too_large(
            self._plan.asking, found, most=self._largest, parts=count, value=value
        )

    async def empty(self) -> Message:
        """Return that there is nothing; without even a heading the step may not exist."""
        last = None
        with suppress(VendorError):
            last = (await self._giosg.info(self._plan.workflow_id)).last_event_at
        doubtful = not self.meter.size
        return words.export_empty(self._plan.asking, last_event_at=last, doubtful=doubtful)

    def notes(self) -> Notes:
        """Return where the figures of a workbook come from."""
        asking = self._plan.asking
        return Notes(
            title=f"{asking.workflow}: {words.what_words(asking.question)}",
            source=f"giosg, workflow {quoted(asking.workflow)}",
            made_at=asking.now,
            period=f"{asking.period.label} ({asking.period.first} to {asking.period.last})",
            filters=words.export_filters(asking.question),
            zone=ZoneInfo(asking.zone),
            zone_name=asking.zone,
        )
