"""The terms of a digest: whether, when and with what it comes at a time that is planned. Values."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.codec import decode


class Comparison(StrEnum):
    """How a figure stands to a value, as it is typed."""

    BELOW = "<"
    AT_MOST = "<="
    ABOVE = ">"
    AT_LEAST = ">="


@dataclass(frozen=True, slots=True)
class Threshold:
    """A figure of the answer, by its name in people's words, against a value in its own unit.

    A percentage is 80, not 0.8. It is told once when it comes to hold, and again only after it was
    back by `margin`; with `every` each time that it holds.
    """

    figure: str
    comparison: Comparison
    value: float
    margin: float = 0
    every: bool = False


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Local times of the digest's zone, as 22:00, between which it waits for `ends`.

    On `days` alone, 0 for Monday, on which they begin; without any on all.
    """

    begins: str
    ends: str
    days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """What else is wished of a digest; without any it comes at each of its times.

    `only_changed` leaves out one that says what was said before. `parts` are globs of the parts
    that count, with "!" before those that do not. `attach` says whether the file comes along, None
    as the question says. `holidays` is a country, or a part of one, as "GB" or "DE-BE": on its
    public holidays nothing comes.
    """

    only_changed: bool = False
    only_if: Threshold | None = None
    parts: tuple[str, ...] = ()
    attach: bool | None = None
    quiet: QuietHours | None = None
    holidays: str = ""


NO_TERMS = Terms()


def terms_of(row: Mapping[str, Any]) -> Terms:
    """Return the terms of JSON values; what it does not know is left out."""
    return decode(Terms, row)
