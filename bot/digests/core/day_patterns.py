"""The days of a schedule as people say them: weekdays, every other Tuesday, the last Friday."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.asking.core import weekdays
from bot.asking.core.arguments import in_a_row, quoted
from bot.asking.core.days import MONTHS, day, day_of_year
from bot.asking.core.fillers import NUMBERS
from bot.asking.core.retyping import Correction, RetypeError
from bot.digests.core.day_words import DAY, JOIN, ORDINAL_WORDS, RANGE
from bot.digests.core.recurrence import NEXT
from bot.errors import UserError

ALL_DAYS: Final = (0, 1, 2, 3, 4, 5, 6)
_GROUPS: Final = {
    ALL_DAYS: ("*", "every day"),
    (1, 2, 3, 4, 5): ("1-5", "weekdays"),
    (0, 6): ("0,6", "weekends"),
}
_SHORTEST_MONTH: Final = 28
_LONGEST_MONTH: Final = 31
_YEAR: Final = 12
_MOST_WEEKS: Final = 52


@dataclass(frozen=True, slots=True)
class DayPattern:
    """Which days: cron's fields for days, months and weekdays, and the words for people.

    `weekdays` are cron's numbers where days were named one by one, so that others can be added;
    `weeks` and `days` say that only every so many count, `once` is a single day, and `default` says
    that other days may take its place. `note` is said at the end.
    """

    words: str
    dom: str = "*"
    month: str = "*"
    dow: str = "*"
    weekdays: tuple[int, ...] = ()
    weeks: int = 1
    days: int = 1
    first_workday: bool = False
    once: str = ""
    default: bool = False
    note: str = ""

    def joined(self, other: "DayPattern") -> "DayPattern | None":
        """Return both together, or None where they cannot be said in one."""
        if self.default:
            return other
        if other.default:
            return self
        if self.weekdays and other.weeks > 1 and not other.weekdays:
            return of_week(other.weeks, self.weekdays)
        if not self.weekdays and self.weeks > 1 and other.weekdays:
            return of_week(self.weeks, other.weekdays)
        if self.weekdays and other.weekdays and self.weeks == other.weeks:
            return of_week(self.weeks, tuple(sorted({*self.weekdays, *other.weekdays})))
        return None


Maker = Callable[[re.Match[str]], DayPattern]


def of_week(weeks: int, days: tuple[int, ...]) -> DayPattern:
    """Return days of the week, of each week or of every second one and so on."""
    cron, group = _GROUPS.get(days, ("", ""))
    dow = cron or ",".join(map(str, days))
    if weeks == 1:
        return DayPattern(group or weekdays.spoken(days), dow=dow, weekdays=days)
    which = "other" if weeks == 2 else f"{_nth(weeks)}"  # noqa: PLR2004  # as it is said
    if len(days) == 1:
        words = f"every {which} {weekdays.NAMES[days[0]].capitalize()}"
    else:
        words = f"{group or weekdays.spoken(days)} of every {which} week"
    return DayPattern(words, dow=dow, weekdays=days, weeks=weeks)


def _nth(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number // 10 != 1 else 0, "th")
    return f"{number}{ending}"


def listed_days(match: re.Match[str]) -> DayPattern:
    """Return days of the week as they were listed."""
    return of_week(1, numbers_of(match["days"]))


def numbers_of(text: str) -> tuple[int, ...]:
    """Return cron's numbers of listed days; raises UserError where one is no day."""
    ranges = re.sub(RANGE, "-", text)
    found = weekdays.numbers(re.sub(rf"{JOIN}+", ",", ranges))
    if not found:
        raise UserError(f"I can't read {quoted(text)} as days. Write them as mon, thu.")
    return found


def every_few_weeks(match: re.Match[str]) -> DayPattern:
    """Return "every 2 weeks", with its days of the week or without."""
    weeks = _count(match["weeks"])
    days = match["days"]
    return of_week(weeks, numbers_of(days)) if days else DayPattern("", weeks=weeks)


