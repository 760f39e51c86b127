"""Schedules as people say them: days, times and a zone in any order, several joined by "and".

Libraries were weighed: dateparser and parsedatetime give points in time, and take any text for
one; "recurrent" is not kept any more; none asks back where two things may be meant. The grammar is
our own, what it gives is cron's, and cronsim reckons it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.asking.core import weekdays, zones
from bot.asking.core.arguments import Token, TokenKind, joined, keyword, nearest, quoted, tokens
from bot.asking.core.retyping import Correction, RetypeError
from bot.digests.core.clock_times import Times, begins_surely, comes_often, times_at
from bot.digests.core.cron_lines import cron_line
from bot.digests.core.day_patterns import DayPattern, every_day
from bot.digests.core.day_phrases import days_at
from bot.digests.core.recurrence import PARTS, Rule
from bot.errors import UserError

WORKS: Final = (
    "Schedules that work: daily 09:00, weekdays 9:00, every Monday at 9, mon,thu 08:30, every 2 "
    "weeks mon 9:00, first monday 9:00, monthly 1 09:00, monthly last 17:00, quarterly 9:00, once "
    "on 2026-12-24 10:00, cron 0 9 * * 1-5; then a time zone if you like, such as Berlin."
)
_STARTS: Final = (
    *("daily", "weekdays", "weekends", "weekly", "monthly", "quarterly", "fortnightly", "hourly"),
    *("once", "cron", "every", *weekdays.NAMES),
)
_GLUE: Final = re.compile(
    r"(?:every|each|on|the|at|in|and|from|mornings?|afternoons?|evenings?|,|&|-) "
)
_JOINS: Final = re.compile(r"(?:.* )?(?:and|at|,|&) $")
_MOST_GLUE: Final = 3
_SUGGESTED_TIMES: Final = ("08:00", "09:00", "12:00", "16:00")
_SUGGESTED_DAYS: Final = ("daily", "weekdays", "mondays")


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule; `words` are for people and name no zone, `zone` is empty when none was given.

    `cron` is what core.recurrence keeps, not yet anchored to a day.
    """

    cron: str
    words: str
    zone: str = ""


@dataclass(frozen=True, slots=True)
class _Clause:
    """Days and times that belong together; each may still be missing."""

    days: DayPattern | None = None
    times: Times | None = None


def begins(given: Sequence[Token]) -> bool:
    """Return whether the first tokens look like the beginning of a schedule."""
    text = _Text(given).text
    if text.startswith("cron ") or comes_often(text):
        return True
    start = re.sub(r"^at ", "", text)
    if begins_surely(start):
        found = times_at(start)
        after = start[found[1] :].lstrip() if found else ""
        return start != text or _days_ahead(after) is not None
    return _days_ahead(text) is not None


def times_follow(given: Sequence[Token]) -> bool:
    """Return whether the tokens begin with a time of day, after "at" or alone."""
    return begins_surely(re.sub(r"^at ", "", _Text(given).text))


def times_of(given: Sequence[Token]) -> tuple[str, ...]:
    """Return the times of day, as 09:30, where the tokens are nothing else; empty otherwise."""
    text = _Text(given)
    found = times_at(text.text)
    if not found or text.rest(found[1]) or found[0].step:
        return ()
    return tuple(map(str, found[0].times))


def misspelt(word: str) -> str:
    """Return the schedule word that was probably meant, or an empty text."""
    return nearest(word, _STARTS, cutoff=0.8)


def whole_schedule(text: str) -> Schedule:
    """Return the schedule that is all of a text. Raises UserError."""
    found, rest = parse_schedule(tokens(text))
    if rest:
        raise UserError(f"I can't read {quoted(joined(rest))} after the schedule.")
    return found


def parse_schedule(given: Sequence[Token]) -> tuple[Schedule, tuple[Token, ...]]:
    """Return the schedule at the beginning of the tokens, and the tokens after it.

    Raises UserError, naming the part that cannot be read and what works, and RetypeError where
    something is missing or may be two things.
    """
    if given and given[0].word == "cron":
        cron, words, used = cron_line(given)
        zone, more = _zone(given[used:])
        return Schedule(cron, words, zone), tuple(given[used + more :])
    reader = _Reader(_Text(given))
    reader.read()
    rest = reader.source.rest(reader.at)
    if not reader.clauses:
        raise _unknown(given)
    if rest and rest[0] not in given:  # a list of days ends in something else
        raise _unknown(rest)
    typed = joined(given[: reader.source.tokens_until(reader.at)])
    clauses = _whole(reader.clauses, typed, rest)
    cron = PARTS.join(rule.line() for clause in clauses for rule in _rules(clause))
    words = " and ".join(_words(clause) for clause in clauses)
    return Schedule(cron, words, reader.zone), rest


