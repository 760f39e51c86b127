"""What can be written as text of a channel's standing orders, and carried out from it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.digests.as_code.difference import CodedOrder
from bot.digests.as_code.document import CodedEntry, Plain
from bot.store.database import Transaction


@dataclass(frozen=True, slots=True)
class CodedPlace:
    """For whom a text is read: the channel, the owner of what is new, and their IANA zone.

    `consent` names the other organisations that may read along, as a member agreed to.
    """

    channel: str
    owner: str
    zone: str
    consent: str = ""


@dataclass(frozen=True, slots=True)
class OrderThere:
    """One order that a channel has: as it is compared, as it is written, and how it is ended."""

    order: CodedOrder
    fields: Mapping[str, Plain]
    stop: Callable[[Transaction, datetime], None]


@dataclass(frozen=True, slots=True)
class WantedOrder:
    """One order that a text wants; `put` writes it, in place of the one with that id if any."""

    order: CodedOrder
    put: Callable[[Transaction, int], None]


class CodedSection(Protocol):
    """One kind of standing orders."""

    @property
    def name(self) -> str:
        """The word for them in the text."""
        ...

    @property
    def fields(self) -> Mapping[str, type]:
        """What an entry may have; see document.Sections."""
        ...

    def there(self, tx: Transaction, channel: str) -> Sequence[OrderThere]:
        """Return what a channel has."""
        ...

    def channels(self, tx: Transaction) -> Iterable[str]:
        """Return the channels that have any."""
        ...

    async def wanted(
        self, entries: Sequence[CodedEntry], place: CodedPlace, now: datetime
    ) -> Sequence[WantedOrder]:
        """Return what entries want, their names settled. Raises CodeError and VendorError."""
        ...
