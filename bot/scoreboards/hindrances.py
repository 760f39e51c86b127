"""What keeps a section from being written until somebody mends it, in words."""

from typing import Final

from bot.errors import SlackError
from bot.scoreboards.canvases import MAY_NOT, NOT_FINDABLE, OFF, TOO_LARGE
from bot.scoreboards.model import BoardFigure
from bot.troubles.model import Hindrance, TroubleKind

CANVAS: Final = "canvas:"
"""So begins the subject of a trouble that all figures of a channel's canvas have."""
SECTION: Final = "board section:"
"""So begins the subject of the trouble that people took a figure's section away."""
_OFF: Final = "Slack has no channel canvases here, or an admin switched them off."
TOO_LARGE_WORDS: Final = "The channel's canvas is full. Take something out of it."
_NOT_ALLOWED: Final = "Slack doesn't let me write in the channel's canvas."
NOT_FINDABLE_WORDS: Final = (
    "Slack doesn't find the section again that I wrote, so I can't keep it up to date. Tell your "
    "Flowbot admin."
)
_NO_SCOPE: Final = (
    "I may not write canvases in this workspace. An admin has to install Flowbot again with the "
    "scopes canvases:write and canvases:read."
)


def taken_out(one: BoardFigure) -> Hindrance:
    """Return the cause where people took a section out: it isn't put back unasked."""
    why = (
        "Somebody took it out of the channel's canvas. If it should be there, type "
        f"/flow scoreboard now {one.order.id} in the channel."
    )
    return Hindrance(TroubleKind.THING, f"{SECTION}{one.order.id}", why)


def refused(error: SlackError, one: BoardFigure) -> Hindrance:
    """Return the cause where Slack takes nothing for a channel's canvas."""
    words = _NOT_ALLOWED if error.code in MAY_NOT else f"Slack says {error.code}."
    words = _OFF if error.code in OFF else words
    words = TOO_LARGE_WORDS if error.code == TOO_LARGE else words
    words = NOT_FINDABLE_WORDS if error.code == NOT_FINDABLE else words
    words = _NO_SCOPE if error.code == "missing_scope" else words
    return Hindrance(TroubleKind.THING, f"{CANVAS}{one.order.channel}", words)
