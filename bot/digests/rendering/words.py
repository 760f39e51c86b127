"""What digests are called, when they come, and how they stand, in words."""

import re
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.asking.core import zones
from bot.asking.core.terms_words import terms_words
from bot.asking.rendering.dates import soon, weekday_and_time
from bot.asking.subscription import SHARED, SNOOZED, STOPPED, Subscription
from bot.slack.blocks.blocks import Element, channel, plain

_WEEKLY: Final = re.compile(r"\b(weekday|weekend|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)s\b")
_DIRECT: Final = ("D", "U", "W")


def title(one: Subscription) -> str:
    """Return what people call it, to stand within a sentence."""
    return one.kind.title(one.question)


def schedule_words(one: Subscription) -> str:
    """Return when it comes, such as "every weekday at 09:00"."""
    if not _WEEKLY.match(one.words):
        return one.words
    return "every " + _WEEKLY.sub(r"\1", one.words)


def with_zone(one: Subscription) -> str:
    """Return when it comes, such as "every weekday at 09:00 (Berlin time), quiet 22:00-07:00"."""
    at = f"{schedule_words(one)} ({zones.spoken(one.zone)})"
    return ", ".join((at, *terms_words(one.terms)))


def is_direct(one: Subscription) -> bool:
    """Return whether it goes to one person."""
    return one.channel.startswith(_DIRECT)


def place(one: Subscription, before: str = "") -> tuple[Element, ...]:
    """Return the channel of a digest after a word such as "in"; nothing for a direct message."""
    return () if is_direct(one) else (plain(f" {before} "), channel(one.channel))


def zone_of(one: Subscription) -> str:
    """Return the zone in which moments of it are told: its own, if this machine knows it."""
    try:
        return ZoneInfo(one.zone).key
    except (ValueError, OSError, KeyError):
        return "UTC"


def next_words(one: Subscription, now: datetime) -> str:
    """Return when it comes next, such as "tomorrow 09:00"; empty where it does not."""
    return soon(one.next_run_at, now, zone_of(one)) if one.next_run_at else ""


def state_words(one: Subscription, now: datetime) -> str:
    """Return how it stands, such as "Active · next today 09:00"."""
    if one.state == SNOOZED and one.snoozed_until:
        until = weekday_and_time(one.snoozed_until, zone_of(one), this_year=now.year)
        return f"Snoozed until {until}"
    if one.state == SHARED:
        return "Paused, as another organisation reads this channel"
    if one.state == STOPPED:
        return f"Paused: {one.last_error}" if one.last_error else "Paused"
    if one.state != "active":
        return one.state.capitalize()
    failed = f"Failed last time: {one.last_error}" if one.last_error else "Active"
    coming = next_words(one, now)
    return f"{failed} · next {coming}" if coming else failed
