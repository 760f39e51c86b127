"""One figure of a scoreboard: a question, when it is read, and its section in a canvas."""

from dataclasses import dataclass
from typing import Final

from bot.asking.subscription import Subscription
from bot.scoreboards.core.shown import NOTHING_SHOWN, ShownFigures
from bot.slack.blocks.wording import capital

NOUN: Final = "scoreboard figure"
"""What it is called among what people have ordered."""
MOST_IN_CHANNEL: Final = 20


@dataclass(frozen=True, slots=True)
class BoardFigure:
    """A figure. `order` says what is asked, for which channel and when, as a digest's does.

    `canvas` is Slack's id of the channel's canvas, empty until it is known, and `placed` whether
    its section was there. `written` is a mark of what was written last.
    """

    order: Subscription
    canvas: str = ""
    placed: bool = False
    shown: ShownFigures = NOTHING_SHOWN
    written: str = ""

    @property
    def title(self) -> str:
        """What people call it, at the beginning of a line."""
        return capital(self.order.kind.title(self.order.question))
