"""Figures of field reports as rows: gaps filled with zeros, names for numbers, and what changed.

The vendor leaves out what is empty, and gives numbers for people and choices. A Figure is what is
drawn, shown in a table and written into a file, so that all three say the same.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.asking.core.periods import Period
from bot.fieldreports.core.timelines import (
    HOUR,
    counts_by_day,
    counts_by_hour,
    reaches_before,
    reaches_beyond,
)
from bot.fieldreports.model import (
    Awareness,
    ChoiceCount,
    FormField,
    HourCount,
    ReadFigures,
    ReportBucket,
    ReportImage,
    ReportState,
    StateCount,
    TeamMember,
    UserCount,
    WeekdayCount,
)
from bot.fieldreports.question import (
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

Value = str | int | float | date | datetime | None
"""A cell: text, a count, a share of 0 to 100, a day, an aware moment, or nothing known."""

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ANONYMOUS = "Anonymous"
READERS = "People who read"
_HOURS = 24
_REPORTS = "Reports"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: `columns` name the cells of `rows`; `total` is the number of reports in it.

    `kind` is one of model.asking.FIGURES. `grain` is what one row of OVER_TIME covers, such as
    week, in the vendor's word. `keys` say what each row is about, whatever it is called: two people
    may have one name. `cut` says whether the first and the last row of OVER_TIME count only a part
    of what they stand for. `notes` are sentences on what is not as it should be.
    """

    kind: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: int = 0
    grain: str = ""
    keys: tuple[str, ...] = ()
    cut: tuple[bool, bool] = (False, False)
    notes: tuple[str, ...] = ()

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

    @property
    def keyed(self) -> tuple[tuple[str, str, int], ...]:
        """The rows as (key, label, count); the label is the key where there is no other."""
        keys = self.keys or tuple(label for label, _ in self.counts)
        return tuple((key, *pair) for key, pair in zip(keys, self.counts, strict=True))


def over_time(buckets: Sequence[ReportBucket], period: Period, *, now: datetime) -> Figure:
    """Return the reports of each stretch of the period that began by now, the first one first."""
    width = buckets[0].width.casefold() if buckets else ""
    total = sum(each.count for each in buckets)
    zone = ZoneInfo(period.zone)
    if width == HOUR:
        hours = counts_by_hour(buckets, period, now=now)
        local = tuple((hour.astimezone(zone), count) for hour, count in hours)
        running = bool(hours) and now < min(period.end, hours[-1][0] + timedelta(hours=1))
        return Figure(
            OVER_TIME, ("From", _REPORTS), local, total, grain=width, cut=(False, running)
        )
    today = now.astimezone(zone).date()
    rows = counts_by_day(buckets, period, width=width, today=today)
    cut = (
        bool(rows) and reaches_before(rows[0][0], period),
        bool(rows) and reaches_beyond(rows[-1][0], period, width=width, today=today),
    )
    return Figure(OVER_TIME, ("From", _REPORTS), tuple(rows), total, grain=width, cut=cut)


def by_state(counts: Sequence[StateCount], states: Sequence[ReportState]) -> Figure:
    """Return the reports in each state, in the order of the states, those unknown last."""
    found: Counter[int] = Counter()
    for each in counts:
        found[each.state_id] += each.count
    order = sorted(states, key=lambda each: (each.position is None, each.position or 0, each.name))
    names = {each.state_id: each.name or f"State {each.state_id}" for each in counts}
    named = {each.id: each.name for each in order} | {
        id_: name for id_, name in names.items() if id_ not in {each.id for each in states}
    }
    return _counted(
        BY_STATE, "State", [(f"{id_}", name, found[id_]) for id_, name in named.items()]
    )


def by_user(counts: Sequence[UserCount], people: Mapping[int, TeamMember] | None) -> Figure:
    """Return the reports of each person, the most first; `people` is None where all are unknown."""
    found: Counter[int | None] = Counter()
    for each in counts:
        found[each.user_id] += each.count
    names = _told_apart({user_id: person_name(user_id, people) for user_id in found})
    rows = [(_key(user_id), names[user_id], count) for user_id, count in found.items()]
    return _counted(BY_USER, "Person", sorted(rows, key=lambda row: (-row[2], row[1])))


def by_field(counts: Sequence[ChoiceCount], field: FormField) -> Figure:
    """Return the reports of each choice of a field, in the form's order, unknown choices last.

    A choice is known by its value, or else by its name: what the value of a category is, the
    vendor's pages do not say. One that is switched off is left out when nobody chose it.
    """
    by_name = {option.label: option.value for option in field.options}
    values = {option.value for option in field.options}
    found: Counter[str] = Counter()
    names: dict[str, str] = {}
    for each in counts:
        value = each.value if each.value in values else by_name.get(each.name, each.value)
        found[value] += each.count
        names[value] = each.name or each.value
    known = {
        option.value: option.label
        for option in field.options
        if option.enabled or option.value in found
    }
    named = known | {value: name for value, name in names.items() if value not in known}
    rows = [(value, name, found[value]) for value, name in named.items()]
    return _counted(BY_FIELD, field.label or "Choice", rows)


