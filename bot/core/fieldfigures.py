"""Figures of field reports as rows: gaps filled with zeros, names for numbers, and what changed.

The vendor leaves out what is empty, and gives numbers for people and choices. A Figure is what is
drawn, shown in a table and written into a file, so that all three say the same.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta

from bot.core.periods import Period
from bot.model.asking import (
    AWARENESS,
    BY_FIELD,
    BY_HOUR,
    BY_STATE,
    BY_USER,
    BY_WEEKDAY,
    HEATMAP,
    IMAGES,
    OVER_TIME,
    READS,
)
from bot.model.fieldreports import (
    Awareness,
    Bucket,
    ChoiceCount,
    FormField,
    HourCount,
    Person,
    ReadFigures,
    ReportImage,
    ReportState,
    StateCount,
    UserCount,
    WeekdayCount,
)

Value = str | int | date | None
"""A cell: text, a count, a day, or nothing known."""

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
UNKNOWN = "Unknown user"
_HOURS = 24
_WIDTHS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_MOST_SPANS = 400
_REPORTS = "Reports"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: `columns` name the cells of `rows`; `total` is the number of reports in it.

    `kind` is one of model.asking.FIGURES. `grain` is what one row of OVER_TIME covers, such as
    week, in the vendor's word.
    """

    kind: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: int = 0
    grain: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell: no picture, or nothing but zeros."""
        if self.kind == IMAGES:
            return not self.rows
        return not any(count for _, count in self.counts)

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """The rows as (label, count), of their first cell and their last; nothing known is 0."""
        return tuple((_label(row[0]), count_of(row) or 0) for row in self.rows)


def over_time(buckets: Sequence[Bucket], period: Period) -> Figure:
    """Return the reports of each stretch of the period, the first stretch first.

    Days begin in UTC, as the vendor's samples do. A width that is not known is not filled.
    """
    found: Counter[date] = Counter()
    for each in buckets:
        found[each.start.astimezone(UTC).date()] += each.count
    width = buckets[0].width.casefold() if buckets else ""
    if found:
        for first in _spans(min(found), period, width):
            found[first] += 0
    rows = tuple((first, found[first]) for first in sorted(found))
    return Figure(OVER_TIME, ("From", _REPORTS), rows, sum(found.values()), grain=width)


def by_state(counts: Sequence[StateCount], states: Sequence[ReportState]) -> Figure:
    """Return the reports in each state, in the order of the states, those unknown last."""
    found = {each.state_id: each for each in counts}
    order = sorted(states, key=lambda each: (each.position is None, each.position or 0, each.name))
    known = [(each.name, found[each.id].count if each.id in found else 0) for each in order]
    ids = {each.id for each in states}
    others = [
        (each.name or f"State {each.state_id}", each.count)
        for each in counts
        if each.state_id not in ids
    ]
    return _counted(BY_STATE, "State", (*known, *others))


def by_user(counts: Sequence[UserCount], people: Mapping[int, Person]) -> Figure:
    """Return the reports of each person, the most first; who is not known is named as unknown."""
    named = [(person_name(each.user_id, people), each.count) for each in counts]
    return _counted(BY_USER, "Person", sorted(named, key=lambda each: (-each[1], each[0])))


def by_field(counts: Sequence[ChoiceCount], field: FormField) -> Figure:
    """Return the reports of each choice of a field, in the form's order, unknown choices last.

    A choice that is switched off is left out when nobody chose it.
    """
    found = {each.value: each for each in counts}
    known = [
        (option.label, found[option.value].count if option.value in found else 0)
        for option in field.options
        if option.enabled or option.value in found
    ]
    values = {option.value for option in field.options}
    others = [(each.name or each.value, each.count) for each in counts if each.value not in values]
    return _counted(BY_FIELD, field.label or "Choice", (*known, *others))


def by_hour(counts: Sequence[HourCount]) -> Figure:
    """Return the reports of each of the 24 hours."""
    found: Counter[int] = Counter()
    for each in counts:
        found[each.hour] += each.count
    rows = tuple((f"{hour:02}:00", found[hour]) for hour in range(_HOURS))
    return _counted(BY_HOUR, "Hour", rows)


def by_weekday(counts: Sequence[WeekdayCount]) -> Figure:
    """Return the reports of each day of the week, from Monday."""
    found: Counter[int] = Counter()
    for each in counts:
        found[each.weekday] += each.count
    rows = tuple((name, found[number]) for number, name in enumerate(DAYS, start=1))
    return _counted(BY_WEEKDAY, "Day", rows)


def heatmap(weekdays: Figure, hours: Figure) -> Figure:
    """Return days and hours side by side; the vendor does not say which hour of which day."""
    rows = (*(("Day", *row) for row in weekdays.rows), *(("Hour", *row) for row in hours.rows))
    return Figure(HEATMAP, ("By", "When", _REPORTS), rows, weekdays.total)


def reads(figures: ReadFigures) -> Figure:
    """Return how much the reports were read."""
    rows = (
        ("Reads", figures.total_reads),
        ("Different reads", figures.unique_reads),
        ("People who read", figures.report_readers),
        ("Reports that were read", figures.reports_seen),
    )
    return Figure(READS, ("Figure", "Count"), rows, figures.total_reads or 0)


def awareness(alerted: Sequence[Awareness], people: Mapping[int, Person]) -> Figure:
    """Return who was alerted how often, the most alerted first."""
    rows = sorted(
        (
            (
                f"{each.first_name} {each.last_name}".strip() or person_name(each.user_id, people),
                each.alert_source_reports,
                each.unique_alerts,
                each.alerts_opened,
                each.total_alerts,
            )
            for each in alerted
        ),
        key=lambda row: (-(row[4] or 0), row[0]),
    )
    columns = ("Person", "Reports behind", "Different alerts", "Opened", "Alerts")
    total = sum(each.total_alerts or 0 for each in alerted)
    return Figure(AWARENESS, columns, tuple(rows), total)


def images(found: Sequence[ReportImage]) -> Figure:
    """Return the pictures without their addresses, which are signed and expire; newest first."""
    rows = sorted(
        (
            (each.created_at.astimezone(UTC).date() if each.created_at else None, each)
            for each in found
        ),
        key=lambda pair: (pair[0] or date.min, pair[1].id),
        reverse=True,
    )
    cells = tuple((f"{each.id}", f"{each.report_id or ''}", day) for day, each in rows)
    return Figure(IMAGES, ("Picture", "Report", "Taken"), cells, len(cells))


def person_name(user_id: int | None, people: Mapping[int, Person]) -> str:
    """Return the person's name; anonymous reports and people who left have none.

    An address never stands in for a name: figures are shown in channels.
    """
    if user_id is None:
        return UNKNOWN
    person = people.get(user_id)
    named = f"{person.first_name} {person.last_name}".strip() if person else ""
    return named or f"{UNKNOWN} {user_id}"


def count_of(row: tuple[Value, ...]) -> int | None:
    """Return the count of a row, its last cell; None where it is not known."""
    return row[-1] if isinstance(row[-1], int) else None


def _counted(kind: str, column: str, rows: Sequence[tuple[str, int]]) -> Figure:
    """Return a figure of labels and counts."""
    return Figure(kind, (column, _REPORTS), tuple(rows), sum(count for _, count in rows))


def _spans(anchor: date, period: Period, width: str) -> list[date]:
    """Return the first days of all stretches of the period, in step with the anchor."""
    if width in _MONTHS:
        return _month_spans(anchor, period, _MONTHS[width])
    days = _WIDTHS.get(width)
    if not days:
        return []
    first = anchor - timedelta(days=((anchor - period.first).days // days) * days)
    count = min((period.last - first).days // days + 1, _MOST_SPANS)
    return [first + timedelta(days=days * number) for number in range(max(0, count))]


def _month_spans(anchor: date, period: Period, months: int) -> list[date]:
    """Return the first days of the months, quarters or years of the period."""
    start = anchor.year * 12 + anchor.month - 1
    first = start - max(0, (start - _month(period.first)) // months) * months
    numbers = range(first, _month(period.last) + 1, months)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers[:_MOST_SPANS]]


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _label(value: Value) -> str:
    return value.isoformat() if isinstance(value, date) else f"{value or ''}"
