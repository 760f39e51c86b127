"""Digests that rest for a while: the window for it, and the words on several of one kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.asking.rendering.dates import weekday_and_day
from bot.asking.rendering.offers import offer
from bot.asking.subscription import Subscription
from bot.digests.core.waits import end_of
from bot.digests.ids import DigestAction, DigestCallback
from bot.digests.intents import OfferRest, RestDigests, UnmuteDigests
from bot.digests.rendering.replies import said
from bot.digests.rendering.words import is_direct, next_words, place, title, with_zone, zone_of
from bot.slack.blocks.blocks import Element, bold, bullets, paragraph, plain, says
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
_SHOWN: Final = 5
NONE_ACTIVE: Final = "No digest here or of yours is active."


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


@dataclass(frozen=True, slots=True, kw_only=True)
class RestChoice:
    """Digests that would rest or go on: those where it is asked, and all of who asks.

    `direct` says that it is asked in direct messages.
    """

    here: Sequence[Subscription]
    mine: Sequence[Subscription]
    direct: bool


def rest_offered(found: RestChoice, wanted: OfferRest, now: datetime) -> Message:
    """Return which digests would rest or go on, and a button for those here and for one's own."""
    verb = "Resume" if wanted.on else "Pause"
    shown = found.here or found.mine
    if not shown:
        return says("No digest here or of yours rests." if wanted.on else NONE_ACTIVE)
    where = _where(found)
    until = "" if wanted.on else _until_words(wanted, now, shown[0].zone)
    what = counted(len(shown), "digest")
    whole = [one.id for one in found.here] != [one.id for one in found.mine]
    buttons = (
        *_resting_button(f"Yes, {verb.casefold()} {len(shown)}", shown, wanted, style="primary"),
        *(
            _resting_button(f"All {len(found.mine)} of mine", found.mine, wanted)
            if found.here and found.mine and whole
            else ()
        ),
    )
    return said(
        paragraph(plain(f"{verb} {what} {where}{until}?")),
        bullets(*[(bold(title(one)), plain(f", {with_zone(one)}")) for one in shown[:_SHOWN]]),
        *([paragraph(plain(f"and {len(shown) - _SHOWN} more"))] if len(shown) > _SHOWN else []),
        buttons=buttons,
    )


def _where(found: RestChoice) -> str:
    if not found.here:
        return "of yours in other conversations"
    return "that you get here" if found.direct else "here"


def _resting_button(
    label: str, concerned: Sequence[Subscription], wanted: OfferRest, *, style: str = ""
) -> tuple[Element, ...]:
    numbers = tuple(one.id for one in concerned)
    rest = RestDigests(numbers, wanted.days, wanted.until, wanted.named)
    return offer(label, UnmuteDigests(numbers) if wanted.on else rest, style=style)


def _until_words(wanted: OfferRest, now: datetime, zone: str) -> str:
    today = now.astimezone(ZoneInfo(zone)).date()
    day = wanted.until or (today + timedelta(days=wanted.days) if wanted.days else None)
    if wanted.named:
        day = end_of(wanted.named, today)
    return f" until {weekday_and_day(day, this_year=now.year)}" if day else ""


def muted(resting: Sequence[Subscription], now: datetime) -> Message:
    """Return that digests rest, with a button that undoes it."""
    first = resting[0]
    until = "until somebody resumes them"
    if first.snoozed_until:
        local = first.snoozed_until.astimezone(ZoneInfo(zone_of(first)))
        until = f"until {weekday_and_day(local, this_year=now.year)}"
    numbers = tuple(one.id for one in resting)
    line = paragraph(plain(f"{_lead(resting)} {_what(resting)} {_here(resting)} {until}."))
    return said(line, buttons=offer("Undo", UnmuteDigests(numbers)))


def _lead(ones: Sequence[Subscription]) -> str:
    return "Muted" if len({one.kind.name for one in ones}) == 1 else "Paused"


def _what(ones: Sequence[Subscription]) -> str:
    """Return how many digests, of which kind if they are all of one."""
    kinds = {one.kind.name for one in ones}
    return counted(len(ones), f"{kinds.pop()} digest" if len(kinds) == 1 else "digest")


@dataclass(frozen=True, slots=True)
class WakeCheck:
    """One that was to go on: as it does, or as it rests; `remark` is why not, or of its vendor."""

    one: Subscription
    goes_on: bool
    remark: str = ""


def unmuted(looks: Sequence[WakeCheck], now: datetime, *, left: Sequence[int] = ()) -> Message:
    """Return which go on, when the first comes, and why others don't.

    `left` are the numbers of those that were not looked at.
    """
    going = [each.one for each in looks if each.goes_on]
    resting = [each.one for each in looks if not each.goes_on]
    where = _here([each.one for each in looks])
    lines = [_going(going, where, now)] if going else []
    if resting:
        stays = "doesn't" if len(resting) == 1 else "don't"
        lines.append(f"{_what(resting)} {where} {stays} go on.")
    remarks = [
        (bold(title(each.one)), *place(each.one, "in"), plain(f": {each.remark}"))
        for each in looks
        if each.remark
    ]
    label = f"Resume {len(left)} more"
    return said(
        *[paragraph(plain(line)) for line in lines],
        *([bullets(*remarks)] if remarks else []),
        buttons=offer(label, UnmuteDigests((*left,))) if left else (),
    )


def _going(going: Sequence[Subscription], where: str, now: datetime) -> str:
    planned = [one for one in going if one.next_run_at]
    first = min(planned, key=lambda one: one.next_run_at or now, default=None)
    coming = f" Next: {next_words(first, now)}." if first else ""
    goes = "goes" if len(going) == 1 else "go"
    return f"{_what(going)} {where} {goes} on.{coming}"


def _here(ones: Sequence[Subscription]) -> str:
    if len({one.channel for one in ones}) > 1:
        return "of yours"
    return "that you get" if is_direct(ones[0]) else "here"
