"""The tables and charts of a training report, and the words for statuses."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from bot.asking.rendering.dates import sortable_day, sortable_time
from bot.slack.blocks.blocks import context
from bot.slack.blocks.budget import LIMITS, clean
from bot.slack.blocks.charts import counts_chart, percent, rates_chart
from bot.slack.blocks.tables import Cell, TableBudget, data_table, number, words
from bot.slack.blocks.wording import counted
from bot.slack.messages import Block
from bot.training.core.aggregation import MAX_BUCKETS, Bucket, status_counts
from bot.training.model import (
    COMPLETED,
    NOT_COMPLETED,
    STATUSES,
    Assignment,
    ScheduledAssignment,
    TrainingReport,
)

EVERYBODY: Final = "The export has everybody."
_SCHEDULED: Final = TableBudget(rows=50, characters=2_500)
_BUCKETS: Final = TableBudget(rows=60, characters=2_500)
_VENDORS_OWN: Final = TableBudget(rows=50, characters=3_000)
_POINTS: Final = LIMITS.chart_points
_WORDS: Final = {status: status.replace("_", " ") for status in (*STATUSES, NOT_COMPLETED)}
_LAST: Final = datetime.max.replace(tzinfo=UTC)


def status_chart(report: TrainingReport, *, status_filter: str) -> Block | None:
    """Return how many people are in each status.

    Under a filter only one status is listed, so the vendor's totals are drawn instead.
    """
    counts: tuple[tuple[str, int], ...]
    if status_filter:
        counts = (
            (status_title(COMPLETED), report.completed),
            ("Not completed", max(0, report.total - report.completed)),
        )
    else:
        counts = tuple(
            (status_title(status), count) for status, count in status_counts(report.assignments)
        )
    return counts_chart("People by status", counts, series="People")


def people_table(report: TrainingReport, *, zone: str) -> tuple[Block, ...]:
    """Return everybody, overdue first, then the longest assigned."""
    return data_table(
        "People, overdue first",
        columns=("Person", "Status", "Modules", "Progress %", "Assigned"),
        rows=(_person(each, zone) for each in by_urgency(report.assignments)),
        total=len(report.assignments),
        more=EVERYBODY,
    )


def modules_table(report: TrainingReport, *, zone: str) -> tuple[Block, ...]:
    """Return each person's modules; those not begun are not listed by the vendor."""
    rows = (
        (
            words(person.email),
            words(module.name),
            words(status_title(module.status)),
            words(sortable_day(module.started_at, zone)),
            words(sortable_day(module.completed_at, zone)),
        )
        for person in by_urgency(report.assignments)
        for module in person.modules
    )
    return data_table(
        "Modules begun, by person",
        columns=("Person", "Module", "Status", "Started", "Completed"),
        rows=rows,
        total=sum(len(person.modules) for person in report.assignments),
        more=EVERYBODY,
    )


def schedules_table(report: TrainingReport, *, zone: str) -> tuple[Block, ...]:
    """Return the assignments that are still to come, the next first."""
    rows = (
        (
            words(each.email),
            words(sortable_time(each.scheduled_at, zone)),
            words(each.recurrence),
            words(status_title(each.status)),
        )
        for each in sorted(report.scheduled, key=_planned)
    )
    return data_table(
        f"Scheduled assignments, times in {zone}",
        columns=("Person", "Next", "Repeats", "Status"),
        rows=rows,
        total=len(report.scheduled),
        budget=_SCHEDULED,
        page_size=5,
    )


