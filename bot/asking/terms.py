"""The terms of a digest: whether, when and with what it comes at a time that is planned. Values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any

from bot.codec import decode, dumps


class Comparison(StrEnum):
    """How a figure stands to a value, as it is typed."""

    BELOW = "<"
    AT_MOST = "<="
    ABOVE = ">"
    AT_LEAST = ">="


@dataclass(frozen=True, slots=True)
class Threshold:
    """A figure of the answer, by the name of its Measure, against a value in its own unit.

    Of a `percent` that is 80, not 0.8. It is told once when it comes to hold, and again only after
    it was back by `margin`; with `every` each time that it holds.
    """

    figure: str
    comparison: Comparison
    value: float
    margin: float = 0
    percent: bool = False
    every: bool = False

    def holds(self, figure: float) -> bool:
        """Return whether a figure is on the side that is told of."""
        if self.comparison is Comparison.BELOW:
            return figure < self.value
        if self.comparison is Comparison.AT_MOST:
            return figure <= self.value
        return figure > self.value if self.comparison is Comparison.ABOVE else figure >= self.value

    def is_back(self, figure: float) -> bool:
        """Return whether a figure is so far on the other side that the next crossing is news."""
        return not self.holds(figure) and abs(figure - self.value) >= self.margin


class Better(StrEnum):
    """Which way a figure goes when things get better."""

    UP = "up"
    DOWN = "down"
    UNSAID = ""
    """Nobody can say: it may mean either."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure that answers of a kind have, by the word for it; `also` are others for the same.

    Whether more of it is `better` is said where that is so for everybody who looks at it.
    """

    name: str
    percent: bool = False
    also: tuple[str, ...] = ()
    better: Better = Better.UNSAID


Figures = Mapping[str, float | None]
"""The figures of an answer by the names of their measures; None where there is none yet."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What an answer tells, as far as the next one is compared with it.

    `content` stands for what its figures do not say, such as who is in a list.
    """

    figures: Figures = field(default_factory=dict)
    content: str = ""


NO_TALLY = Tally()


def tally_of(figures: Figures, content: Any = None) -> Tally:
    """Return figures with what stands for any value that the codec writes."""
    mark = "" if content is None else sha256(dumps(content).encode()).hexdigest()
    return Tally(figures, mark)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Local times of the digest's zone, as 22:00, between which it waits for `ends`.

    On `days` alone, by cron's numbers, on which they begin; without any on all.
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
