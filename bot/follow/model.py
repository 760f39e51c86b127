"""Who follows what, and when they are told. Values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final

from bot.asking.question import Question, QuestionKind
from bot.asking.terms import Figures, Measure
from bot.codec import dumps

NINE: Final = "09:00"
EVENING: Final = "18:00"
"""Nothing is told at once after that, by the clocks of whoever follows."""


class MorningDays(StrEnum):
    """On which days somebody is told."""

    WEEKDAYS = "weekdays"
    DAILY = "daily"


@dataclass(frozen=True, slots=True)
class Follower:
    """When one person is told, by the clocks of their own IANA zone.

    `next_at` is the morning that comes, `look_at` when their figures are looked at next, None where
    nothing is told at once. `says_nothing` has them told also that nothing moved. `alarms` were
    told on the local day `alarms_on`. `refused` is why they may not see figures at present.
    """

    person: str
    zone: str
    next_at: datetime
    at: str = NINE
    days: MorningDays = MorningDays.WEEKDAYS
    says_nothing: bool = False
    rests_until: datetime | None = None
    look_at: datetime | None = None
    alarms: int = 0
    alarms_on: str = ""
    refused: str = ""

    def rests(self, now: datetime) -> bool:
        """Return whether they want to hear nothing at a moment."""
        return self.rests_until is not None and now < self.rests_until


@dataclass(frozen=True, slots=True)
class FollowedQuestion:
    """A question and the IANA zone of its days: whoever follows the same is told the same."""

    kind: QuestionKind[Any]
    question: Question
    zone: str

    @property
    def key(self) -> str:
        """A short text that stands for it; the zone matters where days are counted."""
        zone = self.zone if self.question.period else ""
        words = f"{self.kind.name} {zone} {dumps(self.question)}"
        return sha256(words.encode()).hexdigest()[:24]

    @property
    def title(self) -> str:
        """What people call the question."""
        return self.kind.title(self.question)


@dataclass(frozen=True, slots=True)
class Follow:
    """One thing that somebody follows.

    `measure` is the name of one figure of its answer, empty for all. `digest` is the number of a
    digest whose question it is, 0 for a question of their own. `told` are the figures that they
    know, and `trouble` why it could not be read when that was told.
    """

    id: int
    person: str
    asked: FollowedQuestion
    created_at: datetime
    measure: str = ""
    digest: int = 0
    at_once: bool = True
    told: Figures = field(default_factory=dict)
    told_at: datetime | None = None
    trouble: str = ""

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The figures that are followed."""
        every = self.asked.kind.measures(self.asked.question)
        return tuple(each for each in every if self.measure in ("", each.name))

    @property
    def identity(self) -> tuple[str, str, int]:
        """What makes it another one than the rest of what somebody follows."""
        return self.asked.key, self.measure, self.digest

    @property
    def tells_at_once(self) -> bool:
        """Whether bad news is told at once: that is wanted, and some figure can be bad news."""
        return self.at_once and any(each.better for each in self.measures)

    @property
    def title(self) -> str:
        """What people call it: the question, and the figure if it is one that does not say it."""
        title = self.asked.title
        says = not self.measure or self.measure.casefold() in title.casefold()
        return title if says else f"{title}: {self.measure}"


@dataclass(frozen=True, slots=True)
class FigureReading:
    """The figures of a question at a moment."""

    figures: Mapping[str, float | None]
    read_at: datetime