def aggregate_blocks(
    buckets: Sequence[Bucket], *, grain: str, status_filter: str, undated: int
) -> tuple[Block, ...]:
    """Return a chart and a table of completion over time, saying who computed it and how.

    Under a filter only the counts of that status are known, so there is neither rate nor chart.
    """
    chart = None if status_filter else _rates(buckets, grain)
    table = data_table(
        _caption(grain, status_filter),
        columns=_bucket_columns(grain, status_filter),
        rows=(_bucket(each, status_filter) for each in reversed(buckets)),
        total=len(buckets),
        budget=_BUCKETS,
    )
    left_out = (
        f"{counted(undated, 'assignment')} without a usable date not counted" if undated else "",
        f"At most the latest {MAX_BUCKETS} {grain}s" if len(buckets) >= MAX_BUCKETS else "",
        f"The chart has the latest {_POINTS}" if chart and len(buckets) > _POINTS else "",
    )
    notes = (context(*left_out),) if any(left_out) else ()
    return (*([chart] if chart else []), *table, *notes)


def vendors_aggregate(report: TrainingReport) -> tuple[Block, ...]:
    """Return MomoFlow's own answer to an aggregation, whose form it does not document."""
    return data_table(
        "MomoFlow's own aggregation, undocumented and shown as sent",
        columns=("Field", "Value"),
        rows=((words(path), words(value)) for path, value in report.aggregate),
        total=len(report.aggregate),
        budget=_VENDORS_OWN,
    )


def by_urgency(assignments: Sequence[Assignment]) -> list[Assignment]:
    """Return the assignments, the most urgent status first, then the oldest, then by address."""
    return sorted(
        assignments, key=lambda each: (urgency(each.status), each.assigned_at or _LAST, each.email)
    )


def _person(each: Assignment, zone: str) -> tuple[Cell, ...]:
    return (
        words(each.email),
        words(status_title(each.status)),
        _modules(each),
        _progress(each),
        words(sortable_day(each.assigned_at, zone)),
    )


def _modules(each: Assignment) -> Cell:
    if each.completed_modules is None:
        return words("" if each.total_modules is None else f"of {each.total_modules}")
    if each.total_modules is None:
        return number(each.completed_modules)
    return number(each.completed_modules, f"{each.completed_modules} of {each.total_modules}")


def _progress(each: Assignment) -> Cell:
    if each.completed_modules is None or not each.total_modules:
        return words("")
    progress = 100 * each.completed_modules / each.total_modules
    return number(round(progress, 1), percent(progress))


def _rates(buckets: Sequence[Bucket], grain: str) -> Block | None:
    return rates_chart(
        f"Completion by {grain} of assignment",
        [(each.label, each.rate) for each in buckets],
        series="Completion",
        x_label=grain.capitalize(),
    )


def _caption(grain: str, status_filter: str) -> str:
    how = f"By {grain}, computed by Flowbot from the assignments by the {grain} of assignment"
    return f"{how} (only {status_word(status_filter)})" if status_filter else how


def _bucket_columns(grain: str, status_filter: str) -> tuple[str, ...]:
    if status_filter:
        return grain.capitalize(), status_title(status_filter)
    return grain.capitalize(), "Assigned", "Completed", "Overdue", "Completion %"


def _bucket(each: Bucket, status_filter: str) -> tuple[Cell, ...]:
    if status_filter:
        return words(each.label), number(each.assigned)
    return (
        words(each.label),
        number(each.assigned),
        number(each.completed),
        number(each.overdue),
        number(each.rate, "" if each.rate is None else percent(each.rate)),
    )


def _planned(each: ScheduledAssignment) -> tuple[datetime, str]:
    return each.scheduled_at or _LAST, each.email


def status_word(status: str) -> str:
    """Return a status for the middle of a sentence; one we do not know, as the vendor sent it."""
    return _WORDS.get(status, clean(status).strip() or "unknown")


def status_title(status: str) -> str:
    """Return a status to stand alone, such as "In progress"; one we do not know, as it was sent."""
    word = status_word(status)
    return word.capitalize() if status in _WORDS else word


def urgency(status: str) -> int:
    """Return 0 for the most urgent status, more for the others, most for one not documented."""
    return STATUSES.index(status) if status in STATUSES else len(STATUSES)