class _Text:
    """The plain words of tokens as one text in lower case, commas standing alone."""

    def __init__(self, given: Sequence[Token]) -> None:
        self._given = given
        self._ends: list[tuple[int, int]] = []
        words: list[str] = []
        length = 0
        for at, token in enumerate(given):
            if token.kind is not TokenKind.WORD:
                break
            pieces = [keyword(each) for each in re.split(r"([,;&])", token.text) if each.strip()]
            for piece in pieces:
                word = "," if piece == ";" else piece
                words.append(word)
                length += len(word) + 1
                self._ends.append((length - 1, at))
        self.text = " ".join(words)

    def tokens_until(self, at: int) -> int:
        """Return how many tokens lie before a place in the text."""
        return max((token + 1 for end, token in self._ends if end <= at), default=0)

    def rest(self, at: int) -> tuple[Token, ...]:
        """Return the tokens after a place; of one that is cut in two its rest as words."""
        count = self.tokens_until(at)
        cut = [
            self.text[start:end].strip()
            for (start, _), (end, token) in zip([(0, 0), *self._ends], self._ends, strict=False)
            if token == count - 1 and end > at
        ]
        pieces = [Token(each) for each in cut if each not in {",", "&"}]
        return (*pieces, *self._given[count:])


class _Reader:
    """Reads days, times and zones one after the other, in any order, as far as they go."""

    def __init__(self, source: _Text) -> None:
        self.source = source
        self.at = 0
        self.clauses: list[_Clause] = []
        self.zone = ""
        self._zoned = False

    def read(self) -> None:
        while self.at < len(self.source.text) and self._step():
            pass

    def _step(self) -> bool:
        """Take the next thing, after some words that join; False where nothing more follows."""
        text, start = self.source.text, self.at
        while start < len(text) and text[start] == " ":
            start += 1
        for _ in range(_MOST_GLUE + 1):
            if self._take(text[start:], text[self.at : start]):
                return True
            glue = _GLUE.match(text, start)
            if not glue:
                return False
            start = glue.end()
        return False

    def _take(self, text: str, before: str) -> bool:
        days = days_at(text)
        found = None if days else self._times(text, before)
        joins = bool(_JOINS.search(before))
        if days:
            self._add_days(days[0], joins=joins)
        elif found:
            self._add_times(found[0], joins=joins)
        else:
            return self._add_zone(text)
        used = (days or found or (None, 0))[1]
        self.at = len(self.source.text) - len(text) + used
        return True

    def _times(self, text: str, before: str) -> tuple[Times, int] | None:
        """Return the times there, where a number may be one."""
        last = self.clauses[-1] if self.clauses else _Clause()
        joins = bool(_JOINS.search(before))
        if last.times and not joins:
            return None
        if not self.clauses and not joins and not begins_surely(text):
            return None
        return times_at(text)

    def _add_days(self, days: DayPattern, *, joins: bool) -> None:
        last = self.clauses[-1] if self.clauses else None
        if last is None or (last.days and last.times):
            self.clauses.append(_Clause(days))
        elif last.days is None:
            self.clauses[-1] = replace(last, days=days)
        else:
            both = last.days.joined(days)
            if both is None and not joins:
                raise UserError(
                    f"{last.days.words.capitalize()} and {days.words} do not go together. {WORKS}"
                )
            self.clauses[-1:] = [replace(last, days=both)] if both else [last, _Clause(days)]

    def _add_times(self, times: Times, *, joins: bool) -> None:
        last = self.clauses[-1] if self.clauses else None
        if last is None or (last.times and not joins):
            self.clauses.append(_Clause(times=times))
        elif last.times is None:
            self.clauses[-1] = replace(last, times=times)
        elif self._days_follow(times):
            self.clauses.append(_Clause(times=times))
        else:
            every = tuple(sorted({*last.times.times, *times.times}))
            self.clauses[-1] = replace(last, times=Times(every))

    def _days_follow(self, times: Times) -> bool:
        """Return whether other days come right after times, as in "9am monday and 3pm friday"."""
        del times
        ahead = self.source.text[self.at :].strip()
        match = re.match(r"(?:and|,|&|at| )+", ahead)
        rest = ahead[match.end() :] if match else ahead
        found = times_at(rest)
        return bool(found) and _days_ahead(rest[found[1] :].strip() if found else "") is not None

    def _add_zone(self, text: str) -> bool:
        words = text.split()
        count = 0 if self._zoned or not self.clauses else zones.leading(words)
        if not count:
            return False
        name = " ".join(words[:count])
        self.zone = "" if zones.is_own(name) else zones.zone_named(name)
        self._zoned = True
        self.at = len(self.source.text) - len(text) + len(name)
        return True


