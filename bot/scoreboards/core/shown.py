"""The figures that stand in a section, and those before them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.asking.terms import Figures


@dataclass(frozen=True, slots=True)
class ShownFigures:
    """What was read first at `since`, and at `before_since` what it took the place of.

    Both moments are None where nothing was read yet.
    """

    figures: Figures = field(default_factory=dict)
    since: datetime | None = None
    before: Figures = field(default_factory=dict)
    before_since: datetime | None = None

    def renewed(self, read: Mapping[str, float | None], now: datetime) -> "ShownFigures":
        """Return what stands there after a reading; figures that did not change stay as they are.

        So a section is written anew only where there is something new to read in it.
        """
        if self.since is not None and dict(read) == dict(self.figures):
            return self
        return ShownFigures(read, now, self.figures, self.since)


NOTHING_SHOWN = ShownFigures()
