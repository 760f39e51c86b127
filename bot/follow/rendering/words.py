"""Figures and how they moved, in words."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.asking.core.terms_words import figure_words
from bot.asking.rendering.dates import soon, weekday_and_time, zone_words
from bot.asking.terms import Figures, Measure
from bot.follow.core.moves import Move
from bot.follow.model import Follow, Follower, MorningDays
from bot.follow.news import FollowNews
from bot.slack.blocks.blocks import Element, bold, plain
from bot.slack.blocks.wording import capital

_DAYS: Final = {MorningDays.WEEKDAYS: "every weekday", MorningDays.DAILY: "every day"}


def move_words(one: Move) -> str:
    """Return a figure that moved, such as "overdue 7, 2 more" or "completion 54%, 2 points lower".

    One that was never told before is told alone.
    """
    shown = f"{one.measure.name} {figure_words(one.now, percent=one.measure.percent)}"
    if one.before is None:
        return shown
    by = figure_words(abs(one.change), percent=False)
    if one.measure.percent:
        point = "point" if by == "1" else "points"
        return f"{shown}, {by} {point} {'higher' if one.change > 0 else 'lower'}"
    return f"{shown}, {by} {'more' if one.change > 0 else 'fewer'}"


def was_words(one: Move) -> str:
    """Return what a figure was, such as " (was 5)"; nothing where that was never told."""
    if one.before is None:
        return ""
    return f" (was {figure_words(one.before, percent=one.measure.percent)})"


def news_words(one: FollowNews) -> str:
    """Return the worst of what moved of one thing, such as "Ladder Safety: overdue 7, 2 more"."""
    return f"{_bare(one.follow)}: {move_words(one.worst)}"


def news_line(one: FollowNews) -> tuple[Element, ...]:
    """Return all that moved of one thing, as elements of a list."""
    moved = "; ".join(f"{move_words(each)}{was_words(each)}" for each in one.moves)
    return bold(_bare(one.follow)), plain(f": {moved}")


def figures_line(measures: Sequence[Measure], figures: Figures) -> str:
    """Return figures as they are, such as "overdue 5, completion 56%"; nothing for none."""
    return ", ".join(_figures(measures, figures))


def when_told(one: Follower) -> str:
    """Return when somebody is told, such as "every weekday at 09:00 (Berlin time)"."""
    return f"{_DAYS[one.days]} at {one.at} ({zone_words(one.zone)})"


def next_told(one: Follower, now: datetime) -> str:
    """Return when somebody is told next, such as "tomorrow 09:00"."""
    return soon(one.next_at, now, one.zone)


def seen_words(moment: datetime, now: datetime, zone: str) -> str:
    """Return when something was read, such as "09:00" or "Fri 20 Nov, 09:00"."""
    local, today = moment.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone))
    if local.date() == today.date():
        return f"{local:%H:%M}"
    return weekday_and_time(moment, zone, this_year=today.year)


def since_words(moment: datetime, one: Follower, now: datetime) -> str:
    """Return since when something is compared, such as "Fri 20 Nov, 09:00"."""
    return weekday_and_time(moment, one.zone, this_year=now.year)


def title_of(one: Follow) -> str:
    """Return what people call one thing, to begin a line."""
    return capital(one.title)


def _figures(measures: Sequence[Measure], figures: Figures) -> Iterator[str]:
    for each in measures:
        value = figures.get(each.name)
        if value is not None:
            yield f"{each.name} {figure_words(value, percent=each.percent)}"


def _bare(one: Follow) -> str:
    """Return what people call the question: the figures stand beside it anyway."""
    return capital(one.asked.title)