def _days_ahead(text: str) -> DayPattern | None:
    """Return the days that a text begins with, as far as one can tell; an empty one for unclear."""
    for _ in range(_MOST_GLUE):
        try:
            found = days_at(text)
        except UserError:
            return DayPattern("")
        if found:
            return found[0]
        glue = _GLUE.match(text)
        if not glue:
            return None
        text = text[glue.end() :]
    return None


def _zone(given: Sequence[Token]) -> tuple[str, int]:
    """Return the zone at the beginning of tokens, empty for one's own, and how many it took."""
    count = zones.leading([each.word for each in given])
    name = joined(given[:count])
    return "" if not count or zones.is_own(name) else zones.zone_named(name), count


def _whole(clauses: Sequence[_Clause], typed: str, rest: Sequence[Token]) -> list[_Clause]:
    """Return the clauses with what some left out taken from the others.

    Raises RetypeError where it is missing in all; `rest` is what follows, which may be a time that
    there is not.
    """
    times = [each.times for each in clauses if each.times]
    days = [each.days for each in clauses if each.days]
    if not days and any(each.step for each in times):
        days = [every_day()]
    if not days:
        raise RetypeError(
            f"On which days? For example: weekdays {times[0].times[0]}",
            typed=typed,
            corrections=[
                Correction(each.capitalize(), f"{each} {typed}") for each in _SUGGESTED_DAYS
            ],
        )
    _check_weekday(days, typed)
    if not times:
        raise _no_time(typed, rest)
    return [_Clause(each.days or days[-1], each.times or times[-1]) for each in clauses]


def _no_time(typed: str, rest: Sequence[Token]) -> UserError:
    """Return the error for a schedule without a time of day, or with one that there is not."""
    wrong = next((each.text for each in rest[:2] if re.match(r"[0-9]", each.word)), "")
    read = f"I can't read {quoted(wrong)} as a time of day. Write 09:00, 17:30 or 9am. "
    return RetypeError(
        f"{read if wrong else ''}At what time of day? For example: {typed} 09:00",
        typed=f"{typed} {wrong}".strip(),
        corrections=[Correction(each, f"{typed} {each}") for each in _SUGGESTED_TIMES],
    )


def _check_weekday(days: Sequence[DayPattern], typed: str) -> None:
    """Raise RetypeError for every two weeks without a day of the week."""
    weeks = next((each.weeks for each in days if each.weeks > 1 and not each.weekdays), 0)
    if weeks:
        raise RetypeError(
            f"On which day of the week? For example: every {weeks} weeks on monday 9:00",
            typed=typed,
            corrections=[
                Correction(name.capitalize(), f"{typed} {name}") for name in weekdays.NAMES[1:6]
            ],
        )


def _rules(clause: _Clause) -> list[Rule]:
    """Return what is kept of a clause that is whole."""
    days, times = clause.days, clause.times
    assert days is not None
    assert times is not None
    if days.once:
        if times.step:
            raise UserError(f"Once is once: give one time of day. {WORKS}")
        return [Rule(once=days.once, hour=each.hour, minute=each.minute) for each in times.times]
    return [
        Rule(
            f"{minute} {hour} {days.dom} {days.month} {days.dow}",
            days.weeks,
            days.days,
            first_workday=days.first_workday,
        )
        for minute, hour in times.fields()
    ]


def _words(clause: _Clause) -> str:
    days, times = clause.days, clause.times
    assert days is not None
    assert times is not None
    if times.step:
        return f"{times.words()}, {days.words}{days.note}"
    return f"{days.words} {times.words()}{days.note}"


def _unknown(given: Sequence[Token]) -> UserError:
    """Return the error for what is no schedule, or a misspelt one."""
    first = next((each for each in given if each.word not in {"every", "each", "on", "at"}), None)
    if first is None:
        return UserError(f"Say when. {WORKS}")
    near = misspelt(first.word) if first.word else ""
    sentence = f"I can't read {quoted(first.text)} as a schedule."
    if not near:
        return UserError(f"{sentence} {WORKS}")
    return RetypeError(
        f"{sentence} Did you mean {quoted(near)}?",
        typed=first.text,
        corrections=[Correction(f"Yes, {near}", near)],
    )
