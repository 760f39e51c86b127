"""What a figure of field reports is of, in words, and what can be asked next."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import Final

from bot.asking.core.comparing import Earlier
from bot.asking.core.periods import Period
from bot.asking.rendering.offers import offer
from bot.fieldreports.question import (
    AWARENESS,
    BY_FIELD,
    BY_HOUR,
    BY_STATE,
    BY_USER,
    BY_WEEKDAY,
    CHANNELS,
    HEATMAP,
    IMAGES,
    OVER_TIME,
    READS,
    SUMMARY,
    AnalyticsQuestion,
)
from bot.slack.blocks.blocks import Element

TITLES: Final = {
    SUMMARY: "Summary",
    OVER_TIME: "Reports over time",
    BY_STATE: "Reports by state",
    BY_USER: "Reports by person",
    BY_FIELD: "Reports by field",
    BY_HOUR: "Reports by hour",
    BY_WEEKDAY: "Reports by day of the week",
    HEATMAP: "When reports are made",
    READS: "Reads",
    AWARENESS: "Awareness",
    IMAGES: "Pictures",
}
_LIKELY: Final = {BY_STATE: "By state", OVER_TIME: "Over time", BY_USER: "By person"}
_WIDER: Final = "last-90d"
_NAMED: Final = ("last", "this", "today", "yesterday")


@dataclass(frozen=True, slots=True)
class FigureSubject:
    """What a figure is of: what was asked, with the channel's name in it, and of which days.

    `earlier` is what the days are compared with, if anything.
    """

    question: AnalyticsQuestion
    period: Period
    earlier: Earlier | None = None

    @property
    def channel(self) -> str:
        """The channel's name."""
        return self.question.channel

    @property
    def title(self) -> str:
        """What is shown, such as "Reports by Severity"."""
        return figure_title(self.question)

    @property
    def heading(self) -> str:
        """All of it in words."""
        return f"{self.channel}, {self.title}, {self.period.label}"

    def when(self, now: datetime) -> str:
        """Return the period to end a sentence with, such as " last week" or " today so far".

        It is empty for plain days, which are told elsewhere.
        """
        label = self.period.label
        if label.startswith(("last ", "since ")) and label.split()[1].isdigit():
            return ""
        if label[0].isdigit() and not label.isdigit():  # the days themselves
            return ""
        if label.isdigit() or label[0].isupper():
            label = f"in {label}"
        return f" {label}{self._so_far(now)}"

    def nothing_words(self, now: datetime) -> str:
        """Return the period to say that there is nothing in it, such as "in the last 30 days"."""
        label = self.period.label
        if label.startswith("last ") and label.split()[1].isdigit():
            return f"in the {label}"
        if label.startswith((*_NAMED, "since")):
            return f"{label}{self._so_far(now)}"
        return f"in {label}" if label[0].isupper() or label.isdigit() else f"on {label}"

    def _so_far(self, now: datetime) -> str:
        is_open = self.period.start <= now < self.period.end
        return " so far" if is_open and not self.period.label.endswith("so far") else ""


def figure_title(question: AnalyticsQuestion) -> str:
    """Return what is shown, such as "Reports by Severity"."""
    if question.figure == BY_FIELD and question.field:
        return f"Reports by {question.field}"
    return TITLES[question.figure]


def likely_buttons(question: AnalyticsQuestion) -> tuple[Element, ...]:
    """Return the buttons of the figures that are asked for most, besides the one that is shown."""
    return tuple(chain.from_iterable(_likely(question)))


def wider_buttons(question: AnalyticsQuestion) -> tuple[Element, ...]:
    """Return what can be asked where a period has nothing: a longer one, or another channel."""
    longer = replace(question, period=_WIDER, export="")
    wider = () if question.period == _WIDER else offer("Last 90 days", longer)
    return (*wider, *offer("All channels", AnalyticsQuestion("", CHANNELS)))


def _likely(question: AnalyticsQuestion) -> Iterator[tuple[Element, ...]]:
    for figure, label in _LIKELY.items():
        if figure != question.figure:
            wanted = replace(question, figure=figure, field="", field_id="", export="")
            yield offer(label, wanted, spoken=f"{TITLES[figure]} in {question.channel}")
