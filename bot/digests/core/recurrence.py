"""When a digest runs: the instants that a kept schedule stands for.

A kept schedule is one or more parts with " | " between them. A part is a cron line of five fields,
as in every older row, which may end in "every 2 weeks from 2026-11-23", "every 3 days from …" or
"first workday"; or it is "once 2026-12-24 10:00". With an IANA zone, "09:00" stays 09:00 all year.
On days of clock change cronsim gives exactly one run: a time that is skipped runs at the end of the
gap, a time that comes twice runs the first time.

dateutil's rrule was weighed: it knows every other week, but reckons in naive times and would lose
just that; a rule on top of cron's runs is what else is needed.
"""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from heapq import merge
from itertools import islice, takewhile
from typing import Final
from zoneinfo import ZoneInfo

from cronsim import CronSim

from bot.asking.core import weekdays
from bot.asking.core.arguments import in_a_row, quoted
from bot.asking.core.days import dates
from bot.errors import UserError

MAX_MISSED: Final = 1_000
PARTS: Final = " | "
NEXT: Final = "next-"
"""Before a weekday: not today's."""
_ONCE: Final = re.compile(r"once (\S+) ([0-9]{2}):([0-9]{2})")
_EVERY: Final = re.compile(r" every ([0-9]+) (weeks|days)(?: from (\S+))?$")
_FIRST_WORKDAY: Final = " first workday"
_DAY_OF_YEAR: Final = re.compile(r"([0-9]{2})-([0-9]{2})")
_AT: Final = re.compile(r"at [0-9]{2}:[0-9]{2}(?:(?:, | and )[0-9]{2}:[0-9]{2})*")
_FRIDAY: Final = 4
_LEAP: Final = 9  # years; so long may 29 February be away


@dataclass(frozen=True, slots=True)
class Rule:
    """One part of a kept schedule.

    Either a `cron` line, all or every so many `weeks` from the week of a day `since` on, every so
    many `days` from that day on, or only on the `first_workday` of a month; or `once`, a day or
    words for one, with its hour and minute.
    """

    cron: str = ""
    weeks: int = 1
    days: int = 1
    since: str = ""
    first_workday: bool = False
    once: str = ""
    hour: int = 0
    minute: int = 0

    def line(self) -> str:
        """Return the part as it is kept."""
        if self.once:
            return f"once {self.once} {self.hour:02}:{self.minute:02}"
        since = f" from {self.since}" if self.since else ""
        every = f" every {self.weeks} weeks{since}" if self.weeks > 1 else ""
        every = f" every {self.days} days{since}" if self.days > 1 else every
        return f"{self.cron}{every}{_FIRST_WORKDAY if self.first_workday else ''}"


def rules_of(line: str) -> tuple[Rule, ...]:
    """Return the parts of a kept schedule."""
    return tuple(_rule(part) for part in line.split(PARTS))


def next_run(line: str, zone: str, after: datetime) -> datetime:
    """Return the first run strictly after the moment, aware and in UTC.

    Raises UserError for a schedule that never runs again.
    """
    for run in runs(line, zone, after):
        return run
    if is_once(line):
        raise UserError("That time has passed. Order it anew with a day to come.")
    raise UserError(f"The schedule {quoted(line)} never runs. Order it anew with another one.")


def next_runs(line: str, zone: str, after: datetime, *, count: int = 3) -> tuple[datetime, ...]:
    """Return the next runs, in UTC."""
    return tuple(islice(runs(line, zone, after), count))


def missed(line: str, zone: str, last_planned: datetime, now: datetime) -> tuple[datetime, ...]:
    """Return the runs after `last_planned` up to `now`, in UTC: the latest MAX_MISSED of them."""
    due = takewhile(lambda run: run <= now, runs(line, zone, last_planned))
    return tuple(deque(due, maxlen=MAX_MISSED))


def is_once(line: str) -> bool:
    """Return whether the schedule has a single run, or a few, and ends."""
    return all(rule.once for rule in rules_of(line))


def slot_key(subscription_id: int | str, planned: datetime, zone: str) -> str:
    """Return the unique key of one planned digest, so that it is sent once however often planned.

    It holds the moment in UTC at which that local time comes first, so an hourly schedule runs once
    in an hour that comes twice, and the same time in two zones is two runs.
    """
    local = planned.astimezone(ZoneInfo(zone))
    first = local.replace(fold=0).astimezone(UTC)
    return f"digest:{subscription_id}:{first:%Y-%m-%dT%H:%MZ}"


def anchored(line: str, zone: str, now: datetime) -> str:
    """Return a schedule that is ordered now: which weeks are meant, and which day "tomorrow" is.

    Raises UserError for a single time that has passed.
    """
    rules = rules_of(line)
    kept = PARTS.join(_anchored(rule, zone, now).line() for rule in rules)
    next_run(kept, zone, now)
    return kept


def unanchored(line: str) -> str:
    """Return a schedule without the week it began in: the same order is the same a week later."""
    return PARTS.join(replace(rule, since="").line() for rule in rules_of(line))


