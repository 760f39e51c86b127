"""When a digest runs: schedules as people write them, and the instants they stand for.

A schedule is a cron line of five fields plus an IANA zone, so "09:00" stays 09:00 all year. On days
of clock change cronsim gives exactly one run: a time that is skipped runs at the end of the gap, a
time that comes twice runs the first time.
"""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from bot.asking.core import weekdays, zones
from bot.asking.core.arguments import Token, joined, nearest, quoted
from bot.errors import UserError

WORKS = (
    "Schedules that work: daily 09:00, weekdays 9:00, weekends 10:00, mon,thu 08:30, mon-fri 9am, "
    "weekly mon 9:00, monthly 1 09:00, monthly last 17:00, cron 0 9 * * 1-5; then a time zone if "
    "you like, such as Europe/Berlin."
)
MAX_MISSED = 100

_GROUPS = {
    "daily": "daily",
    "day": "daily",
    "weekdays": "weekdays",
    "weekday": "weekdays",
    "weekends": "weekends",
    "weekend": "weekends",
}
_CRON_DAYS = {"daily": "*", "weekdays": "1-5", "weekends": "0,6"}
_SPOKEN = {"daily": "every day", "weekdays": "weekdays", "weekends": "weekends"}
_STARTS = ("daily", "weekdays", "weekends", "weekly", "monthly", "cron", *weekdays.NAMES)
_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?([ap]m)?|([0-9]{2})([0-9]{2})")
_NAMED_TIMES = {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}
_CRON_FIELD = re.compile(r"[0-9A-Za-z*,/#-]{1,60}")
_CRON_FIELDS = 5
_ANY_DAY_BEFORE = datetime(2024, 1, 1, tzinfo=UTC)
_SHORTEST_MONTH = 28


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule; `words` are for people and name no zone, `zone` is empty when none was given."""

    cron: str
    words: str
    zone: str = ""


def begins(given: Sequence[Token]) -> bool:
    """Return whether the first tokens look like the beginning of a schedule."""
    words = [each.word for each in given[:2]]
    if words[:1] == ["every"]:
        return bool(words[1:]) and _starts(words[1])
    return bool(words) and words[0] != "day" and _starts(words[0])


def misspelt(word: str) -> str:
    """Return the schedule word that was probably meant, or an empty text."""
    return nearest(word, _STARTS, cutoff=0.8)


def parse_schedule(given: Sequence[Token]) -> tuple[Schedule, tuple[Token, ...]]:
    """Return the schedule at the beginning of the tokens, and the tokens after it.

    Raises UserError, naming the part that cannot be read and what works.
    """
    rest = list(given[1:] if given and given[0].word == "every" else given)
    if not rest:
        raise UserError(f"Say when. {WORKS}")
    kind = rest[0].word
    if kind == "cron":
        cron, words, used = _cron(rest)
    elif kind == "monthly":
        cron, words, used = _monthly(rest)
    else:
        cron, words, used = _weekly(rest)
    rest = rest[used:]
    count = zones.leading([each.word for each in rest])
    zone = zones.zone_named(joined(rest[:count])) if count else ""
    return Schedule(cron=cron, words=words, zone=zone), tuple(rest[count:])


def next_run(cron: str, zone: str, after: datetime) -> datetime:
    """Return the first run strictly after the moment, aware and in UTC.

    Raises UserError for a cron line that never runs.
    """
    for run in _runs(cron, zone, after):
        return run
    raise UserError(f"The schedule {quoted(cron)} never runs. {WORKS}")


def next_runs(cron: str, zone: str, after: datetime, *, count: int = 3) -> tuple[datetime, ...]:
    """Return the next runs, in UTC."""
    return tuple(islice(_runs(cron, zone, after), count))


def missed(cron: str, zone: str, last_planned: datetime, now: datetime) -> tuple[datetime, ...]:
    """Return the runs after `last_planned` up to `now`, in UTC: the latest MAX_MISSED of them."""
    due = takewhile(lambda run: run <= now, _runs(cron, zone, last_planned))
    return tuple(deque(due, maxlen=MAX_MISSED))


def slot_key(subscription_id: int | str, planned: datetime, zone: str) -> str:
    """Return the unique key of one planned digest, so that it is sent once however often planned.

    It holds the moment in UTC at which that local time comes first, so an hourly schedule runs once
    in an hour that comes twice, and the same time in two zones is two runs.
    """
    local = planned.astimezone(ZoneInfo(zone))
    first = local.replace(fold=0).astimezone(UTC)
    return f"digest:{subscription_id}:{first:%Y-%m-%dT%H:%MZ}"


def _runs(cron: str, zone: str, after: datetime) -> Iterator[datetime]:
    """Yield the runs after the moment.

    In the second pass of a repeated hour cronsim starts from the wall clock and gives a run that is
    over already; such runs are left out.
    """
    for run in CronSim(cron, after.astimezone(ZoneInfo(zone))):
        instant = run.astimezone(UTC)
        if instant > after:
            yield instant


def _starts(word: str) -> bool:
    """Return whether the word can open a schedule."""
    return word in _GROUPS or word in _STARTS or bool(weekdays.numbers(word.strip(",")))


def _cron(rest: Sequence[Token]) -> tuple[str, str, int]:
    """Return the cron line, its words, and how many tokens it took."""
    fields = [each.text for each in rest[1:6]]
    line = " ".join(fields)
    if len(fields) < _CRON_FIELDS or not all(map(_CRON_FIELD.fullmatch, fields)):
        raise UserError(
            f"{quoted(joined(rest[:6]))} is not a cron line of five fields (minute, hour, day, "
            "month, weekday). For example: cron 0 9 * * 1-5"
        )
    try:
        simulated = CronSim(line, _ANY_DAY_BEFORE)
    except CronSimError as error:
        raise UserError(
            f"The cron line {quoted(line)} cannot run: {str(error).lower()}. "
            "For example: cron 0 9 * * 1-5"
        ) from None
    if len(simulated.minutes) > 1:
        raise UserError(
            f"The cron line {quoted(line)} runs more often than once an hour. Give one minute, as "
            "in cron 0 9-17 * * 1-5"
        )
    next_run(line, "UTC", _ANY_DAY_BEFORE)
    spoken = simulated.explain()
    return line, f"{spoken[0].lower()}{spoken[1:]} (cron {line})", 6


def _monthly(rest: Sequence[Token]) -> tuple[str, str, int]:
    """Return the cron line of "monthly 1 09:00" or "monthly last 17:00", its words, its length."""
    which = rest[1].word if len(rest) > 1 else ""
    number = re.fullmatch(r"([0-9]{1,2})(?:st|nd|rd|th)?", which)
    day = int(number[1]) if number else 0
    if which != "last" and day not in range(1, 32):
        raise UserError(
            "Say on which day of the month, 1 to 31 or last. For example: monthly 1 09:00, or "
            "monthly last 17:00"
        )
    hour, minute, used = _time(rest[2:])
    at = f"at {hour:02}:{minute:02}"
    if which == "last":
        return f"{minute} {hour} L * *", f"on the last day of each month {at}", 2 + used
    short = " (not in months without that day)" if day > _SHORTEST_MONTH else ""
    return f"{minute} {hour} {day} * *", f"on day {day} of each month {at}{short}", 2 + used


def _weekly(rest: Sequence[Token]) -> tuple[str, str, int]:
    """Return the cron line of days of the week and a time, its words, its length."""
    taken = int(rest[0].word == "weekly")
    words = [_listed(each) for each in rest[taken:]]
    if taken and not weekdays.numbers(weekdays.listed(words)[0]):
        raise UserError("Say on which day of the week. For example: weekly mon 9:00")
    days, spoken, used = _days(words)
    hour, minute, more = _time(rest[taken + used :])
    at = f"{spoken} at {hour:02}:{minute:02}"
    return f"{minute} {hour} * * {days}", at, taken + used + more


def _days(words: Sequence[str]) -> tuple[str, str, int]:
    """Return a group or list of days as cron's field, in words, and how many words it took."""
    text, used = weekdays.listed(words)
    days = weekdays.numbers(text)
    same = {(0, 1, 2, 3, 4, 5, 6): "daily", (1, 2, 3, 4, 5): "weekdays", (0, 6): "weekends"}
    group = _GROUPS.get(text) or same.get(days, "")
    if group:
        return _CRON_DAYS[group], _SPOKEN[group], used
    if days:
        return ",".join(map(str, days)), weekdays.spoken(days), used
    near = misspelt(text)
    meant = f" Did you mean {quoted(near)}?" if near else ""
    raise UserError(f"I don't know the schedule {quoted(text)}.{meant} {WORKS}")


