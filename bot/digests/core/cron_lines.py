"""Cron lines, for those who think in them."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from cronsim import CronSim, CronSimError

from bot.asking.core.arguments import Token, joined, quoted
from bot.asking.core.retyping import Correction, RetypeError
from bot.digests.core.recurrence import next_run
from bot.errors import UserError

_FIELD: Final = re.compile(r"[0-9A-Za-z*,/#-]{1,60}")
_SURE_FIELD: Final = re.compile(
    r"[0-9*?,/#L-]+|(?:sun|mon|tue|wed|thu|fri|sat)(?:-[a-z]{3})?", re.IGNORECASE
)
_FIELDS: Final = 5
_ANY_DAY_BEFORE: Final = datetime(2024, 1, 1, tzinfo=UTC)
_EXAMPLE: Final = "For example: cron 0 9 * * 1-5"


def cron_line(given: Sequence[Token]) -> tuple[str, str, int]:
    """Return the cron line after the word cron, its words, and how many tokens it took.

    Raises UserError for what is none, and RetypeError with the line of five fields for one of six.
    """
    fields = [each.text for each in given[1 : 1 + _FIELDS]]
    line = " ".join(fields)
    if len(fields) < _FIELDS or not all(map(_FIELD.fullmatch, fields)):
        raise UserError(
            f"{quoted(joined(given[: 1 + _FIELDS]))} is not a cron line of five fields (minute, "
            f"hour, day, month, weekday). {_EXAMPLE}"
        )
    six = given[1 : 2 + _FIELDS]
    if len(six) > _FIELDS and _SURE_FIELD.fullmatch(six[-1].text):
        raise _six_fields(joined(given[: 2 + _FIELDS]), [each.text for each in six])
    return line, _words(line), 1 + _FIELDS


def _six_fields(typed: str, fields: Sequence[str]) -> UserError:
    """Return the error for a line that has seconds before it."""
    line = " ".join(fields[1:])
    sentence = "A cron line has five fields here: minute hour day month weekday."
    try:
        words = _words(line)
    except UserError:
        return UserError(f"{sentence} {_EXAMPLE}")
    return RetypeError(
        f"{sentence} Without the seconds it is: {words}.",
        typed=typed,
        corrections=[Correction(f"cron {line}", f"cron {line}")],
    )


def _words(line: str) -> str:
    """Return what a line means; raises UserError where it can't run, or runs too often."""
    try:
        simulated = CronSim(line, _ANY_DAY_BEFORE)
    except CronSimError as error:
        raise UserError(
            f"The cron line {quoted(line)} cannot run: {str(error).lower()}. {_EXAMPLE}"
        ) from None
    if len(simulated.minutes) > 1:
        raise UserError(
            f"The cron line {quoted(line)} runs more often than once an hour. Give one minute, as "
            "in cron 0 9-17 * * 1-5"
        )
    next_run(line, "UTC", _ANY_DAY_BEFORE)
    spoken = simulated.explain()
    return f"{spoken[0].lower()}{spoken[1:]} (cron {line})"