def at_other_times(line: str, times: Sequence[str]) -> str:
    """Return a schedule on the same days at other times, each written as 09:30."""
    clock = [tuple(map(int, each.split(":"))) for each in times]
    changed = [_at(rule, hour, minute) for rule in rules_of(line) for hour, minute in clock]
    return PARTS.join(dict.fromkeys(rule.line() for rule in changed))


def words_at(words: str, times: Sequence[str]) -> str:
    """Return the words of a schedule with other times in them."""
    return _AT.sub(f"at {in_a_row(times)}", words)


def _at(rule: Rule, hour: int, minute: int) -> Rule:
    _, _, *days = rule.cron.split() if rule.cron else ("", "")
    cron = " ".join((f"{minute}", f"{hour}", *days)) if days else ""
    return replace(rule, cron=cron, hour=hour, minute=minute)


def once_words(line: str, words: str) -> str:
    """Return the words of a schedule; of a single run the day that it was anchored to."""
    if not is_once(line):
        return words
    runs = [f"{_on(rule)} at {rule.hour:02}:{rule.minute:02}" for rule in rules_of(line)]
    return f"once, on {' and '.join(runs)}"


def _on(rule: Rule) -> str:
    day = date.fromisoformat(rule.once)
    return f"{weekdays.NAMES[day.isoweekday() % 7][:3].capitalize()} {dates(day, day)}"


def _rule(part: str) -> Rule:
    once, every = _ONCE.fullmatch(part), _EVERY.search(part)
    if once:
        return Rule(once=once[1], hour=int(once[2]), minute=int(once[3]))
    if every:
        cron, count, since = part[: every.start()], int(every[1]), every[3] or ""
        weekly = every[2] == "weeks"
        return Rule(cron, count if weekly else 1, 1 if weekly else count, since)
    first = part.endswith(_FIRST_WORKDAY)
    return Rule(part.removesuffix(_FIRST_WORKDAY), first_workday=first)


def _anchored(rule: Rule, zone: str, now: datetime) -> Rule:
    if rule.once:
        return replace(rule, once=_day(rule, now.astimezone(ZoneInfo(zone))).isoformat())
    if max(rule.weeks, rule.days) > 1 and not rule.since:
        first = next(_cron_runs(rule.cron, zone, now), now)
        return replace(rule, since=first.astimezone(ZoneInfo(zone)).date().isoformat())
    return rule


def _day(rule: Rule, now: datetime) -> date:
    """Return the day that a single run is on: a date, or the next one that the words name."""
    today = now.date()
    later = (rule.hour, rule.minute) > (now.hour, now.minute)
    if rule.once in {"today", "tomorrow"}:
        return today + timedelta(days=rule.once == "tomorrow")
    named = rule.once.removeprefix(NEXT)
    if named in weekdays.NAMES:
        ahead = (weekdays.NAMES.index(named) - today.isoweekday()) % 7
        today_counts = later and named == rule.once
        return today + timedelta(days=ahead if ahead or today_counts else 7)
    yearly = _DAY_OF_YEAR.fullmatch(rule.once)
    if not yearly:
        return date.fromisoformat(rule.once)
    years = (today.year + ahead for ahead in range(_LEAP))
    days = (_date(year, int(yearly[1]), int(yearly[2])) for year in years)
    return next(each for each in days if each and each >= today)


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:  # 29 February
        return None


def runs(line: str, zone: str, after: datetime) -> Iterator[datetime]:
    """Yield the runs after a moment, in UTC, each once, though several parts may have it."""
    last = after
    for run in merge(*(_runs_of(rule, zone, after) for rule in rules_of(line))):
        if run > last:
            last = run
            yield run


def _runs_of(rule: Rule, zone: str, after: datetime) -> Iterator[datetime]:
    if rule.once:
        day = _day(rule, after.astimezone(ZoneInfo(zone)))
        local = datetime(day.year, day.month, day.day, rule.hour, rule.minute)  # noqa: DTZ001
        run = local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        return iter((run,) if run > after else ())
    runs = _cron_runs(rule.cron, zone, after)
    return (run for run in runs if _counts(rule, run.astimezone(ZoneInfo(zone)).date()))


def _counts(rule: Rule, day: date) -> bool:
    """Return whether a run of the cron line on a day is one of the rule's."""
    if rule.first_workday:
        first = day.replace(day=1)
        weekend = 7 - first.weekday() if first.weekday() > _FRIDAY else 0
        return day == first + timedelta(days=weekend)
    since = date.fromisoformat(rule.since) if rule.since else day
    if rule.days > 1:
        return (day - since).days % rule.days == 0
    return (_week(day) - _week(since)) % rule.weeks == 0


def _week(day: date) -> int:
    """Return the number of a week, which begins on Monday."""
    return (day.toordinal() - 1) // 7


def _cron_runs(cron: str, zone: str, after: datetime) -> Iterator[datetime]:
    """Yield the runs of a cron line after the moment.

    In the second pass of a repeated hour cronsim starts from the wall clock and gives a run that is
    over already; such runs are left out.
    """
    for run in CronSim(cron, after.astimezone(ZoneInfo(zone))):
        instant = run.astimezone(UTC)
        if instant > after:
            yield instant