def _listed(token: Token) -> str:
    """Return a word with the comma after it, which joins days."""
    comma = "," if token.text.endswith(",") and len(token.text) > 1 else ""
    return f"{token.word or token.text}{comma}"


def _time(rest: Sequence[Token]) -> tuple[int, int, int]:
    """Return hour, minute and how many tokens they took: "09:00", "9am", "at 9:30 pm", "0900"."""
    at = int(bool(rest) and rest[0].word == "at")
    words = [each.word for each in rest[at : at + 2]]
    if not words:
        raise UserError(f"Add the time of day, such as 09:00. {WORKS}")
    half = len(words) > 1 and words[1] in {"am", "pm"}
    typed = "".join(words) if half else words[0]
    found = _clock(typed)
    if not found:
        raise UserError(
            f"I can't read {quoted(rest[at].text)} as a time of day. Write 09:00, 17:30 or 9am, as "
            "in weekdays 09:00 Europe/Berlin"
        )
    return *found, at + 1 + half


def _clock(typed: str) -> tuple[int, int] | None:
    """Return hour and minute, or None for what is no time; a bare 9 could be anything."""
    match = _CLOCK.fullmatch(_NAMED_TIMES.get(typed, typed))
    if not match or (match[1] and not match[2] and not match[3]):
        return None
    hour, minute = int(match[1] or match[4]), int(match[2] or match[5] or 0)
    if match[3]:
        if hour not in range(1, 13):
            return None
        hour = hour % 12 + 12 * (match[3] == "pm")
    return (hour, minute) if hour in range(24) and minute in range(60) else None
