"""Days of the week as people list them: mon,thu or Monday and Thursday or fri-mon."""

import re
from collections.abc import Sequence

NAMES = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
"""In cron's order: the index is cron's number."""

_JOINERS = {"and": ",", "&": ",", "to": "-", "through": "-"}
_DAY = re.compile(r"[a-z]{3,}")


def listed(words: Sequence[str]) -> tuple[str, int]:
    """Return the list of days at the beginning as one word, and how many words it was.

    "mon, thu" and "mon and thu" are both "mon,thu". Whether these are days is for `numbers`.
    """
    text, used = "".join(words[:1]), len(words[:1])
    while used < len(words) and _continues(text, words[used]):
        text += _JOINERS.get(words[used], words[used])
        used += 1
    return text.strip(","), used


def numbers(text: str) -> tuple[int, ...]:
    """Return cron's numbers of the days in rising order; empty when a part is no day."""
    days: set[int] = set()
    for part in text.split(","):
        first, *last = (_number(each) for each in part.split("-"))
        end = last[0] if last else first
        if first is None or end is None or last[1:]:
            return ()
        days.update((first + step) % 7 for step in range((end - first) % 7 + 1))
    return tuple(sorted(days))


def spoken(days: Sequence[int]) -> str:
    """Return days for people, the week beginning on Monday: Mondays, Thursdays and Sundays."""
    named = [f"{NAMES[day].capitalize()}s" for day in sorted(days, key=lambda day: (day - 1) % 7)]
    return " and ".join([", ".join(named[:-1]), named[-1]] if named[1:] else named)


def _continues(text: str, word: str) -> bool:
    """Return whether the next word still belongs to the list."""
    return text.endswith((",", "-")) or word.startswith((",", "-")) or word in _JOINERS


def _number(word: str) -> int | None:
    """Return the day's number by its name, its plural or at least three of its first letters."""
    singular = word if word in {"tues", "wednes", "thurs"} else word.removesuffix("s")
    if not _DAY.fullmatch(singular):
        return None
    found = (number for number, name in enumerate(NAMES) if name.startswith(singular))
    return next(found, None)
