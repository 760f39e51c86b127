"""The terms of a digest as they stand in its form: typed texts and choices, and back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.asking.core import weekdays
from bot.asking.core.arguments import quoted
from bot.asking.core.public_holidays import place_named, place_words
from bot.asking.terms import Measure, QuietHours, Terms, Threshold
from bot.digests.core.terms.quiet_hours import quiet_hours
from bot.digests.core.terms.thresholds import threshold
from bot.errors import UserError

CHANGED: Final = "changed"
AS_USUAL: Final = "usual"
WITH_FILE: Final = "with"
WITHOUT_FILE: Final = "without"
_ATTACH: Final = {AS_USUAL: None, WITH_FILE: True, WITHOUT_FILE: False}


@dataclass(frozen=True, slots=True)
class WishTexts:
    """What stands in the form: `only_if` is a condition, `quiet` are hours, `holidays` a place."""

    changed: bool = False
    only_if: str = ""
    file: str = AS_USUAL
    quiet: str = ""
    holidays: str = ""


NO_WISHES: Final = WishTexts()


def texts_of(terms: Terms) -> WishTexts:
    """Return what stands in the form of a digest that has these terms."""
    return WishTexts(
        changed=terms.only_changed,
        only_if=condition_line(terms.only_if) if terms.only_if else "",
        file=next(name for name, attach in _ATTACH.items() if attach is terms.attach),
        quiet=hours_line(terms.quiet) if terms.quiet else "",
        holidays=place_words(terms.holidays) if terms.holidays else "",
    )


def with_choices(terms: Terms, wishes: WishTexts) -> Terms:
    """Return terms with what is only chosen in the form."""
    return replace(terms, only_changed=wishes.changed, attach=_ATTACH.get(wishes.file))


def with_condition(terms: Terms, typed: str, measures: Sequence[Measure]) -> Terms:
    """Return terms with the condition that is typed; one that was not touched stays as it is.

    Raises UserError, naming the figures that there are.
    """
    if terms.only_if and typed == condition_line(terms.only_if):
        names = {each.name for each in measures}
        if terms.only_if.figure in names:
            return terms
    every = typed.startswith("each time ")
    plain = typed.removeprefix("each time ").removeprefix("only if ").strip()
    return replace(terms, only_if=threshold(plain, measures, every=every) if plain else None)


def with_quiet(terms: Terms, typed: str) -> Terms:
    """Return terms with the quiet hours that are typed. Raises UserError."""
    quiet = quiet_hours(typed) if typed else None
    if typed and quiet is None:
        raise UserError(f"I can't read {quoted(typed)} as hours. For example: 22:00-07:00")
    return replace(terms, quiet=quiet)


def with_holidays(terms: Terms, typed: str) -> Terms:
    """Return terms with the place whose holidays are typed. Raises UserError."""
    if terms.holidays and typed == place_words(terms.holidays):
        return terms
    place = place_named(typed) if typed else ""
    if typed and not place:
        raise UserError(
            f"I don't know holidays of {quoted(typed)}. For example: Germany, GB or Bavaria"
        )
    return replace(terms, holidays=place)


def condition_line(one: Threshold) -> str:
    """Return a condition as it can be typed again; its margin is the usual one then."""
    unit = "%" if one.percent else ""
    every = "each time " if one.every else ""
    return f"{every}{one.figure} {one.comparison} {typed_number(one.value)}{unit}"


def typed_number(value: float) -> str:
    """Return a number as it can be typed: never as 1e+06."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def hours_line(quiet: QuietHours) -> str:
    """Return quiet hours as they can be typed again, such as 22:00-07:00 on sat,sun."""
    names = ",".join(weekdays.NAMES[day] for day in quiet.days)
    return f"{quiet.begins}-{quiet.ends}{f' on {names}' if names else ''}"
