"""Times of day as people write them: 9, 9am, 09:30, half past 9, noon, 9 and 16, every 2 hours."""

import re
from dataclasses import dataclass, replace
from typing import Final

from bot.asking.core.arguments import in_a_row, quoted
from bot.asking.core.fillers import NUMBERS
from bot.asking.core.retyping import Correction, RetypeError
from bot.errors import UserError

_NAMED: Final = {"noon": 12, "midday": 12, "midnight": 0}
_DAYTIME: Final = "morning|afternoon|evening|night"
_NOON: Final = 12
_HOURS: Final = 24
_SHIFTS: Final = range(1, 7)
"""Hours that nobody means in the small hours, where nothing says so."""
_HALF: Final = r"(?P<half>a\.?m|p\.?m)\.?"
_ONE: Final = re.compile(
    rf"(?:(?P<named>{'|'.join(_NAMED)})"
    r"|(?P<past>half past|quarter past|quarter to) (?P<of>[0-9]{1,2})"
    r"|(?P<four>[0-9]{4})(?:h|hrs| ?hours)?"
    rf"|(?P<hour>[0-9]{{1,2}})(?:(?P<point>[:.h])(?P<minute>[0-9]{{2}}))?(?: ?{_HALF})?"
    r"(?P<clock>h| ?hrs| ?hours| ?o'?clock| ?uhr)?)"
    rf"(?: (?:in the |at )?(?P<daytime>{_DAYTIME}))?(?= |$)"
)
_AND: Final = re.compile(r" (?:, and|,|and|&) (?:at )?")
_OFTEN: Final = re.compile(
    rf"(?:hourly|(?:every|each) hour|every (?P<step>[0-9]{{1,2}}|{'|'.join(NUMBERS)}) hours?)"
    r"(?= |$)"
)
_STEPS: Final = frozenset({1, 2, 3, 4, 6, 8, 12})


@dataclass(frozen=True, slots=True, order=True)
class ClockTime:
    """One time of day; `sure` says that it is written so that it can be nothing else."""

    hour: int
    minute: int = 0
    sure: bool = True

    def __str__(self) -> str:
        return f"{self.hour:02}:{self.minute:02}"


@dataclass(frozen=True, slots=True)
class Times:
    """The times of a day in rising order, or every so many hours with `step`."""

    times: tuple[ClockTime, ...] = ()
    step: int = 0

    def fields(self) -> tuple[tuple[str, str], ...]:
        """Return cron's minute and hour, once for each minute that there is."""
        if self.step:
            return (("0", "*" if self.step == 1 else f"*/{self.step}"),)
        minutes = dict.fromkeys(each.minute for each in self.times)
        return tuple(
            (f"{minute}", ",".join(f"{each.hour}" for each in self.times if each.minute == minute))
            for minute in minutes
        )

    def words(self) -> str:
        """Return the times for people."""
        if self.step:
            return "every hour" if self.step == 1 else f"every {self.step} hours"
        return f"at {in_a_row(map(str, self.times))}"


def times_at(text: str) -> tuple[Times, int] | None:
    """Return the times at the beginning of a text in lower case, and how many letters they take.

    Raises RetypeError for an hour that may be of the morning or of the afternoon.
    """
    often = _OFTEN.match(text)
    if often:
        step = often["step"] or "1"
        number = NUMBERS.get(step) or int(step)
        if number not in _STEPS:
            raise UserError(
                f"Every {number} hours does not come out even in a day: 1, 2, 3, 4, 6, 8 or 12 do."
            )
        return Times(step=number), often.end()
    found, end = _several(text)
    if not found:
        return None
    _check_daytime(found, text[:end])
    return Times(tuple(sorted(set(found)))), end


def begins_surely(text: str) -> bool:
    """Return whether a text begins with a time that cannot be a mere number."""
    match = _ONE.match(text)
    found = _time(match) if match else None
    return bool(found and found.sure) or comes_often(text)


def comes_often(text: str) -> bool:
    """Return whether a text begins with every hour or every so many."""
    return bool(_OFTEN.match(text))


def _several(text: str) -> tuple[list[ClockTime], int]:
    """Return the times with "and" or commas between them, and how many letters they take."""
    found: list[ClockTime] = []
    end = at = 0
    halves: list[bool] = []
    while match := _ONE.match(text, at):
        one = _time(match)
        if one is None:
            break
        found.append(one)
        halves.append(bool(match["half"]))
        end = match.end()
        joined = _AND.match(text, end)
        if not joined:
            break
        at = joined.end()
    if halves and halves[-1] and found[-1].hour >= _NOON:  # 2 and 4pm
        found = [
            replace(each, hour=each.hour + _NOON, sure=True)
            if not each.sure and each.hour + _NOON <= found[-1].hour
            else each
            for each in found
        ]
    return found, end


def _time(match: re.Match[str]) -> ClockTime | None:
    """Return the time of a match, or None for none that a day has."""
    if match["named"]:
        return ClockTime(_NAMED[match["named"]])
    hour, minute = _numbers(match)
    half = (match["half"] or "").replace(".", "")
    if half and not 1 <= hour <= _NOON:
        return None
    late = half == "pm" or (not half and match["daytime"] in {"afternoon", "evening", "night"})
    if half or (late and hour < _NOON):
        hour = hour % _NOON + _NOON * late
    if hour not in range(_HOURS) or minute not in range(60):
        return None
    sure = any(match[each] for each in ("past", "four", "point", "half", "clock", "daytime"))
    return ClockTime(hour, minute, sure)


def _numbers(match: re.Match[str]) -> tuple[int, int]:
    if match["past"]:
        hour = int(match["of"])
        return {"half past": (hour, 30), "quarter past": (hour, 15)}.get(
            match["past"], ((hour - 1) % _HOURS, 45)
        )
    if match["four"]:
        return int(match["four"][:2]), int(match["four"][2:])
    return int(match["hour"]), int(match["minute"] or 0)


def _check_daytime(found: list[ClockTime], text: str) -> None:
    """Raise RetypeError where the only time is a bare hour between 1 and 6."""
    if len(found) > 1 or found[0].sure or found[0].hour not in _SHIFTS:
        return
    hour = found[0].hour
    either = (f"{hour + _NOON}:00", f"{hour:02}:00")
    raise RetypeError(
        f"Is {quoted(text)} {either[0]} or {either[1]}?",
        typed=text,
        corrections=[Correction(each, each) for each in either],
    )
