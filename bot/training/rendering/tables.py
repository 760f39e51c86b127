"""The tables of a training report."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Final

from bot.asking.rendering.cells import day_cell, moment_cell
from bot.asking.rendering.dates import local_day, zone_words
from bot.slack.blocks.tables import Cell, TableBudget, data_table, number, words
from bot.slack.messages import Block
from bot.training.core.aggregation import local_day_of
from bot.training.model import STATUSES, Assignment, ScheduledAssignment, TrainingReport
from bot.training.rendering.statuses import by_urgency, status_title

THE_REST: Final = "Export for the full list."
NO_FLOWS: Final[Mapping[str, str]] = MappingProxyType({})
_COLUMNS: Final = ("Person", "Flow", "Status", "Modules", "Assigned")
_SCHEDULED: Final = TableBudget(rows=50, characters=2_500)


def people_table(
    assignments: Sequence[Assignment],
    *,
    status: str,
    zone: str,
    now: datetime,
    flows: Mapping[str, str] = NO_FLOWS,
) -> tuple[Block, ...]:
    """Return everybody, overdue first, then the longest assigned; of one status without it.

    `flows` are the titles of several flows, by the ids of their assignments.
    """
    one = status in STATUSES
    left_out = {"Status"} if one else set[str]()
    columns = [each for each in _COLUMNS if each not in left_out and (flows or each != "Flow")]
    return data_table(
        "Longest assigned first" if one else "Overdue first",
        columns=columns,
        rows=(
            [_cell(each, column, zone, now, flows) for column in columns]
            for each in by_urgency(assignments)
        ),
        total=len(assignments),
        of="assignments" if flows else "",
        more=THE_REST,
    )


def modules_table(report: TrainingReport, *, zone: str, now: datetime) -> tuple[Block, ...]:
    """Return each person's modules; those not begun are not listed by the vendor."""
    rows = (
        (
            words(person.email),
            words(module.name),
            words(status_title(module.status)),
            _day(module.started_at, zone, now),
            _day(module.completed_at, zone, now),
        )
        for person in by_urgency(report.assignments)
        for module in person.modules
    )
    return data_table(
        "Modules begun, by person",
        columns=("Person", "Module", "Status", "Started", "Completed"),
        rows=rows,
        total=sum(len(person.modules) for person in report.assignments),
        more=THE_REST,
    )


def schedules_table(report: TrainingReport, *, zone: str, now: datetime) -> tuple[Block, ...]:
    """Return the assignments that are still to come, the next first."""
    rows = (
        (
            words(each.email),
            moment_cell(each.scheduled_at, zone, this_year=now.year),
            words(each.recurrence),
            words(status_title(each.status)),
        )
        for each in sorted(report.scheduled, key=planned)
    )
    return data_table(
        f"Upcoming assignments ({zone_words(zone)})",
        columns=("Person", "Next", "Repeats", "Status"),
        rows=rows,
        total=len(report.scheduled),
        budget=_SCHEDULED,
    )


def modules_cell(each: Assignment) -> Cell:
    """Return "3 of 5", sorted by the share that is completed."""
    done, total = each.completed_modules, each.total_modules
    if done is None:
        return words("" if total is None else f"of {total}")
    if total is None:
        return number(done)
    return number(round(done / total, 4) if total else 0, f"{done} of {total}")


def planned(each: ScheduledAssignment) -> tuple[bool, float, str]:
    """Return the order of assignments to come: the next first, those without a date last."""
    at = each.scheduled_at
    return at is None, at.timestamp() if at else 0.0, each.email


def _cell(
    each: Assignment, column: str, zone: str, now: datetime, flows: Mapping[str, str]
) -> Cell:
    match column:
        case "Person":
            return words(each.email)
        case "Flow":
            return words(flows.get(each.id, ""))
        case "Status":
            return words(status_title(each.status))
        case "Modules":
            return modules_cell(each)
    return _day(each.assigned_at, zone, now)


def _day(moment: datetime | None, zone: str, now: datetime) -> Cell:
    return day_cell(local_day_of(moment, zone), this_year=local_day(now, zone).year)
