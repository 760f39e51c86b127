"""An event in words: its title, and when it begins and ends on the reader's clock."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.asking.occasion import Occasion
from bot.asking.rendering.cells import moment_cell
from bot.asking.rendering.dates import day_and_month, weekday_and_day, weekday_and_time, zone_words
from bot.asking.rendering.occasions import source_words
from bot.slack.blocks.budget import clean, cut
from bot.slack.blocks.tables import Cell, words
from bot.webinars.model import FLOW, Event

SOURCE: Final = source_words(FLOW.title)
LONGEST_HOURS: Final = 24.0
"""FLOW names no unit of a duration that it sends. It asks for hours, and more than a day of them
are rather minutes: then no end is told."""
NO_DATE: Final = "no date"
_LONGEST_IN_NEWS: Final = 60
_YEARS: Final = range(1970, 2101)  # others are no real dates
_HOUR: Final = 60


def title_of(event: Event) -> str:
    """Return the event's title on one line, or its token if it has none."""
    return clean(event.title).strip() or event.token


def short_title(event: Event) -> str:
    """Return the title to stand in a sentence, with its end cut if it is a long one."""
    return cut(title_of(event), _LONGEST_IN_NEWS)


def start_of(event: Event) -> datetime | None:
    """Return when an event begins, None where that cannot be read as a real date."""
    starts = event.starts_at
    return starts if starts is not None and starts.year in _YEARS else None


def when_words(event: Event, zone: str, *, this_year: int | None = None) -> str:
    """Return when it begins, such as "Thu 3 Dec, 10:00", or the vendor's words of it."""
    starts = start_of(event)
    if starts is None:
        return _as_sent(event)
    return weekday_and_time(starts, zone, this_year=this_year)


def span_words(event: Event, zone: str, *, this_year: int | None = None) -> str:
    """Return from when to when it is, such as "Thu 3 Dec, 10:00" and, with a dash, "11:30"."""
    begins, ends = when_words(event, zone, this_year=this_year), end_of(event)
    if ends is None:
        return begins
    return f"{begins}\N{EN DASH}{ends.astimezone(ZoneInfo(zone)):%H:%M}"


def day_words(event: Event, zone: str) -> str:
    """Return the day on which it begins, such as "3 Dec", as short as a button's label."""
    starts = start_of(event)
    return day_and_month(starts.astimezone(ZoneInfo(zone))) if starts else _as_sent(event)


def when_cell(event: Event, occasion: Occasion) -> Cell:
    """Return when it begins as a cell that sorts as time does."""
    starts = start_of(event)
    if starts is None:
        return words(_as_sent(event))
    return moment_cell(starts, occasion.zone, this_year=occasion.now.year)


def end_of(event: Event) -> datetime | None:
    """Return when an event ends by its duration, None where nobody knows."""
    starts, hours = start_of(event), event.duration
    if starts is None or hours is None or not 0 < hours <= LONGEST_HOURS:
        return None
    return starts.astimezone(UTC) + timedelta(hours=hours)


def own_time(event: Event, zone: str) -> Iterator[str]:
    """Yield when it begins for its hosts, where their clocks show another time than the reader's.

    Of an event whose zone cannot be read the vendor's own word for it is said.
    """
    starts = start_of(event)
    if starts is None:
        yield from [f"Time zone: {clean(event.timezone)}"] if event.timezone.strip() else []
    elif event.timezone and starts.utcoffset() != starts.astimezone(ZoneInfo(zone)).utcoffset():
        yield f"In {zone_words(event.timezone)}: {weekday_and_day(starts)}, {starts:%H:%M}"


def length_words(event: Event) -> str:
    """Return how long it lasts where no end says so: a number whose unit nobody knows."""
    if event.duration is None or end_of(event) is not None:
        return ""
    if 0 < event.duration <= LONGEST_HOURS:
        return f"{event.duration:g} {'hour' if event.duration == 1 else 'hours'}"
    return f"{event.duration:g} (unit unknown)"


def minutes_words(minutes: float) -> str:
    """Return a time such as "58 min", "1 h" or "1 h 30 min"."""
    hours, rest = divmod(round(minutes), _HOUR)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def _as_sent(event: Event) -> str:
    return clean(event.when).strip() or NO_DATE


def of_a_series(event: Event, *, stays: bool) -> str:
    """Return of a webinar with many sessions whether a digest stays with this one, or follows."""
    begins = event.starts_at
    if not stays:
        return (
            f"It follows every session called {title_of(event)}. To stay with one, order it from "
            "that one's own card."
        )
    of_it = f" of {weekday_and_day(begins)}, {begins:%H:%M}" if begins else f" {event.token}"
    return f"It stays with the session{of_it}; the other sessions are never in it."
