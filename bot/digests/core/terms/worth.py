"""Whether a digest is worth telling: decided from its figures and what its readers know."""

from dataclasses import dataclass, replace
from typing import Final

from bot.asking.core.terms_words import amount
from bot.asking.terms import Tally, Terms, Threshold
from bot.codec import dumps


@dataclass(frozen=True, slots=True)
class KnownToReaders:
    """What is kept of a digest from one time to the next.

    `tally` is what was told last, None before anything was. `crossed` is the condition that held
    when it was told of, empty once it was back. `called` are those whom its note called since.
    """

    tally: Tally | None = None
    crossed: str = ""
    called: str = ""


NOTHING: Final = KnownToReaders()


@dataclass(frozen=True, slots=True)
class Worth:
    """Whether to tell, and if not why, in words; `not_met` says that a condition is the cause.

    `told` is what its readers know once it is told, by hand too, and `after` where it is not.
    `calls` says that those in its note are called: once while its condition holds, or once at all.
    """

    told: KnownToReaders
    after: KnownToReaders = NOTHING
    reason: str = ""
    not_met: bool = False
    calls: bool = False


def worth(terms: Terms, now: Tally, before: KnownToReaders, *, calls: str = "") -> Worth:
    """Return whether a digest whose time has come is worth telling.

    `now` is what it tells, `calls` are the ids of those whom its note calls.
    """
    condition = terms.only_if
    mark = dumps(condition) if condition else ""
    held = before.crossed if before.crossed == mark else ""
    called = before.called if held or not condition else ""
    told = KnownToReaders(now, held, called)
    if condition:
        crossed, reason = _crossed(condition, now.figures.get(condition.figure), held, mark)
        told = replace(told, crossed=crossed)
        if reason:
            after = replace(before, crossed=crossed, called=called)
            return Worth(told, after, reason, not_met=True)
    if terms.only_changed and now == before.tally:
        after = replace(before, crossed=told.crossed, called=called)
        return Worth(told, after, "Nothing changed since the last digest.")
    return Worth(replace(told, called=calls or called), calls=bool(calls) and calls != called)


def _crossed(one: Threshold, value: float | None, crossed: str, mark: str) -> tuple[str, str]:
    """Return what counts as crossed now, and why nothing is told; no reason where it is."""
    if value is None:
        return crossed, f"There is no {one.figure} yet."
    said = f"{one.figure.capitalize()} was {amount(value, one)}"
    if one.holds(value):
        if not crossed or one.every:
            return mark, ""
        return crossed, f"{said}, and you were told when it crossed {amount(one.value, one)}."
    if crossed and not one.is_back(value):
        return crossed, f"{said}, not yet back by {amount(one.margin, one)}."
    return "", f"{said}."