def _count(word: str) -> int:
    """Return the number of days, weeks or months that a word says."""
    named = {"other": 2, "alternate": 2, "couple": 2, **ORDINAL_WORDS, **NUMBERS}
    number = named.get(word) or int(word)
    if not 1 <= number <= _MOST_WEEKS:
        raise UserError(f"Every {number} does not work: 1 to {_MOST_WEEKS} do.")
    return number


def every_few_days(match: re.Match[str]) -> DayPattern:
    """Return "every second day" or "every 3 days", from the first one on."""
    count = _count(match["days"])
    if count == 1:
        return every_day()
    words = "every other day" if count == 2 else f"every {_nth(count)} day"  # noqa: PLR2004
    return DayPattern(words, days=count)


def every_other(match: re.Match[str]) -> DayPattern:
    """Return "every other Tuesday" or "fortnightly", with its days or without."""
    days = match["days"]
    return of_week(2, numbers_of(days)) if days else DayPattern("", weeks=2)


def either_way(match: re.Match[str]) -> DayPattern:
    """Raise RetypeError for "every second Tuesday": of two weeks, or of the month."""
    number, days = ORDINAL_WORDS[match["nth"]], match["days"]
    every = f"every {number} weeks on {days}"
    monthly = f"{match['nth']} {days} of the month"
    raise RetypeError(
        f"{quoted(match[0])} could be {every}, or the {monthly}.",
        typed=match[0],
        corrections=[
            Correction(every.capitalize(), every),
            Correction(f"The {monthly}", monthly),
        ],
    )


def nth_days(match: re.Match[str]) -> DayPattern:
    """Return "first Monday" or "first and third Monday" of each month or quarter."""
    names = re.split(r" , | and | & ", match["nths"])
    [number] = numbers_of(match["day"])
    last = "last" in names
    quarter = bool(match["quarter"])
    if last and len(names) > 1:
        raise UserError("The last one goes alone: last friday 16:00, or first and third friday.")
    numbers = sorted(ORDINAL_WORDS[each] for each in names if each != "last")
    if quarter and not (last or numbers == [1]):
        raise UserError("Of a quarter I know the first and the last, as in last friday 16:00.")
    dow = f"{number}L" if last else ",".join(f"{number}#{each}" for each in numbers)
    month = ("3,6,9,12" if last else "1,4,7,10") if quarter else "*"
    which = "last" if last else " and ".join(_ORDER[each - 1] for each in numbers)
    unit = "quarter" if quarter else "month"
    day_name = weekdays.NAMES[number].capitalize()
    fifth = " (not in months without one)" if 5 in numbers else ""  # noqa: PLR2004  # the fifth
    return DayPattern(f"on the {which} {day_name} of each {unit}", month=month, dow=dow, note=fifth)


_ORDER: Final = ("first", "second", "third", "fourth", "fifth")


def edge_workday(match: re.Match[str]) -> DayPattern:
    """Return the first or the last day of each month that is no weekend."""
    if match["which"] == "last":
        return DayPattern("on the last weekday of each month", dom="LW")
    return DayPattern("on the first weekday of each month", dow="1-5", first_workday=True)


def edge_day(match: re.Match[str]) -> DayPattern:
    """Return the first or the last day of each month or quarter."""
    quarter = bool(match["quarter"])
    last = match["which"] in {"last", "end"}
    unit = "quarter" if quarter else "month"
    if last:
        month = "3,6,9,12" if quarter else "*"
        return DayPattern(f"on the last day of each {unit}", dom="L", month=month)
    return month_days((1,), month="1,4,7,10" if quarter else "*", unit=unit)


def last_day(match: re.Match[str]) -> DayPattern:
    """Return the last day of each month."""
    del match
    return DayPattern("on the last day of each month", dom="L")


def numbered_days(match: re.Match[str]) -> DayPattern:
    """Return days of each month by their numbers; raises UserError for others."""
    numbers = tuple(sorted({int(each) for each in re.findall(r"[0-9]+", match["numbers"])}))
    if numbers[0] < 1 or numbers[-1] > _LONGEST_MONTH:
        raise UserError(
            "Say on which day of the month, 1 to 31 or last. For example: monthly 1 09:00, or "
            "monthly last 17:00"
        )
    return month_days(numbers)


