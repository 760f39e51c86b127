"""The nine analytics answers, counted over the made-up reports."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.vendors.saferme.answers import field_type, option_value
from sandbox.vendors.saferme.reports import ChannelPlan, Report, members
from sandbox.vendors.switches import Switches

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
READ_FIELDS = ("total_reads", "unique_reads", "report_readers", "reports_seen")
ALERT_FIELDS = ("total_alerts", "alert_source_reports", "unique_alerts", "alerts_opened")
COUNTABLE = ("Category", "DropDown", "Radio", "RadioButton")
HOURS = range(24)
ANONYMOUS_EVERY = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that passed the checks."""

    plan: ChannelPlan
    reports: list[Report]
    start: datetime
    end: datetime
    now: datetime
    switches: Switches

    @property
    def zone(self) -> ZoneInfo:
        """The zone of hours, days and weeks."""
        return ZoneInfo(self.switches.choice("zone"))

    def counted(self, found: Counter[Any], everything: Iterable[Any]) -> Iterator[tuple[Any, int]]:
        """Yield what was counted, with the zeros unless they are left out."""
        keys = sorted(found) if self.switches.on("sparse") else everything
        return ((key, found[key]) for key in keys)


def over_time(asked: Asked) -> list[dict[str, Any]]:
    """Return counts in buckets."""
    width = asked.switches.choice("buckets")
    if width == "by span":
        days = (asked.end - asked.start).days
        width = "day" if days <= 14 else "week" if days <= 120 else "month"
    step = HOUR if width == "hour" else DAY
    found = Counter(_bucket(one.at, width, asked.zone) for one in asked.reports)
    everything = dict.fromkeys(
        _bucket(asked.start + n * step, width, asked.zone)
        for n in range((asked.end - asked.start) // step + 1)
    )
    return [
        {
            "account_id": asked.plan.id,
            "datetime_range_start": start.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            "report_count": count,
            "datetime_range_width": width,
        }
        for start, count in asked.counted(found, everything)
    ]


def per_choice(asked: Asked, field_id: int) -> list[dict[str, Any]] | None:
    """Return counts by the choices of a field; None for one that cannot be counted by."""
    field = next((one for one in asked.plan.fields if one[0] == field_id), None)
    if field is None or field_type(field[2], asked.switches) not in COUNTABLE:
        return None
    picks = field[3]
    found = Counter(picks.index(one.picks[field_id]) for one in asked.reports)
    return [
        {
            "field_id": field_id,
            "account_id": asked.plan.id,
            "name": picks[number],
            "value": _choice_value(asked, field, number),
            "report_count": count,
        }
        for number, count in asked.counted(found, range(len(picks)))
    ]


def per_state(asked: Asked) -> list[dict[str, Any]]:
    """Return counts by state, with names."""
    found = Counter(one.state(asked.now) for one in asked.reports)
    states = [*asked.plan.states()]
    return [
        {
            "id": states[number][0],
            "name": states[number][1],
            "account_id": asked.plan.id,
            "report_count": count,
        }
        for number, count in asked.counted(found, range(len(states)))
    ]


def per_user(asked: Asked) -> list[dict[str, Any]]:
    """Return counts by user, without names."""
    hidden = asked.switches.on("anonymous")
    found = Counter(
        -1 if hidden and number % ANONYMOUS_EVERY == 0 else one.user_id
        for number, one in enumerate(asked.reports)
    )
    return [
        {
            "user_id": None if user < 0 else user,
            "account_id": asked.plan.id,
            "report_count": count,
        }
        for user, count in asked.counted(found, members(asked.switches))
    ]


def per_hour(asked: Asked) -> list[dict[str, Any]]:
    """Return counts by hour of the day."""
    found = Counter(one.at.astimezone(asked.zone).hour for one in asked.reports)
    return [
        {"account_id": asked.plan.id, "hour": hour, "report_count": count}
        for hour, count in asked.counted(found, HOURS)
    ]


def per_weekday(asked: Asked) -> list[dict[str, Any]]:
    """Return counts by weekday, Sunday as switched."""
    sunday = int(asked.switches.choice("sunday"))
    days = (one.at.astimezone(asked.zone).isoweekday() for one in asked.reports)
    found = Counter(sunday if day == 7 else day for day in days)
    return [
        {"account_id": asked.plan.id, "dow": day, "report_count": count}
        for day, count in asked.counted(found, [*range(1, 7), sunday])
    ]


def reads(asked: Asked, fields: list[str]) -> dict[str, Any]:
    """Return how much was read: exactly the figures asked for."""
    figures = {
        "total_reads": sum(one.reads for one in asked.reports),
        "unique_reads": sum(len(one.readers) for one in asked.reports),
        "report_readers": len({user for one in asked.reports for user in one.readers}),
        "reports_seen": sum(bool(one.readers) for one in asked.reports),
    }
    return {name: figures[name] for name in fields or ["total_reads"] if name in figures}


def awareness(asked: Asked, fields: list[str]) -> list[dict[str, Any]]:
    """Return what each person was alerted to."""
    return [
        {
            "user_id": user,
            "first_name": names[0],
            "last_name": names[1],
            **_alerts(asked, user, fields or ["total_alerts"]),
        }
        for user, names in members(asked.switches).items()
    ]


def images(asked: Asked, address: Callable[[Report, str], str]) -> list[dict[str, Any]]:
    """Return the pictures with addresses made by `address` of a report and a style."""
    return [
        {
            "report_image_id": one.id * 10,
            "account_id": asked.plan.id,
            "report_id": one.id,
            "created_at": f"{one.at:%Y-%m-%dT%H:%M:%S.000Z}",
            "styles": {style: address(one, style) for style in ("thumb", "medium")},
        }
        for one in asked.reports
        if one.has_image
    ]


def _alerts(asked: Asked, user: int, fields: list[str]) -> dict[str, int]:
    near = [one for one in asked.reports if (one.id + user) % 3 == 0]
    figures = {
        "total_alerts": sum(1 + (one.id + user) % 2 for one in near),
        "alert_source_reports": len(near),
        "unique_alerts": len(near),
        "alerts_opened": sum(user in one.readers for one in near),
    }
    return {name: figures[name] for name in fields if name in figures}


def _choice_value(asked: Asked, field: tuple[int, str, str, Any], number: int) -> str:
    numbered = asked.switches.choice("category_value") == "its number"
    if field[2] == "Category" and numbered:
        return f"{asked.plan.id * 100 + number + 1}"
    return option_value(asked.plan.id, field[0], number)


def _bucket(at: datetime, width: str, zone: ZoneInfo) -> datetime:
    if width == "hour":
        return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    local = at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    if width == "week":
        return local - local.weekday() * DAY
    if width == "year":
        return local.replace(month=1, day=1)
    return local.replace(day=1) if width == "month" else local
