"""Digests that rest for a while: the window for it, and the words on several of one kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.asking.rendering.dates import weekday_and_day
from bot.asking.rendering.offers import offer
from bot.asking.subscription import Subscription
from bot.digests.ids import DigestAction, DigestCallback
from bot.digests.intents import UnmuteDigests
from bot.digests.rendering.replies import said
from bot.digests.rendering.words import is_direct, next_words, place, title, with_zone, zone_of
from bot.slack.blocks.blocks import bold, paragraph, plain
from bot.slack.blocks.inputs import (
    Values,
    date_input,
    field,
    select,
    text_of,
    texts_of,
    tick_box,
)
from bot.slack.blocks.modals import View, modal
from bot.slack.blocks.wording import counted
from bot.slack.messages import Message

TITLE: Final = "Snooze or mute"
_LENGTHS: Final = (
    ("1", "1 day"),
    ("7", "1 week"),
    ("14", "2 weeks"),
    ("30", "30 days"),
    ("0", "Until somebody resumes it"),
)
_WEEK: Final = "7"
_ALL: Final = "all"


@dataclass(frozen=True, slots=True)
class RestForm:
    """What was chosen: `days`, or until the morning of a day, or until it is resumed."""

    days: int = 0
    until: date | None = None
    all_of_kind: bool = False


def rest_modal(one: Subscription) -> View:
    """Return the window in which is chosen for how long a digest rests, or all of its kind."""
    where = "to you" if is_direct(one) else "in this channel"
    label = f"All {one.kind.name} digests {where}"
    return modal(
        DigestCallback.REST,
        TITLE,
        (
            paragraph(bold(title(one)), *place(one, "in"), plain(f" comes {with_zone(one)}.")),
            field("For how long", select(DigestAction.LENGTH, _LENGTHS, chosen=_WEEK)),
            field(
                "Or until a day",
                date_input(DigestAction.UNTIL),
                optional=True,
                hint="Counts instead of the choice above. It comes again from that day on.",
            ),
            field("Mute", tick_box(DigestAction.ALL_OF_KIND, label, value=_ALL), optional=True),
        ),
        submit="Snooze",
        metadata=f"{one.id}",
    )


def rest_form(values: Values) -> RestForm:
    """Return what was chosen in the window."""
    typed = text_of(values, DigestAction.UNTIL)
    every = bool(texts_of(values, DigestAction.ALL_OF_KIND))
    if typed:
        return RestForm(until=date.fromisoformat(typed), all_of_kind=every)
    return RestForm(int(text_of(values, DigestAction.LENGTH) or _WEEK), all_of_kind=every)


def muted(resting: Sequence[Subscription], now: datetime) -> Message:
    """Return that all digests of one kind rest here, with a button that undoes it."""
    first = resting[0]
    until = "until somebody resumes them"
    if first.snoozed_until:
        local = first.snoozed_until.astimezone(ZoneInfo(zone_of(first)))
        until = f"until {weekday_and_day(local, this_year=now.year)}"
    what = counted(len(resting), f"{first.kind.name} digest")
    numbers = tuple(one.id for one in resting)
    line = paragraph(plain(f"Muted {what} {_here(first)} {until}."))
    return said(line, buttons=offer("Undo", UnmuteDigests(numbers)))


def unmuted(going: Sequence[Subscription], now: datetime) -> Message:
    """Return that digests go on, and when the first comes."""
    what = counted(len(going), f"{going[0].kind.name} digest")
    planned = [one for one in going if one.next_run_at]
    first = min(planned, key=lambda one: one.next_run_at or now, default=None)
    coming = f" Next: {next_words(first, now)}." if first else ""
    return said(paragraph(plain(f"{what} {_here(going[0])} go on.{coming}")), buttons=())


def _here(one: Subscription) -> str:
    return "that you get" if is_direct(one) else "here"