def month_days(numbers: tuple[int, ...], *, month: str = "*", unit: str = "month") -> DayPattern:
    """Return such days of each month, or of the months in `month`, each of them a `unit`."""
    words = f"on day{'s' * (len(numbers) > 1)} {in_a_row(map(str, numbers))}"
    short = " (not in months without that day)" if numbers[-1] > _SHORTEST_MONTH else ""
    dom = ",".join(map(str, numbers))
    return DayPattern(f"{words} of each {unit}", dom=dom, month=month, note=short)


def ask_day_of_month(match: re.Match[str]) -> DayPattern:
    """Raise RetypeError for "monthly" without a day."""
    raise RetypeError(
        "On which day of the month, 1 to 31 or last? For example: monthly 1 09:00, or monthly last "
        "17:00",
        typed=match[0],
        corrections=[
            Correction("The 1st", "monthly 1"),
            Correction("The last day", "monthly last"),
            Correction("First Monday", "first monday"),
            Correction("Last Friday", "last friday"),
        ],
    )


def ask_weekday(match: re.Match[str]) -> DayPattern:
    """Raise RetypeError for "weekly" without a day."""
    raise RetypeError(
        "On which day of the week? For example: weekly mon 9:00",
        typed=match[0],
        corrections=[
            Correction(name.capitalize(), f"weekly {name}") for name in weekdays.NAMES[1:6]
        ],
    )


def every_few_months(match: re.Match[str]) -> DayPattern:
    """Return "every 3 months", from January on."""
    step = _count(match["months"])
    if _YEAR % step:
        raise UserError(f"Every {step} months does not come out even in a year: 1, 2, 3, 4, 6 do.")
    months = ",".join(map(str, range(1, _YEAR + 1, step))) if step > 1 else "*"
    names = {2: "every second month", 3: "each quarter", 4: "every fourth month", 6: "half a year"}
    words = f"on day 1 of {names.get(step, 'each month')}"
    return DayPattern(words.replace("of half", "of each half"), dom="1", month=months)


def half_yearly(match: re.Match[str]) -> DayPattern:
    """Return the first day of January and of July."""
    del match
    return DayPattern("on day 1 of each half a year", dom="1", month="1,7")


def yearly(match: re.Match[str]) -> DayPattern:
    """Return a day of each year."""
    found = day_of_year(match["date"])
    if not found:
        raise UserError("On which day of the year? For example: yearly 24 dec 09:00")
    number, month, _ = found
    words = f"every year on {number} {MONTHS[month - 1].capitalize()[:3]}"
    return DayPattern(words, dom=f"{number}", month=f"{month}")


def single_day(match: re.Match[str]) -> DayPattern:
    """Return a single day: a date, one without its year, today, tomorrow or a weekday."""
    text = match["date"].strip()
    if text in {"today", "tomorrow"}:
        return DayPattern(f"once, {text}", once=text)
    found = weekdays.numbers(text) if re.fullmatch(DAY, text) else ()
    if found:
        name = weekdays.NAMES[found[0]]
        later = NEXT if "next" in match[0].split() else ""
        return DayPattern(f"once, on {name.capitalize()}", once=f"{later}{name}")
    yearly = day_of_year(text)
    if yearly and not yearly[2]:
        return DayPattern(f"once, on {text}", once=f"{yearly[1]:02}-{yearly[0]:02}")
    on = day(text)
    return DayPattern(f"once, on {on}", once=on.isoformat())


def ask_single_day(match: re.Match[str]) -> DayPattern:
    """Raise RetypeError for "once" without a day."""
    raise RetypeError(
        "On which day? For example: once on 2026-12-24 10:00",
        typed=match[0],
        corrections=[
            Correction("Today", "once today"),
            Correction("Tomorrow", "once tomorrow"),
            Correction("Next Monday", "once monday"),
        ],
    )


def every_day() -> DayPattern:
    """Return all days of the week."""
    return of_week(1, ALL_DAYS)


def group_of_days(days: tuple[int, ...], *, default: bool = False) -> Maker:
    """Return what makes such days of the week, whatever was typed."""
    cron, words = _GROUPS[days]
    pattern = DayPattern(words, dow=cron, default=default)
    return lambda _: pattern
