"""The first words of a figure of field reports: what stands out in it, and what changed."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.fieldreports.core.figure_changes import FigureChange, leaders
from bot.fieldreports.core.figures import READERS, Figure, count_of
from bot.fieldreports.question import (
    AWARENESS,
    BY_FIELD,
    BY_HOUR,
    BY_STATE,
    BY_USER,
    BY_WEEKDAY,
    HEATMAP,
    IMAGES,
    READS,
)
from bot.fieldreports.rendering.subjects import FigureSubject
from bot.slack.blocks.charts import percent
from bot.slack.blocks.wording import capital, counted

MINUS: Final = "\N{MINUS SIGN}"
_NOUNS: Final = {READS: "read", AWARENESS: "alert", IMAGES: "picture"}
_HOURS: Final = 24
_SHARED: Final = (BY_STATE, BY_USER, BY_FIELD, BY_HOUR, BY_WEEKDAY)
"""Figures whose rows are parts of one whole."""
_BUSY: Final = {BY_HOUR: "at", BY_WEEKDAY: "on"}
_MOST_LEADERS: Final = 2
_ENOUGH: Final = 5  # in all: below it nothing is typical
_LEAST: Final = 3  # of one
_ALL_IN_PERCENT: Final = 99.0


def news(
    figure: Figure, subject: FigureSubject, change: FigureChange | None, *, now: datetime
) -> str:
    """Return the first line of a figure: how many and what changed, or what stands out in it."""
    noun = _NOUNS.get(figure.kind, "report")
    if not figure.total:
        return f"No {noun}s in {subject.channel} {subject.nothing_words(now)}"
    standing_out = _standing_out(figure, subject)
    if standing_out:
        return standing_out
    return total_news(figure.total, noun, subject, change, now=now)


def total_news(
    total: int,
    noun: str,
    subject: FigureSubject,
    change: FigureChange | None,
    *,
    now: datetime,
) -> str:
    """Return how many there are, such as "51 reports in Site hazards, 4 fewer than …"."""
    within = "about" if noun == _NOUNS[AWARENESS] else "in"
    many = f"{counted(total, noun)} {within} {subject.channel}{subject.when(now)}"
    compared = change_words(change, subject)
    return f"{many}, {compared}" if compared else many


def changed(
    figure: Figure, subject: FigureSubject, change: FigureChange | None, *, now: datetime
) -> str:
    """Return what changed where the news are something else; empty where they tell it."""
    noun = _NOUNS.get(figure.kind, "report")
    if not figure.total:
        if change is None or subject.earlier is None:
            return ""
        then = f"in {subject.earlier.words}"
        were = "was" if change.before == 1 else "were"
        return f"There {were} {change.before:,} {then}." if change.before else f"Nor {then}."
    if change is None or figure.kind in _BUSY or not _standing_out(figure, subject):
        return ""
    compared = change_words(change, subject, of=f" {noun}s{subject.when(now)}")
    return f"{capital(compared)}." if compared else ""


def change_words(change: FigureChange | None, subject: FigureSubject, *, of: str = "") -> str:
    """Return how a count compares, such as "4 fewer than the 14 days before" and the growth.

    `of` is what is counted where nothing before it says so, such as " reports this week so far".
    """
    if change is None or subject.earlier is None:
        return ""
    then = subject.earlier.words
    if not change.before:
        return f"none in {then}"
    if not change.delta:
        return f"as many{of} as {then}"
    more = "more" if change.delta > 0 else "fewer"
    return f"{abs(change.delta):,} {more}{of} than {then} ({growth(change)})"


def signed_words(number: int) -> str:
    """Return a change such as "+4", with a true minus sign, and "0" for none."""
    return f"{number:+,}".replace("-", MINUS) if number else "0"


def growth(change: FigureChange) -> str:
    """Return a growth such as "+15%"; there is none from nothing."""
    rate = 100 * abs(change.delta) / change.before
    shown = f"{rate:,.0f}%" if rate > _ALL_IN_PERCENT and change.delta > 0 else percent(rate)
    return f"{'+' if change.delta > 0 else MINUS}{shown}"


def busiest_words(weekdays: Figure, hours: Figure) -> str:
    """Return the hour and the day with the most, such as "at 9 (11) and on Mondays (23)".

    Where more than two have as many, none stands out; empty where neither does.
    """
    hour, at = _top(hours)
    day, on = _top(weekdays)
    parts = (f"at {hour} ({at:,})" if hour else "", f"on {day} ({on:,})" if day else "")
    return " and ".join(part for part in parts if part)


def hour_words(label: str) -> str:
    """Return an hour of the day with its end, from its beginning, such as "09:00"."""
    return f"{label}\N{EN DASH}{(int(label[:2]) + 1) % _HOURS:02}:00"


def opened_words(figure: Figure) -> str:
    """Return how many of the alerts were opened, such as "132 opened (31%)"."""
    opened = sum(each for row in figure.rows if isinstance(each := row[3], int))
    share = f" ({percent(100 * opened / figure.total)})" if opened else ""
    return f"{opened:,} opened{share}"


def halves(figure: Figure) -> tuple[Figure, Figure]:
    """Return the days and the hours of a heat map, each as the figure that it was."""
    days, hours = (
        replace(
            figure, kind=kind, rows=tuple(row[1:] for row in figure.rows if row[0] == by), keys=()
        )
        for kind, by in ((BY_WEEKDAY, "Day"), (BY_HOUR, "Hour"))
    )
    return days, hours


def _standing_out(figure: Figure, subject: FigureSubject) -> str:
    """Return what stands out of a figure that has something; empty where that is its total."""
    channel = subject.channel
    if figure.kind == AWARENESS:
        return f"{counted(figure.total, 'alert')} about {channel}, {opened_words(figure)}"
    if figure.kind == READS:
        return _reads(figure, channel)
    if figure.kind == HEATMAP:
        busy = busiest_words(*halves(figure))
        return f"{channel} is busiest {busy}" if busy else ""
    name, count = _top(figure)
    if not name:
        return ""
    noun = " reports" if figure.kind in _BUSY else ""
    each = " each" if leaders(figure)[0][1:] else ""
    share = f"{count:,} of {figure.total:,}{noun}{each}, {percent(100 * count / figure.total)}"
    return f"{_sentence(figure, name, channel)} ({share})"


def _sentence(figure: Figure, name: str, channel: str) -> str:
    if figure.kind == BY_USER:
        return f"{name} made the most reports in {channel}"
    if figure.kind in _BUSY:
        return f"{channel} is busiest {_BUSY[figure.kind]} {name}"
    if figure.kind == BY_STATE:
        return f"Reports in {channel} are most often {name}"
    return f"{figure.columns[0]} in {channel}: most often {name}"


def _top(figure: Figure) -> tuple[str, int]:
    """Return what has the most in words, and how many: one or two that are equal, or nothing."""
    names, count = leaders(figure)
    too_few = count < _LEAST or sum(each for _, each in figure.counts) < _ENOUGH
    if figure.kind not in _SHARED or too_few or len(names) > _MOST_LEADERS:
        return "", 0
    named = {BY_HOUR: hour_words, BY_WEEKDAY: "{}s".format}.get(figure.kind, str)
    return " and ".join(map(named, names)), count


def _reads(figure: Figure, channel: str) -> str:
    """Return how often and by how many the reports were read."""
    counts = {row[0]: count_of(row) for row in figure.rows}
    people = counts.get(READERS)
    by = f" by {counted(people, 'person', 'people')}" if people else ""
    return f"{counted(figure.total, 'read')} in {channel}{by}"
