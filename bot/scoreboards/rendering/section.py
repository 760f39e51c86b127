"""A figure's section in a canvas: a heading, and one table that says all there is to say.

The table has a mark by which it is found again wherever people move it; it alone is rewritten. The
heading, and what people write around the two, is theirs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from bot.asking.core import zones
from bot.asking.rendering.dates import weekday_and_time
from bot.asking.terms import Measure
from bot.digests.rendering.words import schedule_words, zone_of
from bot.scoreboards.core.shown import ShownFigures
from bot.scoreboards.model import BoardFigure
from bot.scoreboards.rendering.safe import safe
from bot.slack.blocks.wording import capital

NONE: Final = "\N{EN DASH}"
_HEAD: Final = ("Figure", "Now", "Before", "Change")
_SAME: Final = "no change"


@dataclass(frozen=True, slots=True)
class WrittenSection:
    """A section as markdown; by the `mark` in its table it is found."""

    mark: str
    heading: str
    table: str

    @property
    def markdown(self) -> str:
        """All of it."""
        return f"{self.heading}\n\n{self.table}\n"

    @property
    def digest(self) -> str:
        """What is the same for two tables that say the same."""
        return sha256(self.table.encode()).hexdigest()


def written_section(
    one: BoardFigure, shown: ShownFigures, *, note: str = "", ended: datetime | None = None
) -> WrittenSection:
    """Return the section with figures; a `note` says what is wrong with them.

    One that was `ended` says so in the place of its schedule.
    """
    mark = mark_of(one.order.id)
    rows = (
        _HEAD,
        *_figures(one, shown),
        _moments(one, shown),
        *(((f"**{safe(note)}**", "", "", ""),) if note else ()),
        (_checked(one, ended), f"`{safe(_asked(one))}`", "", mark),
    )
    return WrittenSection(mark, f"## {safe(one.title)}", _table(rows))


def mark_of(number: int) -> str:
    """Return the words by which a figure's section is found; no other's are a part of them."""
    return f"(Flowbot {number})"


def values_of(one: BoardFigure, shown: ShownFigures) -> Iterator[tuple[str, str, str, str]]:
    """Yield a figure's name, its value, the one before and the change, in words."""
    order = one.order
    for measure in order.kind.measures(order.question):
        now, before = (each.get(measure.name) for each in (shown.figures, shown.before))
        words = _change(now, before, measure) if shown.before_since else ""
        yield capital(measure.name), _amount(now, measure), _amount(before, measure), words


def _figures(one: BoardFigure, shown: ShownFigures) -> Iterator[Sequence[str]]:
    return (tuple(map(safe, row)) for row in values_of(one, shown))


def _moments(one: BoardFigure, shown: ShownFigures) -> Sequence[str]:
    zone = zone_of(one.order)

    def at(moment: datetime | None) -> str:
        return weekday_and_time(moment, zone) if moment else NONE

    return "As of", at(shown.since), at(shown.before_since), safe(zones.spoken(zone))


def _checked(one: BoardFigure, ended: datetime | None) -> str:
    if ended:
        return f"No longer updated since {weekday_and_time(ended, zone_of(one.order))}"
    return safe(f"Checked {schedule_words(one.order)}")


def _asked(one: BoardFigure) -> str:
    return one.order.kind.command_words(one.order.question)


def _table(rows: Sequence[Sequence[str]]) -> str:
    head, *others = (f"| {' | '.join(each or NONE for each in row)} |" for row in rows)
    rule = f"|{' --- |' * len(rows[0])}"
    return "\n".join((head, rule, *others))


def _amount(value: float | None, measure: Measure) -> str:
    if value is None:
        return NONE
    return f"{_number(value)}%" if measure.percent else _number(value)


def _change(now: float | None, before: float | None, measure: Measure) -> str:
    """Return in words which way a figure went, as colours alone say nothing to many."""
    if now is None or before is None:
        return ""
    by = _number(abs(now - before))
    if by == "0":
        return _SAME
    points = (" point" if by == "1" else " points") if measure.percent else ""
    return f"{'up' if now > before else 'down'} {by}{points}"


def _number(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0")
