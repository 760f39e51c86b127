"""The small print under figures of field reports: what a reader may otherwise take wrongly."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from bot.asking.core.periods import Period
from bot.asking.rendering.dates import local_day
from bot.errors import Reason, VendorError
from bot.fieldreports.core.figures import Figure
from bot.fieldreports.core.timelines import HOUR, reaches_before, reaches_beyond
from bot.fieldreports.question import BY_HOUR, BY_WEEKDAY, HEATMAP, OVER_TIME

UNZONED: Final = "SaferMe does not say in which time zone it counts hours, days and weeks"
_ZONED: Final = (BY_HOUR, BY_WEEKDAY, HEATMAP, OVER_TIME)
_APART: Final = "Days and hours stand side by side, as SaferMe does not say which hour of which day"
_RUNNING: Final = "The period is not over yet"


def figure_notes(figure: Figure, period: Period, *, now: datetime) -> Iterator[str]:
    """Yield sentences on what a figure does not say by itself."""
    yield from figure.notes
    if figure.kind == HEATMAP:
        yield _APART
    if figure.kind == OVER_TIME:
        yield from cut_note(figure, period, now=now)
    yield from running_note(period, now=now)
    if figure.kind in _ZONED and figure.grain != HOUR:
        yield UNZONED


def missing_pictures(errors: Sequence[VendorError], *, of: int) -> Iterator[str]:
    """Yield how many of the latest pictures are missing, and what whoever runs Flowbot can do."""
    if errors:
        yield f"{len(errors)} of the latest {of} could not be had from SaferMe"
    hosts = {each.detail for each in errors if each.reason is Reason.UNTRUSTED_HOST}
    if hosts:
        yield (
            f"Files are fetched from trusted hosts only, not from {', '.join(sorted(hosts))}; "
            "your Flowbot admin can add to SAFERME_DOWNLOAD_HOSTS"
        )


def running_note(period: Period, *, now: datetime) -> Iterator[str]:
    """Yield that a period has days to come, so that it has less than the one before."""
    if period.last > local_day(now, period.zone):
        yield _RUNNING


def cut_note(figure: Figure, period: Period, *, now: datetime) -> Iterator[str]:
    """Yield which rows of a figure over time count only a part of their week, say."""
    if not figure.rows:
        return
    first, last = figure.rows[0][0], figure.rows[-1][0]
    if not isinstance(first, date) or not isinstance(last, date):
        return
    today = local_day(now, period.zone)
    edges = (
        ("first", reaches_before(first, period)),
        ("last", reaches_beyond(last, period, width=figure.grain, today=today)),
    )
    named = [name for name, reaches in edges if reaches]
    if named and first == last:
        yield f"This {figure.grain or 'row'} is counted only in part"
    elif named:
        verb = "are" if named[1:] else "is"
        yield f"The {' and the '.join(named)} {figure.grain or 'row'} {verb} counted only in part"
