"""Days, moments and shares as the cells of tables: said as people read them, sorted as they are."""

from datetime import date, datetime
from typing import Final

from bot.asking.rendering.dates import short_days, weekday_and_time
from bot.slack.blocks.charts import percent
from bot.slack.blocks.tables import Cell, number, words

_NONE: Final = "\N{EN DASH}"


def rate_cell(rate: float | None) -> Cell:
    """Return a share of 0-100 as "84%"; a dash for none, which sorts below all of them."""
    return number(-1, _NONE) if rate is None else number(rate, percent(rate))


def day_cell(when: date | None, *, this_year: int, ending: str = "") -> Cell:
    """Return a day such as "12 Nov"; with its year where it is another than `this_year`."""
    if when is None:
        return words("")
    return number(when.toordinal(), f"{short_days(when, when, this_year=this_year)}{ending}")


def moment_cell(when: datetime | None, zone: str, *, this_year: int) -> Cell:
    """Return a moment such as "Thu 3 Dec, 10:00" in an IANA zone; the year as of the day."""
    if when is None:
        return words("")
    try:
        return number(when.timestamp(), weekday_and_time(when, zone, this_year=this_year))
    except OverflowError:  # a vendor's date at the edge of the calendar
        return words("")
