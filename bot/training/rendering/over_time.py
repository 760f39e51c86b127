"""Completion by the time of assignment: a chart of whole buckets, and a table of all of them."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from bot.asking.rendering.cells import rate_cell
from bot.asking.rendering.dates import day_and_month, short_days
from bot.slack.blocks.budget import LIMITS
from bot.slack.blocks.charts import rates_chart
from bot.slack.blocks.tables import Cell, TableBudget, data_table, number
from bot.slack.blocks.wording import counted
from bot.slack.messages import Block
from bot.training.core.aggregation import MAX_BUCKETS, Bucket
from bot.training.rendering.statuses import status_title, status_word

_BUDGET: Final = TableBudget(rows=60, characters=2_500)
_FEWEST: Final = 3
_POINTS: Final = LIMITS.chart_points


def rates(buckets: Sequence[Bucket], grain: str) -> tuple[Block, ...]:
    """Return the line of completion, as far as it says how things went; there may be none."""
    whole = drawn(buckets)
    this_year = whole[-1].last.year if whole else 0
    chart = rates_chart(
        _title(whole[-_POINTS:], grain, this_year),
        [(bucket_words(each.first, grain, this_year=this_year), each.rate) for each in whole],
        series="Completion",
        x_label="Week beginning" if grain == "week" else grain.capitalize(),
    )
    return (chart,) if chart else ()


def _title(shown: Sequence[Bucket], grain: str, this_year: int) -> str:
    """Return what the line is about, and of which days where there is room: not all are in it."""
    title = f"Completion by {grain} assigned"
    days = short_days(shown[0].first, shown[-1].last, this_year=this_year) if shown else ""
    whole = f"{title}, {days}"
    return whole if days and len(whole) <= LIMITS.chart_title else title


def drawn(buckets: Sequence[Bucket]) -> Sequence[Bucket]:
    """Return the buckets of the line: whole ones, up to the last that is no longer under way.

    Too few say less than a table.
    """
    whole = [each for each in buckets if each.whole]
    ends = [at for at, each in enumerate(whole, 1) if each.assigned and not each.under_way]
    return whole[: ends[-1]] if ends and ends[-1] >= _FEWEST else []


def table(buckets: Sequence[Bucket], *, grain: str, status: str) -> tuple[Block, ...]:
    """Return the counts of each bucket, the latest first; under a status that of it alone."""
    only = f" (only {status_word(status)})" if status else ""
    this_year = buckets[-1].first.year if buckets else 0
    return data_table(
        f"By {grain} assigned{only}",
        columns=_columns(grain, status),
        rows=(_row(each, grain, status, this_year) for each in reversed(buckets)),
        total=len(buckets),
        budget=_BUDGET,
    )


def notes(buckets: Sequence[Bucket], *, grain: str, line: bool, undated: int = 0) -> Iterator[str]:
    """Yield what the line or the table leaves out."""
    shown = drawn(buckets) if line else []
    young = [each for each in buckets if each.whole and shown and each.first > shown[-1].first]
    parts = [name for name, each in _ends(buckets) if not each.whole]
    if parts:
        be = "are" if len(parts) > 1 else "is"
        left_out = " and left out of the line" if line else ""
        ends = " and ".join(parts)
        yield f"{ends.capitalize()} {grain}{'s' * (len(parts) > 1)} {be} incomplete{left_out}"
    if young:
        begin = bucket_words(young[0].first, grain, this_year=young[-1].first.year)
        yield f"{grain}s from {begin} are still under way and not in the line"
    if undated:
        yield f"{counted(undated, 'assignment')} without a date not counted"
    if len(buckets) >= MAX_BUCKETS:
        yield f"at most the latest {MAX_BUCKETS} {grain}s"
    if len(shown) > _POINTS:
        yield f"the line has the latest {_POINTS}"


def bucket_words(first: date, grain: str, *, this_year: int) -> str:
    """Return what people call a bucket: "2 Nov" for a day or a week, "Nov 2026", "Q4 2026"."""
    match grain:
        case "day" | "week":
            return short_days(first, first, this_year=this_year)
        case "month":
            return f"{day_and_month(first).partition(' ')[2]} {first.year}"
        case "quarter":
            return f"Q{(first.month + 2) // 3} {first.year}"
    return f"{first.year}"


def _ends(buckets: Sequence[Bucket]) -> Iterator[tuple[str, Bucket]]:
    if len(buckets) > 1:
        yield "first", buckets[0]
    if buckets:
        yield "last", buckets[-1]


def _columns(grain: str, status: str) -> tuple[str, ...]:
    if status:
        return grain.capitalize(), status_title(status)
    return grain.capitalize(), "Assigned", "Completed", "Overdue", "Completion"


def _row(each: Bucket, grain: str, status: str, this_year: int) -> tuple[Cell, ...]:
    shown = bucket_words(each.first, grain, this_year=this_year)
    label = number(each.first.toordinal(), shown if each.whole else f"{shown} (incomplete)")
    if status:
        return label, number(each.assigned)
    counts = (each.assigned, each.completed, each.overdue)
    return (label, *map(number, counts), rate_cell(each.rate))
