"""What can be wanted of digests besides what is typed after /flow: the arguments of jobs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from bot.asking.question import Question, QuestionKinds
from bot.asking.terms import NO_TERMS, Terms, terms_of
from bot.jobs.access import Right
from bot.jobs.request import Intent


@dataclass(frozen=True, slots=True)
class OrderDigest(Intent):
    """A digest for a channel. `cron` is read in the IANA zone `zone`, or in the asker's."""

    job: ClassVar[str] = "subscribe"
    needs: ClassVar[Right] = Right.ORDER
    kind: str
    question: Question
    cron: str
    words: str
    zone: str = ""
    note: str = ""
    terms: Terms = NO_TERMS


def read_order(row: Mapping[str, Any], kinds: QuestionKinds) -> OrderDigest:
    """Return the order of a row; those of the first version have no kind and are of reports."""
    kind = row.get("kind", "report")
    about = {name: row[name] for name in ("cron", "words", "zone", "note") if name in row}
    terms = terms_of(row.get("terms", {}))
    return OrderDigest(kind, kinds[kind].of_row(row["question"]), **about, terms=terms)


@dataclass(frozen=True, slots=True)
class OrderDigests(Intent):
    """The same digest for several conversations, all or none.

    `view_id` is Slack's id of the form, which says what came of it.
    """

    job: ClassVar[str] = "order_digests"
    needs: ClassVar[Right] = Right.ORDER
    order: OrderDigest
    places: tuple[str, ...]
    view_id: str


@dataclass(frozen=True, slots=True)
class ChangeDigest(Intent):
    """All that a digest shall be from now on, in the conversation `place`; the rest is as above.

    Of a change that is undone there is no form.
    """

    job: ClassVar[str] = "change_digest"
    needs: ClassVar[Right] = Right.MANAGE
    number: int
    order: OrderDigest
    place: str
    view_id: str = ""


@dataclass(frozen=True, slots=True)
class PreviewDigest(Intent):
    """An order to be shown as it would look now, in the window with Slack's id `view_id`.

    `number` is that of the digest that it changes, and `place` where that would come; empty where
    nothing was told before.
    """

    job: ClassVar[str] = "preview_digest"
    needs: ClassVar[Right] = Right.ORDER
    untold: ClassVar[bool] = True
    order: OrderDigest
    view_id: str
    number: int = 0
    place: str = ""


def read_preview(row: Mapping[str, Any], kinds: QuestionKinds) -> PreviewDigest:
    """Return the preview of a row."""
    order = read_order(row["order"], kinds)
    return PreviewDigest(order, row["view_id"], row.get("number", 0), row.get("place", ""))


def read_orders(row: Mapping[str, Any], kinds: QuestionKinds) -> OrderDigests:
    """Return the orders of a row."""
    order = read_order(row["order"], kinds)
    return OrderDigests(order, tuple(row["places"]), row["view_id"])


def read_change(row: Mapping[str, Any], kinds: QuestionKinds) -> ChangeDigest:
    """Return the change of a row."""
    order = read_order(row["order"], kinds)
    return ChangeDigest(row["number"], order, row["place"], row.get("view_id", ""))


@dataclass(frozen=True, slots=True)
class SendDigest(Intent):
    """A digest to be sent, by its number: for the run planned then, or at once without one.

    It stands for `missed` runs before it as well. One that is sent `again` is as it was to be then.
    `asked_by` is who wants it besides its schedule.
    """

    job: ClassVar[str] = "digest"
    subscription: int
    planned: datetime | None = None
    missed: int = 0
    again: bool = False
    asked_by: str = ""

    @property
    def scheduled(self) -> bool:
        """Whether its schedule wants it, and nobody in person."""
        return self.planned is not None and not self.again

    @property
    def can_wait(self) -> bool:
        """Whether it lets people go first: thousands of digests are due at nine."""
        return self.scheduled


@dataclass(frozen=True, slots=True)
class HandOver(Intent):
    """A digest that is somebody else's from now on: of `to` by their id, or of whoever asks."""

    job: ClassVar[str] = "hand_over_digest"
    needs: ClassVar[Right] = Right.MANAGE
    number: int
    to: str = ""


@dataclass(frozen=True, slots=True)
class MuteDigests(Intent):
    """All digests of a kind in a conversation, to rest: as a Snooze, or until they are resumed."""

    job: ClassVar[str] = "mute_digests"
    needs: ClassVar[Right] = Right.MANAGE
    kind: str
    days: int = 0
    until: date | None = None
    named: str = ""


@dataclass(frozen=True, slots=True)
class OfferRest(Intent):
    """All digests to rest, or to go on where `on` is set: which those are is shown first."""

    job: ClassVar[str] = "offer_rest"
    needs: ClassVar[Right] = Right.MANAGE
    on: bool = False
    days: int = 0
    until: date | None = None
    named: str = ""


@dataclass(frozen=True, slots=True)
class RestDigests(Intent):
    """Digests to rest, by their numbers: as a Snooze, or until they are resumed."""

    job: ClassVar[str] = "rest_digests"
    needs: ClassVar[Right] = Right.MANAGE
    numbers: tuple[int, ...]
    days: int = 0
    until: date | None = None
    named: str = ""


@dataclass(frozen=True, slots=True)
class UnmuteDigests(Intent):
    """Digests that rest, by their numbers, to go on."""

    job: ClassVar[str] = "unmute_digests"
    needs: ClassVar[Right] = Right.MANAGE
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ExportOrders(Intent):
    """A request for a channel's standing orders as text."""

    job: ClassVar[str] = "export_orders"
    needs: ClassVar[Right] = Right.ASK


@dataclass(frozen=True, slots=True)
class ApplyOrders(Intent):
    """A text to be carried out that is kept under `key`; `others` says to stop what is not in it.

    Nothing is done where the channel has no longer what was `seen` when it was compared.
    """

    job: ClassVar[str] = "apply_orders"
    needs: ClassVar[Right] = Right.ORDER
    key: str
    seen: str
    others: bool = False


@dataclass(frozen=True, slots=True)
class CopyOrders(Intent):
    """The standing orders of the channel `source`, wanted in the channel of the request, too.

    `to` is the latter as it was typed.
    """

    job: ClassVar[str] = "copy_orders"
    needs: ClassVar[Right] = Right.ORDER
    source: str = ""
    to: str = ""