def by_hour(counts: Sequence[HourCount]) -> Figure:
    """Return the reports of each of the 24 hours."""
    found: Counter[int] = Counter()
    for each in counts:
        found[each.hour] += each.count
    rows = [(f"{hour}", f"{hour:02}:00", found[hour]) for hour in range(_HOURS)]
    return _counted(BY_HOUR, "Hour", rows)


def by_weekday(counts: Sequence[WeekdayCount]) -> Figure:
    """Return the reports of each day of the week, from Monday."""
    found: Counter[int] = Counter()
    for each in counts:
        found[each.weekday] += each.count
    rows = [(name, name, found[number]) for number, name in enumerate(DAYS, start=1)]
    return _counted(BY_WEEKDAY, "Day", rows)


def heatmap(weekdays: Figure, hours: Figure) -> Figure:
    """Return days and hours side by side; the vendor does not say which hour of which day."""
    rows = (*(("Day", *row) for row in weekdays.rows), *(("Hour", *row) for row in hours.rows))
    return Figure(HEATMAP, ("By", "When", _REPORTS), rows, weekdays.total)


def reads(figures: ReadFigures) -> Figure:
    """Return how much the reports were read."""
    rows = (
        ("Reads", figures.total_reads),
        ("Unique reads", figures.unique_reads),
        (READERS, figures.report_readers),
        ("Reports read", figures.reports_seen),
    )
    return Figure(READS, ("Figure", "Count"), rows, figures.total_reads or 0)


def awareness(alerted: Sequence[Awareness], people: Mapping[int, TeamMember] | None) -> Figure:
    """Return who was alerted how often, the most alerted first."""
    names = _told_apart(
        {
            each.user_id: f"{each.first_name} {each.last_name}".strip()
            or person_name(each.user_id, people)
            for each in alerted
        }
    )
    order = sorted(alerted, key=lambda each: (-(each.total_alerts or 0), names[each.user_id]))
    rows = (
        (
            names[each.user_id],
            each.alert_source_reports,
            each.unique_alerts,
            each.alerts_opened,
            each.total_alerts,
        )
        for each in order
    )
    columns = ("Person", "Reports", "Different alerts", "Opened", "Alerts")
    total = sum(each.total_alerts or 0 for each in alerted)
    keys = tuple(_key(each.user_id) for each in order)
    return Figure(AWARENESS, columns, tuple(rows), total, keys=keys)


def images(found: Sequence[ReportImage], zone: str) -> Figure:
    """Return the pictures without their addresses, which are signed and expire; newest first.

    Days are those of `zone` (IANA).
    """
    local = ZoneInfo(zone)
    rows = sorted(
        (
            (each.created_at.astimezone(local).date() if each.created_at else None, each)
            for each in found
        ),
        key=lambda pair: (pair[0] or date.min, pair[1].id),
        reverse=True,
    )
    cells = tuple((f"{each.id}", f"{each.report_id or ''}", day) for day, each in rows)
    return Figure(IMAGES, ("Picture", "Report", "Taken"), cells, len(cells))


def person_name(user_id: int | None, people: Mapping[int, TeamMember] | None) -> str:
    """Return the person's name, or what is known instead; `people` is None where nobody is known.

    An address never stands in for a name: figures are shown in channels.
    """
    if user_id is None:
        return ANONYMOUS
    if people is None:
        return f"Unknown person ({user_id})"
    person = people.get(user_id)
    if person is None:
        return f"Former member ({user_id})"
    return f"{person.first_name} {person.last_name}".strip() or f"Member without name ({user_id})"


def count_of(row: tuple[Value, ...]) -> int | None:
    """Return the count of a row, its last cell; None where it is not known."""
    return row[-1] if isinstance(row[-1], int) else None


def _counted(kind: str, column: str, rows: Sequence[tuple[str, str, int]]) -> Figure:
    """Return a figure of keys, labels and counts."""
    return Figure(
        kind,
        (column, _REPORTS),
        tuple((label, count) for _, label, count in rows),
        sum(count for _, _, count in rows),
        keys=tuple(key for key, _, _ in rows),
    )


def _told_apart(names: Mapping[int | None, str]) -> dict[int | None, str]:
    """Return the names, those that several people have with their numbers."""
    times = Counter(names.values())
    return {
        user_id: f"{name} ({user_id})" if user_id is not None and times[name] > 1 else name
        for user_id, name in names.items()
    }


def _key(user_id: int | None) -> str:
    return "" if user_id is None else f"{user_id}"


def _label(value: Value) -> str:
    return value.isoformat() if isinstance(value, date) else f"{value or ''}"
