"""The sheets of a training workbook: words instead of codes, and real dates."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from bot.tables.columns import Cell, Column, Kind, Sheet
from bot.training.core.aggregation import Bucket, completion_rate, local_day_of
from bot.training.core.measures import people
from bot.training.model import OVERDUE, TrainingReport
from bot.training.rendering.over_time import bucket_words
from bot.training.rendering.statuses import by_urgency, flow_title, status_title
from bot.training.rendering.tables import planned

_FLOW: Final = Column("Flow")
_PERSON: Final = Column("Person")
_STATUS: Final = Column("Status")


def people_sheet(reports: Sequence[TrainingReport], *, several: bool, zone: str) -> Sheet:
    """Return everybody, overdue first, then the longest assigned."""
    columns = (
        *([_FLOW] if several else []),
        _PERSON,
        _STATUS,
        Column("Modules completed", Kind.NUMBER),
        Column("Modules", Kind.NUMBER),
        Column("Progress %", Kind.PERCENT),
        Column("Assigned", Kind.DATE),
    )
    listed = [(flow_title(each), one) for each in reports for one in each.assignments]
    titles = {id(one): title for title, one in listed}
    ordered = by_urgency([one for _, one in listed])

    def rows() -> Iterator[Sequence[Cell]]:
        for one in ordered:
            done, total = one.completed_modules, one.total_modules
            yield (
                *([titles[id(one)]] if several else []),
                one.email,
                status_title(one.status),
                done,
                total,
                None if done is None or not total else completion_rate(done, total),
                _day(one.assigned_at, zone),
            )

    return Sheet("People", columns, rows())


def flows_sheet(reports: Sequence[TrainingReport]) -> Sheet:
    """Return a row for each flow."""
    columns = (
        _FLOW,
        Column("Overdue", Kind.NUMBER),
        Column("Completed", Kind.NUMBER),
        Column("Assigned", Kind.NUMBER),
        Column("Completion %", Kind.PERCENT),
        Column("Flow id"),
    )
    rows = (
        (
            flow_title(each),
            people([one for one in each.assignments if one.status == OVERDUE]),
            each.completed,
            each.total,
            completion_rate(each.completed, each.total),
            each.flow_id,
        )
        for each in reports
    )
    return Sheet("Flows", columns, rows)


def modules_sheet(reports: Sequence[TrainingReport], *, zone: str) -> Sheet:
    """Return the modules that each person has begun."""
    columns = (
        _PERSON,
        Column("Module"),
        _STATUS,
        Column("Started", Kind.DATE),
        Column("Completed", Kind.DATE),
    )
    rows = (
        (
            one.email,
            module.name,
            status_title(module.status),
            _day(module.started_at, zone),
            _day(module.completed_at, zone),
        )
        for each in reports
        for one in by_urgency(each.assignments)
        for module in one.modules
    )
    return Sheet("Modules", columns, rows)


def over_time_sheet(buckets: Sequence[Bucket], grain: str, *, status: str) -> Sheet:
    """Return the counts of each bucket; under a status that of it alone."""
    columns = (
        Column(f"{grain.capitalize()} assigned"),
        Column("From", Kind.DATE),
        Column("To", Kind.DATE),
        Column("All days counted"),
        *_count_columns(status),
    )
    rows = (
        (
            bucket_words(each.first, grain, this_year=0),
            each.first,
            each.last,
            "yes" if each.whole else "no",
            *_counts(each, status),
        )
        for each in reversed(buckets)
    )
    return Sheet("Over time", columns, rows)


def sums_sheet(report: TrainingReport) -> Sheet:
    """Return MomoFlow's own answer to an aggregation, whose form it does not document."""
    return Sheet("MomoFlow's own sums", (Column("Field"), Column("Value")), report.aggregate)


def upcoming_sheet(reports: Sequence[TrainingReport], *, several: bool) -> Sheet:
    """Return the assignments to come, the next first."""
    listed = [(flow_title(each), one) for each in reports for one in each.scheduled]
    columns = (
        *([_FLOW] if several else []),
        _PERSON,
        Column("Next", Kind.MOMENT),
        Column("Repeats"),
        _STATUS,
    )
    rows = (
        (
            *([title] if several else []),
            one.email,
            one.scheduled_at,
            one.recurrence,
            status_title(one.status),
        )
        for title, one in sorted(listed, key=lambda each: planned(each[1]))
    )
    return Sheet("Upcoming", columns, rows)


def _count_columns(status: str) -> tuple[Column, ...]:
    if status:
        return (Column(status_title(status), Kind.NUMBER),)
    names = ("Assigned", "Completed", "Overdue")
    counts = (Column(name, Kind.NUMBER) for name in names)
    return (*counts, Column("Completion %", Kind.PERCENT))


def _counts(each: Bucket, status: str) -> tuple[Cell, ...]:
    if status:
        return (each.assigned,)
    return each.assigned, each.completed, each.overdue, each.rate


def _day(moment: datetime | None, zone: str) -> date | None:
    return local_day_of(moment, zone)
